/* store/pg_conn.c - see pg_conn.h. */
#include "store/pg_conn.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define SCRATCH_MAX (8 << 20) /* an array of half a million ids */
#define OLDEST      130000    /* pg_current_xact_id */

/* An abandoned transaction must not hold the horizon of the log's readers. */
static const char session_setup[] = "set idle_in_transaction_session_timeout = 60000";

void pg_conn_init(struct pg_conn *conn)
{
    *conn = (struct pg_conn){ 0 };
    buf_init(&conn->scratch, SCRATCH_MAX);
}

static void disconnect(struct pg_conn *conn)
{
    PQfinish(conn->h);
    conn->h = NULL;
    for (int i = 0; i < conn->n_slots; i++)
        conn->slots[i] = (struct pg_slot){ 0 };
}

void pg_conn_release(struct pg_conn *conn)
{
    disconnect(conn);
    mem_free(conn->slots);
    buf_release(&conn->scratch);
    *conn = (struct pg_conn){ 0 };
}

bool pg_conn_lost(const struct pg_conn *conn)
{
    return !conn->h || PQstatus(conn->h) != CONNECTION_OK;
}

static void drop_notice(void *ctx UNUSED, const PGresult *r UNUSED)
{
}

static int check_server(struct pg_conn *conn, struct err *err)
{
    const char *encoding = PQparameterStatus(conn->h, "server_encoding");
    if (!encoding || strcmp(encoding, "UTF8") != 0)
        return err_detail(err, ERR_BUSY, "the database's encoding is %s, it must be UTF8",
                          encoding ? encoding : "not known");
    if (PQserverVersion(conn->h) < OLDEST)
        return err_detail(err, ERR_BUSY, "PostgreSQL 13 or later is needed, this is %d",
                          PQserverVersion(conn->h));
    return pg_conn_exec(conn, session_setup, err);
}

int pg_conn_ready(struct pg_conn *conn, const struct store_config *config, struct err *err)
{
    if (!pg_conn_lost(conn))
        return 0;
    disconnect(conn);
    /* What the address itself says comes later and wins. */
    static const char *const keys[] = { "fallback_application_name", "connect_timeout",
                                        "keepalives_idle",           "tcp_user_timeout",
                                        "target_session_attrs",      "dbname",
                                        "client_encoding",           NULL };
    const char *const values[] = { "sward",          "5",    "30", "15000", "read-write",
                                   config->database, "UTF8", NULL };
    conn->h = PQconnectdbParams(keys, values, 1);
    int rc = 0;
    if (pg_conn_lost(conn))
        rc = err_detail(err, ERR_BUSY, "cannot connect: %s",
                        conn->h ? PQerrorMessage(conn->h) : "no memory");
    else
        PQsetNoticeReceiver(conn->h, drop_notice, NULL);
    if (rc == 0)
        rc = check_server(conn, err);
    if (rc < 0)
        disconnect(conn);
    return rc;
}

static int meaning(const char *state)
{
    static const struct {
        const char *state; /* or the first letters of one */
        int code;
    } meanings[] = {
        { "23505", ERR_CONFLICT }, { "23514", ERR_CONFLICT }, { "23503", ERR_CONFLICT },
        { "40001", ERR_RETRY },    { "40P01", ERR_RETRY },    { "53100", ERR_FULL },
        { "53", ERR_BUSY },        { "57014", ERR_BUSY },     { "55P03", ERR_BUSY },
        { "08", ERR_IO },          { "57P", ERR_IO },         { "58", ERR_IO },
        { "25006", ERR_INTERNAL },
    };
    for (size_t i = 0; i < ARRAY_LEN(meanings); i++) {
        if (strncmp(state, meanings[i].state, strlen(meanings[i].state)) == 0)
            return meanings[i].code;
    }
    return ERR_DB;
}

int pg_conn_error(struct pg_conn *conn, const PGresult *r, const char *what, struct err *err)
{
    const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
    const char *text = r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    if (!text)
        text = conn->h ? PQerrorMessage(conn->h) : "not connected";
    int code = state ? meaning(state) : ERR_IO;
    return err_detail(err, code, "%s: %s (%s)", what, text, state ? state : "no answer");
}

static bool went_well(const PGresult *r)
{
    ExecStatusType status = PQresultStatus(r);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

int pg_conn_exec(struct pg_conn *conn, const char *sql, struct err *err)
{
    PGresult *r = PQexec(conn->h, sql);
    int rc = went_well(r) ? 0 : pg_conn_error(conn, r, sql, err);
    PQclear(r);
    return rc;
}

int pg_conn_ask(struct pg_conn *conn, const char *sql, const char *const *args, int n,
                int64_t *ret_value, struct err *err)
{
    PGresult *r = PQexecParams(conn->h, sql, n, NULL, args, NULL, NULL, 0);
    int rc;
    if (!went_well(r)) {
        rc = pg_conn_error(conn, r, sql, err);
    } else if (PQresultStatus(r) == PGRES_TUPLES_OK) {
        rc = PQntuples(r);
        if (rc > 0 && ret_value)
            *ret_value = strtoll(PQgetvalue(r, 0, 0), NULL, 10);
    } else {
        rc = (int)strtol(PQcmdTuples(r), NULL, 10);
    }
    PQclear(r);
    return rc;
}
