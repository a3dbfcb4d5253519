/* mall/catalog/catalog.h - what is sold, by whom, and how others show it.
 *
 * A product belongs to a supplier and has SKUs, one for each combination of
 * up to three options; a price change is kept in sku_price. Others show
 * products as cards: product_cards() takes the ids of a page and gives all of
 * them at once, in that order.
 *
 * Not here: how many there are (mall/stock), who buys (mall/order), reading a
 * CSV file (mall/catalog/import.h), a supplier's own shelf (goods.h), what a
 * product must tell (gate.h), finding goods (browse.h), old prices (price.h).
 *
 * Memory: the arena given. Threads: no state. Source: capabilities 28, 129.
 */
#ifndef SWARD_MALL_CATALOG_CATALOG_H
#define SWARD_MALL_CATALOG_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/money.h"
#include "base/str.h"
#include "codec/json_out.h"
#include "media/img.h"
#include "store/db.h"
#include "store/doctor.h"

#define PRODUCT_NAME_MAX   120  /* graphemes */
#define PRODUCT_BODY_MAX   4000 /* graphemes */
#define PRODUCT_PHOTOS_MAX 12
#define PRODUCT_SKUS_MAX   100
#define PRODUCT_OPTIONS    3  /* what SKUs can differ in */
#define PRODUCT_SPECS_MAX  40 /* lines of the specification */
#define PRODUCT_LOW        5  /* so few left are said */

/* One SKU of a product in the making. */
struct product_sku {
    struct str code;                    /* the supplier's, unique in the shop */
    struct str options;                 /* "13 inch · 8 GB"; read when values[0] is empty */
    struct str values[PRODUCT_OPTIONS]; /* of the product's options, in their order */
    int64_t price;                      /* minor units, tax included */
    int64_t compare;    /* the price before, as the supplier says; 0 = none, < 0 = leave it */
    int64_t weight;     /* grams with the wrapping; 0 = not said, < 0 = leave it */
    struct str barcode; /* 8, 12, 13 or 14 digits; empty = none, no ptr = leave it */
    int64_t photo;      /* media of the product that shows it; 0 = none */
    int64_t stock;      /* counted, or received with a new one; < 0 = leave it */
};

/* A line of a specification: "Material", "oak". */
struct product_spec {
    struct str name, value;
};

/* Whether what is put is sold. */
enum product_put_as {
    PUT_ON_SALE,  /* whatever it tells: for who vouches for it */
    PUT_COMPLETE, /* when it tells all it must (gate.h); else it waits as a draft */
    PUT_DRAFT,    /* not yet; what was sold is withdrawn */
};

/* A product in the making. */
struct product_draft {
    int64_t supplier;                    /* actor key */
    struct str slug;                     /* small letters, digits and dashes */
    struct str name, body, category;     /* body and category without ptr: leave them */
    struct str options[PRODUCT_OPTIONS]; /* "Colour"; may be empty; without ptr: leave it */
    struct str currency;
    bool currency_open; /* of a new one only: a known one keeps its own */
    const struct product_sku *skus;
    size_t n_skus;
    const struct product_spec *specs; /* NULL = leave what is there */
    size_t n_specs;
    const int64_t *photos; /* media ids, the first is the cover; none = leave what is there */
    size_t n_photos;
    int64_t photo_owner; /* who brought the photos; 0 = the supplier */
    enum product_put_as as;
    bool simulated; /* a simulated person does it */
};

/* Put a product, or bring the one of that slug up to date (its SKUs by their
 * codes; a SKU that the draft does not name is sold no longer). Stock given for
 * a new SKU is received, for a known one it is counted. Appends
 * PRODUCT_PUBLISHED, PRODUCT_CHANGED or PRODUCT_HIDDEN and, for each SKU whose
 * price moved, PRODUCT_PRICE_CHANGED; stock comes in through mall/stock.
 *   ret_product  OUT: its id;  ret_new  OUT: whether it is new
 * ERR_INVALID marks the field; ERR_FORBIDDEN when the slug or a code is another supplier's. */
NODISCARD int product_put(struct db *db, struct arena *a, const struct product_draft *draft,
                          int64_t *ret_product, bool *ret_new, struct err *err);

/* A product as a card. */
struct product_card {
    int64_t id;
    int64_t supplier;
    struct str slug, name, category;
    struct money price_min, price_max;
    struct media_img photo;
    int64_t free; /* how many can be had, of all its SKUs */
};

/* Cards of these products in the order of ids; those not sold are left out.
 *   ret_cards  OUT: room for n; ret_n OUT: how many */
NODISCARD int product_cards(struct db *db, struct arena *a, const int64_t *ids, size_t n,
                            struct product_card *ret_cards, size_t *ret_n, struct err *err);

/* "in_stock", "low" or "sold_out", by how many are left. */
const char *product_stock_word(int64_t left);

void product_card_json(struct json_out *j, const struct product_card *card);

/* Products whose name holds all the words of q (case folded), newest first: a
 * picker's list, not the search of the shop.
 *   ret_cards  OUT: room for n */
NODISCARD int product_find(struct db *db, struct arena *a, struct str q, size_t n,
                           struct product_card *ret_cards, size_t *ret_n, struct err *err);

/* The product of a slug; ERR_NOT_FOUND. */
NODISCARD int product_of_slug(struct db *db, struct arena *a, struct str slug,
                              struct product_card *ret_card, struct err *err);

/* One SKU as its product's page shows it. */
struct product_choice {
    int64_t sku;
    struct str code, options, barcode;
    struct str values[PRODUCT_OPTIONS];
    struct money price;
    struct money compare; /* minor 0 = none, or what 30 days of prices do not bear out */
    int64_t weight;       /* grams; 0 = not said */
    int64_t photo;        /* media; 0 = none of its own */
    int64_t free;         /* how many can be had now */
};

/* A product with all that its page shows. */
struct product_detail {
    struct product_card card;
    int64_t state; /* 1 on sale, 2 withdrawn, 3 a draft */
    int64_t score; /* how complete it is, in percent */
    struct str body;
    struct str options[PRODUCT_OPTIONS]; /* what SKUs differ in; may be empty */
    int64_t created;
    const struct media_img *photos;
    const int64_t *photo_ids;
    size_t n_photos;
    const struct product_spec *specs;
    size_t n_specs;
    struct product_choice *choices;
    size_t n_choices;
};

/* The product of a slug with its photos and SKUs, while it is sold; ERR_NOT_FOUND. */
NODISCARD int product_detail(struct db *db, struct arena *a, struct str slug,
                             struct product_detail *ret_detail, struct err *err);

/* The same of an id, sold or not: for its supplier. What may be said of old
 * prices is not asked: `compare` is what the supplier says. */
NODISCARD int product_detail_of(struct db *db, struct arena *a, int64_t product,
                                struct product_detail *ret_detail, struct err *err);

/* Whether a slug or a SKU code belongs to another supplier, or the code to
 * another product: for checks before product_put. */
enum product_taken { TAKEN_NOT, TAKEN_BY_OTHER, TAKEN_BY_PRODUCT };
NODISCARD int product_slug_taken(struct db *db, struct arena *a, struct str slug, int64_t supplier,
                                 enum product_taken *ret_taken, struct err *err);
NODISCARD int product_code_taken(struct db *db, struct arena *a, struct str code, struct str slug,
                                 int64_t supplier, enum product_taken *ret_taken, struct err *err);

/* Price bounds are those of the SKUs, photos have their media, what is sold has
 * a SKU and stands on its shelves as it is, what is not sold on none. */
NODISCARD int catalog_doctor(struct store *store, struct doctor *d, struct err *err);

#endif
