/* store/pg_stmt.c - prepare, bind and read on PostgreSQL; see pg_stmt.h.
 *
 * Parameters are prepared with declared types, so that `$1 is null` and
 * `select $1` mean what they say, and both parameters and results are binary:
 * integers and doubles big-endian, text and bytes as they are.
 */
#include "store/pg_stmt.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/pg_conn.h"

#define SLOTS_STEP 64
#define ARGS_MAX   256 /* stmt_def.n_args is a byte */
#define NAME_MAX_  16

/* Numbers of PostgreSQL's types; they never change. */
enum pg_type {
    PG_BOOL = 16,
    PG_BYTEA = 17,
    PG_NAME = 19,
    PG_INT8 = 20,
    PG_INT4 = 23,
    PG_TEXT = 25,
    PG_FLOAT8 = 701,
    PG_INT8_ARRAY = 1016,
    PG_VARCHAR = 1043,
};

/* A call's arguments in the shape libpq wants them. */
struct pg_args {
    const char *values[ARGS_MAX];
    int lengths[ARGS_MAX];
    int formats[ARGS_MAX];
    uint64_t numbers[ARGS_MAX]; /* what `values` of numbers point to */
    size_t arrays[ARGS_MAX];    /* where in the scratch an array starts */
};

static unsigned arg_type(int type)
{
    static const unsigned types[] = {
        [DB_INT] = PG_INT8,  [DB_BOOL] = PG_BOOL,   [DB_REAL] = PG_FLOAT8,
        [DB_TEXT] = PG_TEXT, [DB_BYTES] = PG_BYTEA, [DB_IDS] = PG_INT8_ARRAY,
    };
    BUG_ON(type < 0 || (size_t)type >= ARRAY_LEN(types));
    return types[type];
}

static bool column_fits(int type, unsigned pg)
{
    switch ((enum db_type)type) {
    case DB_INT:
        return pg == PG_INT8 || pg == PG_INT4;
    case DB_BOOL:
        return pg == PG_BOOL;
    case DB_REAL:
        return pg == PG_FLOAT8;
    case DB_TEXT:
        return pg == PG_TEXT || pg == PG_VARCHAR || pg == PG_NAME;
    case DB_BYTES:
        return pg == PG_BYTEA;
    case DB_IDS:
        break;
    }
    return false;
}

static void put_u32(struct buf *b, uint32_t value)
{
    uint32_t big = htobe32(value);
    buf_put(b, &big, sizeof(big));
}

/* A one-dimensional int8[]: dimensions, nulls, element type, length, lower
 * bound, then each element with its length before it. */
static void put_ids(struct buf *b, struct id_list ids)
{
    put_u32(b, ids.n > 0 ? 1 : 0);
    put_u32(b, 0);
    put_u32(b, PG_INT8);
    if (ids.n == 0)
        return;
    put_u32(b, (uint32_t)ids.n);
    put_u32(b, 1);
    for (size_t i = 0; i < ids.n; i++) {
        uint64_t big = htobe64((uint64_t)ids.v[i]);
        put_u32(b, sizeof(big));
        buf_put(b, &big, sizeof(big));
    }
}

static void set_arg(struct pg_args *a, int i, int type, const struct db_val *v, struct buf *scratch)
{
    uint64_t bits;
    a->formats[i] = 1;
    a->values[i] = v->null ? NULL : (const char *)&a->numbers[i];
    a->lengths[i] = sizeof(a->numbers[i]);
    switch ((enum db_type)type) {
    case DB_INT:
        a->numbers[i] = htobe64((uint64_t)v->number);
        break;
    case DB_BOOL:
        a->numbers[i] = 0;
        *(unsigned char *)&a->numbers[i] = v->number != 0;
        a->lengths[i] = 1;
        break;
    case DB_REAL:
        memcpy(&bits, &v->real, sizeof(bits));
        a->numbers[i] = htobe64(bits);
        break;
    case DB_TEXT:
    case DB_BYTES:
        if (!v->null)
            a->values[i] = v->text.ptr ? v->text.ptr : "";
        a->lengths[i] = (int)v->text.len;
        break;
    case DB_IDS:
        a->arrays[i] = scratch->len;
        put_ids(scratch, v->ids);
        a->lengths[i] = (int)(scratch->len - a->arrays[i]);
        break;
    }
}

static int set_args(struct pg_args *a, const struct stmt_def *def, const struct db_val *args,
                    struct buf *scratch, struct err *err)
{
    buf_clear(scratch);
    for (int i = 0; i < def->n_args; i++) {
        if (args[i].text.len > INT32_MAX)
            return err_detail(err, ERR_TOO_LARGE, "%s: argument %d", def->name, i + 1);
        set_arg(a, i, def->args[i], &args[i], scratch);
    }
    if (buf_overflowed(scratch))
        return err_detail(err, ERR_TOO_LARGE, "%s: too long a list of ids", def->name);
    /* Only now do the bytes stay where they are. */
    for (int i = 0; i < def->n_args; i++) {
        if (def->args[i] == DB_IDS && a->values[i])
            a->values[i] = scratch->ptr + a->arrays[i];
    }
    return 0;
}

static struct pg_slot *slot_of(struct pg_conn *conn, const struct stmt_def *def)
{
    if (def->index >= conn->n_slots) {
        int n = (def->index / SLOTS_STEP + 1) * SLOTS_STEP;
        struct pg_slot *slots = mem_resize(conn->slots, (size_t)n * sizeof(*slots));
        if (!slots)
            return NULL;
        for (int i = conn->n_slots; i < n; i++)
            slots[i] = (struct pg_slot){ 0 };
        conn->slots = slots;
        conn->n_slots = n;
    }
    return &conn->slots[def->index];
}

