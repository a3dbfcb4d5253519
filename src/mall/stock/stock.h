/* mall/stock/stock.h - how many of each SKU there are, and who holds them.
 *
 * Every change of what is in stock is an entry. What is free is kept beside
 * them, so that a checkout asks and changes one row. A checkout reserves for
 * its purchase; payment sells what is reserved, which changes no level any
 * more; expiry lets it go. Each change is one conditional update: it happens
 * whole or not at all, so nothing is sold twice, whoever comes at once.
 *
 *   in stock = received + adjusted + returned - sold
 *   free     = in stock - reserved
 *
 * Memory: the arena given. Threads: as the db handle's.
 * Source: capabilities 28, 54.
 */
#ifndef SWARD_MALL_STOCK_STOCK_H
#define SWARD_MALL_STOCK_STOCK_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "store/db.h"
#include "store/doctor.h"

/* Why what is in stock changed. Numbers are stored. */
enum stock_kind { STOCK_RECEIVED = 1, STOCK_ADJUSTED = 2, STOCK_SOLD = 3, STOCK_RETURNED = 4 };

/* Most of one SKU that can be free. */
#define STOCK_MAX INT64_C(1000000000)

/* Some of a SKU. */
struct stock_need {
    int64_t sku;
    int64_t quantity; /* > 0 */
};

/* Stock came in. cause: the import or delivery behind it, 0 = none.
 * ERR_INVALID names the field quantity when it is not 1..STOCK_MAX. */
NODISCARD int stock_receive(struct db *db, int64_t sku, int64_t quantity, int64_t cause,
                            struct err *err);

/* Count stock anew: in stock are `quantity` then, and the difference is an entry.
 * ERR_CONFLICT when more than that is reserved. Reads all open reservations. */
NODISCARD int stock_count(struct db *db, struct arena *a, int64_t sku, int64_t quantity,
                          int64_t cause, struct err *err);

/* Goods that were sold are there again. cause: the order or case they come from. */
NODISCARD int stock_return(struct db *db, int64_t sku, int64_t quantity, int64_t cause,
                           struct err *err);

/* Hold some for a purchase. ERR_CONFLICT when too few are free; the whole
 * request then fails and its transaction takes back what it held before. */
NODISCARD int stock_hold(struct db *db, int64_t purchase, struct stock_need need, struct err *err);

/* Let go of everything a purchase holds. */
NODISCARD int stock_let_go(struct db *db, struct arena *a, int64_t purchase, struct err *err);

/* Sell everything a purchase holds. ERR_CONFLICT when it holds nothing. */
NODISCARD int stock_sell(struct db *db, struct arena *a, int64_t purchase, struct err *err);

/* How many can be sold now, in the order of skus; 0 for one never stocked.
 *   ret_free  OUT: n numbers */
NODISCARD int stock_free_of(struct db *db, struct arena *a, const int64_t *skus, size_t n,
                            int64_t *ret_free, struct err *err);

/* What is free is the sum of a SKU's entries less what is reserved, and nothing
 * is below zero. */
NODISCARD int stock_doctor(struct store *store, struct doctor *d, struct err *err);

#endif
