/* Reading a file of goods, row by row. */

#include "mall/catalog/import.h"

#include "base/money.h"
#include "mall/catalog/catalog_int.h"
#include "mall/catalog/import_int.h"
#include "mall/stock/stock.h"
#include "words/text.h"

/* A file while it is read. */
struct reading {
    struct arena *a;
    const struct import_request *request;
    struct import *import;
    struct import_columns columns;
    struct import_set slugs, codes;
    struct product_sku *skus; /* of all products, one behind the other */
    int64_t *lines;
    struct product_draft *now; /* the product whose rows come */
    char currency[4];          /* of that product */
    struct csv_row row;
};

static void fault_at(struct import *im, int64_t line, const char *column, const char *message,
                     int64_t number)
{
    if (im->n_faults < IMPORT_FAULTS_MAX)
        im->faults[im->n_faults] = (struct import_fault){ line, column, message, number };
    im->n_faults++;
}

static void fault(struct reading *r, int place, const char *message, int64_t number)
{
    fault_at(r->import, r->row.line, import_column_name(&r->columns, place), message, number);
}

/* The photos that a row names, as media ids. */
static void read_photos(struct reading *r, struct product_draft *d)
{
    const struct import_request *q = r->request;
    struct str rest = csv_field(&r->row, r->columns.photos), name;
    int64_t *ids = arena_new_array(r->a, PRODUCT_PHOTOS_MAX, int64_t);
    while (ids && rest.len && str_next(&rest, '|', &name)) {
        name = str_trim(name);
        if (name.len == 0)
            continue;
        if (q->n_photos == 0) {
            r->import->photos_missing++;
            continue;
        }
        if (d->n_photos == PRODUCT_PHOTOS_MAX) {
            fault(r, r->columns.photos, N_("At most {n} photos."), PRODUCT_PHOTOS_MAX);
            return;
        }
        size_t i = 0;
        while (i < q->n_photos && !str_eq(q->photos[i].name, name))
            i++;
        if (i == q->n_photos)
            fault(r, r->columns.photos, N_("This photo was not sent along."), 0);
        else
            ids[d->n_photos++] = q->photos[i].media;
    }
    d->photos = ids;
}

static struct str clean(struct reading *r, int place, enum text_kind kind)
{
    struct str text = STR("");
    struct err ignored = { 0 };
    if (text_clean(r->a, csv_field(&r->row, place), kind, &text, &ignored) < 0)
        fault(r, place, N_("This text cannot be read."), 0);
    return text;
}

static bool slug_fits(struct str slug)
{
    bool fits = slug.len > 0 && slug.len <= PRODUCT_SLUG_MAX && slug.ptr[0] != '-';
    for (size_t i = 0; fits && i < slug.len; i++) {
        char c = slug.ptr[i];
        fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }
    return fits;
}

static void read_currency(struct reading *r, struct product_draft *d)
{
    struct str given = csv_field(&r->row, r->columns.currency);
    d->currency = given.len ? given : r->request->currency;
    bool right = d->currency.len == 3;
    for (size_t i = 0; i < 3; i++) {
        right = right && d->currency.ptr[i] >= 'A' && d->currency.ptr[i] <= 'Z';
        r->currency[i] = right ? d->currency.ptr[i] : 'X';
    }
    if (!right)
        fault(r, r->columns.currency, N_("Three capital letters such as EUR, please."), 0);
}

