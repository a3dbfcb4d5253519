/* What a person does not want by mail, and what they asked for. */

#include "account/mail/mail.h"
#include "gen/mail_sql.h"
#include "store/privacy.h"

PRIVACY_FEW(mail_off_list, "off")
PRIVACY_FEW(mail_asked_mine, "asked")

static int gather(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                  struct err *err)
{
    int rc = list_mail_off_list(db, a, actor, out, err);
    return rc < 0 ? rc : list_mail_asked_mine(db, a, actor, out, err);
}

static int erase(struct db *db, int64_t actor, struct err *err)
{
    int rc = mail_off_clear(db, actor, NULL, err);
    return rc < 0 ? rc : mail_asked_clear(db, actor, NULL, err);
}

const struct privacy_part mail_privacy = { "mail", "mail_off mail_asked", gather, erase };
