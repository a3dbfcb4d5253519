/* community/social/social.h - what people do with notes and with each other.
 *
 * Like, save and follow are states, not deeds: saying twice that one likes a
 * note is the same as saying it once. A count moves, and the log hears of it,
 * only when something changed.
 *
 * Comments stand in threads of one level: an answer to an answer stands in
 * the same thread. Threads are read newest or most liked first, the answers in
 * one oldest first. Whom a comment names with an @ is told (note/mention.h). A comment goes when
 * its author or the note's author takes it away; one that was answered leaves an empty line, so
 * that the answers keep their sense.
 *
 * Not here: what the counts are for (insight/feed), who is told (account/).
 * Memory: the arena given. Threads: no state.
 * Errors: 0 or ERR_* with *err filled. Source: capabilities 94, 98, 99.
 */
#ifndef SWARD_COMMUNITY_SOCIAL_SOCIAL_H
#define SWARD_COMMUNITY_SOCIAL_SOCIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "store/db.h"
#include "store/doctor.h"

#define COMMENT_MAX 500 /* graphemes */

/* Who does it. */
struct social_actor {
    int64_t key; /* actor, > 0 */
    bool simulated;
};

/* How something stands afterwards. */
struct social_state {
    bool on;
    int64_t count; /* of the note: likes, saves; of the person: followers */
};

/* Like a note, or take it back. ERR_NOT_FOUND when there is no such note for
 * this person. Appends NOTE_LIKED or NOTE_UNLIKED. */
NODISCARD int social_like(struct db *db, struct arena *a, const struct social_actor *who,
                          int64_t note, bool on, struct social_state *ret_state, struct err *err);

/* Save a note for later, or let it go. Appends NOTE_SAVED or NOTE_UNSAVED. */
NODISCARD int social_save(struct db *db, struct arena *a, const struct social_actor *who,
                          int64_t note, bool on, struct social_state *ret_state, struct err *err);

/* Follow somebody, or stop. The caller knows that `followed` exists.
 * ERR_CONFLICT for oneself. Appends PERSON_FOLLOWED or PERSON_UNFOLLOWED. */
NODISCARD int social_follow(struct db *db, struct arena *a, const struct social_actor *who,
                            int64_t followed, bool on, struct social_state *ret_state,
                            struct err *err);

/* Cut what ties two people, after one of them blocked the other: neither
 * follows the other any more. Appends PERSON_UNFOLLOWED for each follow. */
NODISCARD int social_cut(struct db *db, const struct social_actor *who, int64_t other,
                         struct err *err);

/* Who sees a comment. Numbers are stored. */
enum comment_state {
    COMMENT_SHOWN = 1,
    COMMENT_HIDDEN = 3,  /* by moderation */
    COMMENT_HELD = 4,    /* its author alone sees it until moderation has looked at it */
    COMMENT_REFUSED = 5, /* hidden before anybody saw it */
    COMMENT_WAITING = 6, /* for the note's author to approve it */
};

/* For moderation: hide a comment, or show it to all. The note counts those
 * that are shown; a held one that comes out appends COMMENT_WRITTEN. Nothing
 * happens when it stands so already; ERR_NOT_FOUND when it is gone. */
NODISCARD int comment_hide(struct db *db, struct arena *a, int64_t comment, bool hidden,
                           struct err *err);

/* A comment as its readers saw it, whatever became of it: for moderation.
 * ERR_NOT_FOUND when it was deleted. */
struct comment_look {
    int64_t note, author;
    struct str body;
    enum comment_state state;
};
NODISCARD int comment_look(struct db *db, struct arena *a, int64_t comment,
                           struct comment_look *ret_look, struct err *err);

/* Write a comment. One with a held word (community/moderation) waits for a
 * look; one that the note's author wants to see first waits for them
 * (COMMENT_WAITS); any other appends COMMENT_WRITTEN. ERR_FORBIDDEN where only
 * followers may comment.
 *   parent  the comment answered; 0 = none. One that is gone or on another
 *           note is ERR_INVALID on "parent"
 *   body    clean text (words/text.h), 1..COMMENT_MAX graphemes, else
 *           ERR_INVALID on "body"
 *   ret_count  OUT: comments of the note afterwards */
NODISCARD int social_comment(struct db *db, struct arena *a, const struct social_actor *who,
                             int64_t note, int64_t parent, struct str body, int64_t *ret_comment,
                             int64_t *ret_count, struct err *err);

/* The note's author approves a comment that waits for them: it is shown, and
 * appends COMMENT_WRITTEN. Nothing happens when it does not wait.
 * ERR_FORBIDDEN on another's note.
 *   ret_note  OUT: the note it stands on */
NODISCARD int social_approve(struct db *db, struct arena *a, int64_t actor, int64_t comment,
                             int64_t *ret_note, struct err *err);

/* The author of a question or wish marks a comment as what answered it, or
 * takes the mark back. Errors as above; ERR_CONFLICT on other kinds of notes. */
NODISCARD int social_answer(struct db *db, struct arena *a, int64_t actor, int64_t comment, bool on,
                            int64_t *ret_note, struct err *err);

/* Words, one on a line: comments on this author's notes that hold one wait for
 * them, however it is written (words/fold.h). */
#define COMMENT_WORDS_MAX 200
#define COMMENT_WORD_MAX  40 /* graphemes */
NODISCARD int social_set_words(struct db *db, int64_t actor, struct str words, struct err *err);
NODISCARD int social_words(struct db *db, struct arena *a, int64_t actor, struct str *ret_words,
                           struct err *err);

/* Like a comment that this person sees, or take it back. ERR_NOT_FOUND when
 * there is none for them. Appends COMMENT_LIKED or COMMENT_UNLIKED.
 *   ret_state  OUT: count: likes of the comment */
NODISCARD int social_like_comment(struct db *db, struct arena *a, const struct social_actor *who,
                                  int64_t comment, bool on, struct social_state *ret_state,
                                  struct err *err);

/* What a deleted comment leaves. */
struct comment_gone {
    int64_t note;
    int64_t count; /* comments of the note afterwards */
    bool line;     /* its line stays, empty, because it was answered */
};

/* Take a comment away. ERR_FORBIDDEN unless it is the actor's own or on the
 * actor's note; ERR_NOT_FOUND when it is gone. Appends COMMENT_DELETED. */
NODISCARD int social_uncomment(struct db *db, struct arena *a, const struct social_actor *who,
                               int64_t comment, struct comment_gone *ret_gone, struct err *err);

/* Counts of notes are the rows behind them; whatever is liked, saved or
 * commented on is there; threads hang together. */
NODISCARD int social_doctor(struct store *store, struct doctor *d, struct err *err);

#endif
