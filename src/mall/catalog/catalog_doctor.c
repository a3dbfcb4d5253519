/* The proof that products agree with what they sell and show. */

#include <inttypes.h>

#include "gen/catalog_sql.h"
#include "mall/catalog/catalog.h"
#include "store/store.h"

struct page {
    struct doctor *doctor;
    int64_t after;
    bool more;
};

static int products_page(struct db *db, void *ctx, struct err *err)
{
    struct page *page = ctx;
    struct arena a;
    arena_init(&a, 16 * 1024 * 1024);
    struct catalog_doctor_rows_rows rows;
    int rc = catalog_doctor_rows(db, &a, page->after, DOCTOR_PAGE, &rows, err);
    page->more = rc == 0 && rows.n == DOCTOR_PAGE;
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct catalog_doctor_rows_row *row = &rows.v[i];
        doctor_looked(page->doctor, 1);
        page->after = row->id;
        if (row->skus == 0)
            doctor_wrong(page->doctor, "product %" PRId64 " sells no SKU", row->id);
        else if (row->low != row->price_min || row->high != row->price_max)
            doctor_wrong(page->doctor,
                         "product %" PRId64 ": prices %" PRId64 " to %" PRId64 ", its SKUs %" PRId64
                         " to %" PRId64,
                         row->id, row->price_min, row->price_max, row->low, row->high);
        if (row->photos != row->shown)
            doctor_wrong(page->doctor, "product %" PRId64 ": %" PRId64 " photos, %" PRId64 " exist",
                         row->id, row->photos, row->shown);
    }
    arena_release(&a);
    return rc;
}

int catalog_doctor(struct store *store, struct doctor *d, struct err *err)
{
    struct page page = { .doctor = d, .more = true };
    int rc = 0;
    doctor_begin(d);
    while (rc == 0 && page.more)
        rc = store_read(store, products_page, &page, err);
    if (rc == 0)
        doctor_end(d, "price bounds are those of the SKUs, photos of products exist");
    return rc;
}
