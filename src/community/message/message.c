/* Messages: sent, and taken back. */
#include "community/message/message.h"

#include "account/limit/limit.h"
#include "base/clock.h"
#include "base/id.h"
#include "event/event.h"
#include "gen/message_sql.h"
#include "media/media.h"
#include "words/text.h"

static int check(const struct message_draft *d, struct err *err)
{
    if (d->body.len == 0 && !d->photo && !d->product && !d->note)
        return err_field(err, "body", N_("Write a few words first."));
    if (text_count(d->body) > MESSAGE_MAX)
        return err_field_n(err, "body", N_("At most {n} characters, please."), MESSAGE_MAX);
    return 0;
}

/* Whether the receiver follows the author. */
static int is_known(struct db *db, struct arena *a, const struct message_draft *d, bool *ret_known,
                    struct err *err)
{
    struct talk_follows_row row = { 0 };
    int rc = talk_follows(db, a, d->to, d->author, &row, err);
    if (rc == 0)
        *ret_known = row.found;
    return rc;
}

/* What a stranger's first message may be. */
static int ask(struct db *db, const struct message_draft *d, struct err *err)
{
    if (d->photo)
        return err_field(err, "photo",
                         N_("You can send photos once they have answered. The first message is "
                            "words alone."));
    if (d->body.len == 0)
        return err_field(err, "body", N_("Write a few words first."));
    return limit_take(
        db,
        &(struct limit_ask){
            .settings = d->settings, .actor = d->author, .deed = LIMIT_STRANGER, .text = d->body },
        err);
}

static int begin(struct db *db, const struct message_draft *d, bool known, struct talk *talk,
                 struct err *err)
{
    int64_t one = d->author < d->to ? d->author : d->to;
    int64_t two = d->author < d->to ? d->to : d->author;
    talk->id = db_new_id(db);
    talk->opener = d->author;
    talk->state = known ? TALK_OPEN : TALK_ASKED;
    talk->shelf = SHELF_TALKS;
    int rc = talk_insert(db, talk->id, one, two, d->author, talk->state, NULL, err);
    if (rc == 0)
        rc = talk_side_insert(db, d->author, d->to, talk->id, SHELF_TALKS, NULL, err);
    if (rc == 0)
        rc = talk_side_insert(db, d->to, d->author, talk->id, known ? SHELF_TALKS : SHELF_REQUESTS,
                              NULL, err);
    return rc;
}

/* A request that waits ends when the other follows its author meanwhile, or
 * when the one who was asked writes. */
static int go_on(struct db *db, const struct message_draft *d, bool known, struct talk *talk,
                 struct err *err)
{
    int rc = limit_may_write(db, d->author, err);
    if (rc < 0 || talk->state == TALK_OPEN)
        return rc;
    if (talk->opener == d->author && !known)
        return err_field(err, "body",
                         N_("Until they answer, one message is all that can be sent."));
    if (talk->opener == d->author) {
        rc = talk_set_state(db, talk->id, TALK_OPEN, NULL, err);
        if (rc == 0)
            rc = talk_shelve(db, d->to, d->author, SHELF_TALKS, NULL, err);
    } else {
        rc = talk_accept(db, talk, d->simulated, err);
    }
    if (rc == 0)
        talk->state = TALK_OPEN;
    talk->shelf = SHELF_TALKS;
    return rc;
}

static int keep_photo(struct db *db, struct arena *a, const struct message_draft *d,
                      struct err *err)
{
    struct message_photo_mine_row row;
    if (!d->photo)
        return 0;
    int rc = message_photo_mine(db, a, d->photo, d->author, &row, err);
    if (rc == ERR_NOT_FOUND)
        return err_field(err, "photo", N_("A photo is not there any more. Please add it again."));
    if (rc == 0)
        rc = media_attach(db, d->author, &d->photo, 1, MEDIA_CLOSED, db_now(db), err);
    return rc;
}

static struct opt_int optional(int64_t id)
{
    return (struct opt_int){ .value = id, .has = id != 0 };
}

