/* store/sqlite_stmt.c - bind, step and read on SQLite; see sqlite_stmt.h. */
#include "store/sqlite_stmt.h"

#include <stdio.h>

#include "base/mem.h"
#include "store/ids.h"
#include "store/sqlite_conn.h"

#define ID_CHARS_MAX 21 /* sign, 19 digits, comma */
#define IDS_AHEAD_S  2  /* one small row each two seconds of writing */

/* Error of the running statement, kept in the handle when it is the
 * transaction's. */
static int failed(struct db *db, const char *what, struct err *err)
{
    bool broken;
    int rc = sqlite_conn_error(db->conn, what, &broken, err);
    db->broken |= broken;
    return rc;
}

static size_t put_id(char *out, int64_t id)
{
    char digits[ID_CHARS_MAX];
    size_t n = 0;
    uint64_t left = id < 0 ? 0 - (uint64_t)id : (uint64_t)id;
    do {
        digits[n++] = (char)('0' + left % 10);
        left /= 10;
    } while (left);
    if (id < 0)
        digits[n++] = '-';
    for (size_t i = 0; i < n; i++)
        out[i] = digits[n - 1 - i];
    return n;
}

/* A list of ids travels as JSON text; the statement reads it with json_each. */
static int bind_ids(sqlite3_stmt *stmt, int place, struct id_list ids)
{
    char *text = mem_alloc(ids.n * ID_CHARS_MAX + 2);
    if (!text)
        return SQLITE_NOMEM;
    size_t len = 0;
    text[len++] = '[';
    for (size_t i = 0; i < ids.n; i++) {
        if (i)
            text[len++] = ',';
        len += put_id(text + len, ids.v[i]);
    }
    text[len++] = ']';
    return sqlite3_bind_text64(stmt, place, text, len, mem_free, SQLITE_UTF8);
}

static int bind_one(sqlite3_stmt *stmt, int place, int type, const struct db_val *v)
{
    if (v->null)
        return sqlite3_bind_null(stmt, place);
    const char *ptr = v->text.ptr ? v->text.ptr : "";
    switch ((enum db_type)type) {
    case DB_INT:
        return sqlite3_bind_int64(stmt, place, v->number);
    case DB_BOOL:
        return sqlite3_bind_int64(stmt, place, v->number != 0);
    case DB_REAL:
        return sqlite3_bind_double(stmt, place, v->real);
    case DB_TEXT:
        return sqlite3_bind_text64(stmt, place, ptr, v->text.len, SQLITE_STATIC, SQLITE_UTF8);
    case DB_BYTES:
        return sqlite3_bind_blob64(stmt, place, ptr, v->text.len, SQLITE_STATIC);
    case DB_IDS:
        return bind_ids(stmt, place, v->ids);
    }
    BUG_ON(true);
}

static int first_step(struct db *db, sqlite3_stmt *stmt, const struct stmt_def *def,
                      const struct db_val *args, struct err *err)
{
    /* A parameter that the text does not use (an argument for the other
     * engine) has no place to bind to. */
    int places = sqlite3_bind_parameter_count(stmt);
    for (int i = 0; i < def->n_args && i < places; i++) {
        int rc = bind_one(stmt, i + 1, def->args[i], &args[i]);
        if (rc == SQLITE_NOMEM)
            return err_detail(err, ERR_NOMEM, "%s: no memory for argument %d", def->name, i + 1);
        if (rc != SQLITE_OK)
            return failed(db, def->name, err);
    }
    int rc = sqlite3_step(stmt);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        return failed(db, def->name, err);
    db->has_row = rc == SQLITE_ROW;
    db->over = rc == SQLITE_DONE;
    return 0;
}

static void let_go(sqlite3_stmt *stmt, const struct stmt_def *def)
{
    if (def->index < 0) {
        sqlite3_finalize(stmt);
        return;
    }
    sqlite3_reset(stmt);
    sqlite3_clear_bindings(stmt);
}

