/* store/sqlite_conn.c - see sqlite_conn.h. */
#include "store/sqlite_conn.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"

#define SLOTS_STEP       64
#define SLOTS_MAX        65536
#define EXIT_AFTER_FSYNC 74 /* EX_IOERR */

/* Cache: the writer holds the upper pages of every index it touches, a reader
 * what one thread's pages need. Negative: KiB. */
static const char writer_setup[] = "pragma cache_size = -16384;"
                                   "pragma journal_mode = wal;"
                                   "pragma synchronous = full;"
                                   "pragma journal_size_limit = 67108864;"
                                   /* What is deleted does not stay in the file's free places. */
                                   "pragma secure_delete = on;"
                                   "pragma temp_store = memory;"
                                   "pragma case_sensitive_like = on;";

static const char reader_setup[] = "pragma cache_size = -4096;"
                                   "pragma query_only = on;"
                                   "pragma temp_store = memory;"
                                   "pragma case_sensitive_like = on;";

static void stop_after_fsync(const char *what)
{
    log_at(LOG_ERROR, "store.fsync_failed", LOG_F_C("statement", what));
    _exit(EXIT_AFTER_FSYNC);
}

static int meaning(int code, bool *ret_broken)
{
    *ret_broken = true;
    switch (code & 0xff) {
    case SQLITE_FULL:
        return ERR_FULL;
    case SQLITE_NOMEM:
        return ERR_NOMEM;
    case SQLITE_IOERR:
        return code == SQLITE_IOERR_NOMEM ? ERR_NOMEM : ERR_IO;
    case SQLITE_CANTOPEN:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_PROTOCOL:
        return ERR_IO;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_BUSY;
    default:
        break;
    }

    *ret_broken = false;
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
    case SQLITE_CONSTRAINT_CHECK:
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return ERR_CONFLICT;
    default:
        return ERR_DB;
    }
}

int sqlite_conn_error(struct sqlite_conn *conn, const char *what, bool *ret_broken, struct err *err)
{
    int code = conn->h ? sqlite3_extended_errcode(conn->h) : SQLITE_NOMEM;
    if (code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC)
        stop_after_fsync(what);
    bool broken;
    int rc = meaning(code, &broken);
    if (ret_broken)
        *ret_broken = broken;
    return err_detail(err, rc, "%s: %s (SQLite %d)", what,
                      conn->h ? sqlite3_errmsg(conn->h) : "no memory", code);
}

/* A new database is for its owner's eyes; SQLite itself would ask for 0644.
 * Only a file that does not exist is touched here: closing a descriptor of one
 * that SQLite has open would drop SQLite's locks. */
static int make_file(const char *path, struct err *err)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0)
        close(fd);
    else if (errno != EEXIST)
        return err_detail(err, errno == ENOSPC ? ERR_FULL : ERR_IO, "cannot make %s: errno %d",
                          path, errno);
    return 0;
}

/* WAL is not a wish: without it readers would stop the writer. */
static int check_wal(struct sqlite_conn *conn, struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = 0;
    if (sqlite3_prepare_v2(conn->h, "pragma journal_mode", -1, &stmt, NULL) != SQLITE_OK ||
        sqlite3_step(stmt) != SQLITE_ROW)
        rc = sqlite_conn_error(conn, "open", NULL, err);
    else if (sqlite3_stricmp((const char *)sqlite3_column_text(stmt, 0), "wal") != 0)
        rc = err_detail(err, ERR_IO, "the file system does not carry SQLite's WAL mode");
    sqlite3_finalize(stmt);
    return rc;
}

static int prepare_own(struct sqlite_conn *conn, bool writer, struct err *err)
{
    const struct {
        sqlite3_stmt **stmt;
        const char *sql;
        bool for_reader;
    } own[] = {
        /* immediate: the writer takes its lock before it reads, never half way */
        { &conn->begin, writer ? "begin immediate" : "begin", true },
        { &conn->commit, "commit", true },
        { &conn->savepoint, "savepoint piece", false },
        { &conn->release, "release piece", false },
        { &conn->undo, "rollback to piece", false },
    };
    for (size_t i = 0; i < ARRAY_LEN(own); i++) {
        if (!writer && !own[i].for_reader)
            continue;
        if (sqlite3_prepare_v3(conn->h, own[i].sql, -1, SQLITE_PREPARE_PERSISTENT, own[i].stmt,
                               NULL) != SQLITE_OK)
            return sqlite_conn_error(conn, own[i].sql, NULL, err);
    }
    return 0;
}

