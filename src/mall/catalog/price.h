/* mall/catalog/price.h - what a SKU cost, and what may be said about it.
 *
 * Every change of a price is kept. A price before ("was 20, now 15") is shown
 * only while the prices of 30 days bear it out, as the EU's directive 98/6/EC
 * (article 6a, by "Omnibus") has it: the price before is at most the lowest
 * that was asked in the 30 days before it went down, it was asked so long, and
 * it went down within the last 30 days.
 *
 * Memory: the arena given. Threads: no state.
 */
#ifndef SWARD_MALL_CATALOG_PRICE_H
#define SWARD_MALL_CATALOG_PRICE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "store/db.h"

#define PRICE_DAYS        30
#define PRICE_HISTORY_MAX 60 /* changes of one SKU that are read */

/* A price and since when. Lists of them are newest first. */
struct price_point {
    int64_t since; /* microseconds UTC */
    int64_t price; /* minor units */
};

/* The lowest price asked at any time from `from` on and before `to`; 0 when
 * there was none yet. */
int64_t price_lowest(const struct price_point *points, size_t n, int64_t from, int64_t to);

/* The price before that may be shown now: `compare`, or 0 when it must not. */
int64_t price_before(const struct price_point *points, size_t n, int64_t compare, int64_t now);

/* What a SKU cost, newest first, at most PRICE_HISTORY_MAX changes.
 *   ret_points  OUT: in the arena */
NODISCARD int price_history(struct db *db, struct arena *a, int64_t sku,
                            const struct price_point **ret_points, size_t *ret_n, struct err *err);

/* A history as steps for the eye, 100 wide and 40 high, oldest at the left:
 * "0,12.5 30,12.5 30,20 100,20". In the arena. */
struct str price_steps(struct arena *a, const struct price_point *points, size_t n, int64_t from,
                       int64_t now);

#endif
