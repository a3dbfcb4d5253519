/* mall/payment/payment_web.h - the doors of paying.
 *
 *   GET  /pay/test/:payment        the test provider's own page
 *   POST /pay/test/:payment        the buyer decides: `pay` or `decline`
 *   POST /purchases/:purchase/pay  the buyer opens a new payment after one failed
 *   GET  /pay/manual/:payment      where to send the money, and what of it has come
 *   GET  /pay/stripe/:payment      on the way to Stripe's page
 *   POST /webhooks/test            the test provider says what became of a payment (hook_web.c)
 *   POST /webhooks/stripe          so does Stripe
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

/* A payment whose provider is elsewhere. */
struct pay_other {
    int64_t payment;
    struct str provider; /* its name */
    struct str shop;
    enum payment_state state;
    struct money amount, missing; /* asked for; still to come */
    bool some;                    /* a part has come */
    struct str instructions;      /* of the operator, for a payment by hand */
    struct str address;           /* of the provider's page, when it is known */
    struct str back;              /* where the buyer returns to */
};

/* How an order's payment stands, on the order's page. */
struct payment_part {
    int64_t purchase;
    int64_t payment; /* 0 = none was opened yet */
    const char *provider;
    enum payment_state state;
    struct money amount; /* of the whole purchase */
    bool payable;        /* the purchase still waits for its money */
    bool bought;         /* the purchase is paid, by this payment or another */
    bool paid;           /* the purchase has its money, by this payment or another */
    bool decided;        /* the buyer decided, and the provider's word is on its way */
};

extern const struct route payment_routes[];
extern const struct route payment_hook_routes[];

/* Slot "order.payment": asked with orders, by their buyer. */
NODISCARD int payment_slot(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                           struct part *ret_parts, struct err *err);

#endif
