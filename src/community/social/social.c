#include "community/social/social.h"

#include "account/bond/bond.h"
#include "community/note/note.h"
#include "event/event.h"
#include "gen/social_sql.h"

/* Tell the log and move the note's count, after a row changed. */
static int changed(struct db *db, struct arena *a, const struct social_actor *who,
                   const struct note_brief *note, enum event_kind kind, enum note_count which,
                   int64_t delta, int64_t *ret_count, struct err *err)
{
    int rc = note_count_add(db, a, note->id, which, delta, ret_count, err);
    if (rc < 0)
        return rc;
    return event_append(db,
                        &(struct event){ .kind = kind,
                                         .actor = who->key,
                                         .object = note->id,
                                         .about = note->author,
                                         .simulated = who->simulated },
                        err);
}

int social_like(struct db *db, struct arena *a, const struct social_actor *who, int64_t note,
                bool on, struct social_state *ret_state, struct err *err)
{
    struct note_brief brief;
    int64_t rows = 0;
    int rc = note_brief(db, a, note, who->key, &brief, err);
    if (rc == 0)
        rc = on ? like_add(db, who->key, note, &rows, err)
                : like_remove(db, who->key, note, &rows, err);
    if (rc < 0)
        return rc;
    int64_t count = brief.likes;
    if (rows)
        rc = changed(db, a, who, &brief, on ? EVENT_NOTE_LIKED : EVENT_NOTE_UNLIKED, NOTE_LIKES,
                     on ? 1 : -1, &count, err);
    if (rc == 0)
        *ret_state = (struct social_state){ on, count };
    return rc;
}

int social_save(struct db *db, struct arena *a, const struct social_actor *who, int64_t note,
                bool on, struct social_state *ret_state, struct err *err)
{
    struct note_brief brief;
    int64_t rows = 0;
    int rc = note_brief(db, a, note, who->key, &brief, err);
    if (rc == 0)
        rc = on ? save_add(db, who->key, note, db_now(db), &rows, err)
                : save_remove(db, who->key, note, &rows, err);
    if (rc < 0)
        return rc;
    int64_t count = brief.saves;
    if (rows)
        rc = changed(db, a, who, &brief, on ? EVENT_NOTE_SAVED : EVENT_NOTE_UNSAVED, NOTE_SAVES,
                     on ? 1 : -1, &count, err);
    if (rc == 0)
        *ret_state = (struct social_state){ on, count };
    return rc;
}

int social_follow(struct db *db, struct arena *a, const struct social_actor *who, int64_t followed,
                  bool on, struct social_state *ret_state, struct err *err)
{
    if (followed == who->key)
        return err_set(err, ERR_CONFLICT, N_("Nobody follows themselves."));
    int64_t rows = 0;
    bool apart = false;
    int rc = bond_blocked(db, who->key, followed, &apart, err);
    if (rc == 0 && apart)
        return err_set(err, ERR_NOT_FOUND, N_("Nobody here has that name."));
    if (rc == 0)
        rc = on ? follow_add(db, who->key, followed, db_now(db), &rows, err)
                : follow_remove(db, who->key, followed, &rows, err);
    if (rc == 0 && rows)
        rc = event_append(
            db,
            &(struct event){ .kind = on ? EVENT_PERSON_FOLLOWED : EVENT_PERSON_UNFOLLOWED,
                             .actor = who->key,
                             .object = followed,
                             .simulated = who->simulated },
            err);
    struct follow_count_row count;
    if (rc == 0)
        rc = follow_count(db, a, followed, &count, err);
    if (rc == 0)
        *ret_state = (struct social_state){ on, count.followers };
    return rc;
}

int social_cut(struct db *db, const struct social_actor *who, int64_t other, struct err *err)
{
    const int64_t pairs[2][2] = { { who->key, other }, { other, who->key } };
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < 2; i++) {
        int64_t rows = 0;
        rc = follow_remove(db, pairs[i][0], pairs[i][1], &rows, err);
        if (rc == 0 && rows)
            rc = event_append(db,
                              &(struct event){ .kind = EVENT_PERSON_UNFOLLOWED,
                                               .actor = pairs[i][0],
                                               .object = pairs[i][1],
                                               .simulated = who->simulated },
                              err);
    }
    return rc;
}
