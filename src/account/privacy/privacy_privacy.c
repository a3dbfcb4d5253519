/* What this room holds of a person: that they asked for copies. A hold names
 * an actor alone and is the operator's to answer for. */

#include "store/privacy.h"
#include "gen/privacy_sql.h"

static int gather(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                  struct err *err)
{
    struct export_list_rows rows = { 0 };
    arena_clear(a);
    privacy_list(out, "copies");
    int rc = export_list(db, a, actor, &rows, err);
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        export_list_row_json(privacy_next(out), &rows.v[i]);
    return rc;
}

static int erase(struct db *db, int64_t actor, struct err *err)
{
    return export_erase(db, actor, NULL, err);
}

const struct privacy_part privacy_privacy = { "privacy", "privacy_export", gather, erase };
