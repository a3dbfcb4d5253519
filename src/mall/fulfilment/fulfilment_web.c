#include "mall/fulfilment/fulfilment_web.h"

#include <stdio.h>

#include "base/id.h"
#include "codec/json_out.h"
#include "gen/fulfilment_sql.h"
#include "gen/fulfilment_views.h"
#include "mall/ledger/ledger.h"
#include "mall/order/order_web.h"
#include "web/page.h"
#include "words/message.h"

#define PAGE_ROWS   20
#define PARCELS_MAX 20 /* shown at once: what was paid first is sent first */

static void address_json(struct json_out *j, const struct order_address *to)
{
    json_key(j, "address");
    json_begin_object(j);
    json_member_str(j, "name", to->name);
    json_member_str(j, "phone", to->phone);
    json_member_str(j, "line1", to->line1);
    json_member_str(j, "line2", to->line2);
    json_member_str(j, "city", to->city);
    json_member_str(j, "postcode", to->postcode);
    json_member_str(j, "country", to->country);
    json_end_object(j);
}

static void parcel_json(struct json_out *j, const struct parcel *parcel)
{
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "ord", parcel->order));
    json_member_int(j, "total", parcel->total.minor);
    json_member_str(j, "currency", str_from(parcel->total.currency));
    if (parcel->paid.has)
        json_member_int(j, "paid", parcel->paid.value);
    address_json(j, &parcel->address);
    json_key(j, "lines");
    json_begin_array(j);
    for (size_t i = 0; i < parcel->n_lines; i++) {
        json_begin_object(j);
        json_member_str(j, "name", parcel->lines[i].name);
        json_member_str(j, "options", parcel->lines[i].options);
        json_member_int(j, "quantity", parcel->lines[i].quantity);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static void sold_json(struct json_out *j, const struct sold_row *row)
{
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "ord", row->order));
    json_member_str(j, "state", str_from(order_state_name(row->state)));
    json_member_str(j, "name", row->name);
    json_member_str(j, "options", row->options);
    json_member_int(j, "quantity", row->quantity);
    json_member_int(j, "more", row->more);
    json_member_int(j, "total", row->total.minor);
    json_member_str(j, "currency", str_from(row->total.currency));
    json_end_object(j);
}

static void supplier_json(struct json_out *j, const void *data)
{
    const struct supplier_page *page = data;
    json_begin_object(j);
    json_member_int(j, "waiting", page->waiting);
    json_key(j, "to_send");
    json_begin_array(j);
    for (size_t i = 0; i < page->n_parcels; i++)
        parcel_json(j, &page->parcels[i]);
    json_end_array(j);
    json_key(j, "money");
    json_begin_array(j);
    for (size_t i = 0; i < page->n_money; i++) {
        json_begin_object(j);
        json_member_str(j, "currency", str_from(page->money[i].earned.currency));
        json_member_int(j, "earned", page->money[i].earned.minor);
        json_member_int(j, "held", page->money[i].held.minor);
        json_end_object(j);
    }
    json_end_array(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n_sold; i++)
        sold_json(j, &page->sold[i]);
    json_end_array(j);
    if (page->more.len)
        json_member_str(j, "more", page->more);
    json_end_object(j);
}

static const struct shape supplier_shape = { .html = supplier_page_view_any,
                                             .json = supplier_json };

/* Find what goes into the parcels: the rows come ordered by order. */
static int fill_lines(struct req *rq, struct db *db, struct parcel *parcels, const int64_t *orders,
                      size_t n, struct err *err)
{
    struct supplier_packing_rows rows = { 0 };
    int rc = supplier_packing(db, rq->arena, (struct id_list){ orders, n }, &rows, err);
    if (rc < 0)
        return rc;
    struct parcel_line *lines = arena_new_array(rq->arena, rows.n ? rows.n : 1, struct parcel_line);
    if (!lines)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++) {
        lines[i] = (struct parcel_line){ .order = rows.v[i].shop_order,
                                         .position = rows.v[i].position,
                                         .quantity = rows.v[i].quantity,
                                         .name = rows.v[i].name,
                                         .options = rows.v[i].options };
        for (size_t k = 0; k < n; k++) {
            if (parcels[k].order != lines[i].order)
                continue;
            if (parcels[k].n_lines++ == 0)
                parcels[k].lines = &lines[i];
        }
    }
    return 0;
}

static int fill_parcels(struct req *rq, struct db *db, struct supplier_page *page, struct err *err)
{
    struct supplier_waiting_rows rows = { 0 };
    int rc = supplier_waiting(db, rq->arena, rq->viewer.actor, PARCELS_MAX, &rows, err);
    if (rc < 0 || rows.n == 0)
        return rc;
    struct parcel *parcels = arena_new_array(rq->arena, rows.n, struct parcel);
    struct order_address *to = arena_new_array(rq->arena, rows.n, struct order_address);
    int64_t *orders = arena_new_array(rq->arena, rows.n, int64_t);
    int64_t *purchases = arena_new_array(rq->arena, rows.n, int64_t);
    if (!parcels || !to || !orders || !purchases)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++) {
        orders[i] = rows.v[i].id;
        purchases[i] = rows.v[i].purchase;
    }
    rc = order_addresses(db, rq->arena, purchases, rows.n, to, err);
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        parcels[i] = (struct parcel){ .order = rows.v[i].id,
                                      .paid = rows.v[i].paid,
                                      .total = money(rows.v[i].total, rows.v[i].currency),
                                      .address = to[i] };
    if (rc == 0)
        rc = fill_lines(rq, db, parcels, orders, rows.n, err);
    page->parcels = parcels;
    page->n_parcels = rows.n;
    return rc;
}

