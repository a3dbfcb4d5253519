/* account/staff/people.h - what the staff may do to people, and its rules.
 *
 * Roles are given and taken with a reason; the last operator keeps the role.
 * A suspended person reads and takes their data along, but writes nothing
 * (web/guard.c looks at ROLE_SUSPENDED); operators cannot be suspended, so
 * that nobody locks the place. A suspension has a reason and, if the staff
 * want, an end; the person is told both by inbox and mail, is told when it is
 * over, and may answer once, which the operators are told. An official account speaks for the house
 * and carries that mark wherever it speaks. Each act stands in the list of acts.
 *
 * Memory: texts live in the arena given. Threads: as the db handle's.
 * Source: capabilities 97, 140, 164.
 */
#ifndef SWARD_ACCOUNT_STAFF_PEOPLE_H
#define SWARD_ACCOUNT_STAFF_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "account/person/person.h"
#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "job/job.h"
#include "store/db.h"
#include "web/viewer.h"

/* Roles that are given and taken one by one. */
#define STAFF_ROLES                                                                                \
    (ROLE_SUPPLIER | ROLE_LEADER | ROLE_BRAND | ROLE_MODERATOR | ROLE_OPERATOR | ROLES_OFFICIAL)

/* A role by its key ("supplier"), 0 when there is none; and what it is called. */
int people_role_of(struct str key);
struct people_role {
    int bit;
    const char *key;
    const char *name; /* an English message of the catalogue */
};
const struct people_role *people_roles(size_t *ret_n);

/* Who does what to whom, and why. */
struct people_act {
    int64_t by;        /* actor key of the staff; 0 = the operator's key */
    struct str handle; /* of whom */
    struct str reason; /* in the staff's own words */
    int64_t days;      /* of a suspension; 0 = until it is lifted */
};

/* Give a person exactly these of STAFF_ROLES. ERR_INVALID marks `role` when
 * that would leave no operator, ERR_NOT_FOUND when nobody has the handle. */
NODISCARD int people_set_roles(struct db *db, struct arena *a, const struct people_act *act,
                               int roles, struct err *err);

#define PEOPLE_DAYS_MAX   365
#define PEOPLE_ANSWER_MAX 1000 /* characters */

/* Suspend somebody, or lift it. A reason is needed to suspend: the person
 * reads it. ERR_INVALID marks `reason` and `days`; ERR_FORBIDDEN for an
 * operator and for oneself. Nothing happens when it is so already. */
NODISCARD int people_suspend(struct db *db, struct arena *a, const struct people_act *act,
                             bool suspended, struct err *err);

/* Why this actor is suspended: since 0 = they are not. */
struct people_standing {
    struct str reason;
    int64_t since;
    int64_t until;     /* when it ends by itself; 0 = when it is lifted */
    struct str answer; /* what the person said to it */
    int64_t answered;  /* 0 = nothing yet */
};
NODISCARD int people_standing(struct db *db, struct arena *a, int64_t actor,
                              struct people_standing *ret_standing, struct err *err);

/* A suspended person answers, once a suspension. ERR_INVALID marks `body`;
 * ERR_CONFLICT when there is nothing to answer, or they did. */
NODISCARD int people_answer(struct db *db, struct arena *a, int64_t actor, struct str text,
                            struct err *err);

extern const struct job_kind people_jobs[]; /* "suspension.end" */

/* People whose handle begins so, in the order of handles.
 *   begins  folded; empty = all
 *   after   handle of the last one shown; empty = from the first on
 *   roles   any of these bits; 0 = whatever they are
 *   ret_cards, ret_second  OUT: room for n each; second: they show a second
 *           factor when they sign in */
NODISCARD int people_list(struct db *db, struct arena *a, struct str begins, struct str after,
                          int roles, size_t n, struct person_card *ret_cards, bool *ret_second,
                          size_t *ret_n, struct err *err);

/* How many people have any of these roles. */
NODISCARD int people_with(struct db *db, int roles, int64_t *ret_n, struct err *err);

#endif
