/* account/invite/invite_web.h - the doors of invitations and of the gate.
 *
 *   GET  /i/:code                    to the form, with the invitation in hand
 *   GET  /me/invitations             what one has given, and whom it brought
 *   POST /me/invitations             make one
 *   POST /me/invitations/:code/close
 *   GET  /operator/joining           who asks to join, and the place's links
 *   POST /operator/joining/:asking   yes=1 or 0
 *   POST /operator/joining/links     label, uses, days
 *   POST /operator/joining/links/:code/close
 */
#ifndef SWARD_ACCOUNT_INVITE_INVITE_WEB_H
#define SWARD_ACCOUNT_INVITE_INVITE_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account/invite/invite.h"
#include "account/person/person.h"
#include "codec/qr.h"
#include "web/route.h"

struct privacy_part;

#define INVITE_COOKIE "sward_invite"

/* One invitation as its owner sees it. */
struct invite_shown {
    struct str code;
    struct str address; /* whole, to send */
    struct str label;
    int64_t uses, uses_max;
    int64_t created, expires; /* expires 0 = never */
    bool open;
    struct person_card brought; /* of a person's invitation that was used; actor 0 = nobody */
};

struct invite_page {
    const struct invite_shown *invites;
    size_t n;
    int64_t left;
    struct qr qr; /* of the newest open one; size 0 = none */
};

struct asking_shown {
    int64_t id;
    struct str handle, name, mail, said, source;
    int64_t created;
};

struct joining_page {
    enum gate gate;
    const struct asking_shown *asking;
    size_t n_asking;
    struct str more; /* address of the next page; empty = that was all */
    const struct invite_shown *links;
    size_t n_links;
};

extern const struct route invite_routes[];
extern const struct privacy_part invite_privacy;

#endif
