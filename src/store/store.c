/* store/store.c - open and close, and the way of a piece of work to its thread. */
#include "store/store.h"

#include <semaphore.h>
#include <string.h>

#include "base/mem.h"
#include "store/engine.h"
#include "store/ids.h"
#include "store/memo.h"
#include "store/pool.h"

#define POOL_THREADS 4
#define BATCH_MAX    64
#define BATCH_US     10000
#define QUEUE_MAX    4096
#define BUSY_SECONDS 1 /* what a client is told to wait when the queue is full */

static _Atomic uint64_t last_serial;

static bool is_postgres(const char *database)
{
    struct str address = str_from(database);
    return str_starts(address, STR("postgres://")) || str_starts(address, STR("postgresql://"));
}

static char *copy_text(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = mem_alloc(size);
    if (copy)
        memcpy(copy, text, size);
    return copy;
}

static void free_text(const char *text)
{
    char *own;
    memcpy(&own, &text, sizeof(own));
    mem_free(own);
}

static void take_config(struct store *store, const struct store_config *config)
{
    store->config = *config;
    struct store_config *c = &store->config;
    c->pool_threads = c->pool_threads > 0 ? c->pool_threads : POOL_THREADS;
    c->batch_max = c->batch_max > 0 ? c->batch_max : BATCH_MAX;
    c->batch_us = c->batch_us > 0 ? c->batch_us : BATCH_US;
    c->queue_max = c->queue_max > 0 ? c->queue_max : QUEUE_MAX;
    c->database = copy_text(config->database);
    c->vfs = config->vfs ? copy_text(config->vfs) : NULL;
}

static void store_free(struct store *store)
{
    queue_release(&store->work);
    queue_release(&store->writes);
    ids_release(&store->ids);
    memo_free(store->memo);
    free_text(store->config.database);
    free_text(store->config.vfs);
    mem_free(store);
}

int store_open(const struct store_config *config, struct store **ret_store, struct err *err)
{
    struct err own = { 0 };
    err = err ? err : &own;
    struct store *store = mem_alloc(sizeof(*store));
    if (!store)
        return err_detail(err, ERR_NOMEM, "no memory for the store");
    memset(store, 0, sizeof(*store));
    take_config(store, config);
    store->serial = ++last_serial;
    store->engine = is_postgres(config->database) ? &pg_engine : &sqlite_engine;
    /* One thread is always left for reads and writes, so that slow tasks
     * can't stop them; with a single thread there is no choice. */
    int tasks_max = store->config.pool_threads > 1 ? store->config.pool_threads - 1 : 1;
    queue_init(&store->work, store->config.queue_max, tasks_max);
    queue_init(&store->writes, store->config.queue_max, 1);
    ids_init(&store->ids);

    int rc = 0;
    if (!store->config.database || (config->vfs && !store->config.vfs))
        rc = err_detail(err, ERR_NOMEM, "no memory for the store");
    if (rc == 0 && config->memo_bytes && !store->engine->postgres)
        rc = memo_new(config->memo_bytes, &store->memo, err);
    if (rc == 0)
        rc = store->engine->open(store, err);
    if (rc == 0)
        rc = pool_start(store, &store->pool, err);
    if (rc < 0) {
        queue_close(&store->writes);
        store->engine->close(store);
        store_free(store);
        return rc;
    }
    *ret_store = store;
    return 0;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    atomic_store(&store->closing, true);
    /* The pool first: its tasks may still read and write. */
    queue_close(&store->work);
    pool_stop(store->pool);
    queue_close(&store->writes);
    store->engine->close(store);
    store_free(store);
}

int64_t store_now(struct store *store)
{
    int64_t now = clock_now(store->config.clock);
    int64_t last = atomic_load(&store->last_now);
    while (now > last) {
        if (atomic_compare_exchange_weak(&store->last_now, &last, now))
            return now;
    }
    return last;
}

bool store_reads_here(const struct store *store)
{
    return store->engine->reads_here;
}

