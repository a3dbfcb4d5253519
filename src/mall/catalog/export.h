/* mall/catalog/export.h - a supplier's goods as a CSV file, in the forms that import.h reads.
 *
 * The file that comes out may go back in: SKUs are known by their codes. Ours
 * holds everything; Vendure's has no weight, barcode, price before or state;
 * Shopify's has no specification. Where a form has no column, what is there
 * stays when the file is read again. Ours names photos by their ids, the
 * others by their addresses.
 *
 * No text is guarded against spreadsheets (codec/csv.h), for it would come back
 * changed; it is the supplier's own.
 *
 * Memory: the buffer given. Threads: no state. Source: capability 129 (export).
 */
#ifndef SWARD_MALL_CATALOG_EXPORT_H
#define SWARD_MALL_CATALOG_EXPORT_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "mall/catalog/import_int.h"
#include "store/db.h"

/* Products of one file: as many as one import takes. */
#define EXPORT_PRODUCTS IMPORT_PRODUCTS_MAX

struct export_request {
    enum import_form form;
    int64_t supplier;
    int64_t part;    /* from 1: each holds EXPORT_PRODUCTS */
    struct str site; /* "https://shop.example": before addresses of photos */
};

/* Write one part of the goods, drafts too; a part beyond the last is the head
 * alone. ERR_INVALID names the field part. */
NODISCARD int export_goods(struct db *db, struct arena *a, const struct export_request *q,
                           struct buf *out, struct err *err);

/* The form of a word: "sward", "vendure", "shopify"; ERR_INVALID names the field form. */
NODISCARD int export_form_of(struct str word, enum import_form *ret_form, struct err *err);

#endif
