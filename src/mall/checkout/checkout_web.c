#include "base/clock.h"
#include "base/id.h"
#include "codec/json_out.h"
#include "event/event.h"
#include "gen/checkout_views.h"
#include "mall/cart/cart_web.h"
#include "mall/checkout/checkout.h"
#include "mall/payment/payment.h"
#include "web/idempotency.h"
#include "web/slot.h"
#include "words/message.h"
#include "words/text.h"

static void page_json(struct json_out *j, const void *data)
{
    const struct checkout_page *page = data;
    cart_json(j, &page->cart);
}

static const struct shape checkout_shape = { .html = checkout_page_view_any, .json = page_json };

/* The place of a SKU among the lines that the form was shown with; -1 = not there. */
static int shown_at(const struct req *rq, int64_t sku)
{
    char id[ID_TEXT_MAX];
    struct str text = id_text(id, "sku", sku);
    int n = params_count(rq->body, "line_sku");
    for (int i = 0; i < n; i++)
        if (str_eq(params_get_nth(rq->body, "line_sku", i), text))
            return i;
    return -1;
}

static int64_t shown_number(const struct req *rq, const char *name, int at)
{
    int64_t value = -1;
    return str_to_int(params_get_nth(rq->body, name, at), &value) ? value : -1;
}

/* How a line differs from what was shown. */
static struct checkout_line compare(const struct req *rq, const struct cart_line *line)
{
    struct checkout_line out = { .line = line };
    int at = shown_at(rq, line->sku);
    if (at < 0) {
        out.change = CHANGE_NEW;
        return out;
    }
    int64_t price = shown_number(rq, "line_price", at);
    out.was_quantity = shown_number(rq, "line_quantity", at);
    if (price != line->price.minor) {
        out.change = CHANGE_PRICE;
        out.was = money(price < 0 ? 0 : price, str_from(line->price.currency));
    } else if (out.was_quantity != line->quantity) {
        out.change = CHANGE_QUANTITY;
    }
    return out;
}

/* Compare the cart with what the form was shown with. Returns how many
 * differences there are; none when the form names no lines (programs). */
static int64_t compare_all(const struct req *rq, struct checkout_line *lines,
                           const struct cart *cart, int64_t *ret_gone)
{
    int shown = params_count(rq->body, "line_sku");
    int64_t changes = 0, still = 0;
    for (size_t i = 0; i < cart->n; i++) {
        lines[i].line = &cart->lines[i];
        if (shown == 0)
            continue;
        lines[i] = compare(rq, &cart->lines[i]);
        changes += lines[i].change != CHANGE_NONE;
        still += lines[i].change != CHANGE_NEW;
    }
    *ret_gone = shown > still ? shown - still : 0;
    return changes + *ret_gone;
}

static int form(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct checkout_page *page = arena_new(rq->arena, struct checkout_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = cart_read(db, rq->arena, rq->viewer.actor, &page->cart, err);
    struct checkout_line *lines =
        rc == 0 ? arena_new_array(rq->arena, page->cart.n + 1, struct checkout_line) : NULL;
    if (rc == 0 && !lines)
        rc = err_detail(err, ERR_NOMEM, "arena full");
    if (rc == 0)
        rc = order_last_address(db, rq->arena, rq->viewer.actor, &page->address, err);
    if (rc == 0)
        rc = country_list(rq->arena, rq->lang, &page->countries, &page->n_countries, err);
    if (rc < 0)
        return rc;
    (void)compare_all(rq, lines, &page->cart, &page->gone);
    page->lines = lines;
    page->key = idempotency_new_key(rq->arena, rq->now);
    answer_page(ret, &checkout_shape, page, message_text(rq->lang, N_("Checkout")));
    ret->head.tab = "mall";
    ret->head.noindex = true;
    return 0;
}

static int read_address(struct req *rq, struct order_address *address, struct err *err)
{
    struct {
        const char *name;
        struct str *text;
    } const parts[] = {
        { "name", &address->name },   { "phone", &address->phone },
        { "line1", &address->line1 }, { "line2", &address->line2 },
        { "city", &address->city },   { "postcode", &address->postcode },
    };
    int rc = 0;
    address->region = STR("");
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(parts); i++)
        rc = text_clean(rq->arena, req_text(rq, parts[i].name), TEXT_LINE, parts[i].text, err);
    if (rc < 0)
        return rc;
    address->country = req_text(rq, "country");
    rc = order_check_address(address, err);
    if (address->country.len && !country_known(address->country))
        rc = err_field(err, "country", N_("Choose a country."));
    return rc;
}

