/* store/pool.h - the small pool of threads: tasks, slow reads, and on
 * PostgreSQL everything.
 *
 * Private to store/. Its threads take from store->work until that is closed
 * and empty. On PostgreSQL each thread has a connection (pg_conn.h finds it
 * by thread).
 */
#ifndef SWARD_STORE_POOL_H
#define SWARD_STORE_POOL_H

#include "store/engine.h"

struct pool;

/* Start config.pool_threads threads. */
NODISCARD int pool_start(struct store *store, struct pool **ret_pool, struct err *err);

/* Wait until store->work (which must be closed) is worked off; free. NULL is fine. */
void pool_stop(struct pool *pool);

/* True when the calling thread is of this store's pool. */
bool pool_is_here(const struct store *store);

#endif
