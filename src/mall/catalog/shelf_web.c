#include "mall/catalog/shelf_web.h"

#include <string.h>

#include "base/buf.h"
#include "codec/json_out.h"
#include "codec/percent.h"
#include "gen/catalog_views.h"
#include "mall/catalog/catalog_int.h"
#include "mall/catalog/product_ld.h"
#include "web/page.h"
#include "words/message.h"

#define PAGE_ROWS 20

static const char *const sorts[] = { "newest", "price", "price_down", "bought" };

/* ---- as JSON ---- */

static void filters_json(struct json_out *j, const struct mall_page *page)
{
    json_key(j, "filters");
    json_begin_array(j);
    for (size_t i = 0; i < page->n_filters; i++) {
        const struct shelf_filter *f = &page->filters[i];
        json_begin_object(j);
        json_member_str(j, "name", f->name);
        json_key(j, "values");
        json_begin_array(j);
        for (size_t k = 0; k < f->n; k++) {
            json_begin_object(j);
            json_member_str(j, "value", f->values[k].value);
            json_member_int(j, "products", f->values[k].n);
            json_end_object(j);
        }
        json_end_array(j);
        json_end_object(j);
    }
    json_end_array(j);
}

static void mall_json(struct json_out *j, const void *data)
{
    const struct mall_page *page = data;
    json_begin_object(j);
    json_member_str(j, "sort", str_from(sorts[page->browse.sort]));
    json_key(j, "categories");
    json_begin_array(j);
    for (size_t i = 0; i < page->n_shelves; i++) {
        json_begin_object(j);
        json_member_str(j, "name", page->shelves[i].name);
        json_member_int(j, "products", page->shelves[i].n);
        json_end_object(j);
    }
    json_end_array(j);
    filters_json(j, page);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->grid.n; i++)
        product_card_json(j, &page->grid.cards[i]);
    json_end_array(j);
    if (page->grid.more.len)
        json_member_str(j, "more", page->grid.more);
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

/* ---- what is asked for ---- */

/* "Colour:red": the first facets that are whole; others are passed over. */
static void read_facets(const struct req *rq, struct browse *b)
{
    int n = params_count(rq->query, "is");
    for (int i = 0; i < n && b->n_facets < BROWSE_FACETS; i++) {
        struct str text = str_trim(params_get_nth(rq->query, "is", i));
        ptrdiff_t at = str_index(text, ':');
        if (at > 0 && (size_t)at + 1 < text.len)
            b->facets[b->n_facets++] =
                (struct browse_facet){ str_slice(text, 0, (size_t)at),
                                       str_slice(text, (size_t)at + 1, text.len), 0 };
    }
}

static int read_price(const struct req *rq, const char *name, const char currency[4],
                      int64_t *ret_minor, struct str *ret_text, struct err *err)
{
    struct str text = req_text(rq, name);
    *ret_text = text;
    if (text.len && !money_parse(text, currency, ret_minor))
        return err_field(err, name, N_("A price such as 12.50, please."));
    return 0;
}

/* Bounds of the price are of one currency: the one named, or the commonest. */
static int read_prices(const struct req *rq, struct db *db, struct mall_page *page, struct err *err)
{
    struct browse *b = &page->browse;
    b->high = MONEY_MAX;
    b->currency = STR("");
    if (req_text(rq, "from").len == 0 && req_text(rq, "to").len == 0)
        return 0;
    int rc = 0;
    b->currency = req_text(rq, "currency");
    if (b->currency.len == 0)
        rc = browse_currency(db, rq->arena, b->shelf, &b->currency, err);
    if (rc == 0 && b->currency.len && !catalog_is_currency(b->currency))
        rc = err_field(err, "currency", N_("Three capital letters such as EUR, please."));
    struct money one = money(0, b->currency);
    if (rc == 0)
        rc = read_price(rq, "from", one.currency, &b->low, &page->from, err);
    if (rc == 0)
        rc = read_price(rq, "to", one.currency, &b->high, &page->to, err);
    return rc;
}

