/* web/metrics.h - what the server counts, for /metrics and the request log.
 *
 * Counters are by route pattern, never by address asked for, so their number
 * is bounded and nothing personal is in them.
 *
 * Memory: one block. Threads: any; counters are atomic.
 */
#ifndef SWARD_WEB_METRICS_H
#define SWARD_WEB_METRICS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/macros.h"
#include "web/route.h"

struct metrics;
struct web;

/* What happened that is no request's own affair. */
enum metric {
    METRIC_CUT,           /* connections cut off past their deadline */
    METRIC_REFUSED,       /* connections over a limit */
    METRIC_RATE,          /* requests over a rate */
    METRIC_REPLAYED,      /* answers given again by their key */
    METRIC_LATER_DONE,    /* items left for later that were done */
    METRIC_LATER_DROPPED, /* that had no room */
    METRIC_LATER_FAILED,  /* that failed */
    METRIC_COUNT,
};

struct metrics *metrics_new(int n_routes);
void metrics_free(struct metrics *metrics);

/* Counts start with the first request of a row. index: 0 .. n_routes, where
 * n_routes stands for what has no row (static files, refusals). */
void metrics_request(struct metrics *metrics, int index, const struct route *route, int status,
                     int64_t micros, int64_t bytes);

void metrics_add(struct metrics *metrics, enum metric metric, int64_t n);
int64_t metrics_get(const struct metrics *metrics, enum metric metric);

/* All of it in Prometheus' text form, with the store's and the config's. */
void metrics_print(struct web *web, struct buf *out);

#endif
