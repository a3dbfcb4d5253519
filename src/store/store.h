/* store/store.h - the database: open it, bring it up to date, read and write.
 *
 * One interface, two engines. SQLite (a file path) and PostgreSQL
 * ("postgres://..."), both complete.
 *
 * SQLite. Reads run on the calling thread, on a read-only connection of its
 * own, in one read transaction. Writes go to the one writer thread: it takes
 * what waits (at most batch_max pieces or batch_us microseconds), runs each in
 * a savepoint of one transaction, commits once (WAL, synchronous=FULL), and
 * only then calls each `done`. A piece that fails rolls back alone. When the
 * transaction itself died (disk full, I/O error) nobody is answered; each
 * piece is run again alone once, and what fails then gets ERR_FULL or ERR_IO.
 * A failed fsync ends the process: what the disk holds is unknown.
 * Checkpoints run in the writer between batches.
 *
 * PostgreSQL (13 or later, UTF-8). Reads run REPEATABLE READ READ ONLY, writes SERIALIZABLE, each
 * on a pool thread with a connection of its own; 40001 and 40P01 are retried
 * with growing, jittered pauses, and so is what a lost connection interrupted;
 * still in conflict after 16 tries is ERR_BUSY. A connection lost at COMMIT leaves the
 * outcome unknown (work->unknown), and the caller looks for its idempotency row.
 *
 * Tasks run on the same small pool of threads, outside any transaction: slow
 * work such as hashing a password. They may call store_read and store_write.
 *
 * Threads: everything here may be called from any thread, except that a piece
 * of work that holds a transaction, and a `done` of the SQLite writer, must not
 * call store_read or store_write (BUG_ON). On SQLite each reading thread gets a
 * connection at its first read; it is closed when the thread ends or the store
 * does. Nobody may use a store while it is being closed, but for submitting
 * (ERR_BUSY) and for tasks, which are finished with all they read and write.
 *
 * Errors: those of the database carry a detail for the log and no message.
 */
#ifndef SWARD_STORE_STORE_H
#define SWARD_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/macros.h"

struct db;
struct store;

/* One room's numbered schema steps; generated (gen/schema.h). */
struct schema_step {
    const char *sqlite; /* statements separated by ';' */
    const char *postgres;
};

struct schema_room {
    const char *name; /* "note" */
    const struct schema_step *steps;
    int n_steps;
};

struct store_config {
    const char *database; /* file path, or postgres:// address */
    struct clock *clock;  /* outlives the store */
    int pool_threads;     /* 0 = 4 */
    int batch_max;        /* 0 = 64 */
    int64_t batch_us;     /* 0 = 10000 */
    int queue_max;        /* pieces waiting before ERR_BUSY; 0 = 4096 */
    size_t memo_bytes; /* most that memos take, SQLite only (memo.h); 0 = nothing is remembered */
    bool exclusive;    /* take the file's server lock; else ERR_BUSY when another holds it */
    const char *vfs;   /* SQLite VFS name, for the crash tests; NULL = the default */
    void (*before_commit)(void *ctx); /* test hooks: around the writer's commit; NULL = none */
    void (*after_commit)(void *ctx);
    void *hook_ctx;
};

/* Open. Does not change the schema.
 *   ret_store  OUT: freed by store_close */
NODISCARD int store_open(const struct store_config *config, struct store **ret_store,
                         struct err *err);

/* Finish the queued work, answer it, close everything. NULL is fine. */
void store_close(struct store *store);

/* Bring the schema up to date: run the steps each room lacks, in the order
 * given, all in one transaction. Refuses (ERR_CONFLICT) a database that has
 * more steps of a room than the program knows, or a step whose text has
 * changed since it was run. Rooms of the database that the program does not
 * have are left alone. Several processes may do this at once.
 *   ret_ran  OUT: steps run; may be NULL */
NODISCARD int store_migrate(struct store *store, const struct schema_room *rooms, size_t n_rooms,
                            int *ret_ran, struct err *err);

/* 0 when the schema is exactly what the program knows. */
NODISCARD int store_check(struct store *store, const struct schema_room *rooms, size_t n_rooms,
                          struct err *err);

/* A rule: what runs inside a transaction. Returns 0 to keep its changes. */
typedef int store_fn(struct db *db, void *ctx, struct err *err);

/* True when reads are quick enough to run on the calling thread (SQLite). */
bool store_reads_here(const struct store *store);

/* Run fn in a read transaction and wait for it. */
NODISCARD int store_read(struct store *store, store_fn *fn, void *ctx, struct err *err);

/* Run fn as a write and wait until it is durable. */
NODISCARD int store_write(struct store *store, store_fn *fn, void *ctx, struct err *err);

enum store_mode { STORE_READ, STORE_WRITE, STORE_TASK };

/* A piece of work, kept by its caller until done is called. */
struct store_work {
    store_fn *fn; /* STORE_TASK is called with db = NULL */
    void *ctx;
    void (*done)(struct store_work *work); /* on a thread of the store; must be quick */
    struct err err;                        /* OUT: err.code 0 when fn's changes are durable */
    int rc;                                /* OUT: what fn returned, or why it did not run */
    bool unknown;                          /* OUT: the commit's outcome is not known */
    struct store_work *next;               /* the store's own */
};

/* Queue work and return at once; done is called later, always exactly once
 * when this returns 0. After that call the store does not touch the work any
 * more: done may free it or submit it again. ERR_BUSY when the queue is full or
 * closing: done is then never called. */
NODISCARD int store_submit(struct store *store, enum store_mode mode, struct store_work *work,
                           struct err *err);

/* The time of the store's clock, never below one given before: microseconds UTC. */
int64_t store_now(struct store *store);

/* Figures for /metrics and the bench. */
struct store_stats {
    int64_t writes, batches, write_errors, retries, queue_depth, checkpoints;
    int64_t wal_pages;   /* in the log now */
    int64_t wal_written; /* to the log since the start */
    int64_t reads, tasks;
};
void store_stats(struct store *store, struct store_stats *ret_stats);

/* A quick answer whether the database can be read now; for /readyz. */
NODISCARD int store_ping(struct store *store, struct err *err);

#endif