static int read_supplier(const struct req *rq, struct db *db, struct mall_page *page,
                         struct err *err)
{
    struct str handle = req_text(rq, "by");
    if (handle.len == 0)
        return 0;
    int rc = person_of_handle(db, rq->arena, person_fold(rq->arena, handle), &page->supplier, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, rc, N_("No supplier has that name."));
    page->browse.supplier = page->supplier.actor;
    return rc;
}

static int read_asked(const struct req *rq, struct db *db, struct mall_page *page, struct err *err)
{
    struct browse *b = &page->browse;
    struct str sort = req_text(rq, "sort");
    for (size_t i = 0; i < ARRAY_LEN(sorts); i++)
        if (str_eq_c(sort, sorts[i]))
            b->sort = (enum browse_sort)i;
    b->shelf = req_text(rq, "category");
    b->in_stock = req_on(rq, "stock");
    read_facets(rq, b);
    int rc = read_prices(rq, db, page, err);
    return rc < 0 ? rc : read_supplier(rq, db, page, err);
}

/* ---- the ways without ---- */

static void put_part(struct buf *out, const char *name, struct str value)
{
    if (value.len == 0)
        return;
    buf_put_c(out, out->len == strlen("/mall") ? "?" : "&");
    buf_put_c(out, name);
    buf_put_c(out, "=");
    percent_encode(out, value);
}