static void begin_product(struct reading *r, struct str slug)
{
    struct import *im = r->import;
    struct product_draft *d = &im->products[im->n_products];
    r->lines[im->n_products++] = r->row.line;
    r->now = d;
    *d = (struct product_draft){
        .supplier = r->request->supplier,
        .slug = slug,
        .name = clean(r, r->columns.name, TEXT_LINE),
        .body = clean(r, r->columns.body, TEXT_LINES),
        .category = r->columns.vendure ? import_category_of(csv_field(&r->row, r->columns.category))
                                       : clean(r, r->columns.category, TEXT_LINE),
        .skus = &r->skus[im->n_skus],
        .photo_owner = r->request->photo_owner,
        .as = r->request->as,
        .simulated = r->request->simulated,
    };
    if (!slug_fits(slug))
        fault(r, r->columns.slug, N_("Small letters, digits and dashes, please."), 0);
    else if (!import_set_add(&r->slugs, slug))
        fault(r, r->columns.slug, N_("This product stands in the file twice."), 0);
    if (d->name.len == 0 || text_count(d->name) > PRODUCT_NAME_MAX)
        fault(r, r->columns.name, N_("A name of 1 to {n} characters, please."), PRODUCT_NAME_MAX);
    if (text_count(d->body) > PRODUCT_BODY_MAX)
        fault(r, r->columns.body, N_("At most {n} characters, please."), PRODUCT_BODY_MAX);
    if (text_count(d->category) > 60)
        fault(r, r->columns.category, N_("At most {n} characters, please."), 60);
    read_currency(r, d);
    read_photos(r, d);
}

/* Variants of Vendure's file may share a code; each of ours has its own. */
static struct str code_of(struct reading *r, struct str code, struct str options)
{
    const struct product_draft *d = r->now;
    bool again = false;
    for (size_t i = 0; r->columns.vendure && i < d->n_skus; i++)
        again = again || str_eq(d->skus[i].code, code);
    if (!again || options.len == 0)
        return code;
    return arena_printf(r->a, "%.*s-%.*s", STR_ARG(code), STR_ARG(import_slug_of(r->a, options)));
}

static void read_sku(struct reading *r)
{
    struct import *im = r->import;
    const struct import_columns *c = &r->columns;
    struct product_sku *sku = &r->skus[im->n_skus];
    if (r->now->n_skus == PRODUCT_SKUS_MAX) {
        fault(r, c->sku, N_("A product has 1 to {n} SKUs."), PRODUCT_SKUS_MAX);
        return;
    }
    sku->options = import_options_of(r->a, csv_field(&r->row, c->options));
    sku->code = code_of(r, csv_field(&r->row, c->sku), sku->options);
    sku->stock = -1;
    if (sku->code.len == 0 || sku->code.len > PRODUCT_CODE_MAX)
        fault(r, c->sku, N_("A code of 1 to {n} characters, please."), PRODUCT_CODE_MAX);
    else if (!import_set_add(&r->codes, sku->code))
        fault(r, c->sku, N_("This SKU code stands in the file twice."), 0);
    if (text_count(sku->options) > PRODUCT_OPTIONS_MAX)
        fault(r, c->options, N_("At most {n} characters, please."), PRODUCT_OPTIONS_MAX);
    if (!money_parse(csv_field(&r->row, c->price), r->currency, &sku->price) || sku->price == 0)
        fault(r, c->price, N_("A price such as 12.50, please."), 0);
    struct str stock = csv_field(&r->row, c->stock);
    if (stock.len && (!str_to_int(stock, &sku->stock) || sku->stock < 0 || sku->stock > STOCK_MAX))
        fault(r, c->stock, N_("A whole number, please."), 0);
    im->n_skus++;
    r->now->n_skus++;
}

/* A row begins a product, or is one more SKU of the one above. */
static int read_row(struct reading *r, struct err *err)
{
    const struct import_columns *c = &r->columns;
    struct str slug = csv_field(&r->row, c->slug);
    struct str name = csv_field(&r->row, c->name);
    bool more =
        c->vendure ? name.len == 0 : slug.len == 0 || (r->now && str_eq(slug, r->now->slug));
    if (more && !r->now) {
        fault(r, c->vendure ? c->name : c->slug, N_("The first row must name a product."), 0);
        return 0;
    }
    if (!more && r->import->n_products == IMPORT_PRODUCTS_MAX)
        return err_field_n(err, "csv", N_("At most {n} products at once. Please split the file."),
                           IMPORT_PRODUCTS_MAX);
    if (!more)
        begin_product(r, slug.len ? slug : import_slug_of(r->a, name));
    read_sku(r);
    return 0;
}

