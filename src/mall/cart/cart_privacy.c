/* A person's cart. */

#include "gen/cart_sql.h"
#include "store/privacy.h"

PRIVACY_FEW(cart_mine, "lines")

static int erase(struct db *db, int64_t actor, struct err *err)
{
    return cart_delete(db, actor, NULL, err);
}

const struct privacy_part cart_privacy = { "cart", "cart_line", list_cart_mine, erase };
