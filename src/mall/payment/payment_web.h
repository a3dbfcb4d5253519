/* mall/payment/payment_web.h - the doors of paying.
 *
 *   GET  /pay/test/:payment        the test provider's own page
 *   POST /pay/test/:payment        the buyer decides: `pay` or `decline`
 *   POST /purchases/:purchase/pay  the buyer opens a new payment after one failed
 *   POST /webhooks/test            the test provider says what became of a payment
 *
 * Only the buyer sees a payment; to anybody else there is none.
 */
#ifndef SWARD_MALL_PAYMENT_PAYMENT_WEB_H
#define SWARD_MALL_PAYMENT_PAYMENT_WEB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/money.h"
#include "base/str.h"
#include "mall/payment/payment.h"
#include "mall/payment/provider_test.h"
#include "web/route.h"
#include "web/slot.h"

/* The test provider's page. */
struct pay_page {
    int64_t payment;
    struct str shop; /* who is paid: the shop's name */
    struct money amount;
    enum test_charge_state state;
    struct str back; /* where the buyer returns to */
};

/* How an order's payment stands, on the order's page. */
struct payment_part {
    int64_t purchase;
    int64_t payment; /* 0 = none was opened yet */
    enum payment_state state;
    struct money amount; /* of the whole purchase */
    bool payable;        /* the purchase still waits for its money */
    bool bought;         /* the purchase is paid, by this payment or another */
    bool paid;           /* the purchase has its money, by this payment or another */
    bool decided;        /* the buyer decided, and the provider's word is on its way */
};

extern const struct route payment_routes[];

/* Slot "order.payment": asked with orders, by their buyer. */
NODISCARD int payment_slot(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                           struct part *ret_parts, struct err *err);

#endif
