/* account/person/security_web.h - the doors of what keeps an account one's own:
 * password, signed-in browsers, second factor.
 *
 *   GET  /me/security                  all of it, and the slot "person.mail"
 *   POST /me/security/password         current, password
 *   POST /me/security/sessions         session = one, or others=1
 *   GET  /me/security/second           set the second factor up, or look after it
 *   POST /me/security/second/begin     a new key
 *   POST /me/security/second/confirm   code; answers the recovery codes, once
 *   POST /me/security/second/codes     code; new recovery codes
 *   POST /me/security/second/remove    code
 */
#ifndef SWARD_ACCOUNT_PERSON_SECURITY_WEB_H
#define SWARD_ACCOUNT_PERSON_SECURITY_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account/person/agent.h"
#include "base/clock.h"
#include "base/id.h"
#include "codec/qr.h"
#include "web/route.h"
#include "web/slot.h"

/* The use of a session is kept to the hour, and so it may be told. */
#define HOUR_OF_USE TIME_HOUR

/* One signed-in browser. */
struct browser {
    int64_t id;
    struct agent agent;
    int64_t created, used;
    bool strong; /* the second factor was shown */
    bool this_one;
};

struct security_page {
    const struct browser *browsers;
    size_t n;
    int64_t password_changed;
    bool second;        /* a second factor is set up */
    int64_t codes_left; /* recovery codes */
    bool wants_second;  /* the staff must have one here, and this person has not shown it */
    struct part mail;   /* "person.mail" */
    const char *done;   /* "password" or "sessions", when that was just done */
};

struct second_page {
    bool begun, confirmed;
    bool wanted;        /* the person was led here */
    struct str key;     /* in groups of four, while it is not confirmed */
    struct str address; /* otpauth: */
    struct qr qr;
    int64_t codes_left;
    struct str next; /* where to go on to afterwards; empty = nowhere */
};

/* Recovery codes, shown once. */
struct second_codes_page {
    const struct str *codes;
    size_t n;
    struct str next;
};

extern const struct route security_routes[];

#endif
