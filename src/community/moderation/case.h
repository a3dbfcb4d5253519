/* community/moderation/case.h - what the files of this room share. Not for others.
 *
 * Memory: the arena given. Threads: no state. Errors: as moderation.h.
 */
#ifndef SWARD_COMMUNITY_MODERATION_CASE_H
#define SWARD_COMMUNITY_MODERATION_CASE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "community/moderation/moderation.h"
#include "event/body.h"
#include "gen/moderation_sql.h"
#include "store/db.h"

/* Is this actor among those whom a thing shows goods of, or speaks of? */
bool case_names(const struct thing *thing, int64_t actor);

/* Begin the body of a fact about a case. */
void case_body(struct event_body *body, const struct thing *thing, const struct case_row_row *row);

/* Is the moderator a party to this? */
NODISCARD int case_own_matter(struct db *db, struct arena *a, const struct moderator *m,
                              const struct case_row_row *row, const struct thing *thing,
                              bool *ret_own, struct err *err);

#endif
