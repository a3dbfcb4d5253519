/* Reading a file of goods, row by row. */

#include "mall/catalog/import.h"

#include "base/id.h"
#include "base/money.h"
#include "gen/catalog_sql.h"
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
    int64_t *photos;           /* of that product; NULL = the arena is full */
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

static void fault(struct reading *r, enum import_thing place, const char *message, int64_t number)
{
    fault_at(r->import, r->row.line, import_column_name(r->columns.form, place), message, number);
}

static struct str field(const struct reading *r, enum import_thing thing)
{
    return import_field(&r->columns, &r->row, thing);
}

/* The part of an address behind the last slash, without its query. */
static struct str file_name(struct str address)
{
    size_t begin = 0, end = address.len;
    for (size_t i = 0; i < address.len; i++)
        if (address.ptr[i] == '/')
            begin = i + 1;
    for (size_t i = address.len; i-- > begin;)
        if (address.ptr[i] == '?')
            end = i;
    return str_slice(address, begin, end - begin);
}

/* The medium of a photo's name: its id, or that of a photo sent along. 0 = unknown. */
static int64_t photo_named(const struct import_request *q, struct str name)
{
    int64_t id = 0;
    if (id_parse(name, "med", &id))
        return id;
    for (size_t i = 0; i < q->n_photos; i++)
        if (str_eq(q->photos[i].name, name) || str_eq(q->photos[i].name, file_name(name)))
            return q->photos[i].media;
    return 0;
}

/* The photos that a row names, as media ids. */
static void read_photos(struct reading *r, struct product_draft *d)
{
    const struct import_request *q = r->request;
    struct str rest = field(r, IN_PHOTOS), name;
    int64_t *ids = r->photos;
    while (rest.len && str_next(&rest, '|', &name)) {
        name = str_trim(name);
        if (name.len == 0)
            continue;
        int64_t id = photo_named(q, name);
        bool again = false;
        for (size_t i = 0; i < d->n_photos; i++)
            again = again || ids[i] == id;
        if (id == 0 && q->n_photos == 0)
            r->import->photos_missing++;
        else if (id == 0)
            fault(r, IN_PHOTOS, N_("This photo was not sent along."), 0);
        else if (!again && d->n_photos == PRODUCT_PHOTOS_MAX)
            fault(r, IN_PHOTOS, N_("At most {n} photos."), PRODUCT_PHOTOS_MAX);
        else if (!again)
            ids[d->n_photos++] = id;
    }
    d->photos = ids;
}

/* A text as it is kept; without such a column, a text without place: leave it. */
static struct str clean(struct reading *r, enum import_thing thing, enum text_kind kind)
{
    struct str text = { 0 }, given = field(r, thing);
    struct err ignored = { 0 };
    if (r->columns.at[thing] < 0)
        return text;
    if (r->columns.form == IMPORT_SHOPIFY && thing == IN_BODY)
        given = import_text_of_html(r->a, given);
    text = STR("");
    if (text_clean(r->a, given, kind, &text, &ignored) < 0)
        fault(r, thing, N_("This text cannot be read."), 0);
    return text;
}

static void read_currency(struct reading *r, struct product_draft *d)
{
    struct str given = field(r, IN_CURRENCY);
    d->currency = given.len ? given : r->request->currency;
    d->currency_open = given.len == 0;
    bool right = catalog_is_currency(d->currency);
    for (size_t i = 0; i < 3; i++)
        r->currency[i] = right ? d->currency.ptr[i] : 'X';
    if (!right)
        fault(r, IN_CURRENCY, N_("Three capital letters such as EUR, please."), 0);
}

/* The category: of Vendure's facets; of Shopify the type, else the last of "A > B". */
static struct str read_category(struct reading *r)
{
    if (r->columns.form == IMPORT_VENDURE)
        return import_category_of(field(r, IN_CATEGORY));
    if (r->columns.form == IMPORT_OURS)
        return clean(r, IN_CATEGORY, TEXT_LINE);
    struct str type = clean(r, IN_TYPE, TEXT_LINE);
    if (type.len)
        return type;
    struct str rest = clean(r, IN_CATEGORY, TEXT_LINE), last = rest, part;
    while (rest.len && str_next(&rest, '>', &part))
        last = str_trim(part);
    return last;
}

