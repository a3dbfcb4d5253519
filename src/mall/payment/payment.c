#include "mall/payment/payment.h"

#include <inttypes.h>
#include <stdio.h>

#include "account/person/person.h"
#include "base/clock.h"
#include "event/body.h"
#include "event/event.h"
#include "gen/payment_sql.h"
#include "mall/ledger/ledger.h"
#include "mall/order/order.h"
#include "mall/payment/payment_int.h"
#include "mall/payment/payment_provider.h"
#include "mall/payment/provider_test.h"
#include "web/viewer.h"

struct str payment_job_key(char out[32], int64_t id)
{
    int n = snprintf(out, 32, "%" PRId64, id);
    return (struct str){ out, n > 0 ? (size_t)n : 0 };
}

/* Whether all of a purchase is sold by operators of this place. */
static int own_goods(struct db *db, struct arena *a, int64_t purchase, bool *ret_own,
                     struct err *err)
{
    struct payment_sellers_rows sellers;
    struct person_card card;
    bool own = true;
    int rc = payment_sellers(db, a, purchase, &sellers, err);
    for (size_t i = 0; rc == 0 && own && i < sellers.n; i++) {
        rc = person_cards(db, a, &sellers.v[i].supplier, 1, &card, err);
        own = rc == 0 && (card.roles & ROLE_OPERATOR);
    }
    if (rc == 0)
        *ret_own = own;
    return rc;
}

int64_t payment_hold_time(const struct settings *s)
{
    if (str_eq_c(s->payment_provider, provider_manual.name))
        return s->payment_manual_days * TIME_DAY;
    return s->reservation_minutes * TIME_MINUTE;
}

int payment_open(struct db *db, struct arena *a, const struct settings *s, int64_t purchase,
                 struct str back, struct str *ret_address, struct err *err)
{
    struct purchase_brief brief;
    const struct payment_provider *provider;
    bool own = true;
    int rc = order_purchase(db, a, purchase, &brief, err);
    if (rc == 0)
        rc = payment_provider_of(s, &provider, err);
    if (rc < 0)
        return rc;
    if (brief.state != PURCHASE_OPEN)
        return err_set(err, ERR_CONFLICT, N_("This order is not waiting for payment any more."));
    if (provider->custody == CUSTODY_PLATFORM && !s->payment_collect_for_others)
        rc = own_goods(db, a, purchase, &own, err);
    if (rc == 0 && !own)
        return err_set(err, ERR_CONFLICT,
                       N_("This place may not take money for the goods of other suppliers yet."));
    const struct provider_charge charge = {
        .payment = db_new_id(db), .amount = brief.total, .currency = brief.currency, .back = back
    };
    if (rc == 0)
        rc = payment_insert(db, charge.payment, purchase, str_from(provider->name),
                            provider->custody, brief.currency, brief.total, NULL, err);
    if (rc == 0)
        rc = provider->begin(db, a, &charge, ret_address, err);
    return rc;
}

static int tell(struct db *db, enum event_kind kind, const struct payment_row_row *payment,
                const struct purchase_brief *purchase, struct err *err)
{
    struct event_body body;
    event_body_init(&body);
    json_member_int(&body.json, "amount", payment->amount);
    json_member_str(&body.json, "currency", payment->currency);
    return event_append_body(db,
                             &(struct event){ .kind = kind,
                                              .actor = purchase->buyer,
                                              .object = payment->id,
                                              .about = payment->purchase,
                                              .simulated = purchase->simulated },
                             &body, err);
}