/* This page's address without one of the things that narrow it. */
static struct str without(const struct req *rq, const struct mall_page *page, const char *name,
                          size_t facet)
{
    static const char *const plain[] = {
        "category", "sort", "by", "from", "to", "currency", "stock"
    };
    struct buf out;
    buf_init(&out, 8192);
    buf_put_c(&out, "/mall");
    for (size_t i = 0; i < ARRAY_LEN(plain); i++) {
        bool price = strcmp(name, "from") == 0 &&
                     (strcmp(plain[i], "to") == 0 || strcmp(plain[i], "currency") == 0);
        if (strcmp(plain[i], name) != 0 && !price)
            put_part(&out, plain[i], req_text(rq, plain[i]));
    }
    for (size_t i = 0; i < page->browse.n_facets; i++) {
        const struct browse_facet *f = &page->browse.facets[i];
        if (strcmp(name, "is") != 0 || i != facet)
            put_part(&out, "is",
                     arena_printf(rq->arena, "%.*s:%.*s", STR_ARG(f->name), STR_ARG(f->value)));
    }
    struct str text = arena_str(rq->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

static void list_chosen(const struct req *rq, struct mall_page *page)
{
    const struct browse *b = &page->browse;
    for (size_t i = 0; i < b->n_facets; i++)
        page->chosen[page->n_chosen++] =
            link_to(without(rq, page, "is", i),
                    arena_printf(rq->arena, "%.*s: %.*s", STR_ARG(b->facets[i].name),
                                 STR_ARG(b->facets[i].value)));
    if (page->supplier.actor)
        page->chosen[page->n_chosen++] = link_to(without(rq, page, "by", 0), page->supplier.name);
    if (page->from.len || page->to.len)
        page->chosen[page->n_chosen++] =
            link_to(without(rq, page, "from", 0),
                    arena_printf(rq->arena, "%.*s – %.*s %.*s", STR_ARG(page->from),
                                 STR_ARG(page->to), STR_ARG(b->currency)));
    if (b->in_stock)
        page->chosen[page->n_chosen++] =
            link_to(without(rq, page, "stock", 0), message_text(rq->lang, N_("In stock")));
}

bool shelf_lists(const struct mall_page *page, struct str name)
{
    for (size_t i = 0; i < page->n_filters; i++)
        if (str_eq(page->filters[i].name, name))
            return true;
    return false;
}

/* ---- what is shown ---- */

static int read_filters(struct req *rq, struct db *db, struct mall_page *page, struct err *err)
{
    const struct browse_facet *all = NULL;
    size_t n = 0;
    int rc = browse_facets(db, rq->arena, page->browse.shelf, &all, &n, err);
    for (size_t i = 0; rc == 0 && i < n && page->n_filters < SHELF_FILTERS_MAX;) {
        struct shelf_filter *f = &page->filters[page->n_filters++];
        *f = (struct shelf_filter){ .name = all[i].name, .values = &all[i] };
        for (; i < n && str_eq(all[i].name, f->name); i++)
            f->n++;
        for (size_t k = 0; k < page->browse.n_facets; k++)
            if (str_eq(page->browse.facets[k].name, f->name))
                f->chosen = page->browse.facets[k].value;
    }
    return rc;
}

static int read_suppliers(struct req *rq, struct db *db, struct mall_page *page, struct err *err)
{
    const int64_t *actors = NULL;
    size_t n = 0;
    int rc = browse_suppliers(db, rq->arena, page->browse.shelf, &actors, &n, err);
    if (rc < 0 || n < 2)
        return rc;
    struct person_card *cards = arena_new_array(rq->arena, n, struct person_card);
    if (!cards)
        return err_detail(err, ERR_NOMEM, "arena full");
    page->suppliers = cards;
    page->n_suppliers = n;
    return person_cards(db, rq->arena, actors, n, cards, err);
}

static int read_grid(struct req *rq, struct db *db, struct mall_page *page, struct err *err)
{
    struct page at;
    int rc = page_read(rq, 2, PAGE_ROWS, &at, err);
    if (rc < 0)
        return rc;
    size_t n = 0, want = (size_t)at.limit + 1;
    struct browse_key *keys = arena_new_array(rq->arena, want, struct browse_key);
    int64_t *ids = arena_new_array(rq->arena, want, int64_t);
    struct product_card *cards = arena_new_array(rq->arena, want, struct product_card);
    if (!keys || !ids || !cards)
        return err_detail(err, ERR_NOMEM, "arena full");
    const struct browse_key after = { at.key[0], at.key[1] };
    rc = browse_page(db, rq->arena, &page->browse, at.has ? &after : NULL, want, keys, &n, err);
    if (rc < 0)
        return rc;
    size_t shown = n > (size_t)at.limit ? (size_t)at.limit : n;
    for (size_t i = 0; i < shown; i++)
        ids[i] = keys[i].product;
    if (shown)
        page->grid.more =
            page_next(rq, &at, n, (int64_t[]){ keys[shown - 1].key, keys[shown - 1].product });
    page->grid.cards = cards;
    return product_cards(db, rq->arena, ids, shown, cards, &page->grid.n, err);
}

static int mall(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct mall_page *page = arena_new(rq->arena, struct mall_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = read_asked(rq, db, page, err);
    if (rc == 0)
        rc = read_grid(rq, db, page, err);
    if (rc == 0 && !rq->htmx)
        rc = browse_shelves(db, rq->arena, &page->shelves, &page->n_shelves, err);
    if (rc == 0 && !rq->htmx)
        rc = read_filters(rq, db, page, err);
    if (rc == 0 && !rq->htmx)
        rc = read_suppliers(rq, db, page, err);
    if (rc < 0)
        return rc;
    list_chosen(rq, page);
    struct str shelf = page->browse.shelf;
    answer_page(ret, &mall_shape, page, shelf.len ? shelf : message_text(rq->lang, N_("Mall")));
    ret->head.tab = "mall";
    ret->head.json_ld = shelf_ld(rq, page);
    ret->head.noindex = page->n_chosen > 0;
    return 0;
}

const struct route shelf_routes[] = {
    { METHOD_GET, "/mall", mall, WHO_ANYONE, RUNS_READ, RATE_READ },
    { 0 },
};
