/* Who may comment on a note, and what waits for its author. */

#include "community/note/note.h"
#include "community/social/comment.h"
#include "event/event.h"
#include "gen/social_sql.h"
#include "words/fold.h"
#include "words/text.h"

/* Does the text hold one of the words, which stand one on a line? */
static int holds_word(struct arena *a, struct str words, struct str body, bool *ret_holds,
                      struct err *err)
{
    struct text_haystack text, word;
    struct str line;
    bool holds = false;
    int rc = words.len ? text_haystack(a, body, &text, err) : 0;
    while (rc == 0 && !holds && str_next(&words, '\n', &line)) {
        rc = text_haystack(a, line, &word, err);
        holds = rc == 0 && text_holds(&text, &word);
    }
    if (rc == 0)
        *ret_holds = holds;
    return rc;
}

static int words_of(struct db *db, struct arena *a, int64_t author, struct str *ret_words,
                    struct err *err)
{
    struct comment_words_row row;
    int rc = comment_words(db, a, author, &row, err);
    if (rc == 0)
        *ret_words = row.words;
    if (rc != ERR_NOT_FOUND)
        return rc;
    err_clear(err);
    *ret_words = STR("");
    return 0;
}

int comment_gate(struct db *db, struct arena *a, const struct note_brief *note,
                 const struct social_actor *who, struct str body, bool *ret_waits, struct err *err)
{
    struct follow_is_row follows;
    struct str words;
    bool holds = false;
    if (note->author == who->key) {
        *ret_waits = false;
        return 0;
    }
    int rc = follow_is(db, a, who->key, note->author, &follows, err);
    if (rc == 0 && note->who_comments == COMMENTS_FOLLOWERS && !follows.found)
        rc = err_set(err, ERR_FORBIDDEN, N_("Here only the author's followers may comment."));
    if (rc == 0)
        rc = words_of(db, a, note->author, &words, err);
    if (rc == 0)
        rc = holds_word(a, words, body, &holds, err);
    if (rc == 0)
        *ret_waits = holds || note->who_comments == COMMENTS_APPROVED;
    return rc;
}

int comment_wait(struct db *db, int64_t comment, const struct note_brief *note,
                 const struct social_actor *who, struct err *err)
{
    int rc = comment_set_state(db, comment, COMMENT_WAITING, NULL, err);
    if (rc < 0)
        return rc;
    return event_append(db,
                        &(struct event){ .kind = EVENT_COMMENT_WAITS,
                                         .actor = who->key,
                                         .object = note->id,
                                         .about = note->author,
                                         .simulated = who->simulated },
                        err);
}

/* A comment that stands on a note of this author. */
static int find_on_mine(struct db *db, struct arena *a, int64_t comment, int64_t author,
                        struct comment_row_row *ret_row, struct note_brief *ret_note,
                        struct err *err)
{
    int rc = comment_row(db, a, comment, ret_row, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && ret_row->deleted))
        return err_set(err, ERR_NOT_FOUND, N_("This comment is not there any more."));
    if (rc == 0)
        rc = note_brief(db, a, ret_row->note, author, ret_note, err);
    if (rc == 0 && ret_note->author != author)
        rc = err_set(err, ERR_FORBIDDEN, N_("Only the note's author decides about that."));
    return rc;
}

int social_approve(struct db *db, struct arena *a, int64_t actor, int64_t comment,
                   int64_t *ret_note, struct err *err)
{
    struct comment_row_row row;
    struct note_brief note;
    int rc = find_on_mine(db, a, comment, actor, &row, &note, err);
    if (rc == 0 && row.state == COMMENT_WAITING)
        rc = comment_hide(db, a, comment, false, err);
    if (rc == 0)
        *ret_note = row.note;
    return rc;
}

int social_answer(struct db *db, struct arena *a, int64_t actor, int64_t comment, bool on,
                  int64_t *ret_note, struct err *err)
{
    struct comment_row_row row;
    struct note_brief note;
    int rc = find_on_mine(db, a, comment, actor, &row, &note, err);
    if (rc == 0 && row.state != COMMENT_SHOWN)
        rc = err_set(err, ERR_CONFLICT, N_("Nobody else sees this comment yet."));
    if (rc == 0 && (on || note.answer == comment))
        rc = note_mark_answer(db, a, row.note, actor, on ? comment : 0, row.author, err);
    if (rc == 0)
        *ret_note = row.note;
    return rc;
}

int social_set_words(struct db *db, int64_t actor, struct str words, struct err *err)
{
    struct str left = words, line;
    int n = 0;
    while (str_next(&left, '\n', &line)) {
        if (text_count(line) > COMMENT_WORD_MAX)
            return err_field_n(err, "words", N_("At most {n} characters a word, please."),
                               COMMENT_WORD_MAX);
        n += str_trim(line).len > 0;
    }
    if (n > COMMENT_WORDS_MAX)
        return err_field_n(err, "words", N_("At most {n} words, please."), COMMENT_WORDS_MAX);
    return comment_words_set(db, actor, words, NULL, err);
}

int social_words(struct db *db, struct arena *a, int64_t actor, struct str *ret_words,
                 struct err *err)
{
    return words_of(db, a, actor, ret_words, err);
}