static void read_options(struct reading *r, struct product_draft *d)
{
    if (r->columns.at[IN_OPTION_NAMES] < 0)
        return;
    if (r->columns.form != IMPORT_SHOPIFY) {
        import_names_of(clean(r, IN_OPTION_NAMES, TEXT_LINE), d->options);
        return;
    }
    const enum import_thing things[] = { IN_OPTION_NAMES, IN_OPTION2, IN_OPTION3 };
    for (int i = 0; i < PRODUCT_OPTIONS; i++)
        d->options[i] = field(r, things[i]).len ? clean(r, things[i], TEXT_LINE) : STR("");
    if (str_eq_c(d->options[0], "Title")) /* how Shopify says that there are none */
        d->options[0] = STR("");
}

static void read_specs(struct reading *r, struct product_draft *d)
{
    bool vendure = r->columns.form == IMPORT_VENDURE;
    enum import_thing thing = vendure ? IN_CATEGORY : IN_SPECS;
    if (r->columns.at[thing] < 0)
        return;
    if (!import_specs_of(r->a, clean(r, thing, TEXT_LINE), vendure ? ':' : '=', &d->specs,
                         &d->n_specs))
        fault(r, thing, N_("Names and values, as in Material=oak|Height=45 cm, please."), 0);
}

/* Whether it is sold, where the file says so. */
static void read_state(struct reading *r, struct product_draft *d)
{
    struct str state = field(r, IN_STATE);
    if (str_eq_nocase(field(r, IN_PUBLISHED), STR("false")) || str_eq_c(state, "draft") ||
        str_eq_c(state, "withdrawn") || str_eq_c(state, "archived"))
        d->as = PUT_DRAFT;
    else if (state.len && !str_eq_c(state, "on_sale") && !str_eq_c(state, "active"))
        fault(r, IN_STATE, N_("on_sale or draft, please."), 0);
}

static void check_product(struct reading *r, const struct product_draft *d)
{
    if (!catalog_is_slug(d->slug))
        fault(r, IN_SLUG, N_("Small letters, digits and dashes, please."), 0);
    else if (!import_set_add(&r->slugs, d->slug))
        fault(r, IN_SLUG, N_("This product stands in the file twice."), 0);
    if (d->name.len == 0 || text_count(d->name) > PRODUCT_NAME_MAX)
        fault(r, IN_NAME, N_("A name of 1 to {n} characters, please."), PRODUCT_NAME_MAX);
    if (text_count(d->body) > PRODUCT_BODY_MAX)
        fault(r, IN_BODY, N_("At most {n} characters, please."), PRODUCT_BODY_MAX);
    if (text_count(d->category) > PRODUCT_CATEGORY_MAX)
        fault(r, IN_CATEGORY, N_("At most {n} characters, please."), PRODUCT_CATEGORY_MAX);
    if (d->n_specs > PRODUCT_SPECS_MAX)
        fault(r, IN_SPECS, N_("At most {n} lines, please."), PRODUCT_SPECS_MAX);
}

static void begin_product(struct reading *r, struct str slug)
{
    struct import *im = r->import;
    struct product_draft *d = &im->products[im->n_products];
    r->lines[im->n_products++] = r->row.line;
    r->now = d;
    r->photos = arena_new_array(r->a, PRODUCT_PHOTOS_MAX, int64_t);
    *d = (struct product_draft){
        .supplier = r->request->supplier,
        .slug = slug,
        .name = clean(r, IN_NAME, TEXT_LINE),
        .body = clean(r, IN_BODY, TEXT_LINES),
        .category = read_category(r),
        .skus = &r->skus[im->n_skus],
        .photo_owner = r->request->photo_owner,
        .as = r->request->as,
        .simulated = r->request->simulated,
    };
    read_options(r, d);
    read_specs(r, d);
    read_state(r, d);
    check_product(r, d);
    read_currency(r, d);
    if (r->photos)
        read_photos(r, d);
}

/* Vendure's variants may share a code, and Shopify's have none; each of ours has its own. */
static struct str code_of(struct reading *r, struct str code, struct str options)
{
    const struct product_draft *d = r->now;
    bool again = code.len == 0 && r->columns.form == IMPORT_SHOPIFY;
    if (again)
        code = d->slug;
    for (size_t i = 0; r->columns.form == IMPORT_VENDURE && i < d->n_skus; i++)
        again = again || str_eq(d->skus[i].code, code);
    if (!again || options.len == 0)
        return code;
    return arena_printf(r->a, "%.*s-%.*s", STR_ARG(code), STR_ARG(import_slug_of(r->a, options)));
}

static void read_values(struct reading *r, struct product_sku *sku)
{
    if (r->columns.form != IMPORT_SHOPIFY) {
        sku->options = import_options_of(r->a, field(r, IN_OPTIONS));
        return;
    }
    const enum import_thing things[] = { IN_OPTIONS, IN_VALUE2, IN_VALUE3 };
    for (int i = 0; i < PRODUCT_OPTIONS; i++)
        sku->values[i] = field(r, things[i]);
    if (str_eq_c(sku->values[0], "Default Title"))
        sku->values[0] = STR("");
    sku->options = STR("");
    sku->options = catalog_options_text(r->a, sku);
}

