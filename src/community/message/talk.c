/* Conversations: found, accepted, declined, read, deleted. */
#include "account/bond/bond.h"
#include "community/message/message.h"
#include "event/event.h"
#include "gen/message_sql.h"
#include "media/media.h"

#define SWEEP_PAGE 200

static int nobody(struct err *err)
{
    return err_set(err, ERR_NOT_FOUND, N_("Nobody here has that name."));
}

int talk_find(struct db *db, struct arena *a, int64_t me, int64_t other, struct talk *ret_talk,
              struct err *err)
{
    struct talk_side_of_row row = { 0 };
    bool apart = false;
    if (me == 0 || other == 0 || me == other)
        return nobody(err);
    int rc = bond_blocked(db, me, other, &apart, err);
    if (rc == 0 && apart)
        return nobody(err);
    if (rc == 0)
        rc = talk_side_of(db, a, me, other, &row, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        *ret_talk = (struct talk){ .me = me, .other = other };
        return 0;
    }
    if (rc < 0)
        return rc;
    *ret_talk = (struct talk){ .id = row.talk,
                               .me = me,
                               .other = other,
                               .opener = row.opener,
                               .state = (enum talk_state)row.state,
                               .shelf = (enum talk_shelf)row.shelf,
                               .newest = row.newest,
                               .by_other = row.by_other,
                               .seen = row.seen,
                               .cleared = row.cleared,
                               .their_seen = row.their_seen.has ? row.their_seen.value : 0 };
    return 0;
}

int talk_find_by_id(struct db *db, struct arena *a, int64_t me, int64_t talk, struct talk *ret_talk,
                    struct err *err)
{
    struct talk_side_by_id_row row = { 0 };
    int rc = talk_side_by_id(db, a, me, talk, &row, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("This conversation is not there any more."));
    return rc < 0 ? rc : talk_find(db, a, me, row.other, ret_talk, err);
}

bool talk_waits_for_other(const struct talk *talk)
{
    return talk->id && talk->state != TALK_OPEN && talk->opener == talk->me;
}

bool talk_waits_for_me(const struct talk *talk)
{
    return talk->id && talk->state == TALK_ASKED && talk->opener == talk->other;
}

bool talk_is_new(const struct talk *talk)
{
    return talk->by_other && talk->newest > talk->seen && talk->newest > talk->cleared;
}

static int decide(struct db *db, const struct talk *talk, bool simulated, enum talk_state state,
                  enum talk_shelf shelf, enum event_kind kind, struct err *err)
{
    int rc = talk_set_state(db, talk->id, state, NULL, err);
    if (rc == 0)
        rc = talk_shelve(db, talk->me, talk->other, shelf, NULL, err);
    if (rc < 0)
        return rc;
    return event_append(db,
                        &(struct event){ .kind = kind,
                                         .actor = talk->me,
                                         .object = talk->id,
                                         .about = talk->other,
                                         .simulated = simulated },
                        err);
}

static int nothing_asked(struct err *err)
{
    return err_set(err, ERR_CONFLICT, N_("There is no request to decide about."));
}

int talk_accept(struct db *db, const struct talk *talk, bool simulated, struct err *err)
{
    if (!talk->id || talk->state == TALK_OPEN || talk->opener != talk->other)
        return nothing_asked(err);
    return decide(db, talk, simulated, TALK_OPEN, SHELF_TALKS, EVENT_REQUEST_ACCEPTED, err);
}

int talk_decline(struct db *db, const struct talk *talk, bool simulated, struct err *err)
{
    if (!talk_waits_for_me(talk))
        return nothing_asked(err);
    return decide(db, talk, simulated, TALK_DECLINED, SHELF_AWAY, EVENT_REQUEST_DECLINED, err);
}

int talk_read(struct db *db, int64_t me, int64_t other, int64_t message, struct err *err)
{
    return talk_see(db, me, other, message, NULL, err);
}

/* The photos of messages that go are shown by one thing less. */
static int let_photos_go(struct db *db, struct arena *a, int64_t talk, int64_t upto,
                         struct err *err)
{
    struct message_upto_rows rows = { 0 };
    int64_t page = 0;
    int rc = message_upto(db, a, talk, upto, SWEEP_PAGE, &rows, err);
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        page = rows.v[i].id;
        if (rows.v[i].media.has)
            rc = media_detach(db, &rows.v[i].media.value, 1, MEDIA_CLOSED, db_now(db), err);
    }
    if (rc < 0 || rows.n == 0)
        return rc;
    rc = message_remove(db, talk, page, NULL, err);
    return rc < 0 ? rc : (int)(rows.n == SWEEP_PAGE);
}

int talk_sweep(struct db *db, struct arena *a, int64_t talk, struct err *err)
{
    struct talk_cleared_row row = { 0 };
    int rc = talk_cleared(db, a, talk, &row, err);
    if (rc < 0)
        return rc;
    int64_t upto = row.n == 0 ? INT64_MAX : row.cleared.has ? row.cleared.value : 0;
    do
        rc = let_photos_go(db, a, talk, upto, err);
    while (rc > 0);
    if (rc < 0 || row.n > 0)
        return rc;
    return talk_remove(db, talk, NULL, err);
}

/* Nobody can write to a conversation whose other side has left: deleted by the
 * one who remains it is gone altogether. */
int talk_clear(struct db *db, struct arena *a, const struct talk *talk, struct err *err)
{
    struct talk_cleared_row row = { 0 };
    int rc = talk_clear_side(db, talk->me, talk->other, NULL, err);
    if (rc == 0)
        rc = talk_cleared(db, a, talk->id, &row, err);
    if (rc == 0 && row.n == 1)
        rc = talk_side_remove(db, talk->me, talk->other, NULL, err);
    return rc < 0 ? rc : talk_sweep(db, a, talk->id, err);
}

int message_unread(struct db *db, int64_t actor, int64_t *ret_n, struct err *err)
{
    struct talk_unread_count_row row = { 0 };
    int rc =
        talk_unread_count(db, NULL, actor, SHELF_TALKS, SHELF_REQUESTS, TALK_UNREAD_MAX, &row, err);
    if (rc == 0)
        *ret_n = row.n;
    return rc;
}
