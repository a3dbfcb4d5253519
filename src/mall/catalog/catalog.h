/* mall/catalog/catalog.h - what is sold, by whom, and how others show it.
 *
 * A product belongs to a supplier and has SKUs, one for each combination of
 * options; a price change is kept in sku_price. Others show products as
 * cards: product_cards() takes the ids of a page and gives all of them at
 * once, in that order.
 *
 * Not here: how many there are (mall/stock), who buys (mall/order), reading a
 * CSV file (mall/catalog/import.h).
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

/* One SKU of a product in the making. */
struct product_sku {
    struct str code;    /* the supplier's, unique in the shop */
    struct str options; /* "13 inch · 8 GB"; empty when there is only one */
    int64_t price;      /* minor units, tax included */
    int64_t stock;      /* received with it; < 0 = leave the stock alone */
};

/* A product in the making. */
struct product_draft {
    int64_t supplier; /* actor key */
    struct str slug;  /* small letters, digits and dashes */
    struct str name, body, category;
    struct str currency;
    const struct product_sku *skus;
    size_t n_skus;
    const int64_t *photos; /* media ids, the first is the cover; none = leave what is there */
    size_t n_photos;
    int64_t photo_owner; /* who brought the photos; 0 = the supplier */
    bool simulated;      /* a simulated person does it */
};

/* Publish a product, or bring the one of that slug up to date (its SKUs by
 * their codes; a SKU that the draft does not name is sold no longer). Stock
 * given for a new SKU is received, for a known one it is counted. Appends PRODUCT_PUBLISHED,
 * PRODUCT_CHANGED and, for each SKU whose price moved, PRODUCT_PRICE_CHANGED; stock comes in
 * through mall/stock. ret_product  OUT: its id;  ret_new  OUT: whether it is new ERR_INVALID marks
 * the field; ERR_FORBIDDEN when the slug or a code is another supplier's. */
NODISCARD int product_put(struct db *db, struct arena *a, const struct product_draft *draft,
                          int64_t *ret_product, bool *ret_new, struct err *err);

/* A product as a card. */
struct product_card {
    int64_t id;
    int64_t supplier;
    struct str slug, name, category;
    struct money price_min, price_max;
    struct media_img photo;
};

/* Cards of these products in the order of ids; those not sold are left out.
 *   ret_cards  OUT: room for n; ret_n OUT: how many */
NODISCARD int product_cards(struct db *db, struct arena *a, const int64_t *ids, size_t n,
                            struct product_card *ret_cards, size_t *ret_n, struct err *err);

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
    struct str code, options;
    struct money price;
    int64_t free; /* how many can be had now */
};

/* A product with all that its page shows. */
struct product_detail {
    struct product_card card;
    struct str body;
    int64_t created;
    const struct media_img *photos;
    size_t n_photos;
    const struct product_choice *choices;
    size_t n_choices;
};

/* The product of a slug with its photos and SKUs; ERR_NOT_FOUND. */
NODISCARD int product_detail(struct db *db, struct arena *a, struct str slug,
                             struct product_detail *ret_detail, struct err *err);

/* Ids of products that are sold, newest first, below an id.
 *   category  empty = all
 *   ret_ids   OUT: room for n */
NODISCARD int product_newest(struct db *db, struct arena *a, struct str category, int64_t before,
                             size_t n, int64_t *ret_ids, size_t *ret_n, struct err *err);

/* A category and how many products it has. */
struct product_category {
    struct str name;
    int64_t n;
};

/* The categories, the fullest first.
 *   ret_list  OUT: in the arena */
NODISCARD int product_categories(struct db *db, struct arena *a,
                                 const struct product_category **ret_list, size_t *ret_n,
                                 struct err *err);

/* Whether a slug or a SKU code belongs to another supplier, or the code to
 * another product: for checks before product_put. */
enum product_taken { TAKEN_NOT, TAKEN_BY_OTHER, TAKEN_BY_PRODUCT };
NODISCARD int product_slug_taken(struct db *db, struct arena *a, struct str slug, int64_t supplier,
                                 enum product_taken *ret_taken, struct err *err);
NODISCARD int product_code_taken(struct db *db, struct arena *a, struct str code, struct str slug,
                                 int64_t supplier, enum product_taken *ret_taken, struct err *err);

/* Every SKU has its product, every photo its media, price bounds are those of the SKUs. */
NODISCARD int catalog_doctor(struct store *store, struct doctor *d, struct err *err);

#endif
