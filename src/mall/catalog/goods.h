/* mall/catalog/goods.h - a supplier's own shelf: goods made, changed, sold and withdrawn.
 *
 * A product begins as a draft that nobody else sees. It goes on sale when it
 * tells what it must (gate.h), and while it is sold no change may leave out
 * what is needed. Withdrawn it is kept, for orders name it, and may be sold
 * again. Every function asks whose the product is: ERR_NOT_FOUND for everybody
 * but its supplier.
 *
 * Memory: the arena given. Threads: no state. Source: capabilities 28, 129.
 */
#ifndef SWARD_MALL_CATALOG_GOODS_H
#define SWARD_MALL_CATALOG_GOODS_H

#include <stddef.h>
#include <stdint.h>

#include "mall/catalog/catalog.h"
#include "mall/catalog/gate.h"

/* Who does something to which product. */
struct goods_act {
    int64_t supplier;
    int64_t product;
    bool simulated;
};

/* Begin a draft from its facts alone (SKUs and photos of the draft are not
 * looked at). An empty slug is made from the name.
 *   ret_product  OUT: its id
 * ERR_INVALID marks the fields. */
NODISCARD int goods_begin(struct db *db, struct arena *a, const struct product_draft *draft,
                          int64_t *ret_product, struct err *err);

/* The product with everything; ERR_NOT_FOUND for others. */
NODISCARD int goods_read(struct db *db, struct arena *a, const struct goods_act *act,
                         struct product_detail *ret_detail, struct err *err);

/* Change its facts and its specification. The currency stays what it is while
 * there are SKUs: ERR_INVALID. */
NODISCARD int goods_change(struct db *db, struct arena *a, const struct goods_act *act,
                           const struct product_draft *draft, struct err *err);

/* Add a SKU (sku 0) or change one.
 *   ret_sku  OUT: its id */
NODISCARD int goods_sku(struct db *db, struct arena *a, const struct goods_act *act, int64_t sku,
                        const struct product_sku *put, int64_t *ret_sku, struct err *err);

/* A SKU is sold no longer. The last one of what is on sale stays: ERR_INVALID. */
NODISCARD int goods_sku_stop(struct db *db, struct arena *a, const struct goods_act *act,
                             int64_t sku, struct err *err);

/* Show one more photo; no longer show one; show one first. */
NODISCARD int goods_photo_add(struct db *db, struct arena *a, const struct goods_act *act,
                              int64_t media, struct err *err);
NODISCARD int goods_photo_remove(struct db *db, struct arena *a, const struct goods_act *act,
                                 int64_t media, struct err *err);
NODISCARD int goods_photo_first(struct db *db, struct arena *a, const struct goods_act *act,
                                int64_t media, struct err *err);

/* Sell it. ERR_INVALID names every field that is missing. Twice is no error. */
NODISCARD int goods_publish(struct db *db, struct arena *a, const struct goods_act *act,
                            struct err *err);

/* Sell it no longer. Twice is no error. */
NODISCARD int goods_withdraw(struct db *db, struct arena *a, const struct goods_act *act,
                             struct err *err);

/* A row of the supplier's list. */
struct goods_row {
    struct product_card card;
    int64_t state, score, skus;
};

/* A supplier's goods, newest first, below an id.
 *   state     of them; 0 = all
 *   ret_rows  OUT: in the arena */
NODISCARD int goods_list(struct db *db, struct arena *a, int64_t supplier, int64_t state,
                         int64_t before, size_t n, const struct goods_row **ret_rows, size_t *ret_n,
                         struct err *err);

/* How many goods a supplier has in each state; index 0 is all of them. */
NODISCARD int goods_count(struct db *db, struct arena *a, int64_t supplier, int64_t ret_counts[4],
                          struct err *err);

#endif
