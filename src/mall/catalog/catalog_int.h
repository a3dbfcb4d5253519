/* mall/catalog/catalog_int.h - what the files of this room share and nobody else sees. */
#ifndef SWARD_MALL_CATALOG_CATALOG_INT_H
#define SWARD_MALL_CATALOG_CATALOG_INT_H

#include "base/arena.h"
#include "base/str.h"
#include "event/kind.h"
#include "mall/catalog/catalog.h"

/* Numbers of product.state. */
enum product_state { PRODUCT_ON_SALE = 1, PRODUCT_HIDDEN = 2, PRODUCT_DRAFT = 3 };

#define PRODUCT_SLUG_MAX     80  /* bytes */
#define PRODUCT_CODE_MAX     64  /* bytes */
#define PRODUCT_OPTIONS_MAX  120 /* graphemes of all values together */
#define PRODUCT_CATEGORY_MAX 60  /* graphemes */
#define PRODUCT_SPEC_NAME    40  /* graphemes; of an option's name too */
#define PRODUCT_SPEC_VALUE   120 /* graphemes */
#define PRODUCT_WEIGHT_MAX   INT64_C(10000000)

/* Between the values of a SKU, where they stand as one text. */
#define OPTIONS_BETWEEN " \xc2\xb7 "

/* A text in the case in which names are searched; the text itself when ICU
 * cannot say. In the arena. */
struct str catalog_fold(struct arena *a, struct str text);

/* Whether a text may be an address of a product; a currency; a barcode (GTIN
 * with its check digit). */
bool catalog_is_slug(struct str slug);
bool catalog_is_currency(struct str currency);
bool catalog_is_barcode(struct str code);

/* What may be wrong with the parts of a draft: ERR_INVALID with the fields named. */
NODISCARD int catalog_check_facts(const struct product_draft *d, struct err *err);
NODISCARD int catalog_check_sku(const struct product_sku *sku, struct err *err);

/* The values of a SKU as one text, and back. In the arena. */
struct str catalog_options_text(struct arena *a, const struct product_sku *sku);
void catalog_options_split(const struct product_sku *sku, struct str ret_values[PRODUCT_OPTIONS]);

/* Where a SKU is put. */
struct sku_place {
    int64_t supplier, product;
    int64_t sku; /* 0 = the one of its code, or a new one */
    int64_t position;
    struct str currency;
    bool simulated;
};

/* Write a SKU that was checked: its price into the history, its stock through
 * mall/stock. ERR_FORBIDDEN, ERR_INVALID when its code is another's.
 *   ret_sku  OUT: its id */
NODISCARD int catalog_sku_put(struct db *db, struct arena *a, const struct sku_place *at,
                              const struct product_sku *sku, int64_t *ret_sku, struct err *err);

/* Write the lines of a specification; those without name or value are passed over. */
NODISCARD int catalog_specs_put(struct db *db, int64_t product, const struct product_spec *specs,
                                size_t n, struct err *err);

/* Show these photos in this order, of whoever owns them. ERR_INVALID names `photos`. */
NODISCARD int catalog_photos_put(struct db *db, struct arena *a, int64_t product, int64_t owner,
                                 const int64_t *photos, size_t n, struct err *err);

/* Bring everything that follows from a product up to date: its prices, its
 * score, its shelves and by what it is found. */
NODISCARD int catalog_settle(struct db *db, struct arena *a, int64_t product, struct err *err);

/* Append a fact about a product. */
NODISCARD int catalog_tell(struct db *db, int64_t supplier, int64_t product, bool simulated,
                           enum event_kind kind, struct err *err);

#endif
