/* mall/catalog/import_int.h - between the two files of the importer. */
#ifndef SWARD_MALL_CATALOG_IMPORT_INT_H
#define SWARD_MALL_CATALOG_IMPORT_INT_H

#include "codec/csv.h"
#include "mall/catalog/import.h"

/* Where each thing stands in a row; -1 = the file has no such column. */
struct import_columns {
    bool vendure;
    int slug, name, body, category, sku, options, price, currency, stock, photos;
};

/* Tell the form by the row of names. False when it is neither. */
bool import_columns_of(const struct csv_row *head, struct import_columns *ret_columns);

/* What a column is called in this form: for faults. */
const char *import_column_name(const struct import_columns *c, int place);

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