/* All of a payment goes back: it came when there was nothing left to pay. */
static int give_back(struct db *db, struct arena *a, const struct payment_row_row *payment,
                     const struct purchase_brief *purchase, struct err *err)
{
    const struct ledger_money money = { payment->id, payment->amount, payment->currency,
                                        (enum ledger_custody)payment->custody };
    const struct refund_insert_args refund = { .id = db_new_id(db),
                                               .payment = payment->id,
                                               .currency = payment->currency,
                                               .amount = payment->amount,
                                               .state = REFUND_ASKED,
                                               .reason = STR("late"),
                                               .asked = db_now(db),
                                               .simulated = purchase->simulated };
    int rc = payment_set_state(db, payment->id, PAYMENT_PAID, PAYMENT_REFUNDED, NULL, err);
    if (rc == 0)
        rc = ledger_reversal(db, &money, err);
    if (rc == 0)
        rc = tell(db, EVENT_PAYMENT_REFUNDED, payment, purchase, err);
    return rc < 0 ? rc : refund_ask(db, a, &refund, err);
}

/* The money is there: pay the order, or give it back when its goods are gone. */
static int settle(struct db *db, struct arena *a, const struct payment_row_row *payment,
                  const struct purchase_brief *purchase, struct err *err)
{
    const struct ledger_money money = { payment->id, payment->amount, payment->currency,
                                        (enum ledger_custody)payment->custody };
    int rc = ledger_payment(db, &money, err);
    if (rc == 0)
        rc = tell(db, EVENT_PAYMENT_SUCCEEDED, payment, purchase, err);
    if (rc < 0)
        return rc;
    bool payable;
    rc = order_can_be_paid(db, a, payment->purchase, &payable, err);
    if (rc < 0)
        return rc;
    if (payable)
        return order_paid(db, a, payment->purchase, err);
    return give_back(db, a, payment, purchase, err);
}

/* A message counts for an open payment, and a success also for a failed one:
 * buyers try again. Anything else is a repetition or came out of order, and
 * changes nothing: each message moves a payment on, so none can act twice. */
static bool counts(const struct payment_row_row *payment, enum payment_state said)
{
    return payment->state == PAYMENT_OPEN ||
           (payment->state == PAYMENT_FAILED && said == PAYMENT_PAID);
}

int payment_told(struct db *db, struct arena *a, const struct payment_message *message,
                 struct err *err)
{
    struct payment_row_row payment;
    struct purchase_brief purchase;
    int rc = payment_row(db, a, message->payment, &payment, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && !str_eq(payment.provider, message->provider)))
        return err_set(err, ERR_NOT_FOUND, N_("There is no such payment."));
    if (rc < 0)
        return rc;
    if (payment.amount != message->amount || !str_eq(payment.currency, message->currency))
        return err_set(err, ERR_INVALID, N_("The message does not fit the payment."));
    if (!counts(&payment, message->state))
        return 0;
    rc = payment_decide(db, payment.id, payment.state, message->state, message->name,
                        message->reference.ptr ? message->reference : STR(""), NULL, err);
    if (rc == 0)
        rc = order_purchase(db, a, payment.purchase, &purchase, err);
    if (rc < 0)
        return rc;
    if (message->state == PAYMENT_PAID)
        return settle(db, a, &payment, &purchase, err);
    return tell(db, EVENT_PAYMENT_FAILED, &payment, &purchase, err);
}

int payment_of_purchase(struct db *db, struct arena *a, int64_t purchase,
                        struct payment_brief *ret_brief, struct err *err)
{
    struct payment_newest_row row;
    int rc = payment_newest(db, a, purchase, &row, err);
    if (rc == 0) {
        const struct payment_provider *provider = payment_provider_named(row.provider);
        *ret_brief = (struct payment_brief){ row.id, provider ? provider->name : "",
                                             (enum payment_state)row.state };
    }
    return rc;
}

const struct job_kind payment_jobs[] = {
    { .name = "payment.refund", .call = refund_instruct },
    { .name = "payment.reconcile", .call = reconcile_ask, .every = TIME_HOUR },
    { .name = "payment.stripe.begin", .call = stripe_begin },
    { .name = "payment.test.tell", .call = test_charge_tell },
    { 0 },
};
