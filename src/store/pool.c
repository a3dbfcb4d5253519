/* store/pool.c - see pool.h. */
#include "store/pool.h"

#include "base/mem.h"

struct pool {
    int n;
    pthread_t threads[]; /* n */
};

/* The store whose pool this thread is of. */
static _Thread_local const struct store *own_store;

static void run_one(struct store *store, enum store_mode mode, struct store_work *work)
{
    err_clear(&work->err);
    switch (mode) {
    case STORE_READ:
        work->rc = store->engine->read(store, work->fn, work->ctx, &work->err);
        store->counts.reads++;
        break;
    case STORE_WRITE:
        work->rc = store->engine->write(store, work->fn, work->ctx, &work->unknown, &work->err);
        if (work->rc == 0)
            store->counts.writes++;
        else
            store->counts.write_errors++;
        break;
    case STORE_TASK:
        work->rc = work->fn(NULL, work->ctx, &work->err);
        BUG_ON(work->rc > 0);
        if (work->rc == 0)
            err_clear(&work->err);
        else if (work->err.code != work->rc)
            err_detail(&work->err, work->rc, "the task returned %d and said nothing", work->rc);
        store->counts.tasks++;
        break;
    }
    work->done(work);
}

static void *pool_main(void *ctx)
{
    struct store *store = ctx;
    own_store = store;
    enum store_mode mode;
    struct store_work *work;
    while ((work = queue_take(&store->work, true, &mode))) {
        run_one(store, mode, work);
        if (mode == STORE_TASK)
            queue_task_over(&store->work);
    }
    return NULL;
}

int pool_start(struct store *store, struct pool **ret_pool, struct err *err)
{
    int n = store->config.pool_threads;
    struct pool *pool = mem_alloc(sizeof(*pool) + (size_t)n * sizeof(pool->threads[0]));
    if (!pool)
        return err_detail(err, ERR_NOMEM, "no memory for the pool");
    pool->n = 0;
    for (; pool->n < n; pool->n++) {
        pthread_t *thread = &pool->threads[pool->n];
        if (pthread_create(thread, NULL, pool_main, store) != 0) {
            queue_close(&store->work);
            pool_stop(pool);
            return err_detail(err, ERR_IO, "no thread for the pool");
        }
        pthread_setname_np(*thread, "pool");
    }
    *ret_pool = pool;
    return 0;
}

void pool_stop(struct pool *pool)
{
    if (!pool)
        return;
    for (int i = 0; i < pool->n; i++)
        pthread_join(pool->threads[i], NULL);
    mem_free(pool);
}

bool pool_is_here(const struct store *store)
{
    return own_store == store;
}
