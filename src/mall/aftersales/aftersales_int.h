/* mall/aftersales/aftersales_int.h - what the files of this room share. */
#ifndef SWARD_MALL_AFTERSALES_AFTERSALES_INT_H
#define SWARD_MALL_AFTERSALES_AFTERSALES_INT_H

#include "mall/aftersales/aftersales.h"

/* Write an entry, tell the log and those of the two sides who did not do it.
 *   c  as it stands after the deed */
NODISCARD int after_tell(struct db *db, struct arena *a, const struct aftercase *c,
                         const struct after_deed *deed, int event, struct err *err);

/* Check and clean what is said with a deed. */
NODISCARD int after_clean(struct arena *a, struct after_deed *deed, struct err *err);

/* What must be true before a deed, and what it does beside the step (deeds.c).
 * The case is changed as its row is. */
NODISCARD int after_guard(struct db *db, struct arena *a, const struct aftercase *c,
                          const struct after_deed *deed, struct err *err);
NODISCARD int after_effect(struct db *db, struct arena *a, struct aftercase *c,
                           struct after_deed *deed, struct err *err);

/* What was paid for all pieces of a line. */
NODISCARD int after_line_paid(struct db *db, struct arena *a, int64_t order, int64_t position,
                              int64_t *ret_paid, struct err *err);

#endif
