/* Likes of comments: a state, not a deed. */

#include "account/bond/bond.h"
#include "community/note/note.h"
#include "community/social/comment.h"
#include "event/body.h"
#include "event/event.h"
#include "gen/social_sql.h"

static int tell(struct db *db, const struct social_actor *who, enum event_kind kind,
                const struct comment_row_row *row, struct err *err)
{
    struct event_body body;
    event_body_init(&body);
    json_member_int(&body.json, "comment", row->id);
    return event_append_body(db,
                             &(struct event){ .kind = kind,
                                              .actor = who->key,
                                              .object = row->note,
                                              .about = row->author,
                                              .simulated = who->simulated },
                             &body, err);
}

static int changed(struct db *db, struct arena *a, const struct social_actor *who, bool on,
                   const struct comment_row_row *row, int64_t *ret_count, struct err *err)
{
    struct comment_likes_add_row likes = { 0 };
    int rc = comment_likes_add(db, a, row->id, on ? 1 : -1, &likes, err);
    if (rc == 0)
        *ret_count = likes.likes;
    return rc < 0 ? rc : tell(db, who, on ? EVENT_COMMENT_LIKED : EVENT_COMMENT_UNLIKED, row, err);
}

/* A comment that this person sees. */
static int find_seen(struct db *db, struct arena *a, const struct social_actor *who,
                     int64_t comment, struct comment_row_row *ret_row, struct err *err)
{
    struct note_brief note;
    bool apart = false;
    int rc = comment_row(db, a, comment, ret_row, err);
    bool there = rc == 0 && !ret_row->deleted && ret_row->state == COMMENT_SHOWN;
    if (rc == ERR_NOT_FOUND || (rc == 0 && !there))
        return err_set(err, ERR_NOT_FOUND, N_("This comment is not there any more."));
    if (rc == 0)
        rc = note_brief(db, a, ret_row->note, who->key, &note, err);
    if (rc == 0)
        rc = bond_blocked(db, who->key, ret_row->author, &apart, err);
    if (rc == 0 && apart)
        rc = err_set(err, ERR_NOT_FOUND, N_("This comment is not there any more."));
    return rc;
}

int social_like_comment(struct db *db, struct arena *a, const struct social_actor *who,
                        int64_t comment, bool on, struct social_state *ret_state, struct err *err)
{
    struct comment_row_row row;
    struct comment_likes_add_row likes = { 0 };
    int64_t rows = 0, count = 0;
    int rc = find_seen(db, a, who, comment, &row, err);
    if (rc == 0)
        rc = on ? comment_like_add(db, who->key, comment, &rows, err)
                : comment_like_remove(db, who->key, comment, &rows, err);
    if (rc == 0 && rows)
        rc = changed(db, a, who, on, &row, &count, err);
    else if (rc == 0) {
        rc = comment_likes_add(db, a, comment, 0, &likes, err);
        count = likes.likes;
    }
    if (rc == 0)
        *ret_state = (struct social_state){ on, count };
    return rc;
}

int comment_unlike(struct db *db, struct arena *a, const struct social_actor *who, int64_t comment,
                   struct err *err)
{
    struct comment_row_row row;
    int64_t rows = 0, count;
    int rc = comment_row(db, a, comment, &row, err);
    if (rc == 0)
        rc = comment_like_remove(db, who->key, comment, &rows, err);
    return rc < 0 || rows == 0 ? rc : changed(db, a, who, false, &row, &count, err);
}