/* A whole number, or -1 without one: leave what is there. */
static void read_number(struct reading *r, enum import_thing thing, int64_t most, int64_t *ret)
{
    struct str text = field(r, thing);
    *ret = -1;
    if (text.len && (!str_to_int(text, ret) || *ret < 0 || *ret > most))
        fault(r, thing, N_("A whole number, please."), 0);
}

static void read_prices(struct reading *r, struct product_sku *sku)
{
    struct str before = field(r, IN_COMPARE);
    sku->compare = r->columns.at[IN_COMPARE] < 0 ? -1 : 0;
    if (!money_parse(field(r, IN_PRICE), r->currency, &sku->price) || sku->price == 0)
        fault(r, IN_PRICE, N_("A price such as 12.50, please."), 0);
    if (before.len && !money_parse(before, r->currency, &sku->compare))
        fault(r, IN_COMPARE, N_("A price such as 12.50, please."), 0);
    if (sku->compare > 0 && sku->compare <= sku->price)
        sku->compare = 0; /* as other shops write that there is none */
}

static void read_sku(struct reading *r)
{
    struct import *im = r->import;
    struct product_sku *sku = &r->skus[im->n_skus];
    if (r->now->n_skus == PRODUCT_SKUS_MAX) {
        fault(r, IN_SKU, N_("A product has 1 to {n} SKUs."), PRODUCT_SKUS_MAX);
        return;
    }
    read_values(r, sku);
    sku->code = code_of(r, field(r, IN_SKU), sku->options);
    if (sku->code.len == 0 || sku->code.len > PRODUCT_CODE_MAX)
        fault(r, IN_SKU, N_("A code of 1 to {n} characters, please."), PRODUCT_CODE_MAX);
    else if (!import_set_add(&r->codes, sku->code))
        fault(r, IN_SKU, N_("This SKU code stands in the file twice."), 0);
    if (text_count(sku->options) > PRODUCT_OPTIONS_MAX)
        fault(r, IN_OPTIONS, N_("At most {n} characters, please."), PRODUCT_OPTIONS_MAX);
    read_prices(r, sku);
    read_number(r, IN_STOCK, STOCK_MAX, &sku->stock);
    read_number(r, IN_WEIGHT, PRODUCT_WEIGHT_MAX, &sku->weight);
    if (r->columns.at[IN_BARCODE] >= 0)
        sku->barcode = field(r, IN_BARCODE).len ? field(r, IN_BARCODE) : STR("");
    if (sku->barcode.len && !catalog_is_barcode(sku->barcode))
        fault(r, IN_BARCODE, N_("This is no barcode: a digit is wrong or missing."), 0);
    im->n_skus++;
    r->now->n_skus++;
}

/* A row begins a product, is one more SKU of the one above, or (Shopify) one
 * more of its photos. */
static int read_row(struct reading *r, struct err *err)
{
    struct str slug = field(r, IN_SLUG), name = field(r, IN_NAME);
    bool more = r->columns.form == IMPORT_VENDURE
                    ? name.len == 0
                    : slug.len == 0 || (r->now && str_eq(slug, r->now->slug));
    if (more && !r->now) {
        fault(r, r->columns.form == IMPORT_VENDURE ? IN_NAME : IN_SLUG,
              N_("The first row must name a product."), 0);
        return 0;
    }
    if (!more && r->import->n_products == IMPORT_PRODUCTS_MAX)
        return err_field_n(err, "csv", N_("At most {n} products at once. Please split the file."),
                           IMPORT_PRODUCTS_MAX);
    if (!more)
        begin_product(r, slug.len ? slug : import_slug_of(r->a, name));
    else if (r->columns.form == IMPORT_SHOPIFY && r->photos)
        read_photos(r, r->now);
    bool photo_alone = r->columns.form == IMPORT_SHOPIFY && more && field(r, IN_PRICE).len == 0 &&
                       field(r, IN_SKU).len == 0;
    if (!photo_alone)
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
               int64_t *ret_drafts, struct err *err)
{
    int64_t fresh = 0, drafts = 0;
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
        struct product_of_slug_row_row row;
        rc = product_of_slug_row(db, a, im->products[i].slug, &row, err);
        if (rc < 0)
            return rc;
        drafts += row.state != PRODUCT_ON_SALE;
    }
    *ret_new = fresh;
    if (ret_drafts)
        *ret_drafts = drafts;
    return 0;
}
