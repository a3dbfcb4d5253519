/* A person's address book. */

#include "gen/address_sql.h"
#include "store/privacy.h"

PRIVACY_FEW(address_mine, "addresses")

static int erase(struct db *db, int64_t actor, struct err *err)
{
    return saved_address_erase(db, actor, NULL, err);
}

const struct privacy_part address_privacy = { "address", "saved_address", list_address_mine,
                                              erase };
