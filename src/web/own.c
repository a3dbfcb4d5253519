/* web/own.c - the routes that web/ brings itself. */
#include <string.h>

#include "codec/date.h"
#include "store/store.h"
#include "web/call.h"
#include "web/client.h"
#include "web/metrics.h"
#include "web/web_int.h"

static int missing(struct req *rq UNUSED, struct db *db UNUSED, struct answer *ret UNUSED,
                   struct err *err)
{
    return err_detail(err, ERR_NOT_FOUND, "no row has this address");
}

/* The process runs: for whoever restarts it when not. */
static int show_health(struct req *rq UNUSED, struct db *db UNUSED, struct answer *ret,
                       struct err *err UNUSED)
{
    answer_bytes(ret, "text/plain; charset=utf-8", STR("ok\n"));
    return 0;
}

/* It can serve: for who sends it traffic. */
static int show_ready(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err)
{
    const struct web_config *config = &rq->web->config;
    struct buf why;
    struct err ping = { 0 };
    buf_init(&why, 1000);
    bool ready = !atomic_load(&rq->web->stopping);
    if (!ready)
        BUF_PUT_LIT(&why, "stopping");
    if (ready && config->store && store_ping(config->store, &ping) != 0) {
        ready = false;
        buf_put_c(&why, ping.detail);
    }
    if (ready && config->ready)
        ready = config->ready(config->ctx, &why);
    int rc = 0;
    if (ready)
        answer_bytes(ret, "text/plain; charset=utf-8", STR("ready\n"));
    else
        rc = err_detail(err, ERR_BUSY, "%.*s", STR_ARG(buf_str(&why)));
    buf_release(&why);
    return rc;
}

/* From this machine itself, or with the operator's key; for anybody else it
 * is not there. A header of a proxy that is not trusted means that the
 * request came from further away than it looks. */
static int show_metrics(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err)
{
    struct buf out;
    bool near = client_is_loopback(rq->client) &&
                (call_of(rq)->conn->trusted ||
                 req_header(rq, "x-forwarded-for").len + req_header(rq, "forwarded").len == 0);
    if (!near && !(rq->viewer.roles & ROLE_OPERATOR))
        return err_detail(err, ERR_NOT_FOUND, "metrics from afar");
    buf_init(&out, 4 * 1024 * 1024);
    metrics_print(rq->web, &out);
    answer_bytes(ret, "text/plain; version=0.0.4; charset=utf-8",
                 arena_str(rq->arena, buf_str(&out)));
    bool full = buf_overflowed(&out);
    buf_release(&out);
    return full ? err_detail(err, ERR_NOMEM, "too many metrics") : 0;
}

static void clock_json(struct json_out *j, const void *data)
{
    char text[DATE_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "at", date_write(text, *(const int64_t *)data));
    json_end_object(j);
}

static const struct shape clock_shape = { .json = clock_json };

/* The simulation says how late it is. */
static int set_clock(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err)
{
    struct web *web = rq->web;
    struct clock *clock = web->config.clock;
    int64_t *at = arena_new(rq->arena, int64_t);
    if (!at)
        return err_detail(err, ERR_NOMEM, "no room for a time");
    if (!clock->manual)
        return err_detail(err, ERR_UNAVAILABLE, "the clock is the system's");
    if (!date_read(req_text(rq, "at"), at))
        return err_field(err, "at", N_("This is no time."));
    pthread_mutex_lock(&web->clock_lock);
    bool back = *at < clock_now(clock);
    if (!back)
        clock_set(clock, *at);
    pthread_mutex_unlock(&web->clock_lock);
    if (back)
        return err_set(err, ERR_CONFLICT, N_("Time does not go back."));
    ret->shape = &clock_shape;
    ret->data = at;
    return 0;
}

const struct route web_own_routes[] = {
    { .method = METHOD_GET,
      .path = "/healthz",
      .handle = show_health,
      .who = WHO_ANYONE,
      .runs = RUNS_PLAIN,
      .rate = RATE_NONE },
    { .method = METHOD_GET,
      .path = "/readyz",
      .handle = show_ready,
      .who = WHO_ANYONE,
      .runs = RUNS_PLAIN,
      .rate = RATE_NONE },
    { .method = METHOD_GET,
      .path = "/metrics",
      .handle = show_metrics,
      .who = WHO_ANYONE,
      .runs = RUNS_PLAIN,
      .rate = RATE_NONE },
    { .method = METHOD_POST,
      .path = "/-/clock",
      .handle = set_clock,
      .who = WHO_SIMULATOR,
      .runs = RUNS_PLAIN,
      .rate = RATE_NONE,
      .body_max = 1024 },
    { 0 },
};

const struct route web_missing = { .method = METHOD_GET,
                                   .path = "(none)",
                                   .handle = missing,
                                   .who = WHO_ANYONE,
                                   .runs = RUNS_READ,
                                   .rate = RATE_READ };
const struct route web_missing_plain = { .method = METHOD_GET,
                                         .path = "(none)",
                                         .handle = missing,
                                         .who = WHO_ANYONE,
                                         .runs = RUNS_PLAIN,
                                         .rate = RATE_READ };
