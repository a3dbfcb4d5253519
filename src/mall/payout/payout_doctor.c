#include <inttypes.h>

#include "gen/payout_sql.h"
#include "mall/payout/payout.h"

static int on_its_way(struct db *db, struct arena *a, struct doctor_page *page, struct err *err)
{
    struct payout_doctor_rows_rows waits = { 0 };
    struct payout_on_its_way_rows books = { 0 };
    int rc = payout_doctor_rows(db, a, &waits, err);
    if (rc == 0)
        rc = payout_on_its_way(db, a, &books, err);
    doctor_looked(page->doctor, rc == 0 ? 1 : 0);
    bool same = waits.n == books.n;
    for (size_t i = 0; rc == 0 && same && i < waits.n; i++)
        same = str_eq(waits.v[i].currency, books.v[i].currency) &&
               waits.v[i].waiting == books.v[i].total;
    if (rc == 0 && !same)
        doctor_wrong(page->doctor, "payouts that wait are not what the books have on its way");
    return rc;
}

int payout_doctor(struct store *store, struct doctor *d, struct err *err)
{
    return doctor_rule(store, d, on_its_way, "payouts that wait are on their way in the books",
                       err);
}
