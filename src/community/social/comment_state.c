/* Comments that wait for a look, are hidden, and are shown. */

#include "community/moderation/moderation.h"
#include "community/note/mention.h"
#include "community/note/note.h"
#include "community/social/comment.h"
#include "event/body.h"
#include "event/event.h"
#include "gen/social_sql.h"

bool comment_was_told(int64_t state)
{
    return state == COMMENT_SHOWN || state == COMMENT_HIDDEN;
}

int comment_screen(struct db *db, struct arena *a, int64_t comment, struct str section,
                   const struct social_actor *who, bool *ret_held, struct err *err)
{
    struct comment_row_row row;
    bool held = false;
    int rc = comment_row(db, a, comment, &row, err);
    if (rc == 0)
        rc = moderation_words(db, a, section, row.body, &held, err);
    if (rc == 0 && held)
        rc = comment_set_state(db, comment, COMMENT_HELD, NULL, err);
    if (rc == 0 && held)
        rc = moderation_hold(db, a,
                             &(struct thing){ .kind = THING_COMMENT,
                                              .id = comment,
                                              .owner = who->key,
                                              .section = section,
                                              .text = row.body },
                             who->simulated, err);
    if (rc == 0)
        *ret_held = held;
    return rc;
}

static int tell_written(struct db *db, struct arena *a, int64_t comment, struct err *err)
{
    struct comment_told_row row;
    struct event_body body;
    int rc = comment_told(db, a, comment, &row, err);
    if (rc < 0)
        return rc;
    event_body_init(&body);
    json_member_int(&body.json, "comment", comment);
    if (row.parent.has)
        json_member_int(&body.json, "parent", row.parent.value);
    if (row.answered.has)
        json_member_int(&body.json, "to", row.answered.value);
    rc = event_append_body(db,
                           &(struct event){ .kind = EVENT_COMMENT_WRITTEN,
                                            .actor = row.author,
                                            .object = row.note,
                                            .about = row.note_author,
                                            .simulated = row.simulated.value != 0 },
                           &body, err);
    if (rc < 0)
        return rc;
    const struct mention_place place = { row.note, comment, row.author, row.simulated.value != 0 };
    return note_tell_mentioned(db, a, &place, row.body, err);
}

/* Where a comment goes from where it stands. */
static enum comment_state next_state(int64_t state, bool hidden)
{
    if (!hidden)
        return COMMENT_SHOWN;
    return comment_was_told(state) ? COMMENT_HIDDEN : COMMENT_REFUSED;
}

int comment_hide(struct db *db, struct arena *a, int64_t comment, bool hidden, struct err *err)
{
    struct comment_row_row row;
    int64_t count;
    int rc = comment_row(db, a, comment, &row, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && row.deleted))
        return err_set(err, ERR_NOT_FOUND, N_("This comment is not there any more."));
    if (rc < 0)
        return rc;
    enum comment_state to = next_state(row.state, hidden);
    if (row.state == (int64_t)to)
        return 0;
    int64_t delta = (to == COMMENT_SHOWN) - (row.state == COMMENT_SHOWN);
    rc = comment_set_state(db, comment, to, NULL, err);
    if (rc == 0)
        rc = note_count_add(db, a, row.note, NOTE_COMMENTS, delta, &count, err);
    if (rc == 0 && !comment_was_told(row.state) && to == COMMENT_SHOWN)
        rc = tell_written(db, a, comment, err);
    return rc;
}

int comment_look(struct db *db, struct arena *a, int64_t comment, struct comment_look *ret_look,
                 struct err *err)
{
    struct comment_row_row row;
    int rc = comment_row(db, a, comment, &row, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && row.deleted))
        return err_set(err, ERR_NOT_FOUND, N_("This comment is not there any more."));
    if (rc == 0)
        *ret_look =
            (struct comment_look){ row.note, row.author, row.body, (enum comment_state)row.state };
    return rc;
}
