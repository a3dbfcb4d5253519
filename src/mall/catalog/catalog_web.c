#include "mall/catalog/catalog_web.h"

#include "account/person/person.h"
#include "base/id.h"
#include "codec/json_out.h"
#include "gen/catalog_views.h"
#include "mall/catalog/product_ld.h"
#include "web/exposure_web.h"
#include "web/page.h"
#include "words/message.h"
#include "words/text.h"

#define PAGE_ROWS 20

static void grid_json(struct json_out *j, const struct product_grid *grid)
{
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < grid->n; i++)
        product_card_json(j, &grid->cards[i]);
    json_end_array(j);
    if (grid->more.len)
        json_member_str(j, "more", grid->more);
}

static void mall_json(struct json_out *j, const void *data)
{
    const struct mall_page *page = data;
    json_begin_object(j);
    json_key(j, "categories");
    json_begin_array(j);
    for (size_t i = 0; i < page->n_categories; i++) {
        json_begin_object(j);
        json_member_str(j, "name", page->categories[i].name);
        json_member_int(j, "products", page->categories[i].n);
        json_end_object(j);
    }
    json_end_array(j);
    grid_json(j, &page->grid);
    json_end_object(j);
}

static void mall_fragment(struct view *v, const void *data)
{
    const struct mall_page *page = data;
    product_grid_more(v, &page->grid);
}

static const struct shape mall_shape = { .html = mall_page_view_any,
                                         .fragment = mall_fragment,
                                         .json = mall_json };

static int read_grid(struct req *rq, struct db *db, struct mall_page *page, struct err *err)
{
    struct page at;
    int rc = page_read(rq, 1, PAGE_ROWS, &at, err);
    if (rc < 0)
        return rc;
    size_t n, want = (size_t)at.limit + 1;
    int64_t *ids = arena_new_array(rq->arena, want, int64_t);
    struct product_card *cards = arena_new_array(rq->arena, want, struct product_card);
    if (!ids || !cards)
        return err_detail(err, ERR_NOMEM, "arena full");
    rc = product_newest(db, rq->arena, page->category, at.has ? at.key[0] : INT64_MAX, want, ids,
                        &n, err);
    if (rc < 0)
        return rc;
    size_t shown = n > (size_t)at.limit ? (size_t)at.limit : n;
    if (shown)
        page->grid.more = page_next(rq, &at, n, &ids[shown - 1]);
    page->grid.cards = cards;
    return product_cards(db, rq->arena, ids, shown, cards, &page->grid.n, err);
}

static int mall(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct mall_page *page = arena_new(rq->arena, struct mall_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    page->category = req_text(rq, "category");
    int rc = product_categories(db, rq->arena, &page->categories, &page->n_categories, err);
    if (rc == 0)
        rc = read_grid(rq, db, page, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &mall_shape, page,
                page->category.len ? page->category : message_text(rq->lang, N_("Mall")));
    ret->head.tab = "mall";
    return 0;
}

static void price_json(struct json_out *j, struct money price)
{
    json_key(j, "price");
    json_begin_object(j);
    json_member_int(j, "minor", price.minor);
    json_member_str(j, "currency", str_from(price.currency));
    json_end_object(j);
}

static void choices_json(struct json_out *j, const struct product_detail *d)
{
    char id[ID_TEXT_MAX];
    json_key(j, "skus");
    json_begin_array(j);
    for (size_t i = 0; i < d->n_choices; i++) {
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "sku", d->choices[i].sku));
        json_member_str(j, "code", d->choices[i].code);
        json_member_str(j, "options", d->choices[i].options);
        price_json(j, d->choices[i].price);
        json_member_int(j, "free", d->choices[i].free);
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
    choices_json(j, &page->detail);
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
        rc = slot_fill(rq, db, "product.ask", &card->id, 1, &page->ask, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "product.send", &card->id, 1, &page->send, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "product.policy", &card->id, 1, &page->policy, err);
    if (rc < 0)
        return rc;
    choose(rq, page);
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
    { METHOD_GET, "/mall", mall, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_GET, "/p/:slug", product, WHO_ANYONE, RUNS_READ, RATE_READ },
    { 0 },
};
