/* account/person/sign_web.h - the doors for signing up, in and out. */
#ifndef SWARD_ACCOUNT_PERSON_SIGN_WEB_H
#define SWARD_ACCOUNT_PERSON_SIGN_WEB_H

#include <stdint.h>

#include "account/invite/invite.h"
#include "account/person/person.h"
#include "base/str.h"
#include "web/route.h"

/* What the two forms carry on. */
struct sign_page {
    struct str next;         /* where to go afterwards; empty = the usual place */
    struct str from;         /* the note that brought the visitor, as its public id */
    enum gate gate;          /* who may join */
    struct str invite;       /* the code they brought, when it is good */
    struct person_card host; /* who invited them; actor 0 = nobody, or the place */
};

/* What the API answers to a sign-in. */
struct signed_in {
    struct str handle;
    bool suspended; /* /me/standing says why */
};

extern const struct route sign_routes[];

#endif
