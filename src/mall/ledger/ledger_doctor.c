/* The proof that the books are sound. */

#include <inttypes.h>

#include "gen/ledger_sql.h"
#include "mall/ledger/ledger.h"
#include "store/store.h"

struct page {
    struct doctor *doctor;
    int64_t after; /* last journal looked at */
    bool more;
};

static int journals_page(struct db *db, void *ctx, struct err *err)
{
    struct page *page = ctx;
    struct arena a;
    arena_init(&a, 16 * 1024 * 1024);
    struct ledger_journal_sums_rows rows;
    int rc = ledger_journal_sums(db, &a, page->after, DOCTOR_PAGE, &rows, err);
    page->more = rc == 0 && rows.n == DOCTOR_PAGE;
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        doctor_looked(page->doctor, 1);
        page->after = rows.v[i].id;
        if (rows.v[i].total != 0)
            doctor_wrong(page->doctor, "journal %" PRId64 " sums to %" PRId64 " %.*s", rows.v[i].id,
                         rows.v[i].total, STR_ARG(rows.v[i].currency));
    }
    arena_release(&a);
    return rc;
}

static int escrow_page(struct db *db, void *ctx, struct err *err)
{
    struct page *page = ctx;
    struct arena a;
    arena_init(&a, 1024 * 1024);
    struct ledger_escrow_debit_rows rows;
    int rc = ledger_escrow_debit(db, &a, &rows, err);
    doctor_looked(page->doctor, 1);
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        doctor_wrong(page->doctor, "escrow %" PRId64 " owes %" PRId64 " %.*s", rows.v[i].id,
                     rows.v[i].total, STR_ARG(rows.v[i].currency));
    arena_release(&a);
    return rc;
}

int ledger_doctor(struct store *store, struct doctor *d, struct err *err)
{
    struct page page = { .doctor = d, .more = true };
    int rc = 0;
    doctor_begin(d);
    while (rc == 0 && page.more)
        rc = store_read(store, journals_page, &page, err);
    if (rc < 0)
        return rc;
    doctor_end(d, "postings of every journal sum to zero");

    doctor_begin(d);
    rc = store_read(store, escrow_page, &page, err);
    if (rc == 0)
        doctor_end(d, "no escrow owes anything");
    return rc;
}
