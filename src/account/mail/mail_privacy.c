/* What a person does not want by mail, and what they asked for. */

#include "account/mail/mail.h"
#include "account/person/address.h"
#include "codec/sign.h"
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

/* That a server refused their address, which is kept as a hash of it. Their
 * address goes after this part: person's is erased later. */
static int forget_refusal(struct db *db, int64_t actor, struct err *err)
{
    struct arena a;
    struct person_address theirs;
    unsigned char hash[SIGN_HASH_BYTES];
    arena_init(&a, 64 * 1024);
    int rc = person_address(db, &a, actor, &theirs, err);
    if (rc == 0 && theirs.address.len) {
        sign_hash(hash, theirs.address);
        rc = mail_refused_drop(db, (struct str){ (const char *)hash, sizeof(hash) }, NULL, err);
    }
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        rc = 0;
    }
    arena_release(&a);
    return rc;
}

static int erase(struct db *db, int64_t actor, struct err *err)
{
    int rc = mail_off_clear(db, actor, NULL, err);
    if (rc == 0)
        rc = mail_asked_clear(db, actor, NULL, err);
    return rc < 0 ? rc : forget_refusal(db, actor, err);
}

const struct privacy_part mail_privacy = { "mail", "mail_off mail_asked mail_refused", gather,
                                           erase };
