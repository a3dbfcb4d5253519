/* web/keeper.c - a loop with a pause. */
#include "web/keeper.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "web/conn.h"
#include "web/idempotency.h"
#include "web/later_int.h"
#include "web/metrics.h"
#include "web/stream.h"
#include "web/web_int.h"

#define TICK  (250 * TIME_MILLISECOND)
#define PURGE (2 * TIME_MINUTE)

/* A piece of purging at the writer. */
struct purge {
    struct store_work work;
    int64_t removed;
    _Atomic bool busy;
};

static int purge_keys(struct db *db, void *ctx, struct err *err)
{
    struct purge *p = ctx;
    return idempotency_purge(db, &p->removed, err);
}

static void purge_done(struct store_work *work)
{
    struct purge *p = work->ctx;
    if (work->rc)
        log_at(LOG_WARN, "web.purge_failed", LOG_F_C("error", err_name(work->rc)),
               LOG_F_C("detail", work->err.detail));
    atomic_store(&p->busy, false);
}

static void purge_kick(struct web *web, struct purge *p)
{
    struct err err = { 0 };
    if (atomic_load(&p->busy))
        return;
    p->removed = 0;
    p->work = (struct store_work){ .fn = purge_keys, .ctx = p, .done = purge_done };
    atomic_store(&p->busy, true);
    if (store_submit(web->config.store, STORE_WRITE, &p->work, &err) != 0)
        atomic_store(&p->busy, false);
}

/* Sleep for a tick, or until keeper_stop. */
static bool pause_tick(struct web *web)
{
    struct timespec until;
    pthread_mutex_lock(&web->keeper_lock);
    if (!atomic_load(&web->keeper_stop) && !web->keeper_woken) {
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += TICK * 1000;
        if (until.tv_nsec >= 1000000000) {
            until.tv_nsec -= 1000000000;
            until.tv_sec++;
        }
        pthread_cond_timedwait(&web->keeper_cond, &web->keeper_lock, &until);
    }
    web->keeper_woken = false;
    pthread_mutex_unlock(&web->keeper_lock);
    return !atomic_load(&web->keeper_stop);
}

static void wait_for(struct web *web, const struct purge *p)
{
    struct timespec pause = { .tv_nsec = 1000 * 1000 };
    while (later_busy(web->later) || streams_busy(web->streams) || atomic_load(&p->busy))
        clock_nanosleep(CLOCK_MONOTONIC, 0, &pause, NULL);
}

static void *keep(void *ctx)
{
    struct web *web = ctx;
    struct purge purge = { 0 };
    int64_t purged = clock_monotonic();
    while (pause_tick(web)) {
        int64_t now = clock_monotonic();
        metrics_add(web->metrics, METRIC_CUT, conns_reap(web->conns, now));
        if (!web->config.store)
            continue;
        later_kick(web->later);
        streams_tick(web->streams, now);
        if (now - purged > PURGE || purge.removed > 0) {
            purged = now;
            purge_kick(web, &purge);
        }
    }
    wait_for(web, &purge);
    if (web->config.store)
        later_finish(web->later);
    return NULL;
}

int keeper_start(struct web *web, struct err *err)
{
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_mutex_init(&web->keeper_lock, NULL);
    pthread_cond_init(&web->keeper_cond, &attr);
    pthread_condattr_destroy(&attr);
    int rc = pthread_create(&web->keeper, NULL, keep, web);
    if (rc) {
        pthread_mutex_destroy(&web->keeper_lock);
        pthread_cond_destroy(&web->keeper_cond);
        return err_detail(err, ERR_IO, "no thread for the keeper: %s", strerror(rc));
    }
    web->keeper_runs = true;
    return 0;
}

void keeper_wake(struct web *web)
{
    pthread_mutex_lock(&web->keeper_lock);
    web->keeper_woken = true;
    pthread_cond_signal(&web->keeper_cond);
    pthread_mutex_unlock(&web->keeper_lock);
}

void keeper_stop(struct web *web)
{
    if (!web->keeper_runs)
        return;
    pthread_mutex_lock(&web->keeper_lock);
    atomic_store(&web->keeper_stop, true);
    pthread_cond_signal(&web->keeper_cond);
    pthread_mutex_unlock(&web->keeper_lock);
    pthread_join(web->keeper, NULL);
    pthread_mutex_destroy(&web->keeper_lock);
    pthread_cond_destroy(&web->keeper_cond);
    web->keeper_runs = false;
}
