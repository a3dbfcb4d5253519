/* store/pg_run.c - see pg_run.h.
 *
 * A transaction is tried again when PostgreSQL says so (40001, 40P01), after a
 * pause that grows and is drawn by chance, so that those who met do not meet
 * again at once. It is also tried again when the connection was lost before
 * COMMIT was sent, for then nothing of it can have stayed. Lost after that,
 * nobody knows: a write says so and is not repeated.
 */
#include "store/pg_run.h"

#include <stdio.h>
#include <time.h>

#include "base/random.h"
#include "store/pg_conn.h"

#define TRIES_MAX      16
#define TRIES_LOST_MAX 3 /* of them with a lost connection */
#define PAUSE_FIRST_US 1000
#define PAUSE_MAX_US   200000
#define MIGRATE_LOCK   "6013241188" /* any number that is ours */

static const char begin_read[] = "begin isolation level repeatable read read only;"
                                 "set local statement_timeout = 10000";
static const char begin_write[] = "begin isolation level serializable";

/* How one try ended. */
struct outcome {
    bool again;   /* nothing of it stayed, and it may go well next time */
    bool lost;    /* the connection is gone */
    bool unknown; /* lost at COMMIT */
};

/* The connection of this pool thread; pool threads live within one store. */
static struct pg_conn *conn_of_thread(struct store *store)
{
    static _Thread_local struct pg_conn *own;
    static _Thread_local uint64_t own_serial;
    if (own_serial != store->serial) {
        struct pg_store *pg = store->impl;
        int place = atomic_fetch_add(&pg->n_taken, 1);
        BUG_ON(place >= store->config.pool_threads);
        own = &pg->conns[place];
        own_serial = store->serial;
    }
    return own;
}

static int commit(struct store *store, struct pg_conn *conn, bool write, struct outcome *out,
                  struct err *err)
{
    const struct store_config *config = &store->config;
    if (write && config->before_commit)
        config->before_commit(config->hook_ctx);
    int rc = pg_conn_exec(conn, "commit", err);
    out->lost = pg_conn_lost(conn);
    out->again = rc == ERR_RETRY || (out->lost && !write);
    out->unknown = rc < 0 && out->lost && write;
    if (rc == 0 && write && config->after_commit)
        config->after_commit(config->hook_ctx);
    return rc;
}

static int try_once(struct store *store, struct pg_conn *conn, bool write, store_fn *fn, void *ctx,
                    struct outcome *out, struct err *err)
{
    *out = (struct outcome){ 0 };
    int rc = pg_conn_ready(conn, &store->config, err);
    if (rc < 0)
        return rc;
    rc = pg_conn_exec(conn, write ? begin_write : begin_read, err);
    if (rc < 0) {
        out->lost = out->again = pg_conn_lost(conn);
        return rc;
    }

    struct db db;
    db_init(&db, store, conn, write);
    rc = db_run(&db, fn, ctx, err);
    if (rc == 0)
        return commit(store, conn, write, out, err);
    out->lost = pg_conn_lost(conn);
    out->again = out->lost || db.first.code == ERR_RETRY;
    struct err ignored;
    if (!out->lost && pg_conn_exec(conn, "rollback", &ignored) < 0)
        out->lost = pg_conn_lost(conn);
    return rc;
}

static void pause_before(int try)
{
    int64_t most = PAUSE_FIRST_US << try;
    if (most > PAUSE_MAX_US)
        most = PAUSE_MAX_US;
    struct random chance;
    random_init_system(&chance);
    int64_t ns = (int64_t)random_below(&chance, (uint64_t)most * 1000);
    nanosleep(&(struct timespec){ ns / 1000000000, ns % 1000000000 }, NULL);
}

static int run(struct store *store, struct pg_conn *conn, bool write, store_fn *fn, void *ctx,
               bool *ret_unknown, struct err *err)
{
    int lost = 0;
    for (int try = 0;; try++) {
        struct outcome out;
        int rc = try_once(store, conn, write, fn, ctx, &out, err);
        *ret_unknown = out.unknown;
        lost += out.lost;
        if (rc == 0 || !out.again || lost >= TRIES_LOST_MAX) {
            /* What only the store may see became the work's result. */
            if (rc == ERR_RETRY)
                return err_detail(err, ERR_BUSY, "a serialisation failure that is not SQL's");
            return rc;
        }
        if (try + 1 >= TRIES_MAX)
            return err_detail(err, ERR_BUSY, "still in conflict after %d tries", TRIES_MAX);
        atomic_fetch_add(&store->counts.retries, 1);
        pause_before(try);
    }
}

int pg_read(struct store *store, store_fn *fn, void *ctx, struct err *err)
{
    bool unknown;
    return run(store, conn_of_thread(store), false, fn, ctx, &unknown, err);
}

int pg_write(struct store *store, store_fn *fn, void *ctx, bool *ret_unknown, struct err *err)
{
    int rc = run(store, conn_of_thread(store), true, fn, ctx, ret_unknown, err);
    if (rc == 0)
        atomic_fetch_add(&store->counts.batches, 1);
    return rc;
}

/* The lock is the session's, taken before the transaction, so that the
 * transaction's snapshot already holds what the one before us did. */
int pg_migrate(struct store *store, store_fn *fn, void *ctx, struct err *err)
{
    struct pg_conn conn;
    pg_conn_init(&conn);
    int rc = pg_conn_ready(&conn, &store->config, err);
    if (rc == 0)
        rc = pg_conn_exec(&conn,
                          "set statement_timeout = 0;"
                          "select pg_advisory_lock(" MIGRATE_LOCK ")",
                          err);
    bool unknown;
    if (rc == 0)
        rc = run(store, &conn, true, fn, ctx, &unknown, err);
    pg_conn_release(&conn);
    return rc;
}
