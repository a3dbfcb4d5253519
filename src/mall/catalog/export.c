#include "mall/catalog/export.h"

#include "base/id.h"
#include "gen/catalog_sql.h"
#include "mall/catalog/catalog_int.h"
#include "mall/catalog/goods_web.h"

/* The columns of each form, in their order; -1 ends them. */
static const int columns[IMPORT_FORMS][IN_THINGS + 1] = {
    [IMPORT_OURS] = { IN_SLUG, IN_NAME, IN_BODY, IN_CATEGORY, IN_SKU, IN_OPTION_NAMES, IN_OPTIONS,
                      IN_PRICE, IN_COMPARE, IN_CURRENCY, IN_STOCK, IN_WEIGHT, IN_BARCODE, IN_PHOTOS,
                      IN_SPECS, IN_STATE, -1 },
    [IMPORT_VENDURE] = { IN_NAME, IN_SLUG, IN_BODY, IN_PHOTOS, IN_CATEGORY, IN_OPTION_NAMES,
                         IN_OPTIONS, IN_SKU, IN_PRICE, IN_STOCK, -1 },
    [IMPORT_SHOPIFY] = { IN_SLUG,         IN_NAME,    IN_BODY,    IN_TYPE,   IN_PUBLISHED,
                         IN_OPTION_NAMES, IN_OPTIONS, IN_OPTION2, IN_VALUE2, IN_OPTION3,
                         IN_VALUE3,       IN_SKU,     IN_WEIGHT,  IN_STOCK,  IN_PRICE,
                         IN_COMPARE,      IN_BARCODE, IN_PHOTOS,  IN_STATE,  -1 },
};

int export_form_of(struct str word, enum import_form *ret_form, struct err *err)
{
    static const char *const words[] = { "sward", "vendure", "shopify" };
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_eq_c(word, words[i])) {
            *ret_form = (enum import_form)i;
            return 0;
        }
    return err_field(err, "form", N_("sward, vendure or shopify, please."));
}

/* A row in the making: its product, which SKU, which photo. */
struct row {
    struct arena *a;
    const struct export_request *q;
    const struct product_detail *d;
    const struct product_choice *c; /* NULL = a photo alone */
    size_t i;                       /* of the row within its product */
};

/* Texts with a mark between; empty ones are left out. */
static struct str joined(struct arena *a, const struct str *texts, size_t n, const char *between)
{
    struct buf out;
    buf_init(&out, 64 * 1024);
    for (size_t i = 0; i < n; i++) {
        if (texts[i].len == 0)
            continue;
        if (out.len)
            buf_put_c(&out, between);
        buf_put_str(&out, texts[i]);
    }
    struct str text = arena_str(a, buf_str(&out));
    buf_release(&out);
    return text;
}

static struct str photo(const struct row *r, size_t i)
{
    char id[ID_TEXT_MAX];
    if (r->q->form == IMPORT_OURS)
        return arena_str(r->a, id_text(id, "med", r->d->photo_ids[i]));
    return arena_printf(r->a, "%.*s%.*s", STR_ARG(r->q->site), STR_ARG(r->d->photos[i].src));
}

static struct str photos(const struct row *r)
{
    struct str all[PRODUCT_PHOTOS_MAX];
    if (r->q->form == IMPORT_SHOPIFY)
        return r->i < r->d->n_photos ? photo(r, r->i) : STR("");
    for (size_t i = 0; i < r->d->n_photos; i++)
        all[i] = photo(r, i);
    return joined(r->a, all, r->d->n_photos, "|");
}

/* "Material=oak|Height=45 cm", or Vendure's facets, the category first. */
static struct str specs(const struct row *r, const char *between)
{
    const struct product_detail *d = r->d;
    struct str all[PRODUCT_SPECS_MAX + 1];
    size_t n = 0;
    if (r->q->form == IMPORT_VENDURE && d->card.category.len)
        all[n++] = arena_printf(r->a, "category:%.*s", STR_ARG(d->card.category));
    for (size_t i = 0; i < d->n_specs && n <= PRODUCT_SPECS_MAX; i++)
        all[n++] = arena_printf(r->a, "%.*s%s%.*s", STR_ARG(d->specs[i].name), between,
                                STR_ARG(d->specs[i].value));
    return joined(r->a, all, n, "|");
}

