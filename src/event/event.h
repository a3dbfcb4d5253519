/* event/event.h - the one log: every fact that matters, in order, once.
 *
 * A rule that changes something appends the fact in the same transaction, so
 * the log and the tables can never tell different stories. Nothing is ever
 * changed or removed: a like that is taken back is another fact. What the log
 * teaches is kept by followers (event/follower.h).
 *
 * Actors are pseudonymous keys; who an actor is stands in account/ alone.
 * Nothing personal goes into a body: no names, no texts that people wrote.
 *
 * Not here: what people saw (event/exposure.h), what each kind means
 * (event/kind.h).
 * Memory: rows live in the arena given. Threads: as the db handle's.
 */
#ifndef SWARD_EVENT_EVENT_H
#define SWARD_EVENT_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "event/kind.h"
#include "store/db.h"

/* Most bytes of a body. */
#define EVENT_BODY_MAX 2048

/* A fact to be appended. Members left out are 0. */
struct event {
    enum event_kind kind;
    int64_t actor;   /* who did it; 0 = the shop itself, or a visitor */
    int64_t object;  /* to what; kinds.def says which */
    int64_t about;   /* the second thing concerned; 0 = none */
    bool simulated;  /* a simulated person did it */
    struct str body; /* a JSON object made with codec/json_out.h; empty = none */
};

/* A fact as the log holds it. */
struct event_row {
    int64_t id; /* ordered by time */
    int64_t tx; /* its transaction; only followers look at it */
    enum event_kind kind;
    int64_t actor, object, about;
    int64_t at; /* microseconds UTC */
    bool simulated;
    struct str body;
};

struct event_list {
    struct event_row *v;
    size_t n;
};

/* Append a fact to the log, at db_now. Returns ERR_INTERNAL when the body is
 * longer than EVENT_BODY_MAX; a kind that kinds.def does not list is a bug. */
NODISCARD int event_append(struct db *db, const struct event *event, struct err *err);

/* The newest facts of some kinds, newest first: the drill-down of a board.
 *   kinds     numbers of kinds.def; none = nothing is found
 *   before    only facts with an id below this; 0 = from the newest on
 *   n         at most this many, 1..500
 *   ret_list  OUT: in the arena */
NODISCARD int event_newest(struct db *db, struct arena *a, const int64_t *kinds, size_t n_kinds,
                           int64_t before, int n, struct event_list *ret_list, struct err *err);

#endif
