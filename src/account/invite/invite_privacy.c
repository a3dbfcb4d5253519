/* Whom a person invited and who invited them. */

#include "account/invite/invite_web.h"
#include "gen/invite_sql.h"
#include "store/privacy.h"

PRIVACY_FEW(invite_mine, "invitations")
PRIVACY_FEW(invited_mine, "invited")

static int gather(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                  struct err *err)
{
    int rc = list_invite_mine(db, a, actor, out, err);
    return rc < 0 ? rc : list_invited_mine(db, a, actor, out, err);
}

static int erase(struct db *db, int64_t actor, struct err *err)
{
    int rc = invite_erase(db, actor, NULL, err);
    if (rc == 0)
        rc = invited_erase(db, actor, NULL, err);
    return rc < 0 ? rc : invited_unname(db, actor, NULL, err);
}

const struct privacy_part invite_privacy = { "invite", "invite invited asking", gather, erase };
