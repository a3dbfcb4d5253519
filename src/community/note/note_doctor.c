/* The proof that every note has what it names. */

#include <inttypes.h>

#include "community/note/note.h"
#include "gen/note_sql.h"
#include "store/store.h"

struct page {
    struct doctor *doctor;
    int64_t after;
    bool more;
};

static int notes_page(struct db *db, void *ctx, struct err *err)
{
    struct page *page = ctx;
    struct arena a;
    arena_init(&a, 16 * 1024 * 1024);
    struct note_doctor_rows_rows rows;
    int rc = note_doctor_rows(db, &a, page->after, DOCTOR_PAGE, &rows, err);
    page->more = rc == 0 && rows.n == DOCTOR_PAGE;
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct note_doctor_rows_row *row = &rows.v[i];
        doctor_looked(page->doctor, 1);
        page->after = row->id;
        bool whole = row->photos > 0 && row->photos == row->found;
        if (!whole && row->state == NOTE_PUBLISHED)
            doctor_wrong(page->doctor,
                         "note %" PRId64 " names %" PRId64 " photos, %" PRId64 " exist", row->id,
                         row->photos, row->found);
    }
    arena_release(&a);
    return rc;
}

int note_doctor(struct store *store, struct doctor *d, struct err *err)
{
    struct page page = { .doctor = d, .more = true };
    int rc = 0;
    doctor_begin(d);
    while (rc == 0 && page.more)
        rc = store_read(store, notes_page, &page, err);
    if (rc == 0)
        doctor_end(d, "every note has the photos it names");
    return rc;
}
