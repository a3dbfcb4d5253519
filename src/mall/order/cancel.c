/* Cancelling a paid order before anything of it was sent: the money goes back,
 * and so do the goods. */

#include "base/clock.h"
#include "gen/order_sql.h"
#include "mall/order/order_int.h"
#include "mall/payment/payment.h"
#include "mall/stock/stock.h"
#include "words/text.h"

/* Whoever is not the buyer says why. */
static int check(struct db *db, const struct order_brief *order, int roles, struct str reason,
                 struct err *err)
{
    struct order_has_parcel_row parcel = { 0 };
    if (roles == 0)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such order."));
    if (order->state != ORDER_PAID)
        return err_set(err, ERR_CONFLICT, N_("This order has moved on meanwhile."));
    if (text_count(reason) > ORDER_REASON_MAX)
        return err_field_n(err, "reason", N_("At most {n} characters, please."), ORDER_REASON_MAX);
    if (reason.len == 0 && !(roles & ORDER_BY_BUYER))
        return err_field(err, "reason", N_("Say why, please."));
    int rc = order_has_parcel(db, NULL, order->id, &parcel, err);
    if (rc == 0 && parcel.sent)
        return err_set(err, ERR_CONFLICT,
                       N_("Some of it is on its way. Send it back when it has arrived."));
    return rc;
}

static int give_back(struct db *db, struct arena *a, int64_t order, int position, int64_t amount,
                     int64_t actor, struct err *err)
{
    int64_t refund;
    if (amount == 0)
        return 0;
    return payment_refund(db, a,
                          &(struct payment_refund){ .shop_order = order,
                                                    .position = position,
                                                    .amount = amount,
                                                    .reason_key = STR("cancelled"),
                                                    .by = actor },
                          &refund, err);
}

static int give_back_all(struct db *db, struct arena *a, const struct order_brief *order,
                         int64_t actor, struct err *err)
{
    struct order_lines_rows lines = { 0 };
    int rc = order_lines(db, a, order->id, &lines, err);
    for (size_t i = 0; rc == 0 && i < lines.n; i++) {
        const struct order_lines_row *l = &lines.v[i];
        rc = give_back(db, a, order->id, (int)l->position,
                       order_line_paid(l->amount, l->discount, l->subsidy, l->tax, l->tax_included),
                       actor, err);
        if (rc == 0)
            rc = stock_return(db, l->sku, l->quantity, order->id, err);
    }
    return rc < 0 ? rc : give_back(db, a, order->id, -1, order->delivery, actor, err);
}

int order_call_off(struct db *db, struct arena *a, int64_t order, int64_t actor, bool staff,
                   struct str reason, struct err *err)
{
    struct order_brief brief = { 0 };
    struct str why = STR("");
    int rc = order_brief(db, a, order, &brief, err);
    if (rc == 0)
        rc = text_clean(a, reason, TEXT_LINES, &why, err);
    if (rc < 0)
        return rc;
    int roles = order_roles(&brief, actor, staff);
    rc = check(db, &brief, roles, why, err);
    if (rc == 0)
        rc = give_back_all(db, a, &brief, actor, err);
    if (rc == 0)
        rc = order_called_off(db, order, roles, why, NULL, err);
    if (rc == 0)
        rc = order_step(db, a, &brief, ORDER_DO_CANCEL, roles, actor, err);
    return rc;
}

int order_let_go(struct db *db, struct arena *a, int64_t order, struct err *err)
{
    struct order_brief brief = { 0 };
    struct order_lines_rows lines = { 0 };
    int64_t days = 0;
    int rc = order_brief(db, a, order, &brief, err);
    if (rc < 0 || brief.state != ORDER_DELIVERED)
        return rc;
    rc = order_lines(db, a, order, &lines, err);
    for (size_t i = 0; rc == 0 && i < lines.n; i++)
        if (lines.v[i].return_days > days)
            days = lines.v[i].return_days;
    /* The job is there still when its time has not come yet. */
    int64_t due = brief.delivered.value + days * TIME_DAY;
    return rc < 0 ? rc : order_release_at(db, order, due, err);
}
