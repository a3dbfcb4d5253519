/* mall/payment/payment.h - how a purchase is paid, whoever takes the money.
 *
 * A provider takes the money; sward never sees a card. A payment is opened
 * for a purchase and names a provider's page; what became of it, the provider
 * says in a signed message, and only that message pays an order. Messages may
 * come twice, late, or in the wrong order: each acts once, and what it claims
 * (amount, currency) must be what was asked.
 *
 * The setting payment_provider says who it is (payment_provider.h): `test`, a bank in
 * miniature that tells us by a real signed HTTP message; `manual`, where the
 * operator says what came in; `stripe`.
 *
 * Money of buyers is collected on the operator's own account (manual) only for
 * the operator's own goods, unless the setting payment_collect_for_others says
 * otherwise: whoever holds other people's money needs a licence.
 *
 * A payment that arrives after its stock went to somebody else is given back.
 *
 * Memory: the arena given. Threads: no state. Source: capabilities 28, 31.
 */
#ifndef SWARD_MALL_PAYMENT_PAYMENT_H
#define SWARD_MALL_PAYMENT_PAYMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/settings.h"
#include "base/str.h"
#include "job/job.h"
#include "store/db.h"
#include "store/doctor.h"
#include "web/request.h"

/* Numbers are stored. */
enum payment_state {
    PAYMENT_OPEN = 1,
    PAYMENT_PAID = 2,
    PAYMENT_FAILED = 3,
    PAYMENT_REFUNDED = 4,
};

/* Open a payment for a purchase with the provider of the settings (NULL: the
 * test's).
 *   back         path the buyer returns to
 *   ret_address  OUT: the payment's page, as a path on this site
 * ERR_CONFLICT when the purchase does not wait for its money, or holds goods
 * for which it may not be collected. */
NODISCARD int payment_open(struct db *db, struct arena *a, const struct settings *s,
                           int64_t purchase, struct str back, struct str *ret_address,
                           struct err *err);

/* How long goods are held for a payment, in microseconds: minutes, or days
 * when it is a bank transfer. */
int64_t payment_hold_time(const struct settings *s);

/* What a provider says. */
struct payment_message {
    struct str provider; /* "test" */
    struct str name;     /* the provider's own id of the message */
    int64_t payment;
    int64_t amount; /* minor units */
    struct str currency;
    enum payment_state state; /* PAYMENT_PAID or PAYMENT_FAILED */
    struct str reference;     /* what the provider calls the payment; may be empty */
};

/* Believe a message whose signature was checked. A repeated one does nothing.
 * ERR_INVALID when amount or currency are not what was asked. */
NODISCARD int payment_told(struct db *db, struct arena *a, const struct payment_message *message,
                           struct err *err);

/* Money to give back. */
struct payment_refund {
    int64_t shop_order;
    int position;          /* of the line; -1 = delivery */
    int64_t amount;        /* minor units, above 0 */
    struct str reason_key; /* kept with it */
    int64_t case_id;       /* the case of aftersales; 0 = a cancellation */
    int64_t by;            /* actor key who decided; 0 = the shop itself */
};

/* Numbers are stored. */
enum refund_state {
    REFUND_ASKED = 1, /* the provider is told, or was and has not answered */
    REFUND_DONE = 2,
    REFUND_FAILED = 3, /* still owed: told again, or done by hand */
};

/* Give back part or all of what was paid for a line, in the caller's
 * transaction: the books are written (out of escrow while it is held, else
 * from those who got it), and a job tells the provider. ERR_NOT_FOUND: no such
 * order or line. ERR_CONFLICT: nothing was paid, or more than was paid for the
 * line less what went back already. (refund.c)
 *   ret_refund  OUT: its id; REFUND_ASKED, REFUND_DONE and REFUND_FAILED are told of it */
NODISCARD int payment_refund(struct db *db, struct arena *a, const struct payment_refund *refund,
                             int64_t *ret_refund, struct err *err);

/* How a refund stands; ERR_NOT_FOUND. (refund.c) */
NODISCARD int payment_refund_state(struct db *db, struct arena *a, int64_t refund,
                                   enum refund_state *ret_state, struct err *err);

/* What a provider says of a refund. */
struct refund_message {
    struct str provider;
    int64_t refund;
    int64_t amount;
    struct str currency;
    struct str reference; /* what the provider calls it */
    bool done;            /* false = it could not */
};

/* Believe a message whose signature was checked. A repeated one does nothing,
 * and one that fails after it was done neither. (refund.c) */
NODISCARD int payment_refund_told(struct db *db, struct arena *a,
                                  const struct refund_message *message, struct err *err);

/* Somebody saw money on the operator's own account.
 *   amount     what came, minor units, above 0
 *   reference  of the bank, or of the receipt: the same is counted once
 * Too little: it is kept for the buyer until the rest comes. Enough: the order
 * is paid, and what is too much goes back. ERR_CONFLICT when the payment does
 * not wait for money by hand, or that reference was entered before. (by_hand.c) */
NODISCARD int payment_received(struct db *db, struct arena *a, int64_t payment, int64_t amount,
                               struct str reference, int64_t by, struct err *err);

/* A refund that failed is tried again; ERR_CONFLICT when it did not. */
NODISCARD int payment_refund_again(struct db *db, int64_t refund, struct err *err);

/* The provider's own books agree with ours. (reconcile.c) */
NODISCARD int payment_doctor(struct store *store, struct doctor *d, struct err *err);

/* How a purchase's newest payment stands. */
struct payment_brief {
    int64_t id;
    const char *provider; /* its name, for ever */
    enum payment_state state;
};
NODISCARD int payment_of_purchase(struct db *db, struct arena *a, int64_t purchase,
                                  struct payment_brief *ret_brief, struct err *err);

/* Jobs "payment.refund", "payment.reconcile", "payment.stripe.begin" and "payment.test.tell". */
extern const struct job_kind payment_jobs[];

#endif