int store_submit(struct store *store, enum store_mode mode, struct store_work *work,
                 struct err *err)
{
    BUG_ON(!work->done || !work->fn);
    bool to_writer = mode == STORE_WRITE && !store->engine->write;
    struct queue *queue = to_writer ? &store->writes : &store->work;
    err_clear(&work->err);
    work->rc = 0;
    work->unknown = false;
    bool welcome = !atomic_load(&store->closing) || pool_is_here(store);
    if (welcome && queue_put(queue, mode, work))
        return 0;
    int rc = err_detail(err, ERR_BUSY, welcome ? "the queue is full" : "the store is closing");
    if (err)
        err->retry_after = BUSY_SECONDS;
    return rc;
}

struct waiter {
    struct store_work work; /* first: done is given its address */
    sem_t over;
};

static void wake(struct store_work *work)
{
    struct waiter *w = (struct waiter *)work;
    sem_post(&w->over);
}

static int submit_and_wait(struct store *store, enum store_mode mode, store_fn *fn, void *ctx,
                           struct err *err)
{
    struct waiter w = { .work = { .fn = fn, .ctx = ctx, .done = wake } };
    sem_init(&w.over, 0, 0);
    int rc = store_submit(store, mode, &w.work, err);
    if (rc == 0) {
        while (sem_wait(&w.over) != 0)
            continue;
        *err = w.work.err;
        rc = w.work.rc;
    }
    sem_destroy(&w.over);
    return rc;
}

int store_read(struct store *store, store_fn *fn, void *ctx, struct err *err)
{
    struct err own = { 0 };
    err = err ? err : &own;
    BUG_ON(db_inside_work());
    if (!store->engine->reads_here && !pool_is_here(store))
        return submit_and_wait(store, STORE_READ, fn, ctx, err);
    atomic_fetch_add_explicit(&store->counts.reads, 1, memory_order_relaxed);
    return store->engine->read(store, fn, ctx, err);
}

int store_write(struct store *store, store_fn *fn, void *ctx, struct err *err)
{
    struct err own = { 0 };
    err = err ? err : &own;
    BUG_ON(db_inside_work());
    if (!store->engine->write || !pool_is_here(store))
        return submit_and_wait(store, STORE_WRITE, fn, ctx, err);
    bool unknown = false;
    int rc = store->engine->write(store, fn, ctx, &unknown, err);
    atomic_fetch_add(rc == 0 ? &store->counts.writes : &store->counts.write_errors, 1);
    return rc;
}

void store_stats(struct store *store, struct store_stats *ret_stats)
{
    struct store_counts *c = &store->counts;
    *ret_stats = (struct store_stats){
        .writes = atomic_load(&c->writes),
        .batches = atomic_load(&c->batches),
        .write_errors = atomic_load(&c->write_errors),
        .retries = atomic_load(&c->retries),
        .queue_depth = queue_depth(&store->work) + queue_depth(&store->writes),
        .checkpoints = atomic_load(&c->checkpoints),
        .wal_pages = atomic_load(&c->wal_pages),
        .wal_written = atomic_load(&c->wal_written),
        .reads = atomic_load(&c->reads),
        .tasks = atomic_load(&c->tasks),
    };
}

static const struct stmt_def ping = {
    .name = "store_ping",
    .sqlite = "select count(*) from sqlite_master",
    .postgres = "select cast(1 as bigint)",
    .index = -1,
    .n_cols = 1,
    .cols = (const uint8_t[]){ DB_INT },
};

static int ping_fn(struct db *db, void *ctx UNUSED, struct err *err)
{
    struct db_cursor c;
    int rc = db_start(db, &ping, NULL, &c, err);
    if (rc == 0)
        rc = db_step(&c, err);
    db_finish(&c);
    return rc < 0 ? rc : 0;
}

int store_ping(struct store *store, struct err *err)
{
    return store_read(store, ping_fn, NULL, err);
}
