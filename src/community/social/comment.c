/* Comments: written, answered, taken away. */

#include "community/social/comment.h"

#include "account/bond/bond.h"
#include "community/note/mention.h"
#include "community/note/note.h"
#include "community/social/social.h"
#include "event/body.h"
#include "event/event.h"
#include "gen/social_sql.h"
#include "words/text.h"

/* The thread that an answer stands in, and whose comment it answers. */
static int find_thread(struct db *db, struct arena *a, const struct social_actor *who, int64_t note,
                       int64_t parent, int64_t *ret_thread, int64_t *ret_author, struct err *err)
{
    struct comment_row_row row;
    bool apart = false;
    int rc = comment_row(db, a, parent, &row, err);
    if (rc == 0)
        rc = bond_blocked(db, who->key, row.author, &apart, err);
    if (rc < 0 && rc != ERR_NOT_FOUND)
        return rc;
    if (rc == ERR_NOT_FOUND || apart || row.note != note || row.deleted ||
        row.state != COMMENT_SHOWN)
        return err_field(err, "parent", N_("The comment you answer is not there any more."));
    *ret_thread = row.thread;
    *ret_author = row.author;
    return 0;
}

/* What a fact's body says of a comment; 0 = not said. */
struct told {
    int64_t comment, parent, author, to;
};

static int tell(struct db *db, const struct social_actor *who, enum event_kind kind,
                const struct note_brief *note, const struct told *told, struct err *err)
{
    struct event_body body;
    event_body_init(&body);
    json_member_int(&body.json, "comment", told->comment);
    if (told->parent)
        json_member_int(&body.json, "parent", told->parent);
    if (told->author)
        json_member_int(&body.json, "author", told->author);
    if (told->to)
        json_member_int(&body.json, "to", told->to);
    return event_append_body(db,
                             &(struct event){ .kind = kind,
                                              .actor = who->key,
                                              .object = note->id,
                                              .about = note->author,
                                              .simulated = who->simulated },
                             &body, err);
}

int social_comment(struct db *db, struct arena *a, const struct social_actor *who, int64_t note,
                   int64_t parent, struct str body, int64_t *ret_comment, int64_t *ret_count,
                   struct err *err)
{
    struct note_brief brief;
    bool held = false, waits = false;
    int rc = note_brief(db, a, note, who->key, &brief, err);
    if (rc < 0)
        return rc;
    if (body.len == 0)
        return err_field(err, "body", N_("Write a few words first."));
    if (text_count(body) > COMMENT_MAX)
        return err_field_n(err, "body", N_("At most {n} characters, please."), COMMENT_MAX);
    rc = comment_gate(db, a, &brief, who, body, &waits, err);
    if (rc < 0)
        return rc;
    int64_t id = db_new_id(db), thread = id, to = 0, count = 0;
    if (parent)
        rc = find_thread(db, a, who, note, parent, &thread, &to, err);
    if (rc == 0)
        rc = comment_insert(db, id, note, who->key, thread,
                            (struct opt_int){ .value = parent, .has = parent != 0 }, body, NULL,
                            err);
    if (rc == 0)
        rc = comment_screen(db, a, id, brief.section, who, &held, err);
    if (rc == 0 && waits && !held)
        rc = comment_wait(db, id, &brief, who, err);
    held |= waits;
    if (rc == 0)
        rc = note_count_add(db, a, note, NOTE_COMMENTS, held ? 0 : 1, &count, err);
    if (rc == 0 && !held)
        rc = tell(db, who, EVENT_COMMENT_WRITTEN, &brief,
                  &(struct told){ .comment = id, .parent = parent, .to = to }, err);
    if (rc == 0 && !held)
        rc = note_tell_mentioned(
            db, a, &(struct mention_place){ note, id, who->key, who->simulated }, body, err);
    if (rc == 0) {
        *ret_comment = id;
        *ret_count = count;
    }
    return rc;
}

int comment_empty(struct db *db, int64_t comment, struct err *err)
{
    int rc = comment_likes_clear(db, comment, NULL, err);
    return rc < 0 ? rc : comment_wipe(db, comment, NULL, err);
}

/* A line that was kept for an answer goes with the last answer. */
static int clear_line(struct db *db, struct arena *a, struct opt_int parent, struct err *err)
{
    int rc = 0;
    while (rc == 0 && parent.has) {
        struct comment_row_row row;
        rc = comment_row(db, a, parent.value, &row, err);
        if (rc == 0 && (!row.deleted || row.answered))
            return 0;
        if (rc == 0)
            rc = comment_remove(db, row.id, NULL, err);
        if (rc == 0)
            parent = row.parent;
    }
    return rc;
}

int comment_drop(struct db *db, struct arena *a, int64_t comment, struct err *err)
{
    struct comment_row_row row;
    int rc = comment_row(db, a, comment, &row, err);
    if (rc == 0)
        rc = comment_likes_clear(db, comment, NULL, err);
    if (rc == 0)
        rc = comment_remove(db, comment, NULL, err);
    return rc < 0 ? rc : clear_line(db, a, row.parent, err);
}

int social_uncomment(struct db *db, struct arena *a, const struct social_actor *who,
                     int64_t comment, struct comment_gone *ret_gone, struct err *err)
{
    struct comment_row_row row;
    struct note_brief brief = { 0 };
    struct comment_gone gone = { 0 };
    int rc = comment_row(db, a, comment, &row, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && row.deleted))
        return err_set(err, ERR_NOT_FOUND, N_("This comment is not there any more."));
    if (rc == 0)
        rc = note_brief(db, a, row.note, who->key, &brief, err);
    if (rc < 0)
        return rc;
    if (row.author != who->key && brief.author != who->key)
        return err_set(err, ERR_FORBIDDEN,
                       N_("Only its author or the note's author can delete a comment."));
    gone.note = row.note;
    gone.line = row.answered;
    rc = row.answered ? comment_empty(db, comment, err) : comment_drop(db, a, comment, err);
    if (rc == 0)
        rc = note_count_add(db, a, row.note, NOTE_COMMENTS, row.state == COMMENT_SHOWN ? -1 : 0,
                            &gone.count, err);
    if (rc == 0 && brief.answer == comment)
        rc = note_answer_gone(db, &brief, err);
    if (rc == 0 && comment_was_told(row.state))
        rc = tell(db, who, EVENT_COMMENT_DELETED, &brief,
                  &(struct told){ .comment = comment, .author = row.author }, err);
    if (rc == 0)
        *ret_gone = gone;
    return rc;
}
