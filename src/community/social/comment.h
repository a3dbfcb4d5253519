/* community/social/comment.h - what the files of this room share about comments.
 *
 * Memory: the arena given. Threads: no state.
 */
#ifndef SWARD_COMMUNITY_SOCIAL_COMMENT_H
#define SWARD_COMMUNITY_SOCIAL_COMMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"
#include "community/social/social.h"
#include "store/db.h"

/* Look for held words in a comment that was just written, and hold it. */
NODISCARD int comment_screen(struct db *db, struct arena *a, int64_t comment, struct str section,
                             const struct social_actor *who, bool *ret_held, struct err *err);

struct note_brief;

/* May this person comment here (else ERR_FORBIDDEN), and does the note's author
 * look at it first? */
NODISCARD int comment_gate(struct db *db, struct arena *a, const struct note_brief *note,
                           const struct social_actor *who, struct str body, bool *ret_waits,
                           struct err *err);

/* It waits for the note's author. Appends COMMENT_WAITS. */
NODISCARD int comment_wait(struct db *db, int64_t comment, const struct note_brief *note,
                           const struct social_actor *who, struct err *err);

/* Has the log heard of it? */
bool comment_was_told(int64_t state);

/* Take a like back, wherever the comment stands. Appends COMMENT_UNLIKED. */
NODISCARD int comment_unlike(struct db *db, struct arena *a, const struct social_actor *who,
                             int64_t comment, struct err *err);

/* Empty a comment that was answered; its line stays, its likes go. */
NODISCARD int comment_empty(struct db *db, int64_t comment, struct err *err);

/* Remove a comment that nobody answered, and the empty lines that were kept for it alone. */
NODISCARD int comment_drop(struct db *db, struct arena *a, int64_t comment, struct err *err);

#endif
