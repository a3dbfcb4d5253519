/* The two forms of a file of goods: where things stand, and how they are written. */

#include "base/buf.h"
#include "mall/catalog/catalog_int.h"
#include "mall/catalog/import_int.h"

static const char *const names[IN_THINGS][IMPORT_FORMS] = {
    [IN_SLUG] = { "slug", "slug", "Handle" },
    [IN_NAME] = { "name", "name", "Title" },
    [IN_BODY] = { "body", "description", "Body (HTML)" },
    [IN_CATEGORY] = { "category", "facets", "Product Category" },
    [IN_SKU] = { "sku", "sku", "Variant SKU" },
    [IN_OPTIONS] = { "options", "optionValues", "Option1 Value" },
    [IN_VALUE2] = { "", "", "Option2 Value" },
    [IN_VALUE3] = { "", "", "Option3 Value" },
    [IN_OPTION_NAMES] = { "option_names", "optionGroups", "Option1 Name" },
    [IN_OPTION2] = { "", "", "Option2 Name" },
    [IN_OPTION3] = { "", "", "Option3 Name" },
    [IN_PRICE] = { "price", "price", "Variant Price" },
    [IN_COMPARE] = { "price_before", "", "Variant Compare At Price" },
    [IN_CURRENCY] = { "currency", "", "" },
    [IN_STOCK] = { "stock", "stockOnHand", "Variant Inventory Qty" },
    [IN_WEIGHT] = { "grams", "", "Variant Grams" },
    [IN_BARCODE] = { "barcode", "", "Variant Barcode" },
    [IN_PHOTOS] = { "photos", "assets", "Image Src" },
    [IN_SPECS] = { "specification", "", "" },
    [IN_STATE] = { "state", "", "Status" },
    [IN_PUBLISHED] = { "", "", "Published" },
    [IN_TYPE] = { "", "", "Type" },
};

bool import_columns_of(const struct csv_row *head, struct import_columns *ret_columns)
{
    struct import_columns c = { .form = IMPORT_OURS };
    if (csv_column(head, "Handle") >= 0)
        c.form = IMPORT_SHOPIFY;
    else if (csv_column(head, "optionValues") >= 0 || csv_column(head, "stockOnHand") >= 0 ||
             csv_column(head, "facets") >= 0)
        c.form = IMPORT_VENDURE;
    for (int i = 0; i < IN_THINGS; i++)
        c.at[i] = names[i][c.form][0] ? csv_column(head, names[i][c.form]) : -1;
    if (c.at[IN_NAME] < 0 || c.at[IN_SKU] < 0 || c.at[IN_PRICE] < 0 ||
        (c.at[IN_SLUG] < 0 && c.form != IMPORT_VENDURE))
        return false;
    *ret_columns = c;
    return true;
}

const char *import_column_name(enum import_form form, enum import_thing thing)
{
    return names[thing][form];
}

struct str import_field(const struct import_columns *c, const struct csv_row *row,
                        enum import_thing thing)
{
    return csv_field(row, c->at[thing]);
}

static size_t blanks_at(struct str s, size_t at)
{
    size_t n = 0;
    while (at + n < s.len && (s.ptr[at + n] == ' ' || s.ptr[at + n] == '\t'))
        n++;
    return n;
}

struct str import_tidy(struct arena *a, struct str csv)
{
    char *out = arena_alloc(a, csv.len + 1);
    size_t n = 0;
    bool inside = false, begins = true;
    if (str_starts(csv, STR("\xef\xbb\xbf"))) /* a byte order mark is no blank of a field */
        csv = str_slice(csv, 3, csv.len);
    for (size_t i = 0; out && i < csv.len; i++) {
        size_t next = i + blanks_at(csv, i);
        if (begins && next < csv.len && csv.ptr[next] == '"') {
            i = next; /* blanks before a quote */
            inside = true;
        } else if (inside && csv.ptr[i] == '"') {
            bool twin = i + 1 < csv.len && csv.ptr[i + 1] == '"';
            if (twin)
                out[n++] = csv.ptr[i++];
            inside = twin;
        }
        out[n++] = csv.ptr[i];
        begins = !inside && (csv.ptr[i] == ',' || csv.ptr[i] == '\n');
        if (!inside && csv.ptr[i] == '"')
            i += blanks_at(csv, i + 1);
    }
    return out ? (struct str){ out, n } : STR("");
}

struct str import_slug_of(struct arena *a, struct str name)
{
    char *out = arena_alloc(a, name.len + 1);
    size_t n = 0;
    for (size_t i = 0; out && i < name.len && n < PRODUCT_SLUG_MAX; i++) {
        char c = name.ptr[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (kept)
            out[n++] = c;
        else if (n > 0 && out[n - 1] != '-')
            out[n++] = '-';
    }
    while (n > 0 && out[n - 1] == '-')
        n--;
    return out ? (struct str){ out, n } : STR("");
}

struct str import_category_of(struct str facets)
{
    struct str rest = facets, facet;
    const struct str prefix = STR("category:");
    while (rest.len && str_next(&rest, '|', &facet)) {
        facet = str_trim(facet);
        if (str_starts(facet, prefix))
            return str_trim(str_slice(facet, prefix.len, facet.len));
    }
    return STR("");
}

struct str import_options_of(struct arena *a, struct str options)
{
    struct buf out;
    struct str rest = options, option;
    buf_init(&out, 4096);
    while (rest.len && str_next(&rest, '|', &option)) {
        option = str_trim(option);
        if (option.len == 0)
            continue;
        if (out.len)
            buf_put_c(&out, " · ");
        buf_put_str(&out, option);
    }
    struct str text = arena_str(a, buf_str(&out));
    buf_release(&out);
    return text;
}

void import_names_of(struct str text, struct str ret_options[PRODUCT_OPTIONS])
{
    struct str rest = text, name;
    for (int i = 0; i < PRODUCT_OPTIONS; i++)
        ret_options[i] = rest.len && str_next(&rest, '|', &name) ? str_trim(name) : STR("");
}

bool import_specs_of(struct arena *a, struct str text, char between,
                     const struct product_spec **ret_specs, size_t *ret_n)
{
    struct product_spec *specs = arena_new_array(a, PRODUCT_SPECS_MAX + 1, struct product_spec);
    struct str rest = text, part;
    size_t n = 0;
    while (specs && rest.len && n <= PRODUCT_SPECS_MAX && str_next(&rest, '|', &part)) {
        part = str_trim(part);
        ptrdiff_t at = str_index(part, between);
        if (part.len == 0)
            continue;
        if (at <= 0 || (size_t)at + 1 >= part.len)
            return false;
        specs[n].name = str_trim(str_slice(part, 0, (size_t)at));
        specs[n].value = str_trim(str_slice(part, (size_t)at + 1, part.len));
        if (between != ':' || !str_eq_c(specs[n].name, "category"))
            n++;
    }
    *ret_specs = specs;
    *ret_n = n;
    return specs != NULL;
}

bool import_set_init(struct import_set *set, struct arena *a, size_t n)
{
    set->cap = 64;
    while (set->cap < n * 2)
        set->cap *= 2;
    set->v = arena_new_array(a, set->cap, struct str);
    return set->v != NULL;
}

bool import_set_add(struct import_set *set, struct str text)
{
    size_t at = (size_t)str_hash(text) & (set->cap - 1);
    while (set->v[at].ptr) {
        if (str_eq(set->v[at], text))
            return false;
        at = (at + 1) & (set->cap - 1);
    }
    set->v[at] = text;
    return true;
}
