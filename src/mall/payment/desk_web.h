/* mall/payment/desk_web.h - where the operator looks after payments.
 *
 *   GET  /operator/payments                     what waits for a hand, and where the provider
 * differs POST /operator/payments/:payment/received   money was seen: `amount`, `reference` POST
 * /operator/refunds/:refund/done         it was given back by hand: `reference` POST
 * /operator/refunds/:refund/again        one that failed is tried again POST
 * /operator/orders/:order/refund         give back: `line` (empty = delivery), `amount`, `reason`
 */
#ifndef SWARD_MALL_PAYMENT_DESK_WEB_H
#define SWARD_MALL_PAYMENT_DESK_WEB_H

#include <stddef.h>
#include <stdint.h>

#include "base/money.h"
#include "base/str.h"
#include "mall/payment/payment.h"
#include "mall/payment/reconcile.h"
#include "web/route.h"

/* A payment that somebody has to see come in. */
struct desk_payment {
    int64_t payment, purchase;
    struct money amount, missing;
};

/* A refund that is not done. */
struct desk_refund {
    int64_t refund, order; /* order 0: all of a payment */
    enum refund_state state;
    struct money amount;
    int64_t asked; /* microseconds UTC */
    bool by_hand;
};

struct desk_page {
    const struct desk_payment *payments;
    size_t n_payments;
    const struct desk_refund *refunds;
    size_t n_refunds;
    struct reconcile apart;
    bool collects_for_others; /* by the setting that warns */
    bool done;                /* something was just done */
};

extern const struct route payment_desk_routes[];

#endif
