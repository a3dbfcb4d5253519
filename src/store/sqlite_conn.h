/* store/sqlite_conn.h - one SQLite connection and its prepared statements.
 *
 * Private to store/sqlite_*.c. A connection is set up once (foreign keys on,
 * quoted strings refused, no extensions, LIKE that minds case) and keeps every
 * statement it has prepared, by stmt_def.index.
 *
 * Threads: a connection belongs to one thread at a time.
 */
#ifndef SWARD_STORE_SQLITE_CONN_H
#define SWARD_STORE_SQLITE_CONN_H

#include <sqlite3.h>

#include "store/engine.h"

/* How long to wait for another process on the file: the command line beside a
 * server. */
#define SQLITE_CONN_BUSY_MS 5000

struct sqlite_slot {
    const struct stmt_def *def; /* a definition with the same index replaces it */
    sqlite3_stmt *stmt;
};

struct sqlite_conn {
    sqlite3 *h;
    struct sqlite_slot *slots;
    int n_slots;
    sqlite3_stmt *begin, *commit, *savepoint, *release, *undo;
};

/* Open.
 *   writer  read and write, WAL, synchronous=FULL; else read only
 * On failure the connection holds nothing. */
NODISCARD int sqlite_conn_open(struct sqlite_conn *conn, const struct store_config *config,
                               bool writer, struct err *err);

/* Finalise all statements and close; fine on a zeroed connection. */
void sqlite_conn_close(struct sqlite_conn *conn);

/* Run one of the connection's own statements (conn->begin and so on). */
NODISCARD int sqlite_conn_run(struct sqlite_conn *conn, sqlite3_stmt *stmt, struct err *err);

/* End whatever transaction is left, whatever state it is in. */
void sqlite_conn_rollback(struct sqlite_conn *conn);

/* The statement, prepared now or before; NULL with err filled and *ret_broken
 * set as by sqlite_conn_error. */
sqlite3_stmt *sqlite_conn_prepare(struct sqlite_conn *conn, const struct stmt_def *def,
                                  bool *ret_broken, struct err *err);

/* Say what SQLite's last error on this connection means.
 *   what        the statement's name, for the detail
 *   ret_broken  OUT: true when the error is the transaction's (no space, I/O,
 *               memory, damage, lock) and not this statement's; may be NULL
 * Returns the ERR_* code. A failed fsync does not return: what the disk holds
 * is not known any more, so the process ends (status 74) before anybody is told
 * something that may be false. */
int sqlite_conn_error(struct sqlite_conn *conn, const char *what, bool *ret_broken,
                      struct err *err);

#endif
