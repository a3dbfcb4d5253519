/* The two forms of a file of goods: where things stand, and how they are written. */

#include "base/buf.h"
#include "mall/catalog/catalog_int.h"
#include "mall/catalog/import_int.h"

bool import_columns_of(const struct csv_row *head, struct import_columns *ret_columns)
{
    bool vendure = csv_column(head, "optionValues") >= 0 || csv_column(head, "stockOnHand") >= 0 ||
                   csv_column(head, "facets") >= 0;
    const struct import_columns c = {
        .vendure = vendure,
        .slug = csv_column(head, "slug"),
        .name = csv_column(head, "name"),
        .body = csv_column(head, vendure ? "description" : "body"),
        .category = csv_column(head, vendure ? "facets" : "category"),
        .sku = csv_column(head, "sku"),
        .options = csv_column(head, vendure ? "optionValues" : "options"),
        .price = csv_column(head, "price"),
        .currency = csv_column(head, "currency"),
        .stock = csv_column(head, vendure ? "stockOnHand" : "stock"),
        .photos = csv_column(head, vendure ? "assets" : "photos"),
    };
    if (c.name < 0 || c.sku < 0 || c.price < 0 || (c.slug < 0 && !vendure))
        return false;
    *ret_columns = c;
    return true;
}

const char *import_column_name(const struct import_columns *c, int place)
{
    const struct {
        int place;
        const char *ours, *vendure;
    } names[] = {
        { c->slug, "slug", "slug" },
        { c->name, "name", "name" },
        { c->body, "body", "description" },
        { c->category, "category", "facets" },
        { c->sku, "sku", "sku" },
        { c->options, "options", "optionValues" },
        { c->price, "price", "price" },
        { c->currency, "currency", "currency" },
        { c->stock, "stock", "stockOnHand" },
        { c->photos, "photos", "assets" },
    };
    for (size_t i = 0; place >= 0 && i < ARRAY_LEN(names); i++)
        if (names[i].place == place)
            return c->vendure ? names[i].vendure : names[i].ours;
    return "";
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
