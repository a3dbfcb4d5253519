/* web/metrics.c - atomic counters, printed by name. */
#include "web/metrics.h"

#include <stdatomic.h>
#include <string.h>

#include "base/mem.h"
#include "store/store.h"
#include "web/call.h"
#include "web/later.h"
#include "web/router.h"
#include "web/web_int.h"

#define CLASSES 5 /* 1xx..5xx */
#define STEPS   8

/* Upper bounds of the histogram, microseconds; the last step is what is slower. */
static const int64_t bounds[STEPS - 1] = { 500, 2000, 5000, 20000, 100000, 500000, 2000000 };
static const char *const bound_names[STEPS] = { "0.0005", "0.002", "0.005", "0.02",
                                                "0.1",    "0.5",   "2",     "+Inf" };

struct route_counts {
    _Atomic(const struct route *) route;
    _Atomic int64_t by_class[CLASSES];
    _Atomic int64_t by_step[STEPS];
    _Atomic int64_t micros;
    _Atomic int64_t bytes;
};

struct metrics {
    int n_routes;
    _Atomic int64_t counts[METRIC_COUNT];
    struct route_counts routes[];
};

struct metrics *metrics_new(int n_routes)
{
    size_t size = sizeof(struct metrics) + (size_t)(n_routes + 1) * sizeof(struct route_counts);
    struct metrics *metrics = mem_alloc(size);
    if (!metrics)
        return NULL;
    memset(metrics, 0, size);
    metrics->n_routes = n_routes;
    return metrics;
}

void metrics_free(struct metrics *metrics)
{
    mem_free(metrics);
}

static void add(_Atomic int64_t *counter, int64_t n)
{
    atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}

void metrics_request(struct metrics *metrics, int index, const struct route *route, int status,
                     int64_t micros, int64_t bytes)
{
    struct route_counts *r = &metrics->routes[index];
    int step = 0;
    while (step < STEPS - 1 && micros > bounds[step])
        step++;
    if (route && !atomic_load_explicit(&r->route, memory_order_relaxed))
        atomic_store(&r->route, route);
    add(&r->by_class[status / 100 - 1 >= 0 && status < 600 ? status / 100 - 1 : CLASSES - 1], 1);
    add(&r->by_step[step], 1);
    add(&r->micros, micros);
    add(&r->bytes, bytes);
}

void metrics_add(struct metrics *metrics, enum metric metric, int64_t n)
{
    add(&metrics->counts[metric], n);
}

int64_t metrics_get(const struct metrics *metrics, enum metric metric)
{
    return atomic_load_explicit(&metrics->counts[metric], memory_order_relaxed);
}

static void put_labels(struct buf *out, const struct route *route)
{
    buf_printf(out, "{method=\"%s\",route=\"%s\"", route ? method_name(route->method) : "",
               route ? route->path : "");
}

static void put_route(struct buf *out, const struct route_counts *r)
{
    const struct route *route = atomic_load(&r->route);
    int64_t total = 0;
    for (int i = 0; i < CLASSES; i++) {
        int64_t n = atomic_load(&r->by_class[i]);
        if (n == 0)
            continue;
        BUF_PUT_LIT(out, "sward_requests_total");
        put_labels(out, route);
        buf_printf(out, ",status=\"%dxx\"} %lld\n", i + 1, (long long)n);
        total += n;
    }
    if (total == 0)
        return;
    int64_t sum = 0;
    for (int i = 0; i < STEPS; i++) {
        sum += atomic_load(&r->by_step[i]);
        BUF_PUT_LIT(out, "sward_request_seconds_bucket");
        put_labels(out, route);
        buf_printf(out, ",le=\"%s\"} %lld\n", bound_names[i], (long long)sum);
    }
    BUF_PUT_LIT(out, "sward_request_seconds_sum");
    put_labels(out, route);
    buf_printf(out, "} %.6f\n", (double)atomic_load(&r->micros) / 1e6);
    BUF_PUT_LIT(out, "sward_request_seconds_count");
    put_labels(out, route);
    buf_printf(out, "} %lld\n", (long long)sum);
    BUF_PUT_LIT(out, "sward_answer_bytes_total");
    put_labels(out, route);
    buf_printf(out, "} %lld\n", (long long)atomic_load(&r->bytes));
}

static void put_number(struct buf *out, const char *name, const char *type, int64_t value)
{
    buf_printf(out, "# TYPE %s %s\n%s %lld\n", name, type, name, (long long)value);
}

static void put_store(struct buf *out, struct store *store)
{
    struct store_stats s;
    store_stats(store, &s);
    put_number(out, "sward_store_reads_total", "counter", s.reads);
    put_number(out, "sward_store_writes_total", "counter", s.writes);
    put_number(out, "sward_store_write_errors_total", "counter", s.write_errors);
    put_number(out, "sward_store_batches_total", "counter", s.batches);
    put_number(out, "sward_store_retries_total", "counter", s.retries);
    put_number(out, "sward_store_tasks_total", "counter", s.tasks);
    put_number(out, "sward_store_checkpoints_total", "counter", s.checkpoints);
    put_number(out, "sward_store_queue_depth", "gauge", s.queue_depth);
    put_number(out, "sward_store_wal_pages", "gauge", s.wal_pages);
    put_number(out, "sward_store_wal_written_pages_total", "counter", s.wal_written);
}

static void put_counts(struct web *web, struct buf *out)
{
    static const char *const names[METRIC_COUNT] = {
        [METRIC_CUT] = "sward_connections_cut_total",
        [METRIC_REFUSED] = "sward_connections_refused_total",
        [METRIC_RATE] = "sward_rate_limited_total",
        [METRIC_REPLAYED] = "sward_replayed_total",
        [METRIC_LATER_DONE] = "sward_later_done_total",
        [METRIC_LATER_DROPPED] = "sward_later_dropped_total",
        [METRIC_LATER_FAILED] = "sward_later_failed_total",
    };
    for (int i = 0; i < METRIC_COUNT; i++)
        put_number(out, names[i], "counter", metrics_get(web->metrics, (enum metric)i));
    put_number(out, "sward_connections", "gauge", conns_count(web->conns));
    put_number(out, "sward_requests_active", "gauge", calls_active(web->calls));
}

void metrics_print(struct web *web, struct buf *out)
{
    BUF_PUT_LIT(out, "# TYPE sward_requests_total counter\n"
                     "# TYPE sward_request_seconds histogram\n"
                     "# TYPE sward_answer_bytes_total counter\n");
    for (int i = 0; i <= web->metrics->n_routes; i++)
        put_route(out, &web->metrics->routes[i]);
    put_counts(web, out);
    if (web->config.store)
        put_store(out, web->config.store);
    if (web->config.metrics)
        web->config.metrics(web->config.ctx, out);
}
