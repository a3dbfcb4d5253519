/* What a cart comes to: where it goes, who sends it how, tax, what is taken off. */

#include "mall/checkout/checkout.h"

#include "base/id.h"
#include "mall/address/address_web.h"
#include "mall/ledger/ledger.h"
#include "mall/payment/payment.h"
#include "mall/tax/tax.h"

/* Where it goes: what the request says, else the address they chose, else that
 * of their last purchase as a beginning. */
static int read_address(struct req *rq, struct db *db, struct checkout_page *page, struct err *err)
{
    struct str said = req_text(rq, "address");
    bool typed = req_text(rq, "country").len || req_text(rq, "line1").len;
    int rc = address_list(db, rq->arena, rq->viewer.actor, &page->saved, &page->n_saved, err);
    if (rc < 0)
        return rc;
    bool fresh = str_eq_c(said, "new") || (said.len == 0 && typed);
    if (!fresh && said.len && !id_parse(said, "adr", &page->saved_id))
        return err_field(err, "address", N_("Choose where it goes."));
    if (!fresh && said.len == 0 && page->n_saved)
        page->saved_id = page->saved[0].id;
    for (size_t i = 0; i < page->n_saved; i++)
        if (page->saved[i].id == page->saved_id)
            page->address = page->saved[i].to;
    if (page->saved_id && page->address.country.len == 0)
        rc = err_field(err, "address", N_("Choose where it goes."));
    else if (fresh)
        rc = address_read(rq, &page->address, err);
    else if (!page->saved_id)
        rc = order_last_address(db, rq->arena, rq->viewer.actor, &page->address, err);
    if (!country_known(page->address.country))
        page->address.country = STR("");
    page->format = address_format(page->address.country);
    return rc;
}

/* Tiers and the coupon, for goods of one currency. */
static int read_basket(struct req *rq, struct db *db, struct checkout_page *page, struct err *err)
{
    struct promotion_basket *b = &page->basket;
    struct promotion_line *lines =
        arena_new_array(rq->arena, page->cart.n + 1, struct promotion_line);
    if (!lines)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < page->cart.n; i++)
        lines[i] = (struct promotion_line){ .sku = page->cart.lines[i].sku,
                                            .supplier = page->cart.lines[i].supplier,
                                            .quantity = page->cart.lines[i].quantity,
                                            .price = page->cart.lines[i].price.minor };
    *b = (struct promotion_basket){ .buyer = rq->viewer.actor,
                                    .currency = str_from(page->cart.total.currency),
                                    .code = req_text(rq, "coupon"),
                                    .lines = lines,
                                    .n = page->cart.n };
    return promotion_apply(db, rq->arena, b, err);
}

/* The way that the request names, else the cheapest. */
static size_t chosen_offer(const struct req *rq, const struct checkout_group *g)
{
    char id[ID_TEXT_MAX];
    struct str said = req_text(rq, g->field.ptr); /* arena_printf ends it with a NUL */
    for (size_t i = 0; said.len && i < g->n_offers; i++)
        if (str_eq(said, id_text(id, "way", g->offers[i].method)))
            return i;
    return 0;
}

static int fill_group(struct req *rq, struct db *db, struct checkout_page *page,
                      struct checkout_group *g, struct err *err)
{
    struct delivery_table table;
    char id[ID_TEXT_MAX];
    struct str currency = str_from(page->cart.total.currency);
    struct delivery_parcel parcel = { .country = page->address.country, .currency = currency };
    for (size_t i = g->first; i < g->first + g->n; i++) {
        const struct promotion_line *line = &page->basket.lines[i];
        parcel.worth += line->price * line->quantity - line->discount - line->subsidy;
        parcel.grams += page->cart.lines[i].grams * line->quantity;
    }
    g->goods = money(parcel.worth, currency);
    g->delivery = money(0, currency);
    g->field = arena_printf(rq->arena, "method_%.*s", STR_ARG(id_text(id, "sup", g->supplier)));
    if (!g->field.ptr)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = delivery_table(db, rq->arena, g->supplier, &table, err);
    if (rc == 0)
        rc = delivery_offers(&table, rq->arena, &parcel, &g->offers, &g->n_offers, err);
    if (rc < 0)
        return rc;
    page->unreachable = page->unreachable || g->n_offers == 0;
    g->chosen = chosen_offer(rq, g);
    g->gift =
        page->basket.coupon.kind == COUPON_DELIVERY && page->basket.coupon.supplier == g->supplier;
    if (g->n_offers && !g->gift)
        g->delivery = g->offers[g->chosen].price;
    return 0;
}

static int read_groups(struct req *rq, struct db *db, struct checkout_page *page, struct err *err)
{
    size_t n = page->cart.n;
    int64_t *actors = arena_new_array(rq->arena, n + 1, int64_t);
    struct person_card *cards = arena_new_array(rq->arena, n + 1, struct person_card);
    page->groups = arena_new_array(rq->arena, n + 1, struct checkout_group);
    if (!actors || !cards || !page->groups)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++) {
        int64_t supplier = page->cart.lines[i].supplier;
        if (i == 0 || supplier != page->groups[page->n_groups - 1].supplier) {
            actors[page->n_groups] = supplier;
            page->groups[page->n_groups++] =
                (struct checkout_group){ .supplier = supplier, .first = i };
        }
        page->groups[page->n_groups - 1].n++;
    }
    int rc = person_cards(db, rq->arena, actors, page->n_groups, cards, err);
    for (size_t i = 0; rc == 0 && i < page->n_groups; i++) {
        page->groups[i].card = cards[i];
        rc = fill_group(rq, db, page, &page->groups[i], err);
    }
    return rc;
}

