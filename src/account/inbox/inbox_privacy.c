/* What a person was told. When they go, nobody's lines count them any more. */

#include "account/inbox/inbox.h"
#include "gen/inbox_sql.h"
#include "store/privacy.h"

PRIVACY_LIST(inbox_line_mine, "lines", first)
PRIVACY_LIST(inbox_word_mine, "words", id)
PRIVACY_FEW(inbox_off_mine, "off")

static int gather(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                  struct err *err)
{
    int rc = list_inbox_line_mine(db, a, actor, out, err);
    if (rc == 0)
        rc = list_inbox_word_mine(db, a, actor, out, err);
    return rc < 0 ? rc : list_inbox_off_mine(db, a, actor, out, err);
}

const struct privacy_part inbox_privacy = {
    "inbox", "inbox_line inbox_actor inbox_quiet inbox_seen inbox_off inbox_word", gather,
    inbox_forget
};
