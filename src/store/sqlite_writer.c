/* store/sqlite_writer.c - batches: many pieces of work, one transaction, one fsync.
 *
 * A piece runs inside a savepoint, so its failure takes back its own changes
 * and nobody else's. A batch is dead when its transaction is: SQLite has ended
 * it (autocommit is on again) or an error was of the kind that is about the
 * disk and not about the work. Going on after that would run the rest in
 * autocommit, each statement committing alone. So a dead batch is rolled back
 * whole and each of its pieces runs once more, alone.
 */
#include "store/sqlite_writer.h"

#include "base/log.h"
#include "base/mem.h"
#include "store/ids.h"
#include "store/memo.h"
#include "store/sqlite_conn.h"

#define CHECKPOINT_PAGES 1000 /* log pages between two checkpoints: 4 MB */
#define RESTART_PAGES    8000 /* from here on wait for readers, so that the log starts over */
#define RESTART_WAIT_MS  20

struct sqlite_writer {
    struct store *store;
    struct sqlite_conn conn;
    pthread_t thread;
    struct store_work **batch; /* config.batch_max places */
    int n;
    struct err death; /* why the batch is dead */
    int wal_pages;    /* in the log after the last commit */
    int checkpointed; /* in the log at the last checkpoint */
};

static bool begin(struct sqlite_writer *w)
{
    return sqlite_conn_run(&w->conn, w->conn.begin, &w->death) == 0;
}

static bool commit(struct sqlite_writer *w)
{
    const struct store_config *config = &w->store->config;
    if (config->before_commit)
        config->before_commit(config->hook_ctx);
    if (sqlite_conn_run(&w->conn, w->conn.commit, &w->death) < 0)
        return false;
    w->store->counts.batches++;
    memo_settle(w->store->memo);
    if (config->after_commit)
        config->after_commit(config->hook_ctx);
    return true;
}

/* End a piece's savepoint. */
static bool settle(struct sqlite_writer *w, bool keep, int64_t mark)
{
    if (!keep) {
        if (sqlite_conn_run(&w->conn, w->conn.undo, &w->death) < 0)
            return false;
        ids_set_mark(&w->store->ids, mark);
    }
    return sqlite_conn_run(&w->conn, w->conn.release, &w->death) == 0;
}

/* Run one piece; false when the whole transaction is dead. */
static bool run_piece(struct sqlite_writer *w, struct store_work *work)
{
    int64_t mark = ids_mark(&w->store->ids);
    if (sqlite_conn_run(&w->conn, w->conn.savepoint, &w->death) < 0)
        return false;
    struct db db;
    db_init(&db, w->store, &w->conn, true);
    work->rc = db_run(&db, work->fn, work->ctx, &work->err);
    if (db.broken) {
        w->death = db.first;
        return false;
    }
    if (sqlite3_get_autocommit(w->conn.h)) {
        err_detail(&w->death, ERR_IO, "the transaction ended inside a piece of work");
        return false;
    }
    return settle(w, work->rc == 0, mark);
}

static void bury(struct sqlite_writer *w, int64_t mark)
{
    sqlite_conn_rollback(&w->conn);
    ids_set_mark(&w->store->ids, mark);
}

static void answer(struct sqlite_writer *w, struct store_work *work)
{
    if (work->rc == 0)
        w->store->counts.writes++;
    else
        w->store->counts.write_errors++;
    db_answer(work);
}

/* A second and last chance in a transaction of its own. */
static void run_alone(struct sqlite_writer *w, struct store_work *work)
{
    w->store->counts.retries++;
    int64_t mark = ids_mark(&w->store->ids);
    if (!begin(w) || !run_piece(w, work) || !commit(w)) {
        bury(w, mark);
        work->err = w->death;
        work->rc = w->death.code;
    }
    answer(w, work);
}

static void run_batch(struct sqlite_writer *w, struct store_work *first)
{
    const struct store_config *config = &w->store->config;
    int64_t mark = ids_mark(&w->store->ids);
    int64_t end = clock_monotonic() + config->batch_us;
    struct store_work *work = first;
    enum store_mode mode;
    bool alive = begin(w);
    w->n = 0;
    while (work) {
        w->batch[w->n++] = work;
        alive = alive && run_piece(w, work);
        bool more = alive && w->n < config->batch_max && clock_monotonic() < end;
        work = more ? queue_take(&w->store->writes, false, &mode) : NULL;
    }
    alive = alive && commit(w);

    if (!alive) {
        log_at(LOG_WARN, "store.dead_batch", LOG_F_INT("pieces", w->n),
               LOG_F_C("why", w->death.detail));
        bury(w, mark);
    }
    for (int i = 0; i < w->n; i++) {
        if (alive)
            answer(w, w->batch[i]);
        else
            run_alone(w, w->batch[i]);
    }
}

