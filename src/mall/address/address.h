/* mall/address/address.h - a person's address book, and what an address must have.
 *
 * Several addresses, one of them proposed at the checkout: the first that is
 * kept, or the one they chose. An order keeps its address as it was.
 *
 * Not here: which fields an address has where (format.h), names of countries
 * (country.h).
 *
 * Memory: the arena given. Threads: no state. Source: issue 4, checkout.
 */
#ifndef SWARD_MALL_ADDRESS_ADDRESS_H
#define SWARD_MALL_ADDRESS_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "mall/order/order.h"
#include "store/db.h"

#define ADDRESS_MAX 20 /* of one person */

struct saved_address {
    int64_t id;
    struct order_address to;
    bool chosen; /* the one that is proposed */
};

/* A person's addresses, the one that is proposed first.
 *   ret_list  OUT: in the arena */
NODISCARD int address_list(struct db *db, struct arena *a, int64_t owner,
                           const struct saved_address **ret_list, size_t *ret_n, struct err *err);

/* One of them; ERR_NOT_FOUND when it is not theirs. */
NODISCARD int address_get(struct db *db, struct arena *a, int64_t owner, int64_t id,
                          struct saved_address *ret_address, struct err *err);

/* Keep one more; the same as one that is there is not kept twice. ERR_INVALID
 * marks wrong fields (order_check_address); ERR_CONFLICT when the book is full.
 *   ret_id  OUT: its id */
NODISCARD int address_keep(struct db *db, struct arena *a, int64_t owner,
                           const struct order_address *to, int64_t *ret_id, struct err *err);

/* Change one, propose one, remove one. ERR_NOT_FOUND when it is not theirs.
 * When the proposed one goes, the oldest that is left takes its place. */
NODISCARD int address_change(struct db *db, int64_t owner, int64_t id,
                             const struct order_address *to, struct err *err);
NODISCARD int address_choose(struct db *db, struct arena *a, int64_t owner, int64_t id,
                             struct err *err);
NODISCARD int address_remove(struct db *db, struct arena *a, int64_t owner, int64_t id,
                             struct err *err);

#endif
