/* web/web.h - the HTTP server of sward.
 *
 * web_start checks the route tables, listens, and serves until web_stop. What
 * web/ does not know is handed in: the tables of routes and slots, who is
 * asking (resolve), how pages look (look), whether the place is ready.
 *
 * Threads. I/O threads (as many as cores) take the requests, run reads on
 * SQLite where they arrive, and render. Writes, reads on PostgreSQL and
 * prepare steps are queued in the store; the connection is suspended until
 * they are done. One more thread, the keeper, cuts off what is late and does
 * the small work that was left for later.
 *
 * Order at the end: web_stop, then store_close. web_stop lets the requests in
 * flight finish.
 *
 * Errors: ERR_INVALID from web_start when a route lacks a column or two rows
 * collide; the detail names the row.
 */
#ifndef SWARD_WEB_WEB_H
#define SWARD_WEB_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/settings.h"
#include "store/store.h"
#include "web/asset.h"
#include "web/look.h"
#include "web/request.h"
#include "web/route.h"
#include "web/slot.h"
#include "web/viewer.h"

struct web;

/* Find out who is asking: by a cookie (req_cookie) or a bearer token
 * (req_header(rq, "authorization")). Called inside the request's transaction,
 * once for each try; a write asks again, so that a session which ended in the
 * meantime counts.
 *   ret_viewer  IN/OUT: zero on entry, except for ROLE_OPERATOR in roles when
 *               the operator's key came along; the resolver may then give the
 *               actor that the operator acts as
 * A visitor is no error: leave the actor 0 and return 0. */
typedef int web_resolve_fn(void *ctx, struct req *rq, struct db *db, struct viewer *ret_viewer,
                           struct err *err);

/* Somebody who listens: an actor, and the session in which they do. */
struct stream_who {
    int64_t actor, session;
};

struct web_config {
    const struct settings *settings;
    struct store *store; /* NULL: only RUNS_PLAIN routes */
    struct media *media; /* where handlers keep photos: media/media.h; NULL = no route needs it */
    struct clock *clock;
    const struct route *const *routes; /* tables, each ended by a zero row; ended by NULL */
    const struct slot *const *slots;   /* the same; NULL = none */
    const struct asset *assets;        /* NULL = none */
    size_t n_assets;
    const struct look *look;
    web_resolve_fn *resolve; /* NULL: everybody is a visitor */

    /* Called for each page (no fragment, no JSON) that is about to be sent to
     * somebody who agreed that it counts (viewer.exposure_ok): what was served,
     * for those who have no script to report it. On the I/O thread, so it only
     * leaves work with web_later. NULL = none. */
    void (*exposure)(void *ctx, struct req *rq, const struct answer *answer);

    /* More to ask before /readyz says yes; writes why not. NULL = the store alone. */
    bool (*ready)(void *ctx, struct buf *why);

    /* How things stand for those who listen (web/stream.h): how much is new for
     * each, or -1 when the session is over. In a read transaction, twice a
     * second while somebody listens. NULL = nobody is told anything.
     *   ret_state  OUT: n numbers */
    int (*pulse)(void *ctx, struct db *db, const struct stream_who *who, size_t n,
                 int64_t *ret_state, struct err *err);

    /* More lines for /metrics, in Prometheus' text form. NULL = none. */
    void (*metrics)(void *ctx, struct buf *out);
    void *ctx;
};

/* Check the tables, listen, serve.
 *   ret_web  OUT: freed by web_stop */
NODISCARD int web_start(const struct web_config *config, struct web **ret_web, struct err *err);

/* Stop listening, finish what is in flight, end. NULL is fine. */
void web_stop(struct web *web);

/* The port it listens on, also when the setting asked for any. */
int web_port(const struct web *web);

/* The whole route table as text, one row a line, for `sward routes`; checks
 * it like web_start does. */
NODISCARD int web_print_routes(const struct route *const *routes, struct buf *out, struct err *err);

#endif
