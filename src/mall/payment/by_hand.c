/* Money that somebody saw on the operator's own account. */

#include "mall/ledger/ledger.h"
#include "mall/order/order.h"
#include "mall/payment/payment_int.h"
#include "mall/payment/payment_provider.h"

/* All of it has come: the order is paid, as by any provider's word. */
static int enough(struct db *db, struct arena *a, const struct payment_row_row *p, int64_t has,
                  struct str reference, struct err *err)
{
    struct ledger_money money = { p->id, p->amount, p->currency, CUSTODY_PLATFORM };
    const struct payment_message message = { .provider = str_from(provider_manual.name),
                                             .name = reference,
                                             .payment = p->id,
                                             .amount = p->amount,
                                             .currency = p->currency,
                                             .state = PAYMENT_PAID,
                                             .reference = reference };
    struct purchase_brief purchase;
    int rc = ledger_refunded(db, &money, err); /* what was kept for the buyer is the payment */
    if (rc == 0)
        rc = payment_told(db, a, &message, err);
    if (rc < 0 || has == p->amount)
        return rc;
    rc = order_purchase(db, a, p->purchase, &purchase, err);
    const struct refund_insert_args over = { .id = db_new_id(db),
                                             .payment = p->id,
                                             .position = REFUND_OF_TOO_MUCH,
                                             .currency = p->currency,
                                             .amount = has - p->amount,
                                             .state = REFUND_ASKED,
                                             .reason = STR("too-much"),
                                             .asked = db_now(db),
                                             .simulated = purchase.simulated };
    return rc < 0 ? rc : refund_ask(db, a, &over, err);
}

int payment_received(struct db *db, struct arena *a, int64_t payment, int64_t amount,
                     struct str reference, int64_t by, struct err *err)
{
    struct payment_row_row row;
    int64_t n = 0;
    int rc = payment_row(db, a, payment, &row, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such payment."));
    if (rc == 0 && (!str_eq_c(row.provider, provider_manual.name) ||
                    (row.state != PAYMENT_OPEN && row.state != PAYMENT_FAILED)))
        return err_set(err, ERR_CONFLICT, N_("This payment does not wait for money by hand."));
    if (rc == 0)
        rc = payment_receipt_insert(db, db_new_id(db), payment, amount, reference, by, db_now(db),
                                    &n, err);
    if (rc == 0 && n == 0)
        return err_set(err, ERR_CONFLICT, N_("This reference was entered before."));
    if (rc == 0)
        rc = payment_add_received(db, payment, amount, NULL, err);
    if (rc == 0)
        rc = ledger_received(
            db, &(struct ledger_money){ payment, amount, row.currency, CUSTODY_PLATFORM }, err);
    if (rc == 0 && row.received + amount >= row.amount)
        rc = enough(db, a, &row, row.received + amount, reference, err);
    return rc;
}
