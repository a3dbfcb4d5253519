/* web/viewer.h - who is asking, as the guard found out.
 *
 * Filled once for each request by the resolver that app/ wires in (account/
 * knows sessions; web/ does not). A visitor who is not signed in has actor 0.
 *
 * Memory: texts live in the request's arena.
 */
#ifndef SWARD_WEB_VIEWER_H
#define SWARD_WEB_VIEWER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* What a person may be; several at once. */
enum role {
    ROLE_MEMBER = 1 << 0,
    ROLE_SUPPLIER = 1 << 1,
    ROLE_LEADER = 1 << 2,
    ROLE_BRAND = 1 << 3,
    ROLE_MODERATOR = 1 << 4,
    ROLE_OPERATOR = 1 << 5,
    ROLE_SUSPENDED = 1 << 8, /* reads and takes their data along, but writes nothing */
    ROLE_EDITOR = 1 << 9,    /* an account of the house: speaks for the place */
    ROLE_SERVICE = 1 << 10,  /* an account of the house: answers questions */
};

/* Either of these makes an account official. */
#define ROLES_OFFICIAL (ROLE_EDITOR | ROLE_SERVICE)

struct viewer {
    int64_t actor;     /* the key that log, ledger and trade records name; 0 = visitor */
    int64_t session;   /* session id; 0 = visitor */
    int roles;         /* enum role bits */
    struct str handle; /* "lin" */
    struct str name;   /* shown name */
    struct str avatar; /* address of the smallest rendition, or empty */
    struct str lang;   /* "en", "zh", or empty when not chosen */
    bool simulated;    /* a simulated person, marked wherever shown */
    bool exposure_ok;  /* agreed that what they see may be counted */
    bool personalised; /* wants a feed of their own */
    bool wants_second; /* has a role of the staff that rests until a second factor is shown */
    int64_t unread;    /* new lines of the inbox, on pages; counting stops at 100 */
    int64_t visitor;   /* random key of the browser, for visitors' carts and exposure; 0 = none */
};

#endif
