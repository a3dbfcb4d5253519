/* mall/checkout/checkout.h - from a cart to a purchase that waits for its money.
 *
 *   GET  /checkout  what is bought, where it goes, what it costs
 *   POST /checkout  total (as shown, minor units), name, phone, line1, line2,
 *                   city, postcode, country; line_sku, line_price and
 *                   line_quantity repeated in step say what was shown
 *
 * Prices, stock and owner come from the database alone; what the form says it
 * showed is only compared. When they differ nothing is placed, and the page
 * says what changed.
 *
 * Slot "order.claims" is asked once with the buyer; its data is a struct
 * checkout_claims, which bridge/referral fills so that whoever brought the
 * buyer is paid. Source: capabilities 28, 31, 114.
 */
#ifndef SWARD_MALL_CHECKOUT_CHECKOUT_H
#define SWARD_MALL_CHECKOUT_CHECKOUT_H

#include <stddef.h>
#include <stdint.h>

#include "mall/cart/cart.h"
#include "mall/checkout/country.h"
#include "mall/order/order.h"
#include "web/route.h"

/* What the slot "order.claims" hands over. */
struct checkout_claims {
    order_claim_fn *fn;
    void *ctx;
};

/* How a line differs from what the reader was shown. */
enum checkout_change { CHANGE_NONE, CHANGE_PRICE, CHANGE_QUANTITY, CHANGE_NEW };

struct checkout_line {
    const struct cart_line *line;
    enum checkout_change change;
    struct money was;     /* CHANGE_PRICE */
    int64_t was_quantity; /* CHANGE_QUANTITY */
};

struct checkout_page {
    struct cart cart;
    const struct checkout_line *lines; /* one for each of the cart */
    int64_t gone;                      /* lines that were shown and are not sold any more */
    struct order_address address;      /* of the last purchase */
    const struct country *countries;
    size_t n_countries;
    struct str key; /* idempotency key of the form */
};

/* What the API answers. */
struct checkout_placed {
    int64_t purchase;
    const int64_t *orders;
    size_t n_orders;
    struct money total;
    struct str pay; /* path of the pay page */
};

extern const struct route checkout_routes[];

#endif
