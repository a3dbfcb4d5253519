/* community/social/collection.h - named places for what people save.
 *
 * A saved note is kept in one collection of whoever saved it, or in none:
 * then it is simply saved. A collection is its owner's alone, or open: then
 * whoever may see its owner's profile may look at it, and sees of its notes
 * those that they may see (community/note/reach.h), in lists and counts alike.
 *
 * Memory: the arena given. Threads: no state.
 * Errors: 0 or ERR_* with *err filled; the form's field is "name".
 * Source: capability 98.
 */
#ifndef SWARD_COMMUNITY_SOCIAL_COLLECTION_H
#define SWARD_COMMUNITY_SOCIAL_COLLECTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "community/social/social.h"
#include "store/db.h"

#define COLLECTIONS_MAX     30  /* of one person */
#define COLLECTION_NAME_MAX 30  /* graphemes */
#define COLLECTION_COUNTED  100 /* notes; counting stops here */

/* Make one. ERR_INVALID on "name" when it is empty, too long or taken;
 * too many when there are COLLECTIONS_MAX. Appends COLLECTION_MADE.
 *   name  clean text on one line */
NODISCARD int collection_make(struct db *db, struct arena *a, const struct social_actor *who,
                              struct str name, bool open, int64_t *ret_id, struct err *err);

/* Rename it, open or close it. ERR_NOT_FOUND unless it is theirs. */
NODISCARD int collection_change(struct db *db, struct arena *a, int64_t actor, int64_t id,
                                struct str name, bool open, struct err *err);

/* Take it away; what was in it stays saved. Appends COLLECTION_DELETED. */
NODISCARD int collection_drop(struct db *db, struct arena *a, const struct social_actor *who,
                              int64_t id, struct err *err);

/* Keep a saved note in a collection of one's own; 0 = in none. ERR_NOT_FOUND
 * when it is not saved. */
NODISCARD int collection_keep(struct db *db, struct arena *a, int64_t actor, int64_t note,
                              int64_t id, struct err *err);

/* A collection that this reader may look at. ERR_NOT_FOUND. */
struct collection_row_row;
NODISCARD int collection_seen(struct db *db, struct arena *a, int64_t reader, int64_t id,
                              struct collection_row_row *ret_row, struct err *err);

#endif