static int fill_sold(struct req *rq, struct db *db, struct supplier_page *page, struct err *err)
{
    struct page at;
    struct supplier_sold_rows rows = { 0 };
    int rc = page_read(rq, 1, PAGE_ROWS, &at, err);
    if (rc == 0)
        rc = supplier_sold(db, rq->arena, rq->viewer.actor, at.has ? at.key[0] : INT64_MAX,
                           at.limit + 1, &rows, err);
    if (rc < 0 || rows.n == 0)
        return rc;
    size_t n = rows.n > (size_t)at.limit ? (size_t)at.limit : rows.n;
    struct sold_row *sold = arena_new_array(rq->arena, n, struct sold_row);
    if (!sold)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++) {
        const struct supplier_sold_row *row = &rows.v[i];
        sold[i] = (struct sold_row){ .order = row->id,
                                     .quantity = row->quantity,
                                     .more = row->lines - 1,
                                     .state = (enum order_state)row->state,
                                     .total = money(row->total, row->currency),
                                     .name = row->name,
                                     .options = row->options };
    }
    page->sold = sold;
    page->n_sold = n;
    page->more = page_next(rq, &at, rows.n, &sold[n - 1].order);
    return 0;
}

/* The entry of that currency, made when it is not there; there is room for all. */
static struct supplier_money *money_of(struct supplier_money *all, size_t *n, struct str currency)
{
    struct money none = money(0, currency);
    for (size_t i = 0; i < *n; i++)
        if (str_eq(str_from(all[i].earned.currency), str_from(none.currency)))
            return &all[i];
    all[*n] = (struct supplier_money){ none, none };
    return &all[(*n)++];
}

static int fill_money(struct req *rq, struct db *db, struct supplier_page *page, struct err *err)
{
    struct supplier_figures_rows open = { 0 };
    struct ledger_sum *sums = NULL;
    size_t n_sums = 0;
    int rc = supplier_figures(db, rq->arena, rq->viewer.actor, &open, err);
    if (rc == 0)
        rc = ledger_holdings(db, rq->arena, rq->viewer.actor, &sums, &n_sums, err);
    if (rc < 0)
        return rc;
    struct supplier_money *all =
        arena_new_array(rq->arena, open.n + n_sums + 1, struct supplier_money);
    if (!all)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < open.n; i++) {
        money_of(all, &page->n_money, open.v[i].currency)->held.minor = open.v[i].held;
        page->waiting += open.v[i].waiting;
    }
    for (size_t i = 0; i < n_sums; i++)
        if (sums[i].kind == LEDGER_SUPPLIER)
            money_of(all, &page->n_money, str_from(sums[i].amount.currency))->earned =
                sums[i].amount;
    page->money = all;
    return 0;
}

static int supplier(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct supplier_page *page = arena_new(rq->arena, struct supplier_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = fill_parcels(rq, db, page, err);
    if (rc == 0)
        rc = fill_sold(rq, db, page, err);
    if (rc == 0)
        rc = fill_money(rq, db, page, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &supplier_shape, page, message_text(rq->lang, N_("My shop")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static struct str order_path(struct req *rq, int64_t order)
{
    char id[ID_TEXT_MAX];
    return arena_printf(rq->arena, "/orders/%.*s", STR_ARG(id_text(id, "ord", order)));
}

/* The pieces of each line that go into this parcel; none said = all that is left. */
static int read_items(struct req *rq, struct shipment_item items[ORDER_LINES_MAX], size_t *ret_n,
                      struct err *err)
{
    *ret_n = 0;
    for (int i = 0; i < ORDER_LINES_MAX; i++) {
        char name[24];
        int64_t quantity;
        (void)snprintf(name, sizeof(name), "quantity_%d", i);
        if (req_text(rq, name).len == 0)
            continue;
        int rc = req_int(rq, name, 0, 0, ORDER_QUANTITY_MAX, &quantity, err);
        if (rc < 0)
            return rc;
        items[(*ret_n)++] = (struct shipment_item){ i, quantity };
    }
    return 0;
}

static int ship(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct shipment_item items[ORDER_LINES_MAX];
    struct shipment_parcel parcel = { .supplier = rq->viewer.actor,
                                      .carrier = req_text(rq, "carrier"),
                                      .tracking = req_text(rq, "tracking"),
                                      .items = items };
    int rc = req_id(rq, "order", "ord", &parcel.order, err);
    if (rc == 0)
        rc = read_items(rq, items, &parcel.n_items, err);
    if (rc == 0)
        rc = shipment_send_some(db, rq->arena, &parcel, err);
    if (rc == 0)
        answer_see_other(ret, str_eq_c(req_text(rq, "next"), "/supplier")
                                  ? STR("/supplier")
                                  : order_path(rq, parcel.order));
    return rc;
}

static int received(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t order, shipment = 0;
    int rc = req_id(rq, "order", "ord", &order, err);
    if (rc == 0 && req_text(rq, "shipment").len)
        rc = req_id(rq, "shipment", "ship", &shipment, err);
    if (rc == 0 && shipment)
        rc = shipment_arrive_one(db, rq->arena, shipment, rq->viewer.actor, SAID_BUYER, err);
    else if (rc == 0)
        rc = shipment_arrive(db, rq->arena, order, rq->viewer.actor, SAID_BUYER, err);
    if (rc == 0)
        answer_see_other(ret, order_path(rq, order));
    return rc;
}

const struct route fulfilment_routes[] = {
    { METHOD_GET, "/supplier", supplier, WHO_SUPPLIER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/supplier/orders/:order/ship", ship, WHO_SUPPLIER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = order_show },
    { METHOD_POST, "/orders/:order/received", received, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = order_show },
    { 0 },
};