/* The tax that the operator's table puts on each line and on sending it. */
static int put_tax(struct req *rq, struct db *db, struct checkout_page *page,
                   struct order_item *items, struct order_delivery *deliveries, struct err *err)
{
    const struct tax_rule *rules;
    struct fee_rule fee = { 0 };
    size_t n = 0, n_lines = page->cart.n;
    struct str *categories = arena_new_array(rq->arena, n_lines + 1, struct str);
    int64_t *skus = arena_new_array(rq->arena, n_lines + 1, int64_t);
    if (!categories || !skus)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n_lines; i++)
        skus[i] = items[i].sku;
    int rc = tax_rules(db, rq->arena, &rules, &n, err);
    if (rc == 0 && n)
        rc = tax_categories(db, rq->arena, skus, n_lines, categories, err);
    struct str country = page->address.country;
    for (size_t i = 0; rc == 0 && n && i < n_lines; i++) {
        const struct tax_rule *rule = tax_find(rules, n, country, categories[i], rq->now);
        items[i].taxed = rule != NULL;
        items[i].tax_added = rule && rule->added;
        items[i].tax_rate = rule ? rule->rate : 0;
    }
    if (rc == 0)
        rc = fee_rule_at(db, rq->arena, rq->now, &fee, err);
    const struct tax_rule *sent = tax_find(rules, rc == 0 ? n : 0, country, STR(""), rq->now);
    for (size_t i = 0; rc == 0 && i < page->n_groups; i++) {
        struct order_delivery *d = &deliveries[i];
        d->tax = sent && sent->added ? money_rate(d->price, sent->rate)
                                     : fee_tax_inside(d->price, sent ? sent->rate : fee.tax);
        d->price += sent && sent->added ? d->tax : 0;
    }
    return rc;
}

static struct order_item *items_of(struct arena *a, const struct checkout_page *page)
{
    const struct cart *cart = &page->cart;
    struct order_item *items = arena_new_array(a, cart->n + 1, struct order_item);
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
                                        .source = line->source,
                                        .discount = page->basket.lines[i].discount,
                                        .subsidy = page->basket.lines[i].subsidy };
    }
    return items;
}

static int build_request(struct req *rq, struct db *db, struct checkout_page *page, struct err *err)
{
    struct order_item *items = items_of(rq->arena, page);
    struct order_delivery *deliveries =
        arena_new_array(rq->arena, page->n_groups + 1, struct order_delivery);
    if (!items || !deliveries)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < page->n_groups; i++) {
        const struct checkout_group *g = &page->groups[i];
        deliveries[i] = (struct order_delivery){
            .supplier = g->supplier,
            .price = g->delivery.minor,
            .method = g->n_offers ? g->offers[g->chosen].name : STR(""),
        };
    }
    page->request = (struct order_request){
        .buyer = rq->viewer.actor,
        .items = items,
        .n_items = page->cart.n,
        .deliveries = deliveries,
        .n_deliveries = page->n_groups,
        .address = page->address,
        .expires = rq->now + payment_hold_time(rq->settings),
        .return_days = rq->settings->return_days,
        .simulated = rq->viewer.simulated,
    };
    return put_tax(rq, db, page, items, deliveries, err);
}

static int sum_up(struct req *rq, struct db *db, struct checkout_page *page, struct err *err)
{
    struct str currency = str_from(page->cart.total.currency);
    int64_t goods = 0, off = 0, delivery = 0;
    int rc = order_sum_up(db, rq->arena, &page->request, &page->sums, err);
    for (size_t i = 0; i < page->n_groups; i++) {
        page->groups[i].delivery.minor = page->request.deliveries[i].price;
        delivery += page->groups[i].delivery.minor;
    }
    for (size_t i = 0; i < page->cart.n; i++) {
        const struct promotion_line *line = &page->basket.lines[i];
        goods += line->each * line->quantity;
        off += line->price * line->quantity - line->discount - line->subsidy;
    }
    page->goods = money(goods, currency);
    page->off = money(off - goods, currency);
    page->delivery = money(delivery, currency);
    page->total = money(page->sums.total, currency);
    return rc;
}

int checkout_read(struct req *rq, struct db *db, struct checkout_page *page, struct err *err)
{
    int rc = cart_read(db, rq->arena, rq->viewer.actor, &page->cart, err);
    if (rc == 0)
        rc = read_address(rq, db, page, err);
    if (rc < 0 || page->cart.n == 0 || page->cart.mixed)
        return rc;
    rc = read_basket(rq, db, page, err);
    if (rc == 0)
        rc = read_groups(rq, db, page, err);
    if (rc == 0)
        rc = build_request(rq, db, page, err);
    return rc < 0 ? rc : sum_up(rq, db, page, err);
}
