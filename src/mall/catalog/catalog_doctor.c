/* The proof that products agree with what they sell and show. */

#include <inttypes.h>

#include "gen/catalog_sql.h"
#include "mall/catalog/catalog.h"
#include "mall/catalog/catalog_int.h"
#include "store/doctor.h"

static int products_page(struct db *db, struct arena *a, struct doctor_page *page, struct err *err)
{
    struct catalog_doctor_rows_rows rows;
    int rc = catalog_doctor_rows(db, a, page->after, DOCTOR_PAGE, &rows, err);
    if (rc == 0)
        doctor_rows(page, rows.n);
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct catalog_doctor_rows_row *row = &rows.v[i];
        page->after = row->id;
        bool sold = row->state == PRODUCT_ON_SALE;
        if (sold && row->skus == 0)
            doctor_wrong(page->doctor, "product %" PRId64 " sells no SKU", row->id);
        else if (row->low != row->price_min || row->high != row->price_max)
            doctor_wrong(page->doctor,
                         "product %" PRId64 ": prices %" PRId64 " to %" PRId64 ", its SKUs %" PRId64
                         " to %" PRId64,
                         row->id, row->price_min, row->price_max, row->low, row->high);
        if (row->shelves != (sold ? 1 + (row->category.len > 0) : 0) || row->wrong)
            doctor_wrong(page->doctor,
                         "product %" PRId64 " stands on %" PRId64 " shelves, %" PRId64
                         " of them wrong",
                         row->id, row->shelves, row->wrong);
        if (row->photos != row->shown)
            doctor_wrong(page->doctor, "product %" PRId64 ": %" PRId64 " photos, %" PRId64 " exist",
                         row->id, row->photos, row->shown);
    }
    return rc;
}

int catalog_doctor(struct store *store, struct doctor *d, struct err *err)
{
    return doctor_rule(
        store, d, products_page,
        "price bounds are those of the SKUs, shelves hold what is sold, photos of products exist",
        err);
}
