/* mall/checkout/checkout.h - from a cart to a purchase that waits for its money.
 *
 *   GET  /checkout       what is bought, where it goes, how it is sent, what it costs
 *   POST /checkout/look  the same with what the form says; nothing is placed
 *   POST /checkout       place it. total (as shown, minor units); address, one of the address
 *                        book, or new with name, phone, line1, line2, city, region, postcode,
 *                        country, and keep = 1 to keep it; method_<supplier> for each supplier
 *                        (GET says the names and the ways; else the cheapest); coupon; line_sku,
 *                        line_price and line_quantity repeated in step say what was shown
 *
 * Prices, stock, tax, delivery and owner come from the database alone; what the
 * form says it showed is only compared. When they differ nothing is placed, and
 * the page says what changed.
 *
 * Slot "order.claims" is asked once with the buyer; its data is a struct
 * checkout_claims, which bridge/referral fills so that whoever brought the
 * buyer is paid. Source: capabilities 28, 31, 80, 114.
 */
#ifndef SWARD_MALL_CHECKOUT_CHECKOUT_H
#define SWARD_MALL_CHECKOUT_CHECKOUT_H

#include <stddef.h>
#include <stdint.h>

#include "account/person/person.h"
#include "mall/address/address.h"
#include "mall/address/country.h"
#include "mall/address/format.h"
#include "mall/cart/cart.h"
#include "mall/delivery/delivery.h"
#include "mall/order/order.h"
#include "mall/promotion/promotion.h"
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

/* What one supplier sends. */
struct checkout_group {
    int64_t supplier;
    struct person_card card;
    struct str field;   /* under which the form names the way */
    size_t first, n;    /* its lines */
    struct money goods; /* as the buyer pays for them */
    struct money delivery;
    const struct delivery_offer *offers; /* none: it does not go there */
    size_t n_offers;
    size_t chosen; /* of offers */
    bool gift;     /* a coupon spares the delivery */
};

struct checkout_page {
    struct cart cart;
    const struct checkout_line *lines; /* one for each of the cart */
    int64_t gone;                      /* lines that were shown and are not sold any more */
    const struct saved_address *saved;
    size_t n_saved;
    int64_t saved_id;             /* the one it goes to; 0 = that in the form */
    struct order_address address; /* where it goes; of a new one, what the form begins with */
    const struct address_format *format;
    const struct country *countries;
    size_t n_countries;
    struct checkout_group *groups;
    size_t n_groups;
    struct promotion_basket basket;
    struct money goods, off, delivery, total; /* off below zero: what the coupon takes off */
    struct order_sums sums;
    bool unreachable; /* somebody does not send there */
    struct str key;   /* idempotency key of the form */
    struct order_request request;
};

/* What the API answers. */
struct checkout_placed {
    int64_t purchase;
    const int64_t *orders;
    size_t n_orders;
    struct money total;
    struct str pay; /* path of the pay page */
};

/* Work out what the cart comes to, with what the request says: cart, address,
 * groups, basket, sums and request of the page are filled.
 *   page  OUT: from zero */
NODISCARD int checkout_read(struct req *rq, struct db *db, struct checkout_page *page,
                            struct err *err);

extern const struct route checkout_routes[];

#endif
