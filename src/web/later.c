/* web/later.c - a ring of small items; the keeper hands them to the writer. */
#include "web/later.h"

#include <pthread.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "web/keeper.h"
#include "web/later_int.h"
#include "web/metrics.h"
#include "web/web_int.h"

#define BATCH 128 /* items of one transaction */

struct item {
    later_fn *fn;
    size_t len;
    _Alignas(max_align_t) char data[LATER_BYTES_MAX];
};

struct later {
    struct web *web;
    pthread_mutex_t lock; /* of the ring: items, first, n */
    struct item *items;
    size_t first, n;
    /* The batch at the writer; the keeper's, and the writer's while busy. */
    struct item *batch;
    size_t n_batch;
    size_t from, to; /* of the batch: what this transaction does */
    bool alone;      /* after a failure: one item a transaction */
    _Atomic bool busy;
    struct store_work work;
};

struct later *later_new(struct web *web)
{
    struct later *later = mem_alloc(sizeof(*later));
    if (!later)
        return NULL;
    *later = (struct later){ .web = web };
    later->items = mem_alloc(LATER_ITEMS_MAX * sizeof(struct item));
    later->batch = mem_alloc(BATCH * sizeof(struct item));
    pthread_mutex_init(&later->lock, NULL);
    if (!later->items || !later->batch) {
        later_free(later);
        return NULL;
    }
    return later;
}

void later_free(struct later *later)
{
    if (!later)
        return;
    pthread_mutex_destroy(&later->lock);
    mem_free(later->items);
    mem_free(later->batch);
    mem_free(later);
}

bool web_later(struct web *web, later_fn *fn, const void *data, size_t len)
{
    struct later *later = web->later;
    BUG_ON(len > LATER_BYTES_MAX);
    pthread_mutex_lock(&later->lock);
    bool room = later->n < LATER_ITEMS_MAX;
    if (room) {
        struct item *item = &later->items[(later->first + later->n++) % LATER_ITEMS_MAX];
        item->fn = fn;
        item->len = len;
        if (len)
            memcpy(item->data, data, len);
    }
    bool batch = room && later->n == BATCH;
    pthread_mutex_unlock(&later->lock);
    if (batch)
        keeper_wake(web);
    if (!room)
        metrics_add(web->metrics, METRIC_LATER_DROPPED, 1);
    return room;
}

static size_t take(struct later *later)
{
    size_t n = 0;
    pthread_mutex_lock(&later->lock);
    while (n < BATCH && later->n > 0) {
        later->batch[n++] = later->items[later->first];
        later->first = (later->first + 1) % LATER_ITEMS_MAX;
        later->n--;
    }
    pthread_mutex_unlock(&later->lock);
    return n;
}

static int write_items(struct db *db, void *ctx, struct err *err)
{
    struct later *later = ctx;
    for (size_t i = later->from; i < later->to; i++) {
        struct item *item = &later->batch[i];
        int rc = item->fn(db, item->data, item->len, err);
        if (rc)
            return rc;
    }
    return 0;
}

/* What the last transaction came to. A batch that failed as a whole is done
 * again item by item, so that one bad item does not take the others along. */
static void look(struct later *later)
{
    int64_t n = (int64_t)(later->to - later->from);
    if (later->work.rc == 0) {
        metrics_add(later->web->metrics, METRIC_LATER_DONE, n);
        later->from = later->to;
    } else if (n > 1) {
        later->alone = true;
    } else {
        metrics_add(later->web->metrics, METRIC_LATER_FAILED, n);
        log_at(LOG_WARN, "web.later_failed", LOG_F_C("error", err_name(later->work.rc)),
               LOG_F_C("detail", later->work.err.detail));
        later->from = later->to;
    }
}

/* The next piece of work: the rest of a batch, else a new batch. */
static bool next(struct later *later)
{
    if (later->from == later->n_batch) {
        later->n_batch = take(later);
        later->from = 0;
        later->alone = false;
    }
    later->to = later->alone ? later->from + 1 : later->n_batch;
    return later->n_batch > 0;
}

static void batch_done(struct store_work *work)
{
    struct later *later = work->ctx;
    look(later);
    pthread_mutex_lock(&later->lock);
    bool more = later->from < later->n_batch || later->n > 0;
    pthread_mutex_unlock(&later->lock);
    struct web *web = later->web;
    atomic_store(&later->busy, false);
    if (more)
        keeper_wake(web);
}

void later_kick(struct later *later)
{
    struct err err = { 0 };
    if (atomic_load(&later->busy) || !next(later))
        return;
    later->work = (struct store_work){ .fn = write_items, .ctx = later, .done = batch_done };
    atomic_store(&later->busy, true);
    if (store_submit(later->web->config.store, STORE_WRITE, &later->work, &err) != 0)
        atomic_store(&later->busy, false); /* the writer is full: at the next tick */
}

void later_finish(struct later *later)
{
    while (next(later)) {
        later->work.rc =
            store_write(later->web->config.store, write_items, later, &later->work.err);
        look(later);
    }
}

bool later_busy(const struct later *later)
{
    return atomic_load(&later->busy);
}
