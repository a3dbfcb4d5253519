/* mall/payment/reconcile.h - the provider's books beside ours.
 *
 * A job asks the provider once an hour what it has (payment_provider.h, report). What
 * was opened ten minutes before it was asked last must agree: a payment that
 * is paid here is paid there, with the same amount, and so each refund.
 *
 * Memory: the arena given. Threads: as the db handle's.
 */
#ifndef SWARD_MALL_PAYMENT_RECONCILE_H
#define SWARD_MALL_PAYMENT_RECONCILE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/money.h"
#include "store/db.h"

/* One thing that the two tell differently. */
struct reconcile_line {
    int64_t payment, refund; /* one of the two is 0 */
    struct money ours, theirs;
};

struct reconcile {
    int64_t at; /* when the provider was asked last; 0 = never, or it cannot be asked */
    struct reconcile_line *lines;
    size_t n;
};

/* Where the books and the provider are apart; at most n payments and n refunds. */
NODISCARD int reconcile_read(struct db *db, struct arena *a, int n, struct reconcile *ret,
                             struct err *err);

#endif
