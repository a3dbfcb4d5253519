/* The proof that stock adds up. */

#include <inttypes.h>

#include "gen/stock_sql.h"
#include "mall/stock/stock.h"
#include "store/store.h"

struct page {
    struct doctor *doctor;
    int64_t after;
    bool more;
};

static int levels_page(struct db *db, void *ctx, struct err *err)
{
    struct page *page = ctx;
    struct arena a;
    arena_init(&a, 16 * 1024 * 1024);
    struct stock_doctor_rows_rows rows;
    int rc = stock_doctor_rows(db, &a, page->after, DOCTOR_PAGE, &rows, err);
    page->more = rc == 0 && rows.n == DOCTOR_PAGE;
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct stock_doctor_rows_row *row = &rows.v[i];
        doctor_looked(page->doctor, 1);
        page->after = row->sku;
        if (row->free != row->entries - row->reserved)
            doctor_wrong(page->doctor,
                         "sku %" PRId64 ": %" PRId64 " free, entries say %" PRId64
                         " and reservations %" PRId64,
                         row->sku, row->free, row->entries, row->reserved);
        if (row->free < 0)
            doctor_wrong(page->doctor, "sku %" PRId64 ": %" PRId64 " free", row->sku, row->free);
    }
    arena_release(&a);
    return rc;
}

int stock_doctor(struct store *store, struct doctor *d, struct err *err)
{
    struct page page = { .doctor = d, .more = true };
    int rc = 0;
    doctor_begin(d);
    while (rc == 0 && page.more)
        rc = store_read(store, levels_page, &page, err);
    if (rc == 0)
        doctor_end(d, "stock = received - sold - reserved");
    return rc;
}
