/* mall/promotion/promotion_web.h - the doors of coupons and prices by number.
 *
 *   GET  /supplier/coupons                 a supplier's coupons
 *   POST /supplier/coupons                 code, kind (amount, percent, delivery), amount, percent,
 *                                          currency, minimum, per_person, most, budget, since and
 *                                          until (days); amounts as typed, "5.00"
 *   POST /supplier/coupons/:coupon/stop
 *   GET  /operator/coupons, POST …         the same for those of the platform
 *   GET  /supplier/tiers                   prices by number
 *   POST /supplier/tiers                   code (of the SKU), least, price
 *   POST /supplier/tiers/delete            sku, least
 *
 * promotion_product fills the slot "product.tiers" with what several cost.
 */
#ifndef SWARD_MALL_PROMOTION_PROMOTION_WEB_H
#define SWARD_MALL_PROMOTION_PROMOTION_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "mall/promotion/promotion.h"
#include "web/route.h"
#include "web/slot.h"

struct coupon_page {
    bool operator_page;
    struct str base; /* its address */
    const struct coupon *list;
    size_t n;
    struct str more;
    int64_t now;
};

struct tier_page {
    const struct price_tier *list;
    size_t n;
};

/* "amount", "percent", "delivery". */
const char *coupon_kind_name(enum coupon_kind kind);

NODISCARD int promotion_product(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                                struct part *ret_parts, struct err *err);

extern const struct route coupon_routes[];
extern const struct route tier_routes[];

#endif