/* Called by SQLite after each commit with the number of pages in the log. */
static int wal_grew(void *ctx, sqlite3 *h UNUSED, const char *name UNUSED, int pages)
{
    struct sqlite_writer *w = ctx;
    /* The log started over: all of it is new since the last checkpoint. */
    bool anew = pages < w->wal_pages;
    if (anew)
        w->checkpointed = 0;
    w->store->counts.wal_written += anew ? pages : pages - w->wal_pages;
    w->wal_pages = pages;
    w->store->counts.wal_pages = pages;
    return SQLITE_OK;
}

/* Between batches, after the answers: nobody waits for it but the next batch.
 * A log that readers have kept from starting over is made to, in the short
 * pause between two pages. */
static void checkpoint(struct sqlite_writer *w)
{
    if (w->wal_pages - w->checkpointed < CHECKPOINT_PAGES)
        return;
    bool restart = w->wal_pages >= RESTART_PAGES;
    if (restart)
        sqlite3_busy_timeout(w->conn.h, RESTART_WAIT_MS);
    int rc = sqlite3_wal_checkpoint_v2(
        w->conn.h, NULL, restart ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE, NULL,
        NULL);
    if (restart)
        sqlite3_busy_timeout(w->conn.h, SQLITE_CONN_BUSY_MS);
    w->checkpointed = w->wal_pages;
    w->store->counts.checkpoints++;
    struct err err;
    err_clear(&err);
    if (rc != SQLITE_OK && (rc & 0xff) != SQLITE_BUSY) {
        sqlite_conn_error(&w->conn, "checkpoint", NULL, &err);
        log_at(LOG_WARN, "store.checkpoint_failed", LOG_F_C("why", err.detail));
    }
}

static void *writer_main(void *ctx)
{
    struct sqlite_writer *w = ctx;
    enum store_mode mode;
    struct store_work *work;
    while ((work = queue_take(&w->store->writes, true, &mode))) {
        run_batch(w, work);
        checkpoint(w);
    }
    return NULL;
}

int sqlite_writer_start(struct store *store, struct sqlite_writer **ret_writer, struct err *err)
{
    struct sqlite_writer *w = mem_alloc(sizeof(*w));
    struct store_work **batch =
        mem_alloc((size_t)store->config.batch_max * sizeof(struct store_work *));
    if (!w || !batch) {
        mem_free(w);
        mem_free(batch);
        return err_detail(err, ERR_NOMEM, "no memory for the writer");
    }
    *w = (struct sqlite_writer){ .store = store, .batch = batch };
    int rc = sqlite_conn_open(&w->conn, &store->config, true, err);
    if (rc == 0) {
        /* Also switches SQLite's own checkpoint, inside the commit, off. */
        sqlite3_wal_hook(w->conn.h, wal_grew, w);
        if (pthread_create(&w->thread, NULL, writer_main, w) != 0) {
            sqlite_conn_close(&w->conn);
            rc = err_detail(err, ERR_IO, "no thread for the writer");
        }
    }
    if (rc < 0) {
        mem_free(batch);
        mem_free(w);
        return rc;
    }
    pthread_setname_np(w->thread, "writer");
    *ret_writer = w;
    return 0;
}

/* Leave the exact mark, so that ids after a clean restart carry true times. */
static void leave_mark(struct sqlite_writer *w)
{
    struct ids *ids = &w->store->ids;
    if (ids->mark <= ids->last || ids->last == 0)
        return;
    sqlite3_stmt *stmt = NULL;
    const char *sql = "update store_meta set value = ?1 where name = 'id_mark' and value = ?2";
    if (sqlite3_prepare_v2(w->conn.h, sql, -1, &stmt, NULL) == SQLITE_OK) {
        sqlite3_bind_int64(stmt, 1, ids->last);
        sqlite3_bind_int64(stmt, 2, ids->mark);
        if (sqlite3_step(stmt) == SQLITE_DONE)
            ids->mark = ids->last;
    }
    sqlite3_finalize(stmt);
}

void sqlite_writer_stop(struct sqlite_writer *w)
{
    if (!w)
        return;
    pthread_join(w->thread, NULL);
    leave_mark(w);
    sqlite_conn_close(&w->conn);
    mem_free(w->batch);
    mem_free(w);
}