static int send_prepare(struct pg_conn *conn, const struct stmt_def *def, const char *name,
                        struct err *err)
{
    Oid types[ARGS_MAX];
    for (int i = 0; i < def->n_args; i++)
        types[i] = arg_type(def->args[i]);
    PGresult *r = PQprepare(conn->h, name, def->postgres, def->n_args, types);
    int rc = PQresultStatus(r) == PGRES_COMMAND_OK ? 0 : pg_conn_error(conn, r, def->name, err);
    PQclear(r);
    return rc;
}

/* The name the statement is prepared under; "" is prepared each time.
 *   ret_slot  OUT: its slot, NULL for a statement that is not kept */
static int prepare(struct pg_conn *conn, const struct stmt_def *def, char name[NAME_MAX_],
                   struct pg_slot **ret_slot, struct err *err)
{
    *ret_slot = NULL;
    name[0] = '\0';
    if (def->index < 0)
        return send_prepare(conn, def, name, err);
    struct pg_slot *slot = slot_of(conn, def);
    if (!slot)
        return err_detail(err, ERR_NOMEM, "%s: no memory for the statement cache", def->name);
    snprintf(name, NAME_MAX_, "s%d", def->index);
    *ret_slot = slot;
    if (slot->def == def)
        return 0;
    if (slot->def) {
        /* Another definition with this index: only where tests mix their own. */
        char text[32];
        snprintf(text, sizeof(text), "deallocate %s", name);
        int rc = pg_conn_exec(conn, text, err);
        if (rc < 0)
            return rc;
        *slot = (struct pg_slot){ 0 };
    }
    int rc = send_prepare(conn, def, name, err);
    if (rc == 0)
        slot->def = def;
    return rc;
}

static int check_columns(const PGresult *r, const struct stmt_def *def, struct err *err)
{
    if (PQnfields(r) != def->n_cols)
        return err_detail(err, ERR_DB, "%s: %d columns, %d declared", def->name, PQnfields(r),
                          def->n_cols);
    for (int i = 0; i < def->n_cols; i++) {
        if (!column_fits(def->cols[i], PQftype(r, i)))
            return err_detail(err, ERR_DB, "%s: column %s has PostgreSQL type %u, cast it",
                              def->name, PQfname(r, i), PQftype(r, i));
    }
    return 0;
}

static int execute(struct db *db, const struct stmt_def *def, const struct pg_args *a,
                   struct db_cursor *c, struct err *err)
{
    struct pg_conn *conn = db->conn;
    struct pg_slot *slot;
    char name[NAME_MAX_];
    int rc = prepare(conn, def, name, &slot, err);
    if (rc < 0)
        return rc;
    PGresult *r = PQexecPrepared(conn->h, name, def->n_args, a->values, a->lengths, a->formats, 1);
    ExecStatusType status = PQresultStatus(r);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        rc = pg_conn_error(conn, r, def->name, err);
    else if (!slot || !slot->checked)
        rc = check_columns(r, def, err);
    if (rc < 0) {
        PQclear(r);
        return rc;
    }
    if (slot)
        slot->checked = true;
    c->engine = r;
    return 0;
}

int pg_start(struct db *db, const struct stmt_def *def, const struct db_val *args,
             struct db_cursor *c, struct err *err)
{
    struct pg_conn *conn = db->conn;
    struct pg_args a;
    int rc = set_args(&a, def, args, &conn->scratch, err);
    if (rc == 0)
        rc = execute(db, def, &a, c, err);
    if (rc < 0)
        db->broken |= pg_conn_lost(conn);
    return rc;
}

int pg_step(struct db_cursor *c, struct err *err UNUSED)
{
    if (c->row + 1 >= PQntuples(c->engine))
        return 0;
    c->row++;
    return 1;
}

bool pg_is_null(struct db_cursor *c, int col)
{
    return PQgetisnull(c->engine, c->row, col);
}

int64_t pg_get_int(struct db_cursor *c, int col)
{
    const char *p = PQgetvalue(c->engine, c->row, col);
    uint64_t big8;
    uint32_t big4;
    switch (PQgetlength(c->engine, c->row, col)) {
    case 8:
        memcpy(&big8, p, sizeof(big8));
        return (int64_t)be64toh(big8);
    case 4:
        memcpy(&big4, p, sizeof(big4));
        return (int32_t)be32toh(big4);
    case 1:
        return *p != 0;
    default: /* null */
        return 0;
    }
}

double pg_get_real(struct db_cursor *c, int col)
{
    uint64_t big;
    if (PQgetlength(c->engine, c->row, col) != sizeof(big))
        return 0;
    memcpy(&big, PQgetvalue(c->engine, c->row, col), sizeof(big));
    big = be64toh(big);
    double value;
    memcpy(&value, &big, sizeof(value));
    return value;
}

struct str pg_get_text(struct db_cursor *c, int col)
{
    return (struct str){ PQgetvalue(c->engine, c->row, col),
                         (size_t)PQgetlength(c->engine, c->row, col) };
}

int64_t pg_changed(struct db_cursor *c)
{
    return strtoll(PQcmdTuples(c->engine), NULL, 10);
}

void pg_finish(struct db_cursor *c)
{
    PQclear(c->engine);
}

int pg_exec(struct db *db, const char *sql, struct err *err)
{
    int rc = pg_conn_exec(db->conn, sql, err);
    if (rc < 0)
        db->broken |= pg_conn_lost(db->conn);
    return rc;
}
