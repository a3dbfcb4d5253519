/* mall/cart/cart_web.h - the doors of the cart; visitors have one too.
 *
 *   GET  /cart        what is in it
 *   POST /cart        sku, quantity: put something in
 *   POST /cart/:sku   quantity: change a line; 0 takes it out; or later: 1 keeps it for another
 *                     time, 0 means to buy it now
 *   POST /cart/look   what changed was seen
 *
 * Slot "cart.source" is asked with the product when something is put in; its
 * data is a const struct str *, the token that says what brought the buyer.
 * cart_signed_in fills the slot "person.signed_in": what the visitor put in
 * moves to the person.
 */
#ifndef SWARD_MALL_CART_CART_WEB_H
#define SWARD_MALL_CART_CART_WEB_H

#include <stdbool.h>

#include "account/person/person.h"
#include "mall/cart/cart.h"
#include "web/route.h"
#include "web/slot.h"

struct cart_page {
    struct cart cart;
    const struct person_card *suppliers; /* one for each line */
    bool member;                         /* may go to the checkout at once */
};

/* {lines, total} of a cart, as the API gives it. */
void cart_json(struct json_out *j, const struct cart *cart);

extern const struct route cart_routes[];

NODISCARD int cart_signed_in(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                             struct part *ret_parts, struct err *err);

#endif
