/* The proof that every note has what it names. */

#include <inttypes.h>

#include "community/note/note.h"
#include "gen/note_sql.h"
#include "store/doctor.h"

static int notes_page(struct db *db, struct arena *a, struct doctor_page *page, struct err *err)
{
    struct note_doctor_rows_rows rows;
    int rc = note_doctor_rows(db, a, page->after, DOCTOR_PAGE, &rows, err);
    if (rc == 0)
        doctor_rows(page, rows.n);
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct note_doctor_rows_row *row = &rows.v[i];
        page->after = row->id;
        bool whole = row->photos > 0 && row->photos == row->found;
        if (!whole && row->state == NOTE_PUBLISHED)
            doctor_wrong(page->doctor,
                         "note %" PRId64 " names %" PRId64 " photos, %" PRId64 " exist", row->id,
                         row->photos, row->found);
    }
    return rc;
}

int note_doctor(struct store *store, struct doctor *d, struct err *err)
{
    return doctor_rule(store, d, notes_page, "every note has the photos it names", err);
}
