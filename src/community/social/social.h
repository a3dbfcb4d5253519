/* community/social/social.h - what people do with notes and with each other.
 *
 * Like, save and follow are states, not deeds: saying twice that one likes a
 * note is the same as saying it once. A count moves, and the log hears of it,
 * only when something changed.
 *
 * Comments stand in threads of one level: an answer to an answer stands in
 * the same thread. A comment goes when its author or the note's author takes
 * it away; one that was answered leaves an empty line, so that the answers
 * keep their sense.
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
 * look; any other appends COMMENT_WRITTEN.
 *   parent  the comment answered; 0 = none. One that is gone or on another
 *           note is ERR_INVALID on "parent"
 *   body    clean text (words/text.h), 1..COMMENT_MAX graphemes, else
 *           ERR_INVALID on "body"
 *   ret_count  OUT: comments of the note afterwards */
NODISCARD int social_comment(struct db *db, struct arena *a, const struct social_actor *who,
                             int64_t note, int64_t parent, struct str body, int64_t *ret_comment,
                             int64_t *ret_count, struct err *err);

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
