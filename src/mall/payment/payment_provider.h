/* mall/payment/payment_provider.h - what every provider of payments can do.
 *
 * A provider is a table of functions and no state of its own. `begin` runs in
 * the transaction that opens a payment and touches the database alone; the
 * rest are instructions, given by jobs outside any transaction, once or more
 * often: the provider is told the id of the thing with every try and acts once.
 *
 *   test    a bank in miniature (provider_test.h)
 *   manual  the operator's own bank account, or cash: people do it, and say so
 *   stripe  Stripe Checkout with Connect (provider_stripe.c)
 *
 * What a provider says of itself comes over its webhook (hook_web.c), and by
 * `report` when it is asked: the two together are what the books are held
 * against (reconcile.c).
 *
 * Not here: what a provider's message means to an order (payment.h).
 * Memory: the arena given. Threads: any; tables are constant.
 */
#ifndef SWARD_MALL_PAYMENT_PAYMENT_PROVIDER_H
#define SWARD_MALL_PAYMENT_PAYMENT_PROVIDER_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/settings.h"
#include "base/str.h"
#include "mall/ledger/ledger.h"
#include "store/db.h"
#include "store/store.h"

/* A payment that is asked for. */
struct provider_charge {
    int64_t payment;
    int64_t amount;
    struct str currency;
    struct str back; /* path the buyer returns to */
};

/* What an instruction is given with. */
struct provider_call {
    struct store *store;
    struct arena *arena;
    const struct settings *settings;
};

/* Money that goes back to the buyer. */
struct provider_refund {
    int64_t refund; /* the provider knows it by this */
    int64_t payment;
    struct str payment_reference; /* what the provider calls the payment */
    int64_t amount;
    struct str currency;
};

/* Money that goes to a party's own account with the provider. */
struct provider_transfer {
    int64_t transfer;   /* the provider knows it by this */
    struct str account; /* the party's, as the provider calls it */
    int64_t amount;
    struct str currency;
};

/* What came of an instruction. */
enum provider_outcome {
    PROVIDER_LATER,   /* it was taken; a message says what became of it */
    PROVIDER_DONE,    /* it is done */
    PROVIDER_REFUSED, /* it will never be done */
    PROVIDER_BY_HAND, /* somebody has to do it and say so */
};

struct provider_answer {
    enum provider_outcome outcome;
    struct str reference; /* what the provider calls it */
};

/* What a provider has in its own books of one thing. */
struct provider_fact {
    int64_t payment; /* of this payment, or */
    int64_t refund;  /* of this refund; one of the two is 0 */
    int64_t amount;  /* paid or given back */
    struct str currency;
};

/* Given each fact of a report. */
typedef int provider_fact_fn(void *ctx, const struct provider_fact *fact, struct err *err);

struct payment_provider {
    const char *name;
    enum ledger_custody custody; /* who holds what is paid through it */
    int (*begin)(struct db *db, struct arena *a, const struct provider_charge *charge,
                 struct str *ret_address, struct err *err);
    /* An error is tried again. */
    int (*refund)(const struct provider_call *call, const struct provider_refund *refund,
                  struct provider_answer *ret_answer, struct err *err);
    /* NULL: parties are paid from the operator's bank account (mall/payout). */
    int (*transfer)(const struct provider_call *call, const struct provider_transfer *transfer,
                    struct provider_answer *ret_answer, struct err *err);
    /* What came in and went back since a time (microseconds UTC). NULL: the
     * bank's own statement is the report, and a person compares. */
    int (*report)(const struct provider_call *call, int64_t since, provider_fact_fn *fn, void *ctx,
                  struct err *err);
};

extern const struct payment_provider provider_test, provider_manual, provider_stripe;

/* The provider of that name; NULL when there is none. (provider.c) */
const struct payment_provider *payment_provider_named(struct str name);

/* The one that the settings choose; ERR_INTERNAL when they name none. NULL
 * settings are those of a test. (provider.c) */
NODISCARD int payment_provider_of(const struct settings *s,
                                  const struct payment_provider **ret_provider, struct err *err);

/* The path of a payment's own page: /pay/NAME/pay_... (provider.c) */
struct str payment_path(struct arena *a, const char *provider, int64_t payment);

#endif
