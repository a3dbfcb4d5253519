#include "mall/order/order.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/id.h"
#include "event/body.h"
#include "event/event.h"
#include "gen/order_sql.h"
#include "mall/order/order_int.h"
#include "mall/promotion/promotion.h"
#include "mall/stock/stock.h"

/* A parcel with some of an order left: the order stays where it is. */
static int stay(struct db *db UNUSED, int64_t id UNUSED, int64_t at UNUSED, int64_t *ret_changed,
                struct err *err UNUSED)
{
    *ret_changed = 1;
    return 0;
}

/* Every step an order may take: from where, by what act, who may, to where, and
 * what the log is told. A step that is not here cannot happen. */
static const struct step {
    enum order_state from;
    enum order_act act;
    int who; /* bits of enum order_role */
    enum order_state to;
    int (*run)(struct db *db, int64_t id, int64_t at, int64_t *ret_changed, struct err *err);
    enum event_kind event;
} steps[] = {
    { ORDER_PLACED, ORDER_DO_PAY, ORDER_BY_SHOP, ORDER_PAID, order_step_paid, EVENT_ORDER_PAID },
    { ORDER_PLACED, ORDER_DO_CANCEL, ORDER_BY_BUYER | ORDER_BY_SHOP, ORDER_CANCELLED,
      order_step_cancelled, EVENT_ORDER_CANCELLED },
    { ORDER_PAID, ORDER_DO_CANCEL, ORDER_BY_BUYER | ORDER_BY_SUPPLIER | ORDER_BY_STAFF,
      ORDER_CANCELLED, order_step_cancelled, EVENT_ORDER_CANCELLED },
    { ORDER_PAID, ORDER_DO_SHIP_SOME, ORDER_BY_SUPPLIER, ORDER_PAID, stay,
      EVENT_ORDER_PARTLY_SHIPPED },
    { ORDER_PAID, ORDER_DO_SHIP, ORDER_BY_SUPPLIER, ORDER_SHIPPED, order_step_shipped,
      EVENT_ORDER_SHIPPED },
    { ORDER_SHIPPED, ORDER_DO_DELIVER, ORDER_BY_BUYER | ORDER_BY_SHOP, ORDER_DELIVERED,
      order_step_delivered, EVENT_ORDER_DELIVERED },
    { ORDER_DELIVERED, ORDER_DO_CLOSE, ORDER_BY_SHOP, ORDER_CLOSED, order_step_closed,
      EVENT_ORDER_CLOSED },
};

bool order_may(enum order_state state, enum order_act act, int roles)
{
    for (size_t i = 0; i < ARRAY_LEN(steps); i++)
        if (steps[i].from == state && steps[i].act == act)
            return (steps[i].who & roles) != 0;
    return false;
}

int order_tell(struct db *db, const struct order_fact *fact, struct err *err)
{
    struct event_body body;
    event_body_init(&body);
    json_member_int(&body.json, "purchase", fact->purchase);
    json_member_int(&body.json, "supplier", fact->supplier);
    json_member_int(&body.json, "total", fact->total);
    json_member_str(&body.json, "currency", fact->currency);
    return event_append_body(db,
                             &(struct event){ .kind = (enum event_kind)fact->kind,
                                              .actor = fact->actor,
                                              .object = fact->order,
                                              .about = fact->note,
                                              .simulated = fact->simulated },
                             &body, err);
}

/* One order that moves. */
struct move {
    const struct orders_of_purchase_row *order;
    int64_t purchase;
    enum order_act act;
    int roles;     /* bits of enum order_role: what who does it is to this order */
    int64_t actor; /* as the log names them */
    bool simulated;
};

/* Take one order a step further and tell it. */
static int advance(struct db *db, const struct move *move, struct err *err)
{
    const struct orders_of_purchase_row *order = move->order;
    const struct step *step = NULL;
    for (size_t i = 0; i < ARRAY_LEN(steps); i++)
        if (steps[i].from == (enum order_state)order->state && steps[i].act == move->act)
            step = &steps[i];
    if (!step)
        return err_set(err, ERR_CONFLICT, N_("This order has moved on meanwhile."));
    if (!(step->who & move->roles))
        return err_set(err, ERR_FORBIDDEN, N_("That is not yours to do."));
    int64_t n;
    int rc = step->run(db, order->id, db_now(db), &n, err);
    if (rc == 0 && n == 0)
        rc = err_set(err, ERR_CONFLICT, N_("This order has moved on meanwhile."));
    if (rc < 0)
        return rc;
    const struct order_fact fact = {
        .kind = step->event,
        .actor = move->actor,
        .order = order->id,
        .note = order->note,
        .purchase = move->purchase,
        .supplier = order->supplier,
        .total = order->total,
        .currency = order->currency,
        .simulated = move->simulated,
    };
    return order_tell(db, &fact, err);
}

