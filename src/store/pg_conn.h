/* store/pg_conn.h - one PostgreSQL connection and its prepared statements.
 *
 * Private to store/pg_*.c. A connection is opened when it is first needed and
 * opened anew when it was lost; the statements it had prepared are then
 * forgotten. Values travel in binary.
 *
 * Threads: a connection belongs to one thread at a time.
 */
#ifndef SWARD_STORE_PG_CONN_H
#define SWARD_STORE_PG_CONN_H

#include <libpq-fe.h>

#include "base/buf.h"
#include "store/engine.h"

struct pg_slot {
    const struct stmt_def *def; /* prepared under this index; NULL = not yet */
    bool checked;               /* the types of its columns were compared */
};

struct pg_conn {
    PGconn *h; /* NULL = not connected */
    struct pg_slot *slots;
    int n_slots;
    struct buf scratch; /* arrays of ids on their way out */
};

struct pg_store {
    struct pg_conn *conns; /* config.pool_threads, one for each pool thread */
    _Atomic int n_taken;   /* of conns */
    struct pg_conn keeper; /* holds the node's lock and moves its mark; under ids.lock */
    int node;              /* -1 = none yet */
};

void pg_conn_init(struct pg_conn *conn);

/* Close and free; fine when never connected. */
void pg_conn_release(struct pg_conn *conn);

/* Make sure that there is a connection, as far as this side can know.
 * ERR_BUSY when the server can't be reached or is not fit (not UTF-8, older
 * than 13). */
NODISCARD int pg_conn_ready(struct pg_conn *conn, const struct store_config *config,
                            struct err *err);

/* True when the connection was found broken. */
bool pg_conn_lost(const struct pg_conn *conn);

/* Run text without parameters, several statements; results are dropped. */
NODISCARD int pg_conn_exec(struct pg_conn *conn, const char *sql, struct err *err);

/* Run one statement with text parameters; for the store's own few.
 *   ret_value  OUT: the first column of the first row as a number; may be NULL
 * Returns the number of rows found or changed, or a negative ERR_*. */
NODISCARD int pg_conn_ask(struct pg_conn *conn, const char *sql, const char *const *args, int n,
                          int64_t *ret_value, struct err *err);

/* Say what a failed result means: ERR_CONFLICT, ERR_RETRY, ERR_FULL, ERR_BUSY
 * (the statement's time is up), ERR_IO, ERR_DB. `r` may be NULL. */
int pg_conn_error(struct pg_conn *conn, const PGresult *r, const char *what, struct err *err);

#endif
