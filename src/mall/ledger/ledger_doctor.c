/* The proof that the books are sound. */

#include <inttypes.h>

#include "gen/ledger_sql.h"
#include "mall/ledger/ledger.h"
#include "store/doctor.h"

static int journals_page(struct db *db, struct arena *a, struct doctor_page *page, struct err *err)
{
    struct ledger_journal_sums_rows rows;
    int rc = ledger_journal_sums(db, a, page->after, DOCTOR_PAGE, &rows, err);
    if (rc == 0)
        doctor_rows(page, rows.n);
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        page->after = rows.v[i].id;
        if (rows.v[i].total != 0)
            doctor_wrong(page->doctor, "journal %" PRId64 " sums to %" PRId64 " %.*s", rows.v[i].id,
                         rows.v[i].total, STR_ARG(rows.v[i].currency));
    }
    return rc;
}

static int escrow_page(struct db *db, struct arena *a, struct doctor_page *page, struct err *err)
{
    struct ledger_escrow_debit_rows rows;
    int rc = ledger_escrow_debit(db, a, &rows, err);
    doctor_looked(page->doctor, rc == 0 ? 1 : 0);
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        doctor_wrong(page->doctor, "escrow %" PRId64 " owes %" PRId64 " %.*s", rows.v[i].id,
                     rows.v[i].total, STR_ARG(rows.v[i].currency));
    return rc;
}

int ledger_doctor(struct store *store, struct doctor *d, struct err *err)
{
    int rc = doctor_rule(store, d, journals_page, "postings of every journal sum to zero", err);
    return rc < 0 ? rc : doctor_rule(store, d, escrow_page, "no escrow owes anything", err);
}
