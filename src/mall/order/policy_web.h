/* mall/order/policy_web.h - the doors of the terms of sale.
 *
 *   GET  /operator/policies   every version, and the form of the next
 *   POST /operator/policies   add one: for every shop, or for one by its handle
 *   GET  /returns             what holds now, for everybody
 *
 * Slot "product.policy": asked with products, says how long they may be sent
 * back and who pays the way; and that they may not, where that is so.
 */
#ifndef SWARD_MALL_ORDER_POLICY_WEB_H
#define SWARD_MALL_ORDER_POLICY_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account/person/person.h"
#include "mall/order/order_policy.h"
#include "web/route.h"
#include "web/slot.h"

/* A version as it is shown. */
struct policy_shown {
    struct order_policy policy;
    int64_t days;                /* its window, the setting put in */
    struct person_card supplier; /* actor 0: every shop */
    bool in_force;
};

struct policy_page {
    const struct policy_shown *list;
    size_t n;
    int64_t setting;     /* what return_days says */
    struct str excluded; /* of the version in force for every shop, by commas */
    enum way_back way_back;
    int64_t days;
    bool saved;
};

/* What a product's page says of sending it back. */
struct policy_part {
    int64_t days;
    bool excluded;
    enum way_back way_back;
};

/* "buyer", "supplier", "platform", for programs; and in words. */
const char *way_back_name(enum way_back way);
const char *way_back_words(enum way_back way);

extern const struct route policy_routes[];

/* Slot "product.policy". */
NODISCARD int policy_product_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                                  struct part *ret_parts, struct err *err);

#endif
