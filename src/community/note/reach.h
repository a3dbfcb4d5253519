/* community/note/reach.h - whose eyes a note is for.
 *
 * The one rule of who sees a note: it is shown (not a draft, not deleted, not
 * hidden), and its author reads it, or neither of the two has blocked the
 * other and the note is for everyone, or for followers and the reader follows
 * the author. Whatever shows a note, counts it for somebody, or lets somebody
 * act on it asks here; nothing else decides.
 *
 * Not here: what a reader does not want in lists (account/bond, mute).
 * Memory: works in the arena, keeps nothing. Threads: no state.
 */
#ifndef SWARD_COMMUNITY_NOTE_REACH_H
#define SWARD_COMMUNITY_NOTE_REACH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "store/db.h"

/* Which of these notes may this reader see: one statement for all of them.
 *   reader    actor key; 0 = a visitor
 *   ret_sees  OUT: room for n; true where ids[i] is a note for them */
NODISCARD int note_reach(struct db *db, struct arena *a, int64_t reader, const int64_t *ids,
                         size_t n, bool *ret_sees, struct err *err);

/* What decides about a note, when its row is at hand. */
struct note_stand {
    int64_t id, author;
    int64_t state, audience; /* enum note_state, enum note_audience */
};

/* The same of one note whose row was just read: most are for everyone and most
 * readers block nobody, so the rule itself is asked about few. */
NODISCARD int note_reach_one(struct db *db, struct arena *a, int64_t reader,
                             const struct note_stand *note, bool *ret_sees, struct err *err);

#endif