/* Write the row; both sides and the log learn of it. */
static int put(struct db *db, const struct message_draft *d, int64_t talk, int64_t id,
               struct err *err)
{
    int rc = message_insert(db,
                            &(struct message_insert_args){ .id = id,
                                                           .talk = talk,
                                                           .author = d->author,
                                                           .body = d->body,
                                                           .media = optional(d->photo),
                                                           .product = optional(d->product),
                                                           .note = optional(d->note) },
                            NULL, err);
    if (rc == 0)
        rc = talk_written(db, talk, d->author, id, NULL, err);
    if (rc == 0)
        rc = talk_see(db, d->author, d->to, id, NULL, err);
    if (rc < 0)
        return rc;
    return event_append(db,
                        &(struct event){ .kind = EVENT_MESSAGE_SENT,
                                         .actor = d->author,
                                         .object = talk,
                                         .about = d->to,
                                         .simulated = d->simulated },
                        err);
}

int message_send(struct db *db, struct arena *a, const struct message_draft *draft,
                 struct message_sent *ret_sent, struct err *err)
{
    struct talk talk = { 0 };
    bool known = false;
    int rc = talk_find(db, a, draft->author, draft->to, &talk, err);
    if (rc == 0)
        rc = check(draft, err);
    if (rc == 0)
        rc = is_known(db, a, draft, &known, err);
    if (rc == 0 && talk.id)
        rc = go_on(db, draft, known, &talk, err);
    else if (rc == 0)
        rc = known ? limit_may_write(db, draft->author, err) : ask(db, draft, err);
    if (rc == 0 && !talk.id)
        rc = begin(db, draft, known, &talk, err);
    if (rc == 0)
        rc = keep_photo(db, a, draft, err);
    if (rc < 0)
        return rc;
    int64_t id = db_new_id(db);
    rc = put(db, draft, talk.id, id, err);
    if (rc < 0)
        return rc;
    talk.newest = talk.seen = id;
    talk.by_other = false;
    *ret_sent = (struct message_sent){ id, talk };
    return 0;
}

bool message_may_go(int64_t message, int64_t now)
{
    return now - id_time(message) < MESSAGE_BACK_MINUTES * TIME_MINUTE;
}

static int not_there(struct err *err)
{
    return err_set(err, ERR_NOT_FOUND, N_("This message is not there any more."));
}

int message_take_back(struct db *db, struct arena *a, int64_t me, bool simulated, int64_t message,
                      struct talk *ret_talk, struct err *err)
{
    struct message_row_row row = { 0 };
    struct talk talk = { 0 };
    int rc = message_row(db, a, message, &row, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && (row.gone || row.hidden)))
        return not_there(err);
    if (rc == 0)
        rc = talk_find_by_id(db, a, me, row.talk, &talk, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && message <= talk.cleared))
        return not_there(err);
    if (rc < 0)
        return rc;
    if (row.author != me)
        return err_set(err, ERR_FORBIDDEN, N_("Only who wrote a message can take it back."));
    if (!message_may_go(message, db_now(db)))
        return err_set(err, ERR_CONFLICT, N_("It is too late to take this message back."));
    rc = message_wipe(db, message, NULL, err);
    if (rc == 0 && row.media.has)
        rc = media_detach(db, &row.media.value, 1, MEDIA_CLOSED, db_now(db), err);
    if (rc == 0)
        rc = event_append(db,
                          &(struct event){ .kind = EVENT_MESSAGE_TAKEN_BACK,
                                           .actor = me,
                                           .object = talk.id,
                                           .about = talk.other,
                                           .simulated = simulated },
                          err);
    if (rc == 0)
        *ret_talk = talk;
    return rc;
}

int message_hide(struct db *db, int64_t message, bool hidden, struct err *err)
{
    int64_t rows = 0;
    int rc = message_set_hidden(db, message, hidden, &rows, err);
    return rc == 0 && rows == 0 ? not_there(err) : rc;
}
