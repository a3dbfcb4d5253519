/* Proves that cases hang together. */
#include <inttypes.h>

#include "community/moderation/case.h"

static int cases_page(struct db *db, struct arena *a, struct doctor_page *page, struct err *err)
{
    struct mod_doctor_rows_rows rows;
    int rc = mod_doctor_rows(db, a, page->after, DOCTOR_PAGE, &rows, err);
    if (rc == 0)
        doctor_rows(page, rows.n);
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct mod_doctor_rows_row *row = &rows.v[i];
        page->after = row->id;
        if (row->ahead)
            doctor_wrong(page->doctor, "case %" PRId64 " has %" PRId64 " things of a later round",
                         row->id, row->ahead);
        if (row->state == CASE_HIDDEN && !row->hides)
            doctor_wrong(page->doctor, "case %" PRId64 " is hidden, and nobody hid it", row->id);
        if (row->held && row->state != CASE_OPEN && row->state != CASE_CORRECTING)
            doctor_wrong(page->doctor, "case %" PRId64 " is decided, and still held", row->id);
    }
    return rc;
}

int moderation_doctor(struct store *store, struct doctor *d, struct err *err)
{
    return doctor_rule(store, d, cases_page, "every case hangs together with its reports and acts",
                       err);
}