/* Is the cart what the reader agreed to? */
static int agree(struct req *rq, const struct cart *cart, struct err *err)
{
    int64_t total, gone;
    struct checkout_line *lines = arena_new_array(rq->arena, cart->n + 1, struct checkout_line);
    if (!lines)
        return err_detail(err, ERR_NOMEM, "arena full");
    if (cart->n == 0)
        return err_set(err, ERR_CONFLICT, N_("The cart is empty."));
    if (cart->mixed)
        return err_set(err, ERR_CONFLICT,
                       N_("These are sold in different currencies. Please order them apart."));
    if (cart->short_of)
        return err_set(err, ERR_CONFLICT,
                       N_("There is less of something than you would like. Please look again."));
    int rc = req_int(rq, "total", -1, 0, MONEY_MAX, &total, err);
    if (rc < 0)
        return rc;
    if (total < 0)
        return err_field(err, "total", N_("Say which total you agree to."));
    if (total != cart->total.minor || compare_all(rq, lines, cart, &gone) > 0)
        return err_set(err, ERR_CONFLICT,
                       N_("Something changed since you looked. Please look again before you "
                          "order."));
    return 0;
}

static struct order_item *items_of(struct arena *a, const struct cart *cart)
{
    struct order_item *items = arena_new_array(a, cart->n, struct order_item);
    for (size_t i = 0; items && i < cart->n; i++) {
        const struct cart_line *line = &cart->lines[i];
        items[i] = (struct order_item){ .sku = line->sku,
                                        .product = line->product,
                                        .supplier = line->supplier,
                                        .name = line->name,
                                        .options = line->options,
                                        .photo = line->photo_hash,
                                        .quantity = line->quantity,
                                        .price = line->price.minor,
                                        .currency = str_from(line->price.currency),
                                        .source = line->source };
    }
    return items;
}

static int place(struct req *rq, struct db *db, const struct cart *cart,
                 const struct order_address *address, int64_t *ret_purchase, struct err *err)
{
    struct part part = { 0 };
    int64_t buyer = rq->viewer.actor, total;
    int rc = slot_fill(rq, db, "order.claims", &buyer, 1, &part, err);
    if (rc < 0)
        return rc;
    const struct checkout_claims *claims = part.data;
    const struct order_request request = {
        .buyer = buyer,
        .items = items_of(rq->arena, cart),
        .n_items = cart->n,
        .address = *address,
        .expires = rq->now + payment_hold_time(rq->settings),
        .return_days = rq->settings->return_days,
        .simulated = rq->viewer.simulated,
        .claim = claims ? claims->fn : NULL,
        .claim_ctx = claims ? claims->ctx : NULL,
    };
    if (!request.items)
        return err_detail(err, ERR_NOMEM, "arena full");
    rc = order_place(db, rq->arena, &request, ret_purchase, &total, err);
    if (rc == 0)
        rc = event_append(db,
                          &(struct event){ .kind = EVENT_CHECKOUT_STARTED,
                                           .actor = buyer,
                                           .object = *ret_purchase,
                                           .simulated = rq->viewer.simulated },
                          err);
    if (rc == 0)
        rc = cart_clear(db, buyer, err);
    return rc;
}

static void placed_json(struct json_out *j, const void *data)
{
    const struct checkout_placed *p = data;
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "purchase", id_text(id, "buy", p->purchase));
    json_key(j, "orders");
    json_begin_array(j);
    for (size_t i = 0; i < p->n_orders; i++)
        json_str(j, id_text(id, "ord", p->orders[i]));
    json_end_array(j);
    json_member_int(j, "total", p->total.minor);
    json_member_str(j, "currency", str_from(p->total.currency));
    json_member_str(j, "pay", p->pay);
    json_end_object(j);
}

static const struct shape placed_shape = { .json = placed_json };

static int order(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct cart cart;
    struct order_address address;
    struct checkout_placed *placed = arena_new(rq->arena, struct checkout_placed);
    if (!placed)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = read_address(rq, &address, err);
    if (rc == 0)
        rc = cart_read(db, rq->arena, rq->viewer.actor, &cart, err);
    if (rc == 0)
        rc = agree(rq, &cart, err);
    if (rc == 0)
        rc = place(rq, db, &cart, &address, &placed->purchase, err);
    if (rc == 0)
        rc = order_ids_of_purchase(db, rq->arena, placed->purchase, &placed->orders,
                                   &placed->n_orders, err);
    if (rc < 0)
        return rc;
    char id[ID_TEXT_MAX];
    struct str back =
        arena_printf(rq->arena, "/orders/%.*s", STR_ARG(id_text(id, "ord", placed->orders[0])));
    rc = payment_open(db, rq->arena, rq->settings, placed->purchase, back, &placed->pay, err);
    if (rc < 0)
        return rc;
    placed->total = cart.total;
    answer_see_other(ret, placed->pay);
    ret->shape = &placed_shape;
    ret->data = placed;
    return 0;
}

const struct route checkout_routes[] = {
    { METHOD_GET, "/checkout", form, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/checkout", order, WHO_MEMBER, RUNS_WRITE, RATE_HEAVY,
      .body_max = ROUTE_BODY_FORM, .form = form, .needs_key = true },
    { 0 },
};
