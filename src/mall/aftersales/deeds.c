/* What the deeds of a case do beside its step: goods, money, parcels. */

#include "base/clock.h"
#include "gen/aftersales_sql.h"
#include "mall/aftersales/aftersales_int.h"
#include "mall/fulfilment/fulfilment.h"
#include "mall/ledger/ledger.h"
#include "mall/order/order.h"
#include "mall/payment/payment.h"
#include "mall/stock/stock.h"

#define ASK_DAYS 7 /* to pay a difference */

int after_line_paid(struct db *db, struct arena *a, int64_t order, int64_t position,
                    int64_t *ret_paid, struct err *err)
{
    struct order_money money = { 0 };
    int rc = ledger_order(db, a, order, &money, err);
    for (size_t i = 0; rc == 0 && i < money.n_lines; i++)
        if (money.lines[i].position == position) {
            *ret_paid = money.lines[i].paid;
            return 0;
        }
    return rc < 0 ? rc : err_set(err, ERR_NOT_FOUND, N_("There is no such line in this order."));
}

/* ---- before ---- */

/* The state of the purchase by which a difference is paid. */
static int ask_state(struct db *db, struct arena *a, const struct aftercase *c,
                     enum purchase_state *ret_state, struct err *err)
{
    struct purchase_brief brief = { 0 };
    int rc = order_purchase(db, a, c->purchase, &brief, err);
    if (rc == 0)
        *ret_state = brief.state;
    return rc;
}

static int guard_exchange(struct db *db, struct arena *a, const struct aftercase *c,
                          const struct after_deed *deed, struct err *err)
{
    enum purchase_state state = PURCHASE_PAID;
    if (deed->carrier.len == 0)
        return err_field(err, "carrier", N_("Who carries it?"));
    int rc = c->state == AFTER_TO_PAY ? ask_state(db, a, c, &state, err) : 0;
    if (rc == 0 && state != PURCHASE_PAID)
        rc = err_set(err, ERR_CONFLICT, N_("The difference is not paid yet."));
    return rc;
}

int after_guard(struct db *db, struct arena *a, const struct aftercase *c,
                const struct after_deed *deed, struct err *err)
{
    enum purchase_state state = PURCHASE_OPEN;
    int rc = 0;
    switch (deed->act) {
    case AFTER_DO_EXCHANGE:
        return guard_exchange(db, a, c, deed, err);
    case AFTER_DO_SEND:
        return deed->carrier.len ? 0 : err_field(err, "carrier", N_("Who carries it?"));
    case AFTER_DO_LABEL:
        if (deed->words.len == 0 && deed->tracking.len == 0 && deed->media == 0)
            return err_field(err, "words", N_("Say where it goes, or add a photo of the label."));
        return 0;
    case AFTER_DO_REFUND:
        if (deed->amount < 0 || deed->amount > c->value - c->refunded)
            return err_field(err, "amount",
                             N_("More than was paid for this cannot be given back."));
        return 0;
    case AFTER_DO_MONEY:
        rc = ask_state(db, a, c, &state, err);
        if (rc == 0 && state == PURCHASE_PAID)
            rc = err_set(err, ERR_CONFLICT, N_("The difference is paid: the exchange is coming."));
        return rc;
    default:
        return 0;
    }
}

/* ---- what is done ---- */

static int give_back(struct db *db, struct arena *a, struct aftercase *c, int64_t amount,
                     int64_t by, struct err *err)
{
    int64_t refund;
    if (amount == 0)
        return 0;
    int rc = payment_refund(db, a,
                            &(struct payment_refund){ .shop_order = c->order,
                                                      .position = (int)c->position,
                                                      .amount = amount,
                                                      .reason_key = STR("returned"),
                                                      .case_id = c->id,
                                                      .by = by },
                            &refund, err);
    if (rc == 0)
        rc = order_credit(db, a, c->order, c->position, amount, err);
    c->refunded += amount;
    return rc < 0 ? rc : aftercase_refunded(db, c->id, amount, NULL, err);
}

static int dispose(struct db *db, struct aftercase *c, enum after_disposal disposal,
                   struct err *err)
{
    c->disposal = disposal;
    int rc = aftercase_disposed(db, c->id, disposal, NULL, err);
    if (rc == 0 && disposal == AFTER_DISPOSAL_RESTOCK)
        rc = stock_return(db, c->sku, c->quantity, c->id, err);
    return rc;
}

static int ship_paid(struct db *db, struct arena *a, const struct aftercase *c,
                     const struct after_deed *deed, struct err *err)
{
    const int64_t *orders = NULL;
    struct order_brief brief = { 0 };
    size_t n = 0;
    int rc = order_ids_of_purchase(db, a, c->purchase, &orders, &n, err);
    if (rc == 0)
        rc = order_brief(db, a, orders[0], &brief, err);
    if (rc < 0 || brief.state != ORDER_PAID) /* sent from its own page already */
        return rc;
    return shipment_send(db, a, orders[0], c->supplier, deed->carrier, deed->tracking, err);
}

