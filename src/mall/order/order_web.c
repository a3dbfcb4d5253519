#include "mall/order/order_web.h"

#include "base/id.h"
#include "codec/json_out.h"
#include "gen/order_sql.h"
#include "gen/order_views.h"
#include "media/img.h"
#include "web/page.h"
#include "words/message.h"

#define PAGE_ROWS 20

const char *order_state_name(enum order_state state)
{
    static const char *const names[] = { "",          "placed", "paid",     "shipped",
                                         "delivered", "closed", "cancelled" };
    return state >= ORDER_PLACED && state <= ORDER_CANCELLED ? names[state] : "";
}

const char *order_state_words(enum order_state state)
{
    static const char *const words[] = {
        "",
        N_("Waiting for payment"),
        N_("Paid"),
        N_("On its way"),
        N_("Arrived"),
        N_("Complete"),
        N_("Cancelled"),
    };
    return state >= ORDER_PLACED && state <= ORDER_CANCELLED ? words[state] : "";
}

/* "buyer", "supplier" or "operator": who it was, the nearest to the order first. */
static const char *order_role_name(int roles)
{
    return roles & ORDER_BY_BUYER ? "buyer" : roles & ORDER_BY_SUPPLIER ? "supplier" : "operator";
}

static void orders_json(struct json_out *j, const void *data)
{
    const struct orders_page *page = data;
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++) {
        const struct order_item_row *o = &page->orders[i];
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "ord", o->id));
        json_member_str(j, "state", str_from(order_state_name(o->state)));
        json_member_str(j, "supplier", o->supplier.handle);
        json_member_str(j, "name", o->name);
        json_member_int(j, "quantity", o->quantity);
        json_member_int(j, "more", o->more);
        json_member_int(j, "total", o->total.minor);
        json_member_str(j, "currency", str_from(o->total.currency));
        json_end_object(j);
    }
    json_end_array(j);
    if (page->more.len)
        json_member_str(j, "more", page->more);
    json_end_object(j);
}

static const struct shape orders_shape = { .html = orders_page_view_any,
                                           .fragment = orders_more_any,
                                           .json = orders_json };

static struct str small_photo(struct arena *a, struct str hash)
{
    return hash.len ? media_url(a, hash, RENDITION_SMALL) : STR("");
}

static int fill_orders(struct req *rq, struct db *db, struct orders_page *page, struct err *err)
{
    struct page at;
    struct orders_of_buyer_rows rows = { 0 };
    int rc = page_read(rq, 1, PAGE_ROWS, &at, err);
    if (rc == 0)
        rc = orders_of_buyer(db, rq->arena, rq->viewer.actor, at.has ? at.key[0] : INT64_MAX,
                             at.limit + 1, &rows, err);
    if (rc < 0)
        return rc;
    page->n = rows.n > (size_t)at.limit ? (size_t)at.limit : rows.n;
    size_t room = page->n ? page->n : 1;
    struct order_item_row *orders = arena_new_array(rq->arena, room, struct order_item_row);
    int64_t *suppliers = arena_new_array(rq->arena, room, int64_t);
    struct person_card *cards = arena_new_array(rq->arena, room, struct person_card);
    if (!orders || !suppliers || !cards)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < page->n; i++)
        suppliers[i] = rows.v[i].supplier;
    rc = person_cards(db, rq->arena, suppliers, page->n, cards, err);
    for (size_t i = 0; rc == 0 && i < page->n; i++) {
        const struct orders_of_buyer_row *row = &rows.v[i];
        orders[i] = (struct order_item_row){
            .id = row->id,
            .state = (enum order_state)row->state,
            .supplier = cards[i],
            .name = row->name,
            .options = row->options,
            .photo = small_photo(rq->arena, row->photo),
            .quantity = row->quantity,
            .more = row->lines - 1,
            .total = money(row->total, row->currency),
        };
    }
    page->orders = orders;
    if (page->n)
        page->more = page_next(rq, &at, rows.n, &rows.v[page->n - 1].id);
    return rc;
}

