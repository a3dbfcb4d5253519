#include "mall/catalog/catalog_web.h"

#include "account/person/person.h"
#include "base/id.h"
#include "codec/json_out.h"
#include "gen/catalog_views.h"
#include "mall/catalog/product_ld.h"
#include "web/exposure_web.h"
#include "words/text.h"

static void price_json(struct json_out *j, const char *key, struct money price)
{
    json_key(j, key);
    json_begin_object(j);
    json_member_int(j, "minor", price.minor);
    json_member_str(j, "currency", str_from(price.currency));
    json_end_object(j);
}

void product_choices_json(struct json_out *j, const struct product_detail *d)
{
    char id[ID_TEXT_MAX];
    json_key(j, "skus");
    json_begin_array(j);
    for (size_t i = 0; i < d->n_choices; i++) {
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "sku", d->choices[i].sku));
        json_member_str(j, "code", d->choices[i].code);
        json_member_str(j, "options", d->choices[i].options);
        price_json(j, "price", d->choices[i].price);
        if (d->choices[i].compare.minor)
            price_json(j, "price_before", d->choices[i].compare);
        if (d->choices[i].weight)
            json_member_int(j, "grams", d->choices[i].weight);
        json_member_str(j, "barcode", d->choices[i].barcode);
        json_member_int(j, "free", d->choices[i].free);
        json_member_str(j, "stock", str_from(product_stock_word(d->choices[i].free)));
        json_end_object(j);
    }
    json_end_array(j);
}

void product_specs_json(struct json_out *j, const struct product_detail *d)
{
    json_key(j, "specification");
    json_begin_array(j);
    for (size_t i = 0; i < d->n_specs; i++) {
        json_begin_object(j);
        json_member_str(j, "name", d->specs[i].name);
        json_member_str(j, "value", d->specs[i].value);
        json_end_object(j);
    }
    json_end_array(j);
}

static void prices_json(struct json_out *j, const struct price_story *s)
{
    price_json(j, "lowest_30_days", s->lowest);
    json_key(j, "prices");
    json_begin_array(j);
    for (size_t i = 0; i < s->n; i++) {
        json_begin_object(j);
        json_member_int(j, "since", s->points[i].since);
        json_member_int(j, "minor", s->points[i].price);
        json_end_object(j);
    }
    json_end_array(j);
}

static void product_json(struct json_out *j, const void *data)
{
    const struct product_page *page = data;
    json_begin_object(j);
    json_key(j, "product");
    product_card_json(j, &page->detail.card);
    json_member_str(j, "body", page->detail.body);
    json_member_str(j, "supplier", page->supplier.handle);
    json_key(j, "photos");
    json_begin_array(j);
    for (size_t i = 0; i < page->detail.n_photos; i++)
        media_img_json(j, &page->detail.photos[i]);
    json_end_array(j);
    product_choices_json(j, &page->detail);
    product_specs_json(j, &page->detail);
    if (page->prices.n)
        prices_json(j, &page->prices);
    if (page->tiers.json) {
        json_key(j, "tiers");
        page->tiers.json(j, page->tiers.data);
    }
    if (page->notes.json) {
        json_key(j, "notes");
        page->notes.json(j, page->notes.data);
    }
    json_end_object(j);
}

static const struct shape product_shape = { .html = product_page_view_any, .json = product_json };

/* Which choice is ticked: the one asked for, or the first that can be had. */
static void choose(const struct req *rq, struct product_page *page)
{
    int64_t asked = 0;
    struct err none = { 0 };
    if (req_id(rq, "sku", "sku", &asked, &none) < 0)
        asked = 0;
    for (size_t i = 0; i < page->detail.n_choices; i++) {
        const struct product_choice *c = &page->detail.choices[i];
        page->free += c->free;
        if (c->free > 0 && (page->chosen == 0 || c->sku == asked))
            page->chosen = c->sku;
    }
}

/* What the chosen SKU cost; of one that is sold out, the first. */
static int tell_prices(struct req *rq, struct db *db, struct product_page *page, struct err *err)
{
    const struct product_detail *d = &page->detail;
    struct price_story *s = &page->prices;
    const struct product_choice *c = d->n_choices ? &d->choices[0] : NULL;
    for (size_t i = 0; i < d->n_choices; i++)
        if (d->choices[i].sku == page->chosen)
            c = &d->choices[i];
    int rc = c ? price_history(db, rq->arena, c->sku, &s->points, &s->n, err) : 0;
    if (rc < 0 || s->n == 0)
        return rc;
    const int64_t year = 365 * TIME_DAY;
    while (s->n > 1 && s->points[s->n - 2].since < rq->now - year)
        s->n--;
    int64_t first = s->points[s->n - 1].since;
    s->from = first > rq->now - year ? first : rq->now - year;
    s->options = d->n_choices > 1 ? c->options : STR("");
    s->low = s->high = s->lowest = c->price;
    for (size_t i = 0; i < s->n; i++) {
        s->low.minor = s->points[i].price < s->low.minor ? s->points[i].price : s->low.minor;
        s->high.minor = s->points[i].price > s->high.minor ? s->points[i].price : s->high.minor;
    }
    s->lowest.minor = price_lowest(s->points, s->n, rq->now - PRICE_DAYS * TIME_DAY, rq->now + 1);
    s->steps = price_steps(rq->arena, s->points, s->n, s->from, rq->now);
    return 0;
}

static int product(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct product_page *page = arena_new(rq->arena, struct product_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = product_detail(db, rq->arena, req_text(rq, "slug"), &page->detail, err);
    const struct product_card *card = &page->detail.card;
    if (rc == 0)
        rc = person_cards(db, rq->arena, &card->supplier, 1, &page->supplier, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "product.notes", &card->id, 1, &page->notes, err);
    if (rc == 0 && (card->supplier != rq->viewer.actor || rq->viewer.actor == 0))
        rc = slot_fill(rq, db, "report.product", &card->id, 1, &page->report, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "product.tiers", &card->id, 1, &page->tiers, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "product.ask", &card->id, 1, &page->ask, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "product.send", &card->id, 1, &page->send, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "product.policy", &card->id, 1, &page->policy, err);
    if (rc < 0)
        return rc;
    choose(rq, page);
    rc = tell_prices(rq, db, page, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &product_shape, page, card->name);
    ret->head.description = text_shorten(rq->arena, page->detail.body, 160);
    ret->head.json_ld = product_ld(rq, page);
    if (page->detail.n_photos)
        ret->head.image = req_url(rq, page->detail.photos[0].src);
    ret->head.tab = "mall";
    exposure_opened(rq, EXPOSURE_PRODUCT, card->id);
    return 0;
}

const struct route catalog_routes[] = {
    { METHOD_GET, "/p/:slug", product, WHO_ANYONE, RUNS_READ, RATE_READ },
    { 0 },
};
