/* A party's statement. The books stay: they name an actor alone. */

#include "gen/ledger_sql.h"
#include "store/privacy.h"

static int gather(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                  struct err *err)
{
    struct posting_mine_rows rows = { 0 };
    int64_t journal = 0, position = 0;
    int rc;
    privacy_list(out, "postings");
    do {
        arena_clear(a);
        rc = posting_mine(db, a, actor, journal, position, PRIVACY_PAGE, &rows, err);
        for (size_t i = 0; rc == 0 && i < rows.n; i++) {
            posting_mine_row_json(privacy_next(out), &rows.v[i]);
            journal = rows.v[i].journal;
            position = rows.v[i].position;
        }
    } while (rc == 0 && rows.n == PRIVACY_PAGE);
    return rc;
}

const struct privacy_part ledger_privacy = { "ledger", "", gather, NULL };
