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

static void offers_json(struct json_out *j, const struct checkout_group *g)
{
    char id[ID_TEXT_MAX];
    json_key(j, "ways");
    json_begin_array(j);
    for (size_t i = 0; i < g->n_offers; i++) {
        if (g->offers[i].method == 0)
            continue;
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "way", g->offers[i].method));
        json_member_str(j, "name", g->offers[i].name);
        json_member_str(j, "days", g->offers[i].days);
        json_member_int(j, "price", g->offers[i].price.minor);
        json_member_bool(j, "chosen", i == g->chosen);
        json_end_object(j);
    }
    json_end_array(j);
}

static void page_json(struct json_out *j, const void *data)
{
    const struct checkout_page *page = data;
    json_begin_object(j);
    json_key(j, "cart");
    cart_json(j, &page->cart);
    json_key(j, "orders");
    json_begin_array(j);
    for (size_t i = 0; i < page->n_groups; i++) {
        const struct checkout_group *g = &page->groups[i];
        json_begin_object(j);
        json_member_str(j, "supplier", g->card.handle);
        json_member_str(j, "field", g->field);
        json_member_int(j, "goods", g->goods.minor);
        json_member_int(j, "delivery", g->delivery.minor);
        json_member_bool(j, "reachable", g->n_offers > 0);
        offers_json(j, g);
        json_end_object(j);
    }
    json_end_array(j);
    if (page->cart.n && !page->cart.mixed) {
        json_member_int(j, "goods", page->goods.minor);
        json_member_int(j, "off", page->off.minor);
        json_member_int(j, "delivery", page->delivery.minor);
        json_member_int(j, "tax", page->sums.tax);
        json_member_int(j, "tax_added", page->sums.added);
        json_member_int(j, "total", page->total.minor);
        json_member_str(j, "currency", str_from(page->total.currency));
        json_member_str(j, "coupon", page->basket.coupon.id ? page->basket.coupon.code : STR(""));
    }
    json_end_object(j);
}

static const struct shape checkout_shape = { .html = checkout_page_view_any,
                                             .fragment = checkout_form_any,
                                             .json = page_json };

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

/* What the cart says changed since it was last looked at, for who comes from elsewhere. */
static void tell_of_cart(struct checkout_page *page, struct checkout_line *lines)
{
    for (size_t i = 0; i < page->cart.n; i++)
        if (page->cart.lines[i].changed) {
            lines[i].change = CHANGE_PRICE;
            lines[i].was = page->cart.lines[i].was;
        }
    page->gone = (int64_t)page->cart.n_lost;
}

