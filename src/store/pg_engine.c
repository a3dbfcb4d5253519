/* store/pg_engine.c - PostgreSQL as an engine. */
#include "base/mem.h"
#include "store/pg_conn.h"
#include "store/pg_node.h"
#include "store/pg_run.h"
#include "store/pg_stmt.h"

static int engine_open(struct store *store, struct err *err)
{
    size_t n = (size_t)store->config.pool_threads;
    struct pg_store *pg = mem_alloc(sizeof(*pg));
    struct pg_conn *conns = mem_alloc(n * sizeof(*conns));
    if (!pg || !conns) {
        mem_free(pg);
        mem_free(conns);
        return err_detail(err, ERR_NOMEM, "no memory for the store");
    }
    *pg = (struct pg_store){ .conns = conns, .node = -1 };
    for (size_t i = 0; i < n; i++)
        pg_conn_init(&conns[i]);
    pg_conn_init(&pg->keeper);
    store->impl = pg;
    /* A server that is not there is found out now and not at the first request. */
    return pg_conn_ready(&pg->keeper, &store->config, err);
}

static void engine_close(struct store *store)
{
    struct pg_store *pg = store->impl;
    if (!pg)
        return;
    pg_node_leave(store);
    for (int i = 0; i < store->config.pool_threads; i++)
        pg_conn_release(&pg->conns[i]);
    pg_conn_release(&pg->keeper);
    mem_free(pg->conns);
    mem_free(pg);
    store->impl = NULL;
}

const struct engine pg_engine = {
    .postgres = true,
    .reads_here = false,
    .open = engine_open,
    .close = engine_close,
    .read = pg_read,
    .write = pg_write,
    .migrate = pg_migrate,
    .start = pg_start,
    .step = pg_step,
    .is_null = pg_is_null,
    .get_int = pg_get_int,
    .get_real = pg_get_real,
    .get_text = pg_get_text,
    .changed = pg_changed,
    .finish = pg_finish,
    .exec = pg_exec,
    .reserve = pg_reserve,
};
