/* mall/catalog/import_int.h - between the files of the importer and the exporter. */
#ifndef SWARD_MALL_CATALOG_IMPORT_INT_H
#define SWARD_MALL_CATALOG_IMPORT_INT_H

#include "codec/csv.h"
#include "mall/catalog/import.h"

/* Whose form a file has. */
enum import_form { IMPORT_OURS, IMPORT_VENDURE, IMPORT_SHOPIFY };
#define IMPORT_FORMS 3

/* What a row may tell. */
enum import_thing {
    IN_SLUG,
    IN_NAME,
    IN_BODY,
    IN_CATEGORY,
    IN_SKU,
    IN_OPTIONS, /* Shopify: the value of the first option */
    IN_VALUE2,
    IN_VALUE3,
    IN_OPTION_NAMES, /* Shopify: the name of the first option */
    IN_OPTION2,
    IN_OPTION3,
    IN_PRICE,
    IN_COMPARE,
    IN_CURRENCY,
    IN_STOCK,
    IN_WEIGHT,
    IN_BARCODE,
    IN_PHOTOS,
    IN_SPECS,
    IN_STATE,
    IN_PUBLISHED, /* Shopify has two columns for what is sold */
    IN_TYPE,      /* and two for the category */
    IN_THINGS
};

/* Where each thing stands in a row; -1 = the file has no such column. */
struct import_columns {
    enum import_form form;
    int at[IN_THINGS];
};

/* Tell the form by the row of names. False when it is none of them. */
bool import_columns_of(const struct csv_row *head, struct import_columns *ret_columns);

/* What a column is called in a form; "" when it has none. For faults, and for writing. */
const char *import_column_name(enum import_form form, enum import_thing thing);

/* What a row says of a thing; empty when there is no such column. */
struct str import_field(const struct import_columns *c, const struct csv_row *row,
                        enum import_thing thing);

/* HTML as Shopify keeps it, as text: elements go, breaks and paragraphs become
 * line ends; and text as such HTML. In the arena. */
struct str import_text_of_html(struct arena *a, struct str html);
struct str import_html_of_text(struct arena *a, struct str text);

/* Up to PRODUCT_OPTIONS names parted by |. In the arena. */
void import_names_of(struct str names, struct str ret_options[PRODUCT_OPTIONS]);

/* "Material=oak|Height=45 cm" (ours, between '=') or "category:x|brand:y"
 * (Vendure's, between ':'; the category is left out). False when a part has
 * no name or no value.
 *   ret_specs  OUT: in the arena */
NODISCARD bool import_specs_of(struct arena *a, struct str text, char between,
                               const struct product_spec **ret_specs, size_t *ret_n);

/* The text without the blanks around quoted fields, by which programs line
 * columns up for the eye; the reader of codec/ refuses them. In the arena. */
struct str import_tidy(struct arena *a, struct str csv);

/* Texts of a row. In the arena. */
struct str import_slug_of(struct arena *a, struct str name);
struct str import_category_of(struct str facets);
struct str import_options_of(struct arena *a, struct str options);

/* A set of texts: false when it was there before. */
struct import_set {
    struct str *v;
    size_t cap;
};
NODISCARD bool import_set_init(struct import_set *set, struct arena *a, size_t n);
NODISCARD bool import_set_add(struct import_set *set, struct str text);

#endif
