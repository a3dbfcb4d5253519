/* mall/catalog/import.h - a supplier's goods from a CSV file.
 *
 * Three forms are read; the row of names tells which:
 *
 *   sward's   slug,name,body,category,sku,options,price,currency,stock,photos
 *             option_names,price_before,grams,barcode,specification,state
 *             only slug, name, sku and price are needed; a row whose slug is
 *             empty or the same as above is one more SKU of that product
 *   Vendure's name,slug,description,assets,facets,optionGroups,optionValues,
 *             sku,price,...,stockOnHand,...  (products.csv of @vendure/create);
 *             a row without a name is one more variant. The first facet
 *             "category:..." is the category. Where variants share one SKU code,
 *             their options are added to it.
 *
 *   Shopify's Handle,Title,Body (HTML),...,Option1 Name,Option1 Value,...,
 *             Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,
 *             Variant Compare At Price,Variant Barcode,Image Src,Status; a row
 *             with neither SKU nor price is one more photo
 *
 * Where a file has no such column, what is there stays.
 * Prices are in major units ("12.50"), options and photos are parted by |.
 * Photos are named by file; the request says which uploaded photo each name
 * is. Without any such list the names are passed over.
 *
 * Every row is looked at before anything is written, and every bad one is
 * listed with its line, column and reason. Then all of it is put, or nothing.
 * The same file again changes nothing but what differs: products are known by
 * their slug, SKUs by their code; stock is counted, not added.
 *
 * Memory: the arena given; texts are views of the CSV where they can be.
 * Threads: no state. Source: capability 129 (import).
 */
#ifndef SWARD_MALL_CATALOG_IMPORT_H
#define SWARD_MALL_CATALOG_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "codec/json_out.h"
#include "mall/catalog/catalog.h"
#include "store/db.h"

#define IMPORT_BYTES_MAX    (1024 * 1024)
#define IMPORT_PRODUCTS_MAX 200 /* of one file: it is written in one transaction */
#define IMPORT_ROWS_MAX     4000
#define IMPORT_FAULTS_MAX   200 /* listed; the rest is counted */

/* One uploaded photo and the name the file calls it by. */
struct import_photo {
    struct str name;
    int64_t media;
};

struct import_request {
    struct str csv;
    int64_t supplier;    /* actor key */
    int64_t photo_owner; /* who brought the photos */
    struct str currency; /* where the file names none */
    const struct import_photo *photos;
    size_t n_photos;
    enum product_put_as as; /* what is not said otherwise in the file */
    bool simulated;
};

/* What is wrong with a row. */
struct import_fault {
    int64_t line;
    const char *column;  /* as the file calls it; "" = the whole row */
    const char *message; /* English message of the catalogue */
    int64_t number;      /* its {n} */
};

/* A file as read. */
struct import {
    struct product_draft *products;
    const int64_t *lines; /* where each product begins */
    size_t n_products;
    size_t n_skus;
    struct import_fault faults[IMPORT_FAULTS_MAX];
    size_t n_faults;        /* all of them; at most IMPORT_FAULTS_MAX are listed */
    int64_t photos_missing; /* names passed over because no photos were sent */
};

/* Read and check a file. Bad rows are faults of the result, not an error.
 * ERR_INVALID with field csv when it is no such file at all, ERR_TOO_LARGE,
 * ERR_NOMEM. */
NODISCARD int import_read(struct arena *a, const struct import_request *request,
                          struct import **ret_import, struct err *err);

/* Add a fault for every slug and code that is somebody else's. */
NODISCARD int import_check(struct db *db, struct arena *a, struct import *import, struct err *err);

/* Put every product. The import must be without faults. When the catalogue
 * refuses one, ERR_INVALID names its line in field csv: nothing may be kept.
 *   ret_new     OUT: how many are new; the others were brought up to date
 *   ret_drafts  OUT: how many are not sold; may be NULL */
NODISCARD int import_put(struct db *db, struct arena *a, const struct import *import,
                         int64_t *ret_new, int64_t *ret_drafts, struct err *err);

#endif
