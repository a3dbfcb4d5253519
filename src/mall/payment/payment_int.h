/* mall/payment/payment_int.h - what the files of this room share and nobody else sees. */
#ifndef SWARD_MALL_PAYMENT_PAYMENT_INT_H
#define SWARD_MALL_PAYMENT_PAYMENT_INT_H

#include "gen/payment_sql.h"
#include "job/job.h"
#include "mall/payment/payment.h"

/* The position of a refund that is of no line: what a buyer paid beyond the price. */
#define REFUND_OF_TOO_MUCH (-2)

/* The key of the one job that there is for a refund or a payment: in digits. */
struct str payment_job_key(char out[32], int64_t id);

/* Write down that money goes back, tell it, and add the job that instructs
 * the provider; the books were written by the caller. */
NODISCARD int refund_ask(struct db *db, struct arena *a, const struct refund_insert_args *refund,
                         struct err *err);

/* Job "payment.refund": give the provider one instruction. */
int refund_instruct(struct store *store, struct arena *a, const struct job *job, void *ctx,
                    struct err *err);

/* Job "payment.stripe.begin": open a session of Checkout; the body is where the buyer returns to.
 */
int stripe_begin(struct store *store, struct arena *a, const struct job *job, void *ctx,
                 struct err *err);

/* Job "payment.reconcile", once an hour: ask the provider what it has. (reconcile.c) */
int reconcile_ask(struct store *store, struct arena *a, const struct job *job, void *ctx,
                  struct err *err);

#endif
