/* mall/payment/provider_test.h - the test provider: a bank in miniature.
 *
 * It keeps its own books (test_charge), has its own page (/pay/test/:payment)
 * where the buyer pays or declines, and tells the shop by a signed HTTP
 * message (Standard Webhooks) that a durable job sends and sends again. It
 * calls no rule of the shop: what the shop knows, it knows from the message.
 */
#ifndef SWARD_MALL_PAYMENT_PROVIDER_TEST_H
#define SWARD_MALL_PAYMENT_PROVIDER_TEST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "job/job.h"
#include "store/db.h"

/* Numbers are stored. */
enum test_charge_state { TEST_OPEN = 1, TEST_PAID = 2, TEST_DECLINED = 3 };

/* A charge as its page shows it; ERR_NOT_FOUND. */
struct test_charge {
    int64_t payment, amount;
    struct str currency, back;
    enum test_charge_state state;
};
NODISCARD int test_charge_find(struct db *db, struct arena *a, int64_t payment,
                               struct test_charge *ret_charge, struct err *err);

/* The buyer decided. Settles once and adds the job that tells the shop;
 * deciding again changes nothing.
 *   s  their payment_test says how the bank behaves; NULL = as it should */
NODISCARD int test_charge_decide(struct db *db, struct arena *a, const struct settings *s,
                                 int64_t payment, bool pay, struct err *err);

/* Job "payment.test.tell". */
int test_charge_tell(struct store *store, struct arena *a, const struct job *job, void *ctx,
                     struct err *err);

#endif
