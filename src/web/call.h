/* web/call.h - one request on its way through the server; private to web/.
 *
 * A call is made when the request line is read and given back when the answer
 * is sent or the client is gone. Calls are kept for reuse, with their memory.
 *
 * Threads: a call belongs to the I/O thread of its connection, except while
 * the connection is suspended (CALL_WAITING): then to the store's thread.
 */
#ifndef SWARD_WEB_CALL_H
#define SWARD_WEB_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/macros.h"
#include "codec/params.h"
#include "store/store.h"
#include "web/body.h"
#include "web/idempotency.h"
#include "web/request.h"
#include "web/route.h"
#include "web/web_int.h"

struct MHD_Connection;

enum call_state {
    CALL_NEW,     /* the request line is there */
    CALL_BODY,    /* the body is arriving */
    CALL_WAITING, /* suspended: the store works on it */
    CALL_READY,   /* a step is done, the I/O thread goes on */
    CALL_SENT,    /* the answer is queued */
};

/* What the next step is. */
enum call_step {
    STEP_PREPARE, /* who is it, then the route's slow work */
    STEP_HANDLE,  /* the handler, in its transaction */
    STEP_OUTCOME, /* the commit's outcome is unknown: look for the key's row */
    STEP_FORM,    /* the form again, after a refusal */
    STEP_RENDER,
};

struct header {
    struct str name;
    struct str value;
};

struct call {
    struct call *next; /* among those kept for reuse */
    struct web *web;
    struct MHD_Connection *connection;
    struct conn *conn;
    enum call_state state;
    enum call_step step;
    int64_t started; /* monotonic */

    struct arena base;  /* what came in; until the answer is sent */
    struct arena tries; /* what the handler builds; set back before each try */
    struct arena again; /* what the form's handler builds */

    /* What came in. */
    struct header headers[WEB_HEADERS_MAX];
    int n_headers;
    int64_t content_length; /* -1 = chunked */
    bool head;              /* HEAD: like GET, without the body */
    bool http10;
    const struct static_file *file; /* answered by static.c: no row */
    bool moved;                     /* answered with the https address */
    int route_index;                /* place of its row in the metrics; -1 = none */
    struct params args, query, fields;
    struct body body;
    struct req rq;

    /* How far it got. */
    bool waiting;    /* counted by calls_waiting */
    bool guarded;    /* the rate's token was taken */
    bool admitted;   /* the guard let it through to the handler */
    int64_t drained; /* bytes of a refused request's body that were thrown away */
    bool replayed;   /* the answer comes from the idempotency row */
    bool form_again; /* the answer is the form, with what was typed */
    struct idempotency_row row;
    const char *key_route; /* "POST /n/:note/like" */
    unsigned char fingerprint[IDEMPOTENCY_FINGERPRINT];
    struct store_work work;
    int rc;
    struct err err;
    struct answer answer;

    /* What goes out. The bytes are read by the server until the call ends. */
    struct buf out;
    struct buf packed;
    struct str allow; /* for 405 and OPTIONS */
    int status;
    int64_t sent;
    bool close; /* the connection ends with this answer */
};

struct calls *calls_new(struct web *web);
void calls_free(struct calls *calls);

/* A call for a new request; NULL when memory is short. target is copied. */
struct call *call_begin(struct calls *calls, struct MHD_Connection *connection, struct conn *conn,
                        const char *target);

/* The request is over, answered or not. */
void call_end(struct calls *calls, struct call *call);

/* Requests that are being read, worked on or sent; those of them whose
 * connection is suspended. */
int64_t calls_active(struct calls *calls);
int64_t calls_waiting(struct calls *calls);

/* Count the call among those that wait, or not. */
void call_wait(struct call *call, bool waits);

/* A header, by lower-case name; empty when absent. */
struct str call_header(const struct call *call, const char *name);

/* The call that a request belongs to. */
struct call *call_of(const struct req *rq);

#endif
