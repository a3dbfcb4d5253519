/* account/staff/staff.h - the list of everything the staff did.
 *
 * Every act of an operator or a moderator that concerns somebody else writes a
 * row here, in the transaction of the act: who, what, to what, why, when. Rows
 * are never changed or removed. /operator/audit shows them.
 *
 *   rc = staff_note(db, &(struct staff_act){ .actor = rq->viewer.actor,
 *                                            .act = "note.hidden",
 *                                            .object_kind = "note",
 *                                            .object = note,
 *                                            .reason = reason }, err);
 *
 * Not here: the event log, which tells what happened to the thing (event/).
 * Memory: texts live in the arena given. Threads: as the db handle's.
 * Source: capabilities 95, 97, 164.
 */
#ifndef SWARD_ACCOUNT_STAFF_STAFF_H
#define SWARD_ACCOUNT_STAFF_STAFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"
#include "store/db.h"

/* Most bytes of a reason; a longer one is cut at a character. */
#define STAFF_REASON_BYTES 2000

/* One act. Members left out are 0. */
struct staff_act {
    int64_t actor;           /* who did it; 0 = the operator's key, no person */
    const char *act;         /* dotted key: thing and what was done to it, "role.given" */
    const char *object_kind; /* "person", "note", "comment", "section", "setting", … */
    int64_t object;          /* its id, or the actor key of a person; 0 = it has a name alone */
    struct str name;         /* what it is called, where an id would say nothing; or empty */
    struct str reason;       /* in the staff's own words; empty = none was asked for */
};

/* Write an act into the list. */
NODISCARD int staff_note(struct db *db, const struct staff_act *act, struct err *err);

/* An act as the list holds it. */
struct staff_row {
    int64_t id;
    int64_t actor;
    struct str act;
    struct str object_kind;
    int64_t object;
    struct str name;
    struct str reason;
    int64_t at; /* microseconds UTC */
};

/* Which acts. Zero means all of them. */
struct staff_filter {
    bool of_actor; /* only those of `actor` */
    int64_t actor;
    struct str act;       /* only of this kind */
    int64_t since, until; /* only of this time, `until` not included; 0 = no bound */
};

/* Acts below an id, newest first.
 *   before    0 = from the newest on
 *   n         at most this many, 1..1000
 *   ret_rows  OUT: in the arena; ret_n OUT: how many */
NODISCARD int staff_list(struct db *db, struct arena *a, const struct staff_filter *filter,
                         int64_t before, size_t n, const struct staff_row **ret_rows, size_t *ret_n,
                         struct err *err);

/* What an act is called: an English message of the catalogue, or NULL for a
 * kind of act that has no words of its own. */
const char *staff_act_words(struct str act);

#endif
