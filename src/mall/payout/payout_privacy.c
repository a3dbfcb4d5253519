/* Who somebody is for the tax office, and what was paid to them. Payments are trade records. */

#include "gen/payout_sql.h"
#include "mall/payout/payout_web.h"
#include "store/privacy.h"

PRIVACY_LIST(payout_party_mine, "identity", party)
PRIVACY_LIST(payout_mine, "payouts", id)

static int gather(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                  struct err *err)
{
    int rc = list_payout_party_mine(db, a, actor, out, err);
    return rc < 0 ? rc : list_payout_mine(db, a, actor, out, err);
}

static int erase(struct db *db, int64_t actor, struct err *err)
{
    return payout_party_forget(db, actor, NULL, err);
}

const struct privacy_part payout_privacy = { "payout", "payout_party payout", gather, erase };
