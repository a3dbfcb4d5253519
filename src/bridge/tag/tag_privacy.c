/* An author's pins. They come off with the author; what was sold by them stays told in the
 * trade records. */

#include "gen/tag_sql.h"
#include "store/privacy.h"

PRIVACY_LIST(pin_mine, "pins", id)

static int erase(struct db *db, int64_t actor, struct err *err)
{
    return pin_erase(db, actor, NULL, err);
}

const struct privacy_part tag_privacy = { "tag", "", list_pin_mine, erase };
