/* A person's part of the answers kept for requests sent again. */

#include "gen/web_sql.h"
#include "store/privacy.h"

PRIVACY_FEW(web_key_mine, "answers")

static int erase(struct db *db, int64_t actor, struct err *err)
{
    return web_key_erase(db, actor, NULL, err);
}

const struct privacy_part web_privacy = { "web", "web_key", list_web_key_mine, erase };
