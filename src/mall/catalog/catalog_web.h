/* mall/catalog/catalog_web.h - the doors of the mall's shelves.
 *
 *   GET  /p/:slug          a product; slot "product.notes" (bridge/tag)
 *   GET  /supplier/import  where a supplier brings a CSV file
 *   GET  /supplier/export  the goods as a CSV file: form (sward, vendure, shopify), part from 1
 *   POST /catalog/import   reads it: fields csv (a file, or the text), currency,
 *                          dry_run, photo_name and photo_media repeated in step,
 *                          supplier (a handle; for the operator)
 *
 * Shelves stand in shelf_web.h, the supplier's own goods in goods_web.h.
 */
#ifndef SWARD_MALL_CATALOG_CATALOG_WEB_H
#define SWARD_MALL_CATALOG_CATALOG_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account/person/person.h"
#include "base/str.h"
#include "mall/catalog/catalog.h"
#include "mall/catalog/import.h"
#include "mall/catalog/price.h"
#include "web/route.h"
#include "web/slot.h"

/* Cards in columns and the way to more of them. */
struct product_grid {
    const struct product_card *cards;
    size_t n;
    struct str more; /* address of the next page; empty = none */
};

/* What the chosen SKU cost in the last year. */
struct price_story {
    struct str options;               /* of the SKU */
    const struct price_point *points; /* newest first */
    size_t n;                         /* 0 = there is nothing to tell */
    int64_t from;                     /* when the steps begin */
    struct str steps;                 /* price_steps */
    struct money lowest;              /* of PRICE_DAYS */
    struct money low, high;
};

struct product_page {
    struct product_detail detail;
    struct price_story prices;
    struct person_card supplier;
    int64_t chosen;     /* SKU that is ticked first; 0 = all are sold out */
    int64_t free;       /* of all choices together */
    struct part notes;  /* "product.notes" */
    struct part report; /* "report.product" */
    struct part policy; /* "product.policy": sending it back */
    struct part tiers;  /* "product.tiers": what several cost */
    struct part ask;    /* "product.ask": write to whoever sells it */
    struct part send;   /* "product.send": pass it on to somebody */
};

/* What became of a file. */
struct import_result {
    bool dry_run;
    bool done; /* it was written */
    int64_t products, products_new, skus;
    int64_t drafts; /* that are not sold yet */
    int64_t photos_missing;
    const struct import_fault *faults;
    size_t n_faults; /* listed */
    size_t all_faults;
};

struct import_page {
    struct str key;                     /* idempotency key of the form */
    const struct import_result *result; /* NULL = nothing was sent yet */
    int64_t parts;                      /* files that all goods of the reader fill */
};

/* The SKUs, and the specification, as members of an object. */
void product_choices_json(struct json_out *j, const struct product_detail *d);
void product_specs_json(struct json_out *j, const struct product_detail *d);

extern const struct route catalog_routes[];
extern const struct route import_routes[];
extern const struct route export_routes[];

#endif
