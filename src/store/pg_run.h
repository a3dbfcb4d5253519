/* store/pg_run.h - transactions on PostgreSQL and their retries.
 *
 * Private to store/pg_*.c. Each function runs on the calling thread, which
 * must be of the store's pool (its connection is found by thread), except for
 * pg_migrate, which opens one of its own.
 */
#ifndef SWARD_STORE_PG_RUN_H
#define SWARD_STORE_PG_RUN_H

#include "store/engine.h"

int pg_read(struct store *store, store_fn *fn, void *ctx, struct err *err);
int pg_write(struct store *store, store_fn *fn, void *ctx, bool *ret_unknown, struct err *err);
int pg_migrate(struct store *store, store_fn *fn, void *ctx, struct err *err);

#endif
