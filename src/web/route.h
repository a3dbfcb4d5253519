/* web/route.h - a row says everything about a door before anyone knocks.
 *
 * Each room has one table of rows (<room>_web.c: `const struct route
 * note_routes[]`, ended by a zero row), listed in app/rooms.def. A row
 * without `who`, `runs`, a body ceiling for a method with a body, or a rate
 * class does not start. `sward routes` prints the whole table.
 *
 * To add a route: add the row; write the handler; add its test to the route
 * matrix (tests/conversation). Nothing else registers anything.
 */
#ifndef SWARD_WEB_ROUTE_H
#define SWARD_WEB_ROUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "web/request.h"

/* Who may call. Zero is nobody, so a forgotten column refuses to start. */
enum who {
    WHO_UNSET = 0,
    WHO_ANYONE,    /* visitors too */
    WHO_MEMBER,    /* signed in */
    WHO_SUPPLIER,  /* signed in with that role; the operator too */
    WHO_MODERATOR, /* or operator */
    WHO_OPERATOR,
    WHO_SIGNED,    /* no session: the handler checks a signature in the request (webhooks) */
    WHO_SIMULATOR, /* exists only while the shop runs on a simulated clock */
};

/* Where it runs. */
enum runs {
    RUNS_UNSET = 0,
    RUNS_READ,  /* in a read transaction, read-only handle */
    RUNS_WRITE, /* in the writer; answered after the commit */
    RUNS_PLAIN, /* no database: db is NULL */
};

/* How often one client may call, per class; see web/rate.h for the numbers. */
enum rate {
    RATE_UNSET = 0,
    RATE_READ,   /* pages */
    RATE_WRITE,  /* likes, comments, carts */
    RATE_HEAVY,  /* uploads, publishing, checkout */
    RATE_AUTH,   /* sign up, sign in, password reset */
    RATE_STREAM, /* exposure batches, server-sent events */
    RATE_NONE,   /* health probes, static files, signed callbacks */
};

enum cache {
    CACHE_PRIVATE = 0, /* no-store for writes, private revalidated for pages */
    CACHE_PUBLIC,      /* the same for everyone, for a minute */
    CACHE_IMMUTABLE,   /* the address changes when the content does */
};

typedef int route_fn(struct req *rq, struct db *db, struct answer *ret, struct err *err);

/* Slow work before the transaction, on the worker pool: hash a password,
 * decode a photo. Leaves its result in rq->prepared. */
typedef int prepare_fn(struct req *rq, struct err *err);

struct route {
    enum method method;
    const char *path; /* "/n/:note"; a :name part matches one segment */
    route_fn *handle;
    enum who who;
    enum runs runs;
    enum rate rate;
    enum cache cache;
    int64_t body_max;    /* most bytes of body, uploads included; 0 = no body */
    prepare_fn *prepare; /* NULL = none */
    route_fn *form;      /* the READ handler that shows the form again after ERR_INVALID; or NULL */
    bool needs_key;      /* refuses a request without an idempotency key */
    bool raw_body;       /* the handler wants the body's bytes */
    bool suspended_may;  /* a write that a suspended person may do too: sign out, take data along */
};

/* The paths of pages also answer under /api/v1 + path as JSON. */
#define ROUTE_BODY_FORM  (64 * 1024)
#define ROUTE_BODY_PHOTO (21 * 1024 * 1024)
#define ROUTE_BODY_VIDEO (201 * 1024 * 1024)

#endif
