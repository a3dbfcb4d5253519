/* The proof that coupons gave what their uses say. */

#include <inttypes.h>

#include "gen/promotion_sql.h"
#include "mall/promotion/promotion.h"

static int coupons_page(struct db *db, struct arena *a, struct doctor_page *page, struct err *err)
{
    struct coupon_doctor_rows_rows rows;
    int rc = coupon_doctor_rows(db, a, page->after, DOCTOR_PAGE, &rows, err);
    if (rc == 0)
        doctor_rows(page, rows.n);
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct coupon_doctor_rows_row *row = &rows.v[i];
        page->after = row->id;
        if (row->used != row->uses || row->spent != row->gave)
            doctor_wrong(page->doctor,
                         "coupon %" PRId64 ": %" PRId64 " uses of %" PRId64
                         ", its purchases say %" PRId64 " of %" PRId64,
                         row->id, row->used, row->spent, row->uses, row->gave);
    }
    return rc;
}

int promotion_doctor(struct store *store, struct doctor *d, struct err *err)
{
    return doctor_rule(store, d, coupons_page, "coupons gave what their uses say", err);
}