static int list(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct orders_page *page = arena_new(rq->arena, struct orders_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = fill_orders(rq, db, page, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &orders_shape, page, message_text(rq->lang, N_("My orders")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static void json_time(struct json_out *j, const char *key, struct opt_int at)
{
    if (at.has)
        json_member_int(j, key, at.value);
}

static void order_lines_json(struct json_out *j, const struct order_page *page)
{
    char id[ID_TEXT_MAX];
    json_key(j, "lines");
    json_begin_array(j);
    for (size_t i = 0; i < page->n_lines; i++) {
        const struct order_line_shown *line = &page->lines[i];
        json_begin_object(j);
        json_member_str(j, "product", id_text(id, "prod", line->product));
        json_member_str(j, "name", line->name);
        json_member_str(j, "options", line->options);
        json_member_int(j, "quantity", line->quantity);
        json_member_int(j, "price", line->price.minor);
        json_member_int(j, "amount", line->amount.minor);
        json_member_int(j, "off", line->off);
        json_member_int(j, "tax", line->tax.minor);
        json_end_object(j);
    }
    json_end_array(j);
}

static void part_json(struct json_out *j, const char *key, const struct part *part)
{
    if (!part->json)
        return;
    json_key(j, key);
    part->json(j, part->data);
}

static void order_json(struct json_out *j, const void *data)
{
    const struct order_page *page = data;
    const struct order_brief *o = &page->order;
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "ord", o->id));
    json_member_str(j, "purchase", id_text(id, "buy", o->purchase));
    json_member_str(j, "state", str_from(order_state_name(o->state)));
    json_member_str(j, "supplier", page->supplier.handle);
    json_member_str(j, "buyer", page->buyer.handle);
    json_member_int(j, "total", o->total);
    json_member_int(j, "delivery", o->delivery);
    json_member_str(j, "method", o->method);
    json_member_int(j, "tax", page->tax.minor);
    json_member_str(j, "currency", o->currency);
    json_member_int(j, "placed", id_time(o->id));
    json_time(j, "paid", o->paid);
    json_time(j, "shipped", o->shipped);
    json_time(j, "delivered", o->delivered);
    json_time(j, "closed", o->closed);
    json_member_bool(j, "waiting", page->waiting);
    json_member_bool(j, "may_cancel", page->may_cancel);
    if (page->called_off) {
        json_member_str(j, "cancelled_by", str_from(order_role_name((int)page->called_off)));
        json_member_str(j, "why", page->why);
    }
    order_lines_json(j, page);
    part_json(j, "payment", &page->payment);
    part_json(j, "shipment", &page->shipment);
    part_json(j, "cases", &page->cases);
    json_end_object(j);
}

static const struct shape order_shape = { .html = order_page_view_any,
                                          .fragment = order_page_view_any,
                                          .json = order_json };

static int fill_lines(struct req *rq, struct db *db, struct order_page *page, struct err *err)
{
    struct order_lines_rows rows = { 0 };
    int rc = order_lines(db, rq->arena, page->order.id, &rows, err);
    if (rc < 0)
        return rc;
    struct order_line_shown *lines =
        arena_new_array(rq->arena, rows.n ? rows.n : 1, struct order_line_shown);
    if (!lines)
        return err_detail(err, ERR_NOMEM, "arena full");
    struct str currency = page->order.currency;
    int64_t tax = page->order.delivery_tax, off = 0;
    for (size_t i = 0; i < rows.n; i++) {
        const struct order_lines_row *row = &rows.v[i];
        lines[i] = (struct order_line_shown){
            .product = row->product,
            .name = row->name,
            .options = row->options,
            .photo = small_photo(rq->arena, row->photo),
            .quantity = row->quantity,
            .price = money(row->price, currency),
            .amount = money(row->amount, currency),
            .tax = money(row->tax, currency),
            .off = row->discount + row->subsidy,
        };
        tax += row->tax;
        off += lines[i].off;
        page->tax_added = page->tax_added || !row->tax_included;
        page->return_days = row->return_days;
    }
    page->lines = lines;
    page->n_lines = rows.n;
    page->total = money(page->order.total, currency);
    page->tax = money(tax, currency);
    page->delivery = money(page->order.delivery, currency);
    page->off = money(-off, currency);
    return 0;
}

/* Who bought and who sells; the address for who sends and who receives. */
static int fill_people(struct req *rq, struct db *db, struct order_page *page, struct err *err)
{
    const int64_t actors[2] = { page->order.supplier, page->order.buyer };
    struct person_card cards[2];
    int64_t reader = rq->viewer.actor;
    int rc = person_cards(db, rq->arena, actors, 2, cards, err);
    if (rc < 0)
        return rc;
    page->supplier = cards[0];
    page->buyer = cards[1];
    page->mine = reader == page->order.buyer;
    bool sends = reader == page->order.supplier && page->order.state >= ORDER_PAID &&
                 page->order.state != ORDER_CANCELLED;
    /* A buyer who went is shown only to whoever still has to send the parcel. */
    if (page->buyer.actor == 0 && page->order.state != ORDER_PAID)
        sends = false;
    if (!page->mine && !sends)
        return 0;
    struct purchase_address_of_row row = { 0 };
    rc = purchase_address_of(db, rq->arena, page->order.purchase, &row, err);
    if (rc == 0)
        page->address = (struct order_address){ .name = row.name,
                                                .phone = row.phone,
                                                .line1 = row.line1,
                                                .line2 = row.line2,
                                                .city = row.city,
                                                .region = row.region,
                                                .postcode = row.postcode,
                                                .country = row.country };
    return rc;
}

static int fill_purchase(struct req *rq, struct db *db, struct order_page *page, struct err *err)
{
    struct purchase_brief purchase = { 0 };
    int rc = order_purchase(db, rq->arena, page->order.purchase, &purchase, err);
    if (rc == 0 && page->mine)
        rc = order_ids_of_purchase(db, rq->arena, purchase.id, &page->others, &page->n_others, err);
    if (rc < 0)
        return rc;
    page->purchase_state = purchase.state;
    page->expires = purchase.expires;
    page->waiting = purchase.state == PURCHASE_OPEN;
    return 0;
}

/* Whether it may be cancelled, and who did. */
static int fill_cancel(struct req *rq, struct db *db, struct order_page *page, struct err *err)
{
    struct order_has_parcel_row parcel = { 0 };
    struct order_called_off_of_row off = { 0 };
    bool staff = rq->viewer.roles & ROLE_OPERATOR;
    int roles = order_roles(&page->order, rq->viewer.actor, staff);
    int rc = 0;
    if (page->order.state == ORDER_CANCELLED) {
        rc = order_called_off_of(db, rq->arena, page->order.id, &off, err);
        page->called_off = off.called_off;
        page->why = off.why;
    } else if (page->order.state == ORDER_PAID && order_may(ORDER_PAID, ORDER_DO_CANCEL, roles)) {
        rc = order_has_parcel(db, rq->arena, page->order.id, &parcel, err);
        page->may_cancel = !parcel.sent;
    }
    return rc;
}

/* Whether the reader may see an order: to anybody else there is none. */
static bool may_see(const struct req *rq, const struct order_brief *order)
{
    int64_t reader = rq->viewer.actor;
    return (rq->viewer.roles & ROLE_OPERATOR) ||
           (reader != 0 && (reader == order->buyer || reader == order->supplier));
}

int order_show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t order;
    struct order_page *page = arena_new(rq->arena, struct order_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = req_id(rq, "order", "ord", &order, err);
    if (rc == 0)
        rc = order_brief(db, rq->arena, order, &page->order, err);
    if (rc == 0 && !may_see(rq, &page->order))
        rc = err_set(err, ERR_NOT_FOUND, N_("There is no such order."));
    if (rc == 0)
        rc = fill_lines(rq, db, page, err);
    if (rc == 0)
        rc = fill_people(rq, db, page, err);
    if (rc == 0)
        rc = fill_purchase(rq, db, page, err);
    if (rc == 0)
        rc = fill_cancel(rq, db, page, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "order.payment", &order, 1, &page->payment, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "order.shipment", &order, 1, &page->shipment, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "order.cases", &order, 1, &page->cases, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &order_shape, page, message_text(rq->lang, N_("Order")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static int cancel(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t purchase;
    int rc = req_id(rq, "purchase", "buy", &purchase, err);
    if (rc == 0)
        rc = order_cancel(db, rq->arena, purchase, rq->viewer.actor, err);
    if (rc == 0)
        answer_see_other(ret, STR("/orders"));
    return rc;
}

static int call_off(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t order;
    char id[ID_TEXT_MAX];
    int rc = req_id(rq, "order", "ord", &order, err);
    if (rc == 0)
        rc = order_call_off(db, rq->arena, order, rq->viewer.actor,
                            rq->viewer.roles & ROLE_OPERATOR, req_text(rq, "reason"), err);
    if (rc == 0)
        answer_see_other(
            ret, arena_printf(rq->arena, "/orders/%.*s", STR_ARG(id_text(id, "ord", order))));
    return rc;
}

const struct route order_routes[] = {
    { METHOD_GET, "/orders", list, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_GET, "/orders/:order", order_show, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/purchases/:purchase/cancel", cancel, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_POST, "/orders/:order/cancel", call_off, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = order_show },
    { 0 },
};
