/* account/bond/bond.h - who does not want to meet whom: blocks and mutes.
 *
 * A block holds in both directions: neither of the two sees the other's
 * profile, notes, comments or mentions, and neither can follow, answer, like
 * or write to the other. A mute goes one way and only hides: what the muted
 * person makes does not stand in the lists of whoever muted them. Nobody is
 * told that they were blocked or muted: to them the other is simply not there.
 *
 * Whatever shows a list of people's things asks bond_hidden() or joins the
 * views block_edge and mute_edge; whatever acts between two people asks
 * bond_blocked().
 *
 * Memory: lists live in the arena given. Threads: no state.
 * Errors: 0 or ERR_* with *err filled.
 */
#ifndef SWARD_ACCOUNT_BOND_BOND_H
#define SWARD_ACCOUNT_BOND_BOND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "store/db.h"

/* Numbers are stored. */
enum bond_kind { BOND_BLOCK = 1, BOND_MUTE = 2 };

/* Most people that one person blocks and mutes together. */
#define BOND_MAX 5000

/* Most that bond_hidden tells: so many have blocked a reader that it is no list any more. */
#define BOND_HIDDEN_MAX (2 * BOND_MAX)

/* Block or mute somebody, or take it back. Saying it twice is saying it once.
 * Appends BOND_BLOCKED, BOND_UNBLOCKED, BOND_MUTED or BOND_UNMUTED when
 * something changed. The caller knows that `other` exists.
 *   ret_changed  OUT: whether it did; may be NULL
 * ERR_CONFLICT for oneself, and beyond BOND_MAX. */
NODISCARD int bond_set(struct db *db, int64_t actor, bool simulated, int64_t other,
                       enum bond_kind kind, bool on, bool *ret_changed, struct err *err);

/* True when either blocks the other; false when one of them is 0 (a visitor)
 * or both are the same. */
NODISCARD int bond_blocked(struct db *db, int64_t a, int64_t b, bool *ret_blocked, struct err *err);

/* Whose things this reader does not see in lists: blocked either way, or muted.
 *   ret_ids  OUT: actor keys, ascending; in the arena
 *   ret_n    OUT: how many; 0 for a visitor. BOND_HIDDEN_MAX says that there may
 *            be more, and bond_blocked must be asked about the others */
NODISCARD int bond_hidden(struct db *db, struct arena *a, int64_t actor, const int64_t **ret_ids,
                          size_t *ret_n, struct err *err);

/* Whether somebody is among those that bond_hidden gave. */
bool bond_among(const int64_t *ids, size_t n, int64_t actor);

#endif