int order_purchase(struct db *db, struct arena *a, int64_t purchase,
                   struct purchase_brief *ret_brief, struct err *err)
{
    struct purchase_row_row row;
    int rc = purchase_row(db, a, purchase, &row, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such order."));
    if (rc < 0)
        return rc;
    *ret_brief = (struct purchase_brief){ .id = row.id,
                                          .buyer = row.buyer,
                                          .total = row.total,
                                          .expires = row.expires,
                                          .state = (enum purchase_state)row.state,
                                          .currency = row.currency,
                                          .simulated = row.simulated };
    return 0;
}

int order_brief(struct db *db, struct arena *a, int64_t order, struct order_brief *ret_brief,
                struct err *err)
{
    struct order_row_row row;
    int rc = order_row(db, a, order, &row, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such order."));
    if (rc < 0)
        return rc;
    *ret_brief = (struct order_brief){ .id = row.id,
                                       .purchase = row.purchase,
                                       .supplier = row.supplier,
                                       .buyer = row.buyer,
                                       .total = row.total,
                                       .state = (enum order_state)row.state,
                                       .currency = row.currency,
                                       .paid = row.paid,
                                       .shipped = row.shipped,
                                       .delivered = row.delivered,
                                       .closed = row.closed,
                                       .delivery = row.delivery,
                                       .delivery_tax = row.delivery_tax,
                                       .method = row.method };
    return 0;
}

/* Take the stock of a purchase that ran out of time once more. */
static int hold_again(struct db *db, struct arena *a, int64_t purchase, struct err *err)
{
    struct order_items_of_purchase_rows items;
    int rc = order_items_of_purchase(db, a, purchase, &items, err);
    for (size_t i = 0; rc == 0 && i < items.n; i++)
        rc = stock_hold(db, purchase, (struct stock_need){ items.v[i].sku, items.v[i].quantity },
                        err);
    return rc;
}

static int reopen(struct db *db, struct arena *a, int64_t purchase, struct err *err)
{
    struct orders_of_purchase_rows orders;
    int rc = hold_again(db, a, purchase, err);
    if (rc == 0)
        rc = promotion_take_again(db, a, purchase, err);
    if (rc == 0)
        rc = orders_of_purchase(db, a, purchase, &orders, err);
    for (size_t i = 0; rc == 0 && i < orders.n; i++)
        rc = order_step_reopened(db, orders.v[i].id, NULL, err);
    return rc;
}

int order_can_be_paid(struct db *db, struct arena *a, int64_t purchase, bool *ret_payable,
                      struct err *err)
{
    struct purchase_brief brief = { 0 };
    struct order_items_of_purchase_rows items;
    int rc = order_purchase(db, a, purchase, &brief, err);
    bool payable = rc == 0 && (brief.state == PURCHASE_OPEN || brief.state == PURCHASE_EXPIRED);
    if (rc == 0 && brief.state == PURCHASE_EXPIRED) {
        rc = order_items_of_purchase(db, a, purchase, &items, err);
        for (size_t i = 0; rc == 0 && payable && i < items.n; i++) {
            int64_t left;
            rc = stock_free_of(db, a, &items.v[i].sku, 1, &left, err);
            payable = rc == 0 && left >= items.v[i].quantity;
        }
    }
    if (rc == 0)
        *ret_payable = payable;
    return rc;
}

int order_paid(struct db *db, struct arena *a, int64_t purchase, struct err *err)
{
    struct purchase_brief brief = { 0 };
    int rc = order_purchase(db, a, purchase, &brief, err);
    if (rc < 0 || brief.state == PURCHASE_PAID)
        return rc;
    if (brief.state == PURCHASE_CANCELLED)
        return err_set(err, ERR_CONFLICT, N_("This order was cancelled."));
    if (brief.state == PURCHASE_EXPIRED)
        rc = reopen(db, a, purchase, err);
    struct orders_of_purchase_rows orders;
    if (rc == 0)
        rc = purchase_step(db, purchase, brief.state, PURCHASE_PAID, NULL, err);
    if (rc == 0)
        rc = stock_sell(db, a, purchase, err);
    if (rc == 0)
        rc = orders_of_purchase(db, a, purchase, &orders, err);
    for (size_t i = 0; rc == 0 && i < orders.n; i++)
        rc = advance(db,
                     &(struct move){ &orders.v[i], purchase, ORDER_DO_PAY, ORDER_BY_SHOP,
                                     brief.buyer, brief.simulated },
                     err);
    return rc;
}

/* End an open purchase that will not be paid. */
static int give_up(struct db *db, struct arena *a, const struct purchase_brief *brief,
                   enum purchase_state to, int64_t actor, struct err *err)
{
    int64_t n;
    struct orders_of_purchase_rows orders;
    int rc = purchase_step(db, brief->id, PURCHASE_OPEN, to, &n, err);
    if (rc < 0 || n == 0)
        return rc;
    rc = stock_let_go(db, a, brief->id, err);
    if (rc == 0)
        rc = promotion_let_go(db, a, brief->id, err);
    if (rc == 0)
        rc = orders_of_purchase(db, a, brief->id, &orders, err);
    for (size_t i = 0; rc == 0 && i < orders.n; i++)
        rc = advance(db,
                     &(struct move){ &orders.v[i], brief->id, ORDER_DO_CANCEL,
                                     actor ? ORDER_BY_BUYER : ORDER_BY_SHOP, actor,
                                     brief->simulated },
                     err);
    if (rc == 0 && to == PURCHASE_EXPIRED)
        rc = event_append(db,
                          &(struct event){ .kind = EVENT_CHECKOUT_EXPIRED,
                                           .actor = brief->buyer,
                                           .object = brief->id,
                                           .simulated = brief->simulated },
                          err);
    return rc;
}

int order_cancel(struct db *db, struct arena *a, int64_t purchase, int64_t buyer, struct err *err)
{
    struct purchase_brief brief = { 0 };
    int rc = order_purchase(db, a, purchase, &brief, err);
    if (rc < 0)
        return rc;
    if (brief.buyer != buyer)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such order."));
    if (brief.state != PURCHASE_OPEN)
        return err_set(err, ERR_CONFLICT, N_("This order has moved on meanwhile."));
    return give_up(db, a, &brief, PURCHASE_CANCELLED, buyer, err);
}

int order_expire(struct db *db, struct arena *a, int64_t purchase, struct err *err)
{
    struct purchase_brief brief = { 0 };
    int rc = order_purchase(db, a, purchase, &brief, err);
    if (rc < 0 || brief.state != PURCHASE_OPEN)
        return rc;
    return give_up(db, a, &brief, PURCHASE_EXPIRED, 0, err);
}

int order_roles(const struct order_brief *order, int64_t actor, bool staff)
{
    int roles = staff ? ORDER_BY_STAFF : 0;
    if (actor == 0)
        roles |= ORDER_BY_SHOP;
    if (actor != 0 && actor == order->buyer)
        roles |= ORDER_BY_BUYER;
    if (actor != 0 && actor == order->supplier)
        roles |= ORDER_BY_SUPPLIER;
    return roles;
}

int order_step(struct db *db, struct arena *a, const struct order_brief *order, enum order_act act,
               int roles, int64_t actor, struct err *err)
{
    struct purchase_brief purchase = { 0 };
    int rc = order_purchase(db, a, order->purchase, &purchase, err);
    const struct orders_of_purchase_row row = { .id = order->id,
                                                .supplier = order->supplier,
                                                .buyer = order->buyer,
                                                .state = order->state,
                                                .currency = order->currency,
                                                .total = order->total };
    if (rc == 0)
        rc = advance(db,
                     &(struct move){ &row, order->purchase, act, roles, actor, purchase.simulated },
                     err);
    return rc;
}

static int ship(struct db *db, struct arena *a, int64_t order, int64_t supplier, enum order_act act,
                struct err *err)
{
    struct order_brief brief = { 0 };
    int rc = order_brief(db, a, order, &brief, err);
    if (rc < 0)
        return rc;
    if (brief.supplier != supplier)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such order."));
    rc = order_step(db, a, &brief, act, ORDER_BY_SUPPLIER, supplier, err);
    return rc < 0 || act != ORDER_DO_SHIP ? rc : order_invoice(db, a, &brief, err);
}

int order_ship(struct db *db, struct arena *a, int64_t order, int64_t supplier, struct err *err)
{
    return ship(db, a, order, supplier, ORDER_DO_SHIP, err);
}

int order_ship_some(struct db *db, struct arena *a, int64_t order, int64_t supplier,
                    struct err *err)
{
    return ship(db, a, order, supplier, ORDER_DO_SHIP_SOME, err);
}

int order_deliver(struct db *db, struct arena *a, int64_t order, int64_t actor, struct err *err)
{
    struct order_brief brief = { 0 };
    int rc = order_brief(db, a, order, &brief, err);
    if (rc < 0)
        return rc;
    if (actor != 0 && brief.buyer != actor)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such order."));
    struct order_lines_rows lines;
    rc = order_step(db, a, &brief, ORDER_DO_DELIVER, order_roles(&brief, actor, false),
                    actor ? actor : brief.buyer, err);
    if (rc == 0)
        rc = order_lines(db, a, order, &lines, err);
    int64_t days = 0;
    for (size_t i = 0; rc == 0 && i < lines.n; i++)
        if (lines.v[i].return_days > days)
            days = lines.v[i].return_days;
    if (rc == 0)
        rc = order_release_at(db, order, db_now(db) + days * TIME_DAY, err);
    return rc;
}

int order_release_at(struct db *db, int64_t order, int64_t at, struct err *err)
{
    char key[32];
    return job_add(db, "order.release", order_job_key(key, order), at, STR(""), err);
}
