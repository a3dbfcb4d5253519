/* web/web_int.h - what the parts of web/ share; not for other floors.
 *
 * One struct web for each server. Everything in it that changes while it runs
 * is atomic or has its own lock.
 */
#ifndef SWARD_WEB_WEB_INT_H
#define SWARD_WEB_WEB_INT_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/settings.h"
#include "web/client.h"
#include "web/conn.h"
#include "web/gzip.h"
#include "web/metrics.h"
#include "web/rate.h"
#include "web/router.h"
#include "web/static.h"
#include "web/web.h"

struct MHD_Daemon;
struct call;
struct calls;
struct later;
struct streams;

/* Ceilings of what one request may take. */
#define WEB_HEADERS_MAX     64            /* header lines */
#define WEB_CONNECTION_POOL (16 * 1024)   /* bytes of request line and headers, answer's headers */
#define WEB_PATH_MAX        1024          /* bytes of a path */
#define WEB_QUERY_MAX       4096          /* bytes of a query */
#define WEB_FIELD_MAX       (256 * 1024)  /* bytes of one text field */
#define WEB_TEXT_MAX        (1024 * 1024) /* bytes of all text of a body, and of a JSON body */
#define WEB_FILES_MAX       18            /* uploads of one request */
#define WEB_BASE_MAX        (4 * 1024 * 1024)  /* arena of what came in */
#define WEB_HANDLER_MAX     (16 * 1024 * 1024) /* arena of what a handler builds */
#define WEB_ANSWER_MAX      (8 * 1024 * 1024)  /* bytes of a rendered answer */
#define WEB_DRAIN_MAX       (1024 * 1024)      /* bytes read and thrown away before a cut */

struct web {
    struct web_config config;
    const struct settings *settings;
    struct arena arena; /* the route tree and other things that live as long */
    struct proxies proxies;
    struct str origin; /* public_url without a slash at its end */
    struct str spool;  /* folder of uploads in flight */
    bool https;        /* public_url is https */
    struct router router;
    const struct route *missing; /* the row that answers what has no row */
    struct MHD_Daemon *daemon;
    int listen_fd;
    int port;
    struct conns *conns;
    struct calls *calls;
    struct rate_table *rates;
    struct gzips *gzips;
    struct statics *statics;
    struct metrics *metrics;
    struct later *later;
    struct streams *streams;
    pthread_mutex_t clock_lock; /* around look-then-set of a manual clock */
    pthread_t keeper;
    pthread_mutex_t keeper_lock;
    pthread_cond_t keeper_cond;
    bool keeper_woken; /* guarded by keeper_lock */
    bool keeper_runs;
    _Atomic bool keeper_stop;
    _Atomic bool stopping;
    char run_name[8]; /* of this start, the first part of request ids */
    _Atomic uint64_t n_requests;
};

/* Routes that web/ brings itself: probes, metrics, the simulated clock. */
extern const struct route web_own_routes[];

/* The row of what has no row, with a database and without. */
extern const struct route web_missing;
extern const struct route web_missing_plain;

#endif
