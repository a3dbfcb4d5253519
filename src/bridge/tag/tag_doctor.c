/* The proof that every pin leads somewhere. */

#include <inttypes.h>

#include "bridge/tag/tag.h"
#include "gen/tag_sql.h"
#include "store/doctor.h"

static int pins_page(struct db *db, struct arena *a, struct doctor_page *page, struct err *err)
{
    struct pin_doctor_rows_rows rows;
    int rc = pin_doctor_rows(db, a, page->after, DOCTOR_PAGE, &rows, err);
    if (rc == 0)
        doctor_rows(page, rows.n);
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct pin_doctor_rows_row *row = &rows.v[i];
        page->after = row->id;
        if (!row->found)
            doctor_wrong(page->doctor,
                         "pin %" PRId64 " leads from note %" PRId64 " to product %" PRId64
                         ", one of which is not there",
                         row->id, row->note, row->product);
    }
    return rc;
}

int tag_doctor(struct store *store, struct doctor *d, struct err *err)
{
    return doctor_rule(store, d, pins_page, "every pin has its note and its product", err);
}
