/* The proof that stock adds up. */

#include <inttypes.h>

#include "gen/stock_sql.h"
#include "mall/stock/stock.h"
#include "store/doctor.h"

static int levels_page(struct db *db, struct arena *a, struct doctor_page *page, struct err *err)
{
    struct stock_doctor_rows_rows rows;
    int rc = stock_doctor_rows(db, a, page->after, DOCTOR_PAGE, &rows, err);
    if (rc == 0)
        doctor_rows(page, rows.n);
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct stock_doctor_rows_row *row = &rows.v[i];
        page->after = row->sku;
        if (row->free != row->entries - row->reserved)
            doctor_wrong(page->doctor,
                         "sku %" PRId64 ": %" PRId64 " free, entries say %" PRId64
                         " and reservations %" PRId64,
                         row->sku, row->free, row->entries, row->reserved);
        if (row->free < 0)
            doctor_wrong(page->doctor, "sku %" PRId64 ": %" PRId64 " free", row->sku, row->free);
    }
    return rc;
}

int stock_doctor(struct store *store, struct doctor *d, struct err *err)
{
    return doctor_rule(store, d, levels_page, "stock = received - sold - reserved", err);
}