static int set_up(struct sqlite_conn *conn, bool writer, struct err *err)
{
    sqlite3_extended_result_codes(conn->h, 1);
    sqlite3_busy_timeout(conn->h, SQLITE_CONN_BUSY_MS);
    sqlite3_db_config(conn->h, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    /* A misspelt column in double quotes is an error, not a text. */
    sqlite3_db_config(conn->h, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(conn->h, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(conn->h, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(conn->h, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    if (sqlite3_exec(conn->h, writer ? writer_setup : reader_setup, NULL, NULL, NULL) != SQLITE_OK)
        return sqlite_conn_error(conn, "open", NULL, err);
    int rc = writer ? check_wal(conn, err) : 0;
    return rc < 0 ? rc : prepare_own(conn, writer, err);
}

int sqlite_conn_open(struct sqlite_conn *conn, const struct store_config *config, bool writer,
                     struct err *err)
{
    *conn = (struct sqlite_conn){ 0 };
    int rc = writer ? make_file(config->database, err) : 0;
    if (rc < 0)
        return rc;
    int flags = SQLITE_OPEN_NOMUTEX | (writer ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
    if (sqlite3_open_v2(config->database, &conn->h, flags, config->vfs) != SQLITE_OK)
        rc = sqlite_conn_error(conn, config->database, NULL, err);
    else
        rc = set_up(conn, writer, err);
    if (rc < 0)
        sqlite_conn_close(conn);
    return rc;
}

void sqlite_conn_close(struct sqlite_conn *conn)
{
    sqlite3_stmt *own[] = { conn->begin, conn->commit, conn->savepoint, conn->release, conn->undo };
    for (size_t i = 0; i < ARRAY_LEN(own); i++)
        sqlite3_finalize(own[i]);
    for (int i = 0; i < conn->n_slots; i++)
        sqlite3_finalize(conn->slots[i].stmt);
    mem_free(conn->slots);
    sqlite3_close_v2(conn->h);
    *conn = (struct sqlite_conn){ 0 };
}

int sqlite_conn_run(struct sqlite_conn *conn, sqlite3_stmt *stmt, struct err *err)
{
    int rc = 0;
    if (sqlite3_step(stmt) != SQLITE_DONE)
        rc = sqlite_conn_error(conn, sqlite3_sql(stmt), NULL, err);
    sqlite3_reset(stmt);
    return rc;
}

void sqlite_conn_rollback(struct sqlite_conn *conn)
{
    if (!sqlite3_get_autocommit(conn->h))
        sqlite3_exec(conn->h, "rollback", NULL, NULL, NULL);
}

static bool make_room(struct sqlite_conn *conn, int index)
{
    if (index < conn->n_slots)
        return true;
    int n = (index / SLOTS_STEP + 1) * SLOTS_STEP;
    struct sqlite_slot *slots = mem_resize(conn->slots, (size_t)n * sizeof(*slots));
    if (!slots)
        return false;
    for (int i = conn->n_slots; i < n; i++)
        slots[i] = (struct sqlite_slot){ 0 };
    conn->slots = slots;
    conn->n_slots = n;
    return true;
}

sqlite3_stmt *sqlite_conn_prepare(struct sqlite_conn *conn, const struct stmt_def *def,
                                  bool *ret_broken, struct err *err)
{
    bool kept = def->index >= 0;
    BUG_ON(def->index >= SLOTS_MAX);
    if (kept && def->index < conn->n_slots && conn->slots[def->index].def == def)
        return conn->slots[def->index].stmt;
    *ret_broken = false;
    if (kept && !make_room(conn, def->index)) {
        err_detail(err, ERR_NOMEM, "%s: no memory for the statement cache", def->name);
        return NULL;
    }

    sqlite3_stmt *stmt = NULL;
    const char *rest = "";
    if (sqlite3_prepare_v3(conn->h, def->sqlite, -1, kept ? SQLITE_PREPARE_PERSISTENT : 0, &stmt,
                           &rest) != SQLITE_OK) {
        sqlite_conn_error(conn, def->name, ret_broken, err);
        return NULL;
    }
    BUG_ON(!stmt || sqlite3_column_count(stmt) != def->n_cols ||
           sqlite3_bind_parameter_count(stmt) > def->n_args);
    if (kept) {
        sqlite3_finalize(conn->slots[def->index].stmt);
        conn->slots[def->index] = (struct sqlite_slot){ def, stmt };
    }
    return stmt;
}
