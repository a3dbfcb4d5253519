/* store/engine.h - what store.c asks of an engine, and what both engines share.
 *
 * Private to store/. An engine is a table of functions: sqlite_engine
 * (sqlite_engine.c) and pg_engine (pg_engine.c). What is the same on both is
 * done once: the handle's latch (db.c), the queue and the pool (queue.c,
 * pool.c), ids (ids.c), schema steps (migrate.c).
 *
 * Not here: anything of SQLite or libpq. Their types stay in sqlite_*.h and
 * pg_*.h.
 */
#ifndef SWARD_STORE_ENGINE_H
#define SWARD_STORE_ENGINE_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/id.h"
#include "store/db.h"
#include "store/queue.h"
#include "store/stmt.h"
#include "store/store.h"

struct memo;
struct pool;

/* A transaction as its work sees it. Lives on the stack of the thread that
 * runs the work. */
struct db {
    struct store *store;
    void *conn;         /* struct sqlite_conn or struct pg_conn */
    int64_t now;        /* see db_now */
    int64_t memo_began; /* a read's: see memo_now */
    bool can_write;
    bool running;     /* a cursor is open */
    bool has_row;     /* SQLite: the first step, made by db_start, found a row */
    bool over;        /* SQLite: the running statement has given its last row */
    bool broken;      /* the error is the transaction's or the connection's, not this work's */
    struct err first; /* the first SQL error; code 0 = none yet */
};

struct engine {
    bool postgres;
    bool reads_here; /* store_read runs on the calling thread */

    int (*open)(struct store *store, struct err *err);
    void (*close)(struct store *store); /* the pool has ended; also after a failed open */

    /* Run on the calling thread, in a transaction of its own, to its end.
     * `write` is NULL when writes go through store->writes instead. */
    int (*read)(struct store *store, store_fn *fn, void *ctx, struct err *err);
    int (*write)(struct store *store, store_fn *fn, void *ctx, bool *ret_unknown, struct err *err);

    /* Run fn as a write that no other migration runs beside. */
    int (*migrate)(struct store *store, store_fn *fn, void *ctx, struct err *err);

    /* Statements; called by db.c, which keeps the latch. `start` runs the
     * statement as far as its first row. */
    int (*start)(struct db *db, const struct stmt_def *def, const struct db_val *args,
                 struct db_cursor *c, struct err *err);
    int (*step)(struct db_cursor *c, struct err *err);
    bool (*is_null)(struct db_cursor *c, int col);
    int64_t (*get_int)(struct db_cursor *c, int col);
    double (*get_real)(struct db_cursor *c, int col);
    struct str (*get_text)(struct db_cursor *c, int col); /* not copied */
    int64_t (*changed)(struct db_cursor *c);
    void (*finish)(struct db_cursor *c);

    /* Text without parameters, several statements; for schema steps. */
    int (*exec)(struct db *db, const char *sql, struct err *err);

    /* Make the mark of ids durable above the next id; see ids.h. */
    int (*reserve)(struct db *db, int64_t *ret_id, struct err *err);
};

extern const struct engine sqlite_engine;
extern const struct engine pg_engine;

/* See ids.h. */
struct ids {
    pthread_mutex_t lock;
    struct id_source source;
    int64_t mark; /* ids up to here are reserved; -1 = nothing is known yet */
    int64_t last; /* the greatest id given by this process */
};

struct store_counts {
    _Atomic int64_t writes, batches, write_errors, retries, checkpoints, wal_pages, wal_written,
        reads, tasks;
};

struct store {
    struct store_config config; /* defaults filled in; the texts are the store's own */
    const struct engine *engine;
    void *impl;          /* struct sqlite_store or struct pg_store */
    struct queue work;   /* before the pool */
    struct queue writes; /* before the SQLite writer */
    struct pool *pool;
    struct ids ids;
    struct memo *memo;        /* SQLite, unless switched off; else NULL */
    uint64_t serial;          /* tells this store from one that had its address before */
    _Atomic int64_t last_now; /* the last time given to work */
    _Atomic bool closing;
    struct store_counts counts;
};

/* Make a handle ready for work that starts now. */
void db_init(struct db *db, struct store *store, void *conn, bool can_write);

/* Keep err as the handle's first SQL error; returns its code. */
int db_latch(struct db *db, const struct err *err);

/* Call fn and settle its result: an SQL error that fn swallowed is its result
 * all the same, and err->code always equals what is returned. */
int db_run(struct db *db, store_fn *fn, void *ctx, struct err *err);

/* True while this thread must not wait for a transaction: inside a piece of
 * work that holds one, or inside a `done` of the writer. */
bool db_inside_work(void);

/* Call work->done on the writer's thread. */
void db_answer(struct store_work *work);

#endif
