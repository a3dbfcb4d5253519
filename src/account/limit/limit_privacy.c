/* What is kept of a person's limits. */
#include "account/limit/limit.h"
#include "gen/limit_sql.h"
#include "store/privacy.h"

PRIVACY_LIST(limit_spent_own, "counted", id)
PRIVACY_LIST(limit_hold_own, "held_back", actor)

static int gather(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                  struct err *err)
{
    int rc = list_limit_spent_own(db, a, actor, out, err);
    return rc < 0 ? rc : list_limit_hold_own(db, a, actor, out, err);
}

const struct privacy_part limit_privacy = { "limit", "limit_spent limit_hold", gather,
                                            limit_forget };
