/* mall/catalog/browse.h - finding goods on a shelf: what fits, in which order, page by page.
 *
 * A shelf is a category, or '' for all that is sold. What narrows it: the
 * supplier, bounds of the price in one currency, up to three facets (a line of
 * the specification or a value of an option: "Colour" "red"), and whether it
 * can be had now. Pages are keyed, so that a deep page costs what the first one
 * costs.
 *
 * Memory: the arena given. Threads: no state. Source: capability 28.
 */
#ifndef SWARD_MALL_CATALOG_BROWSE_H
#define SWARD_MALL_CATALOG_BROWSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/money.h"
#include "base/str.h"
#include "event/follower.h"
#include "store/db.h"

#define BROWSE_FACETS 3

enum browse_sort { BROWSE_NEWEST, BROWSE_CHEAP, BROWSE_DEAR, BROWSE_BOUGHT };

struct browse_facet {
    struct str name, value;
    int64_t n; /* goods of the shelf that have it */
};

/* What is asked for. */
struct browse {
    struct str shelf;    /* a category; empty = all */
    int64_t supplier;    /* 0 = any */
    struct str currency; /* empty = any */
    int64_t low, high;   /* of the lowest price; 0 and MONEY_MAX = any */
    struct browse_facet facets[BROWSE_FACETS];
    size_t n_facets;
    bool in_stock;
    enum browse_sort sort;
};

/* Where a product stands in that order. */
struct browse_key {
    int64_t key, product;
};

/* The goods that fit, beyond `after` (NULL = from the beginning).
 *   ret_keys  OUT: room for n */
NODISCARD int browse_page(struct db *db, struct arena *a, const struct browse *b,
                          const struct browse_key *after, size_t n, struct browse_key *ret_keys,
                          size_t *ret_n, struct err *err);

/* A shelf and how many goods stand on it. */
struct browse_shelf {
    struct str name;
    int64_t n;
};

/* The categories, the fullest first. */
NODISCARD int browse_shelves(struct db *db, struct arena *a, const struct browse_shelf **ret_list,
                             size_t *ret_n, struct err *err);

/* By what the goods of a shelf can be told apart: the names with the most goods
 * first, the values of one name together; names with one value are left out. */
NODISCARD int browse_facets(struct db *db, struct arena *a, struct str shelf,
                            const struct browse_facet **ret_list, size_t *ret_n, struct err *err);

/* Whose goods stand on a shelf. */
NODISCARD int browse_suppliers(struct db *db, struct arena *a, struct str shelf,
                               const int64_t **ret_actors, size_t *ret_n, struct err *err);

/* The currency in which most of a shelf is sold; empty when it is. */
NODISCARD int browse_currency(struct db *db, struct arena *a, struct str shelf,
                              struct str *ret_currency, struct err *err);

/* Counts what is paid for, for BROWSE_BOUGHT; up to a minute behind. */
extern const struct follower bought_follower;

#endif
