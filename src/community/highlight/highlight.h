/* community/highlight/highlight.h - up to three notes that stand first on one's profile.
 *
 * A person chooses among their own notes. Who may see each of them is asked
 * when the profile is shown, by the rule for all notes, so a note that becomes
 * private or goes is simply not there.
 *
 * Memory: texts live in the arena given. Threads: no state.
 * Errors: 0 or ERR_* with *err filled; the form's field is "note".
 * Source: capability 151 (pinned notes).
 */
#ifndef SWARD_COMMUNITY_HIGHLIGHT_HIGHLIGHT_H
#define SWARD_COMMUNITY_HIGHLIGHT_HIGHLIGHT_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "store/db.h"

#define HIGHLIGHTS_MAX 3

/* Put these first, in this order; n 0 = none. ERR_INVALID when there are too
 * many, one stands twice, or one is not a note of theirs. */
NODISCARD int highlight_set(struct db *db, struct arena *a, int64_t actor, const int64_t *notes,
                            size_t n, struct err *err);

#endif