int sqlite_start(struct db *db, const struct stmt_def *def, const struct db_val *args,
                 struct db_cursor *c, struct err *err)
{
    bool broken;
    sqlite3_stmt *stmt = sqlite_conn_prepare(db->conn, def, &broken, err);
    if (!stmt) {
        db->broken |= broken;
        return err->code;
    }
    int rc = first_step(db, stmt, def, args, err);
    if (rc < 0) {
        let_go(stmt, def);
        return rc;
    }
    c->engine = stmt;
    return 0;
}

int sqlite_step(struct db_cursor *c, struct err *err)
{
    struct db *db = c->db;
    if (c->row < 0) {
        c->row = 0;
        return db->has_row;
    }
    if (db->over)
        return 0;
    int rc = sqlite3_step(c->engine);
    if (rc == SQLITE_ROW) {
        c->row++;
        return 1;
    }
    db->over = true;
    return rc == SQLITE_DONE ? 0 : failed(db, c->def->name, err);
}

bool sqlite_is_null(struct db_cursor *c, int col)
{
    return sqlite3_column_type(c->engine, col) == SQLITE_NULL;
}

int64_t sqlite_get_int(struct db_cursor *c, int col)
{
    return sqlite3_column_int64(c->engine, col);
}

double sqlite_get_real(struct db_cursor *c, int col)
{
    return sqlite3_column_double(c->engine, col);
}

struct str sqlite_get_text(struct db_cursor *c, int col)
{
    const char *ptr = c->def->cols[col] == DB_BYTES
                          ? sqlite3_column_blob(c->engine, col)
                          : (const char *)sqlite3_column_text(c->engine, col);
    return (struct str){ ptr, (size_t)sqlite3_column_bytes(c->engine, col) };
}

int64_t sqlite_changed(struct db_cursor *c)
{
    struct sqlite_conn *conn = c->db->conn;
    return sqlite3_changes64(conn->h);
}

void sqlite_finish(struct db_cursor *c)
{
    let_go(c->engine, c->def);
}

int sqlite_exec(struct db *db, const char *sql, struct err *err)
{
    struct sqlite_conn *conn = db->conn;
    if (sqlite3_exec(conn->h, sql, NULL, NULL, NULL) != SQLITE_OK)
        return failed(db, "schema", err);
    return 0;
}

static const struct stmt_def mark_get = {
    .name = "store_mark_get",
    .sqlite = "select value from store_meta where name = 'id_mark'",
    .index = -1,
    .n_cols = 1,
    .cols = (const uint8_t[]){ DB_INT },
};

static const struct stmt_def mark_set = {
    .name = "store_mark_set",
    .sqlite = "insert into store_meta (name, value) values ('id_mark', ?1)"
              " on conflict (name) do update set value = excluded.value",
    .index = -1,
    .writes = true,
    .n_args = 1,
    .args = (const uint8_t[]){ DB_INT },
};

/* Run a statement of the store's own that may stand beside the work's cursor. */
static int run_beside(struct db *db, const struct stmt_def *def, const struct db_val *args,
                      int64_t *ret_value, struct err *err)
{
    bool has_row = db->has_row, over = db->over;
    struct db_cursor c = { .db = db, .def = def, .row = -1 };
    int rc = sqlite_start(db, def, args, &c, err);
    if (rc == 0) {
        if (ret_value && db->has_row)
            *ret_value = sqlite_get_int(&c, 0);
        sqlite_finish(&c);
    }
    db->has_row = has_row;
    db->over = over;
    return rc;
}

int sqlite_reserve(struct db *db, int64_t *ret_id, struct err *err)
{
    struct ids *ids = &db->store->ids;
    int64_t found = 0;
    int rc = run_beside(db, &mark_get, NULL, &found, err);
    if (rc < 0)
        return rc;
    int64_t id = found == ids->mark ? *ret_id : ids_restart(ids, 0, found, db->now);
    int64_t mark = ids_ahead(id, IDS_AHEAD_S);
    rc = run_beside(db, &mark_set, &(struct db_val){ .number = mark }, NULL, err);
    if (rc < 0)
        return rc;
    ids->mark = mark;
    *ret_id = id;
    return 0;
}