/* What stands only in the first row of a product. */
static struct str of_product(const struct row *r, int thing)
{
    const struct product_detail *d = r->d;
    bool shopify = r->q->form == IMPORT_SHOPIFY;
    switch (thing) {
    case IN_NAME:
        return d->card.name;
    case IN_BODY:
        return shopify ? import_html_of_text(r->a, d->body) : d->body;
    case IN_CATEGORY:
        return r->q->form == IMPORT_VENDURE ? specs(r, ":") : d->card.category;
    case IN_TYPE:
        return d->card.category;
    case IN_OPTION_NAMES:
        return !shopify            ? joined(r->a, d->options, PRODUCT_OPTIONS, "|")
               : d->options[0].len ? d->options[0]
                                   : STR("Title");
    case IN_OPTION2:
        return d->options[1];
    case IN_OPTION3:
        return d->options[2];
    case IN_CURRENCY:
        return str_from(d->card.price_min.currency);
    case IN_SPECS:
        return specs(r, "=");
    case IN_PUBLISHED:
        return d->state == PRODUCT_ON_SALE ? STR("true") : STR("false");
    case IN_STATE:
        return d->state == PRODUCT_ON_SALE ? (shopify ? STR("active") : STR("on_sale"))
                                           : STR("draft");
    default:
        return STR("");
    }
}

static struct str of_sku(const struct row *r, int thing)
{
    const struct product_choice *c = r->c;
    bool shopify = r->q->form == IMPORT_SHOPIFY;
    switch (thing) {
    case IN_SKU:
        return c->code;
    case IN_OPTIONS:
        return !shopify           ? joined(r->a, c->values, PRODUCT_OPTIONS, "|")
               : c->values[0].len ? c->values[0]
                                  : STR("Default Title");
    case IN_VALUE2:
        return c->values[1];
    case IN_VALUE3:
        return c->values[2];
    case IN_PRICE:
        return money_plain(r->a, c->price);
    case IN_COMPARE:
        return money_plain(r->a, c->compare);
    case IN_STOCK:
        return count_plain(r->a, c->free);
    case IN_WEIGHT:
        return c->weight ? count_plain(r->a, c->weight) : STR("");
    case IN_BARCODE:
        return c->barcode;
    default:
        return STR("");
    }
}

static struct str cell(const struct row *r, int thing)
{
    if (thing == IN_SLUG)
        return r->i == 0 || r->q->form != IMPORT_VENDURE ? r->d->card.slug : STR("");
    if (thing == IN_PHOTOS)
        return r->i == 0 || r->q->form == IMPORT_SHOPIFY ? photos(r) : STR("");
    struct str text = r->i == 0 ? of_product(r, thing) : STR("");
    return text.len || !r->c ? text : of_sku(r, thing);
}

static void put_product(struct csv_writer *w, struct arena *a, const struct export_request *q,
                        const struct product_detail *d)
{
    size_t rows = d->n_choices;
    if (q->form == IMPORT_SHOPIFY && rows && d->n_photos > rows)
        rows = d->n_photos;
    for (size_t i = 0; i < rows; i++) {
        const struct row r = { a, q, d, i < d->n_choices ? &d->choices[i] : NULL, i };
        for (int k = 0; columns[q->form][k] >= 0; k++)
            csv_put(w, cell(&r, columns[q->form][k]));
        csv_end_row(w);
    }
}

int export_goods(struct db *db, struct arena *a, const struct export_request *q, struct buf *out,
                 struct err *err)
{
    struct goods_ids_rows ids = { 0 };
    struct csv_writer w;
    if (q->part < 1 || q->part > 1000)
        return err_field(err, "part", N_("A whole number above zero, please."));
    int rc = goods_ids(db, a, q->supplier, q->part * EXPORT_PRODUCTS, &ids, err);
    if (rc < 0)
        return rc;
    csv_writer_init(&w, out, false);
    for (int k = 0; columns[q->form][k] >= 0; k++)
        csv_put(&w, str_from(import_column_name(q->form, (enum import_thing)columns[q->form][k])));
    csv_end_row(&w);
    for (size_t i = (size_t)(q->part - 1) * EXPORT_PRODUCTS; rc == 0 && i < ids.n; i++) {
        struct product_detail d;
        rc = product_detail_of(db, a, ids.v[i].id, &d, err);
        if (rc == 0)
            put_product(&w, a, q, &d);
    }
    if (rc == 0 && (buf_overflowed(out) || arena_overflowed(a)))
        rc = err_detail(err, ERR_NOMEM, "export of goods");
    return rc;
}
