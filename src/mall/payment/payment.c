#include "mall/payment/payment.h"

#include "event/body.h"
#include "event/event.h"
#include "gen/payment_sql.h"
#include "mall/ledger/ledger.h"
#include "mall/order/order.h"
#include "mall/payment/provider_test.h"

int payment_open(struct db *db, struct arena *a, int64_t purchase, struct str back,
                 struct str *ret_address, struct err *err)
{
    struct purchase_brief brief;
    int rc = order_purchase(db, a, purchase, &brief, err);
    if (rc < 0)
        return rc;
    if (brief.state != PURCHASE_OPEN)
        return err_set(err, ERR_CONFLICT, N_("This order is not waiting for payment any more."));
    const struct test_charge_request charge = {
        .payment = db_new_id(db), .amount = brief.total, .currency = brief.currency, .back = back
    };
    rc = payment_insert(db, charge.payment, purchase, STR("test"), brief.currency, brief.total,
                        NULL, err);
    if (rc == 0)
        rc = test_charge_open(db, a, &charge, ret_address, err);
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

/* The money is there: pay the order, or give it back when its goods are gone. */
static int settle(struct db *db, struct arena *a, const struct payment_row_row *payment,
                  const struct purchase_brief *purchase, struct err *err)
{
    int rc = ledger_payment(db, payment->id, payment->amount, payment->currency, err);
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
    rc = payment_set_state(db, payment->id, PAYMENT_PAID, PAYMENT_REFUNDED, NULL, err);
    if (rc == 0)
        rc = ledger_reversal(db, payment->id, payment->amount, payment->currency, err);
    if (rc == 0)
        rc = tell(db, EVENT_PAYMENT_REFUNDED, payment, purchase, err);
    return rc;
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
    rc = payment_decide(db, payment.id, payment.state, message->state, message->name, NULL, err);
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
    if (rc == 0)
        *ret_brief = (struct payment_brief){ row.id, (enum payment_state)row.state };
    return rc;
}
