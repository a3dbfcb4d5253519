/* unit/mall/sold.h - orders that were paid, through a payment and its books. */
#ifndef SWARD_TESTS_UNIT_MALL_SOLD_H
#define SWARD_TESTS_UNIT_MALL_SOLD_H

#include "unit/mall/kit.h"

struct sold {
    int64_t purchase, order, payment, total;
};

/* BUYER orders these and pays; they are all of one supplier. */
struct sold mall_sell(struct mall *m, const struct order_item *items, size_t n);

/* The same, for who asks more of the request. */
struct sold mall_sell_request(struct mall *m, const struct order_request *request);

/* Everything is sent by SUPPLIER and received by BUYER. */
void mall_hand_over(struct mall *m, const struct sold *s);

/* The state of an order. */
enum order_state mall_state(struct mall *m, int64_t order);

#endif
