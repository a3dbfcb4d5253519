/* mall/order/order_int.h - what the files of this room share and nobody else sees. */
#ifndef SWARD_MALL_ORDER_ORDER_INT_H
#define SWARD_MALL_ORDER_ORDER_INT_H

#include <stdbool.h>
#include <stdint.h>

#include "mall/order/order.h"

/* One event of an order. */
struct order_fact {
    int kind; /* enum event_kind */
    int64_t actor, order, note, purchase, supplier, total;
    struct str currency;
    bool simulated;
};

/* Append it to the log. */
NODISCARD int order_tell(struct db *db, const struct order_fact *fact, struct err *err);

/* One step of one order.
 *   roles  what who does it is to this order
 *   actor  as the log names them
 * ERR_CONFLICT when the order is not where that act begins, ERR_FORBIDDEN when
 * it is not theirs. */
NODISCARD int order_step(struct db *db, struct arena *a, const struct order_brief *order,
                         enum order_act act, int roles, int64_t actor, struct err *err);

/* Have the release of an order looked at from `at` on. */
NODISCARD int order_release_at(struct db *db, int64_t order, int64_t at, struct err *err);

/* All of an order has left: its invoice takes the next number of its seller's
 * series. (invoice.c) */
NODISCARD int order_invoice(struct db *db, struct arena *a, const struct order_brief *order,
                            struct err *err);

/* An open purchase ran out of time; any other is left alone. */
NODISCARD int order_expire(struct db *db, struct arena *a, int64_t purchase, struct err *err);

/* How long new orders are gathered until they are filed together. */
#define ORDER_FILE_PAUSE TIME_SECOND

/* The key of the one job that there is for an order, or for a minute: in digits. */
struct str order_job_key(char out[32], int64_t id);

#endif