static int form(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct checkout_page *page = arena_new(rq->arena, struct checkout_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = checkout_read(rq, db, page, err);
    struct checkout_line *lines =
        rc == 0 ? arena_new_array(rq->arena, page->cart.n + 1, struct checkout_line) : NULL;
    if (rc == 0 && !lines)
        rc = err_detail(err, ERR_NOMEM, "arena full");
    if (rc == 0)
        rc = country_list(rq->arena, rq->lang, &page->countries, &page->n_countries, err);
    if (rc < 0)
        return rc;
    (void)compare_all(rq, lines, &page->cart, &page->gone);
    if (!params_has(rq->body, "line_sku"))
        tell_of_cart(page, lines);
    page->lines = lines;
    page->key = idempotency_new_key(rq->arena, rq->now);
    answer_page(ret, &checkout_shape, page, message_text(rq->lang, N_("Checkout")));
    ret->head.tab = "mall";
    ret->head.noindex = true;
    return 0;
}

/* The form once more, with what it says: nothing is placed. */
static int look(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    rq->filled = rq->body;
    return form(rq, db, ret, err);
}

/* Whether it can be bought as it stands. */
static int can_be_bought(const struct checkout_page *page, struct err *err)
{
    if (page->cart.n == 0)
        return err_set(err, ERR_CONFLICT, N_("The cart is empty."));
    if (page->cart.mixed)
        return err_set(err, ERR_CONFLICT,
                       N_("These are sold in different currencies. Please order them apart."));
    if (page->cart.short_of)
        return err_set(err, ERR_CONFLICT,
                       N_("There is less of something than you would like. Please look again."));
    if (page->unreachable)
        return err_field(err, "country", N_("Not everything can be sent there."));
    if (page->basket.why)
        return err_field(err, "coupon", page->basket.why);
    return 0;
}

/* Is the cart what the reader agreed to? */
static int agree(struct req *rq, const struct checkout_page *page, struct err *err)
{
    int64_t total, gone;
    struct checkout_line *lines =
        arena_new_array(rq->arena, page->cart.n + 1, struct checkout_line);
    if (!lines)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = req_int(rq, "total", -1, 0, MONEY_MAX, &total, err);
    if (rc < 0)
        return rc;
    if (total < 0)
        return err_field(err, "total", N_("Say which total you agree to."));
    if (total != page->sums.total || compare_all(rq, lines, &page->cart, &gone) > 0)
        return err_set(err, ERR_CONFLICT,
                       N_("Something changed since you looked. Please look again before you "
                          "order."));
    return 0;
}

/* What the coupon gives: off the goods, and the delivery it spares. */
static int64_t coupon_gives(const struct checkout_page *page)
{
    int64_t gives = page->basket.gained;
    for (size_t i = 0; i < page->n_groups; i++)
        if (page->groups[i].gift && page->groups[i].n_offers)
            gives += page->groups[i].offers[page->groups[i].chosen].price.minor;
    return gives;
}

static int place(struct req *rq, struct db *db, struct checkout_page *page, int64_t *ret_purchase,
                 struct err *err)
{
    struct part part = { 0 };
    int64_t buyer = rq->viewer.actor, total, kept;
    int rc = slot_fill(rq, db, "order.claims", &buyer, 1, &part, err);
    if (rc < 0)
        return rc;
    const struct checkout_claims *claims = part.data;
    page->request.claim = claims ? claims->fn : NULL;
    page->request.claim_ctx = claims ? claims->ctx : NULL;
    rc = order_place(db, rq->arena, &page->request, ret_purchase, &total, err);
    if (rc == 0)
        rc = promotion_take(db, &page->basket, *ret_purchase, coupon_gives(page), err);
    if (rc == 0)
        rc = event_append(db,
                          &(struct event){ .kind = EVENT_CHECKOUT_STARTED,
                                           .actor = buyer,
                                           .object = *ret_purchase,
                                           .simulated = rq->viewer.simulated },
                          err);
    if (rc == 0 && req_on(rq, "keep") && !page->saved_id && page->n_saved < ADDRESS_MAX)
        rc = address_keep(db, rq->arena, buyer, &page->address, &kept, err);
    if (rc == 0)
        rc = cart_clear(db, buyer, err);
    return rc;
}

/* Every wrong field of a form is told at once. */
static int check_all(struct req *rq, const struct checkout_page *page, struct err *err)
{
    int rc = order_check_address(&page->address, err);
    if (rc == 0 || page->cart.n == 0)
        rc = can_be_bought(page, err);
    return rc < 0 ? rc : agree(rq, page, err);
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
    struct checkout_page *page = arena_new(rq->arena, struct checkout_page);
    struct checkout_placed *placed = arena_new(rq->arena, struct checkout_placed);
    if (!page || !placed)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = checkout_read(rq, db, page, err);
    if (rc == 0)
        rc = check_all(rq, page, err);
    if (rc == 0)
        rc = place(rq, db, page, &placed->purchase, err);
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
    placed->total = page->total;
    answer_see_other(ret, placed->pay);
    ret->shape = &placed_shape;
    ret->data = placed;
    return 0;
}

const struct route checkout_routes[] = {
    { METHOD_GET, "/checkout", form, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/checkout/look", look, WHO_MEMBER, RUNS_READ, RATE_READ,
      .body_max = ROUTE_BODY_FORM, .form = form },
    { METHOD_POST, "/checkout", order, WHO_MEMBER, RUNS_WRITE, RATE_HEAVY,
      .body_max = ROUTE_BODY_FORM, .form = form, .needs_key = true },
    { 0 },
};
