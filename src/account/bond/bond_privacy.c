/* What a person set about others. That others set something about them is
 * theirs to know: it is erased, and never told. */

#include "account/bond/bond.h"
#include "gen/bond_sql.h"
#include "store/privacy.h"

static int gather(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                  struct err *err)
{
    struct bond_list_row last = { INT64_MAX, INT64_MAX, INT64_MAX };
    struct bond_list_rows rows;
    int rc;
    privacy_list(out, "bonds");
    do {
        arena_clear(a);
        rc = bond_list(db, a, actor, last.at, last.other, last.kind, PRIVACY_PAGE, &rows, err);
        for (size_t i = 0; rc == 0 && i < rows.n; i++) {
            bond_list_row_json(privacy_next(out), &rows.v[i]);
            last = rows.v[i];
        }
    } while (rc == 0 && rows.n == PRIVACY_PAGE);
    return rc;
}

static int erase(struct db *db, int64_t actor, struct err *err)
{
    return bond_erase(db, actor, NULL, err);
}

const struct privacy_part bond_privacy = { "bond", "bond", gather, erase };
