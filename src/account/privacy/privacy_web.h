/* account/privacy/privacy_web.h - the doors of a person's data.
 *
 *   GET  /me/privacy           copies, and the way out
 *   POST /me/export            ask for a copy
 *   GET  /me/privacy/:copy     the zip; only theirs, byte ranges honoured
 *   GET  /me/delete            what goes, what stays, why and how long
 *   POST /me/delete            password: go
 *   GET  /goodbye              afterwards
 *   GET  /operator/holds       holds on somebody's data
 *   POST /operator/holds       handle, reason: lay one
 *   POST /operator/holds/:hold/lift
 *   GET  /operator/holds/:hold the sealed copy of who went
 */
#ifndef SWARD_ACCOUNT_PRIVACY_PRIVACY_WEB_H
#define SWARD_ACCOUNT_PRIVACY_PRIVACY_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account/person/person.h"
#include "account/privacy/privacy.h"
#include "web/route.h"

struct copy_line {
    int64_t id;
    enum privacy_export_state state;
    int64_t asked, until; /* until: when it can be fetched no more */
    int64_t done, total;  /* rooms */
    int64_t bytes;
};

struct privacy_page {
    const struct copy_line *copies;
    size_t n;
    bool making; /* one of them is being made */
};

struct leave_page {
    bool held; /* a legal hold stands */
};

struct hold_line {
    int64_t id;
    struct person_card card; /* actor 0 = they went */
    struct str reason;
    bool kept;
};

struct hold_page {
    const struct hold_line *v;
    size_t n;
};

extern const struct route privacy_routes[];
extern const struct route hold_routes[];

#endif
