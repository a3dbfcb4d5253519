/* mall/catalog/shelf_web.h - the page of a shelf.
 *
 *   GET /mall   category, sort (newest, price, price_down, bought), from, to
 *               (major units), currency, stock (1 = what can be had), by (a
 *               supplier's handle), is (repeated: "Colour:red"); after, limit
 */
#ifndef SWARD_MALL_CATALOG_SHELF_WEB_H
#define SWARD_MALL_CATALOG_SHELF_WEB_H

#include "account/person/person.h"
#include "mall/catalog/browse.h"
#include "mall/catalog/catalog_web.h"
#include "web/component.h"

/* One way to narrow a shelf: a name and its values. */
struct shelf_filter {
    struct str name;
    const struct browse_facet *values;
    size_t n;
    struct str chosen; /* "Colour:red"; empty = any */
};

#define SHELF_FILTERS_MAX 8
#define SHELF_CHOSEN_MAX  8

struct mall_page {
    struct browse browse;
    const struct browse_shelf *shelves;
    size_t n_shelves;
    struct shelf_filter filters[SHELF_FILTERS_MAX];
    size_t n_filters;
    const struct person_card *suppliers;
    size_t n_suppliers;
    struct person_card supplier;          /* chosen; actor 0 = any */
    struct link chosen[SHELF_CHOSEN_MAX]; /* what narrows it: its name, and the way without */
    size_t n_chosen;
    struct str from, to; /* of the price, as typed */
    struct product_grid grid;
};

/* Whether the form lets one choose among values of that name. */
bool shelf_lists(const struct mall_page *page, struct str name);

extern const struct route shelf_routes[];

#endif
