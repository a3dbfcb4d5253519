/* account/mail/mail_web.h - the pages around a person's mail address.
 *
 *   GET, POST /me/mail        which address, and what is sent to it; mail, password
 *   POST /me/mail/kinds       what is sent
 *   GET, POST /mail/confirm   the link of a letter shows that an address is theirs (24 hours)
 *   GET, POST /forgot         ask for a link to a new password; mail
 *   GET, POST /reset          the link: a new password (one hour, once)
 *   GET, POST /mail/off       the link that ends letters of one kind
 *
 * A link opened by GET changes nothing: programs that look at mail open them
 * too. Slot that it fills: "person.mail".
 */
#ifndef SWARD_ACCOUNT_MAIL_MAIL_WEB_H
#define SWARD_ACCOUNT_MAIL_MAIL_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "account/mail/mail.h"
#include "web/route.h"
#include "web/slot.h"

struct mail_page {
    struct str address; /* empty = none */
    bool confirmed;
    bool works; /* this shop sends mail */
    bool sent;  /* a link was just sent */
    bool saved;
    bool off[MAIL_KINDS];
};

/* A page with one button, or with one field, behind a link. */
struct mail_step {
    struct str token;
    struct str address;
    bool works, done;
};

int mail_person_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                     struct part *ret_parts, struct err *err);

extern const struct route mail_routes[];

#endif
