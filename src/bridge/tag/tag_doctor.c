/* The proof that every pin leads somewhere. */

#include <inttypes.h>

#include "bridge/tag/tag.h"
#include "gen/tag_sql.h"
#include "store/store.h"

struct page {
    struct doctor *doctor;
    int64_t after;
    bool more;
};

static int pins_page(struct db *db, void *ctx, struct err *err)
{
    struct page *page = ctx;
    struct arena a;
    arena_init(&a, 16 * 1024 * 1024);
    struct pin_doctor_rows_rows rows;
    int rc = pin_doctor_rows(db, &a, page->after, DOCTOR_PAGE, &rows, err);
    page->more = rc == 0 && rows.n == DOCTOR_PAGE;
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct pin_doctor_rows_row *row = &rows.v[i];
        doctor_looked(page->doctor, 1);
        page->after = row->id;
        if (!row->found)
            doctor_wrong(page->doctor,
                         "pin %" PRId64 " leads from note %" PRId64 " to product %" PRId64
                         ", one of which is not there",
                         row->id, row->note, row->product);
    }
    arena_release(&a);
    return rc;
}

int tag_doctor(struct store *store, struct doctor *d, struct err *err)
{
    struct page page = { .doctor = d, .more = true };
    int rc = 0;
    doctor_begin(d);
    while (rc == 0 && page.more)
        rc = store_read(store, pins_page, &page, err);
    if (rc == 0)
        doctor_end(d, "every pin has its note and its product");
    return rc;
}