/* The other one leaves. What it is cheaper by goes back. */
static int exchange(struct db *db, struct arena *a, struct aftercase *c, struct after_deed *deed,
                    struct err *err)
{
    if (c->state == AFTER_TO_PAY)
        return ship_paid(db, a, c, deed, err);
    int rc = stock_sell(db, a, c->id, err);
    deed->amount = c->difference < 0 ? -c->difference : 0;
    return rc < 0 ? rc : give_back(db, a, c, deed->amount, deed->actor, err);
}

/* The difference is a purchase of its own: paid, sent and booked as any other. */
static int ask(struct db *db, struct arena *a, struct aftercase *c, struct after_deed *deed,
               struct err *err)
{
    struct aftercase_want_row want = { 0 };
    struct aftercase_line_row line = { 0 };
    struct order_brief brief = { 0 };
    struct order_address to = { 0 };
    int64_t total = 0;
    int rc = stock_let_go(db, a, c->id, err);
    if (rc == 0)
        rc = aftercase_want(db, a, c->want_sku, &want, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_CONFLICT, N_("That one is not sold any more."));
    if (rc == 0)
        rc = aftercase_line(db, a, c->order, c->position, &line, err);
    if (rc == 0)
        rc = order_brief(db, a, c->order, &brief, err);
    if (rc == 0)
        rc = order_addresses(db, a, &brief.purchase, 1, &to, err);
    if (rc < 0)
        return rc;
    const struct order_item item = { .sku = want.id,
                                     .product = want.product,
                                     .supplier = c->supplier,
                                     .name = want.name,
                                     .options = want.options,
                                     .photo = want.photo.ptr ? want.photo : STR(""),
                                     .quantity = c->quantity,
                                     .price = c->difference / c->quantity,
                                     .currency = c->currency,
                                     .source = STR("") };
    const struct order_request request = { .buyer = c->buyer,
                                           .items = &item,
                                           .n_items = 1,
                                           .address = to,
                                           .expires = db_now(db) + ASK_DAYS * TIME_DAY,
                                           .return_days = line.return_days,
                                           .simulated = c->simulated };
    rc = order_place(db, a, &request, &c->purchase, &total, err);
    deed->amount = total;
    return rc < 0 ? rc : aftercase_asked(db, c->id, c->purchase, NULL, err);
}

/* The buyer wants the money after all: what was asked for is given up. */
static int money_instead(struct db *db, struct arena *a, struct aftercase *c, struct err *err)
{
    enum purchase_state state = PURCHASE_OPEN;
    int rc = ask_state(db, a, c, &state, err);
    if (rc == 0 && state == PURCHASE_OPEN)
        rc = order_cancel(db, a, c->purchase, c->buyer, err);
    if (rc == 0)
        rc = aftercase_now_return(db, c->id, NULL, err);
    c->kind = AFTER_RETURN;
    return rc;
}

/* Sent back by order of the platform: the supplier pays the way, and what was
 * wanted in exchange is held again. */
static int grant(struct db *db, struct aftercase *c, struct err *err)
{
    int rc = aftercase_way_back(db, c->id, WAY_BACK_SUPPLIER, NULL, err);
    if (rc == 0 && c->kind == AFTER_EXCHANGE)
        rc = stock_hold(db, c->id, (struct stock_need){ c->want_sku, c->quantity }, err);
    return rc;
}

int after_effect(struct db *db, struct arena *a, struct aftercase *c, struct after_deed *deed,
                 struct err *err)
{
    int rc = 0;
    switch (deed->act) {
    case AFTER_DO_REFUND:
        if (deed->amount == 0)
            deed->amount = c->value - c->refunded;
        rc = give_back(db, a, c, deed->amount, deed->actor, err);
        return rc < 0 ? rc : stock_let_go(db, a, c->id, err);
    case AFTER_DO_RESTOCK:
        return dispose(db, c, AFTER_DISPOSAL_RESTOCK, err);
    case AFTER_DO_WRITE_OFF:
        return dispose(db, c, AFTER_DISPOSAL_WRITE_OFF, err);
    case AFTER_DO_REFUSE:
    case AFTER_DO_UPHOLD:
    case AFTER_DO_WITHDRAW:
        return stock_let_go(db, a, c->id, err);
    case AFTER_DO_EXCHANGE:
        return exchange(db, a, c, deed, err);
    case AFTER_DO_ASK:
        return ask(db, a, c, deed, err);
    case AFTER_DO_MONEY:
        return money_instead(db, a, c, err);
    case AFTER_DO_DISPUTE: /* a decision may take long; what is granted is held again */
        return c->kind == AFTER_EXCHANGE ? stock_let_go(db, a, c->id, err) : 0;
    case AFTER_DO_GRANT:
        return grant(db, c, err);
    default:
        return 0;
    }
}