static int read_rows(struct reading *r, struct csv_reader *csv, struct err *err)
{
    struct err wrong = { 0 };
    for (int n = 0;; n++) {
        int rc = csv_next(csv, r->a, &r->row, &wrong);
        if (rc == 0)
            return 0;
        if (rc == ERR_MALFORMED || rc == ERR_TOO_LARGE) {
            fault_at(r->import, csv->line, "", wrong.message, wrong.number);
            return 0;
        }
        if (rc < 0)
            return err_detail(err, rc, "%s", wrong.detail);
        if (n == IMPORT_ROWS_MAX)
            return err_field_n(err, "csv", N_("At most {n} rows at once. Please split the file."),
                               IMPORT_ROWS_MAX);
        rc = read_row(r, err);
        if (rc < 0)
            return rc;
    }
}

static bool reading_init(struct reading *r, struct arena *a, const struct import_request *request)
{
    *r = (struct reading){ .a = a, .request = request };
    r->import = arena_new(a, struct import);
    r->skus = arena_new_array(a, IMPORT_ROWS_MAX, struct product_sku);
    r->lines = arena_new_array(a, IMPORT_PRODUCTS_MAX, int64_t);
    if (!r->import || !r->skus || !r->lines ||
        !import_set_init(&r->slugs, a, IMPORT_PRODUCTS_MAX) ||
        !import_set_init(&r->codes, a, IMPORT_ROWS_MAX))
        return false;
    r->import->products = arena_new_array(a, IMPORT_PRODUCTS_MAX, struct product_draft);
    r->import->lines = r->lines;
    return r->import->products != NULL;
}

int import_read(struct arena *a, const struct import_request *request, struct import **ret_import,
                struct err *err)
{
    struct reading r;
    struct csv_reader csv;
    struct csv_row head;
    struct err wrong = { 0 };
    if (request->csv.len > IMPORT_BYTES_MAX)
        return err_field(err, "csv", N_("The file is larger than one megabyte. Please split it."));
    if (!reading_init(&r, a, request))
        return err_detail(err, ERR_NOMEM, "arena full");
    csv_init(&csv, import_tidy(a, request->csv));
    int rc = csv_next(&csv, a, &head, &wrong);
    if (rc == ERR_NOMEM)
        return err_detail(err, rc, "arena full");
    if (rc <= 0 || !import_columns_of(&head, &r.columns))
        return err_field(err, "csv",
                         N_("The first row must name the columns: slug, name, sku and price at "
                            "least."));
    rc = read_rows(&r, &csv, err);
    if (rc < 0)
        return rc;
    if (r.import->n_products == 0 && r.import->n_faults == 0)
        return err_field(err, "csv", N_("There is no product in this file."));
    if (arena_overflowed(a))
        return err_detail(err, ERR_NOMEM, "arena full");
    *ret_import = r.import;
    return 0;
}

int import_check(struct db *db, struct arena *a, struct import *im, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < im->n_products; i++) {
        const struct product_draft *d = &im->products[i];
        enum product_taken taken;
        rc = product_slug_taken(db, a, d->slug, d->supplier, &taken, err);
        if (rc == 0 && taken != TAKEN_NOT)
            fault_at(im, im->lines[i], "slug", N_("Another supplier has this address."), 0);
        for (size_t k = 0; rc == 0 && k < d->n_skus; k++) {
            rc = product_code_taken(db, a, d->skus[k].code, d->slug, d->supplier, &taken, err);
            if (rc == 0 && taken != TAKEN_NOT)
                fault_at(im, im->lines[i], "sku",
                         taken == TAKEN_BY_OTHER ? N_("Another supplier has this SKU code.")
                                                 : N_("Another product has this SKU code."),
                         0);
        }
    }
    return rc;
}

int import_put(struct db *db, struct arena *a, const struct import *im, int64_t *ret_new,
               struct err *err)
{
    int64_t fresh = 0;
    for (size_t i = 0; i < im->n_products; i++) {
        int64_t product;
        bool is_new;
        int rc = product_put(db, a, &im->products[i], &product, &is_new, err);
        if (rc == ERR_INVALID || rc == ERR_FORBIDDEN || rc == ERR_CONFLICT)
            return err_field_n(err, "csv", N_("Line {n} was refused; nothing was changed."),
                               im->lines[i]);
        if (rc < 0)
            return rc;
        fresh += is_new;
    }
    *ret_new = fresh;
    return 0;
}
