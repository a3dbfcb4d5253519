/* Ask a real SQLite: does it stand, whose tables does it touch, what comes out? */
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tools/sqlc/sqlc.h"

/* The room that reads: that of the view through which SQLite reads, or the statement's. */
static const struct room *reader_of(const struct sqlc *s, const char *through)
{
    const struct table *view = through != NULL ? table_find(s, str_from(through)) : NULL;
    return view != NULL && view->view ? view->room : s->reader;
}

static int PRINTF_LIKE(2, 3) deny(struct sqlc *s, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    (void)vsnprintf(s->refusal, sizeof s->refusal, format, values);
    va_end(values);
    return SQLITE_DENY;
}

static int may_read(struct sqlc *s, const char *name, const char *through)
{
    struct table *table = table_find(s, str_from(name));
    if (table != NULL)
        remember_note(s, table, false);
    if (table == NULL)
        return strcmp(name, "json_each") == 0 ? SQLITE_OK : deny(s, "there is no table %s", name);
    if (table->room == reader_of(s, through) || table->published)
        return SQLITE_OK;
    return deny(s, "`%s` belongs to room %.*s: read a view it publishes or ask its header", name,
                STR_ARG(table->room->name));
}

static int may_write(struct sqlc *s, const char *name)
{
    struct table *table = table_find(s, str_from(name));
    if (table != NULL)
        remember_note(s, table, true);
    if (table != NULL && table->room == s->reader)
        return SQLITE_OK;
    return deny(s, "`%s` is another room's table: only its own room writes it", name);
}

static int authorize(void *ctx, int action, const char *a, const char *b, const char *database,
                     const char *through)
{
    struct sqlc *s = ctx;
    (void)b;
    (void)database;
    switch (action) {
    case SQLITE_READ:
        return may_read(s, a, through);
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
        return may_write(s, a);
    case SQLITE_SELECT:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    default:
        return deny(s, "this kind of statement has no place here");
    }
}

static int line_of(const struct rewritten *r, const struct tokens *t, int offset)
{
    int line = t->n > 0 ? t->v[0].line : 1;
    for (size_t i = 0; i < r->n_places && offset >= 0; i++)
        if (r->places[i].offset <= (size_t)offset)
            line = r->places[i].line;
    return line;
}

/* Say what SQLite said, at the line it means. */
static void complain_sqlite(struct sqlc *s, const char *path, const struct rewritten *r,
                            const struct tokens *t)
{
    int line = line_of(r, t, sqlite3_error_offset(s->sqlite));
    const char *message = sqlite3_errmsg(s->sqlite);
    if (s->refusal[0] != '\0')
        complain(path, line, "%s", s->refusal);
    else if (strstr(message, "near \"do\"") != NULL)
        complain(path, line,
                 "insert ... select ... on conflict needs `where true` before `on conflict`");
    else
        complain(path, line, "%s", message);
}

static sqlite3_stmt *prepare(struct sqlc *s, struct room *room, const char *path,
                             const struct rewritten *r, const struct tokens *t, bool guarded)
{
    sqlite3_stmt *stmt = NULL;
    s->reader = room;
    s->refusal[0] = '\0';
    (void)sqlite3_set_authorizer(s->sqlite, guarded ? authorize : NULL, s);
    if (sqlite3_prepare_v2(s->sqlite, r->text.ptr, (int)r->text.len, &stmt, NULL) != SQLITE_OK) {
        complain_sqlite(s, path, r, t);
        return NULL;
    }
    return stmt;
}

/* A view is looked at as soon as it is made, as PostgreSQL does. */
static void prove_view(struct sqlc *s, struct room *room, const struct schema_statement *st)
{
    int before = complaints();
    rules_check(s, room, NULL, &st->t);
    if (complaints() > before)
        return;
    struct rewritten r = { 0 };
    r.text = arena_printf(&s->arena, "select * from %.*s", STR_ARG(st->view->name));
    sqlite3_stmt *stmt = prepare(s, room, room->schema_path, &r, &st->t, true);
    (void)sqlite3_finalize(stmt);
}

static void prove_step(struct sqlc *s, struct room *room, const struct schema_statement *st)
{
    bool writes = token_is(&st->t, 0, "insert") || token_is(&st->t, 0, "update");
    sqlite3_stmt *stmt = prepare(s, room, room->schema_path, &st->sqlite, &st->t, writes);
    if (stmt == NULL)
        return;
    int rc = sqlite3_step(stmt);
    if (rc != SQLITE_DONE && rc != SQLITE_ROW)
        complain_sqlite(s, room->schema_path, &st->sqlite, &st->t);
    (void)sqlite3_finalize(stmt);
    if (st->view != NULL && rc == SQLITE_DONE)
        prove_view(s, room, st);
}

void prove_schema(struct sqlc *s)
{
    if (sqlite3_open(":memory:", &s->sqlite) != SQLITE_OK) {
        complain("sqlite", 0, "%s", sqlite3_errmsg(s->sqlite));
        return;
    }
    (void)sqlite3_db_config(s->sqlite, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    (void)sqlite3_db_config(s->sqlite, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    /* json_each declares itself at its first use, which the authorizer would not like. */
    (void)sqlite3_exec(s->sqlite, "pragma foreign_keys = on; select value from json_each('[]')",
                       NULL, NULL, NULL);
    for (size_t i = 0; i < s->n_rooms; i++)
        for (const struct schema_statement *st = s->rooms[i].statements; st != NULL; st = st->next)
            prove_step(s, &s->rooms[i], st);
}

/* Where result column i comes from, or NULL. */
static const struct column *origin(const struct sqlc *s, sqlite3_stmt *stmt, int i,
                                   const struct table **ret_table)
{
    const char *table_name = sqlite3_column_table_name(stmt, i);
    const char *column_name = sqlite3_column_origin_name(stmt, i);
    if (table_name == NULL || column_name == NULL)
        return NULL;
    *ret_table = table_find(s, str_from(table_name));
    return *ret_table != NULL ? column_find(*ret_table, str_from(column_name)) : NULL;
}

static void prove_column(struct sqlc *s, struct query *q, sqlite3_stmt *stmt, int i)
{
    const char *path = q->room->queries_path;
    const struct table *table = NULL;
    const struct column *from = origin(s, stmt, i, &table);
    struct field col = { .name = arena_str_c(&s->arena, sqlite3_column_name(stmt, i)) };
    struct field *declared = field_find(&q->declared, col.name);
    const char *fault = name_fault(col.name);
    if (fault != NULL) {
        complain(path, q->line, "%.*s: result column %d (`%.*s`) needs a name: write `as name`",
                 STR_ARG(q->name), i + 1, STR_ARG(col.name));
        return;
    }
    if (field_find(&q->cols, col.name) != NULL)
        complain(path, q->line, "%.*s: two result columns are called %.*s", STR_ARG(q->name),
                 STR_ARG(col.name));
    if (declared == NULL && from == NULL)
        complain(path, q->line,
                 "%.*s: %.*s is an expression: declare its type in cols:", STR_ARG(q->name),
                 STR_ARG(col.name));
    else if (declared == NULL && outer_joined(s, &q->t, (size_t)i, table->name))
        complain(path, q->line,
                 "%.*s: %.*s comes from a left join: declare it in cols:, with ? when it may be "
                 "missing",
                 STR_ARG(q->name), STR_ARG(col.name));
    else if (declared != NULL && from != NULL && !type_same(declared->type, from->type))
        complain(path, declared->line, "cols: %.*s is %s in the schema, not %s", STR_ARG(col.name),
                 type_sward(from->type), type_sward(declared->type));
    if (declared != NULL)
        declared->used = true;
    col.type = declared != NULL ? declared->type : from != NULL ? from->type : TYPE_INT;
    col.nullable = declared != NULL ? declared->nullable : from != NULL && from->nullable;
    col.secret = from != NULL && str_eq_c(from->class, "secret");
    q->cols.v = list_grow(s, q->cols.v, q->cols.n, sizeof col);
    q->cols.v[q->cols.n++] = col;
}

static void prove_query(struct sqlc *s, struct query *q)
{
    const char *path = q->room->queries_path;
    int before = complaints();
    rules_check(s, q->room, q, &q->t);
    if (complaints() > before)
        return;
    s->query = q;
    sqlite3_stmt *stmt = prepare(s, q->room, path, &q->sqlite, &q->t, true);
    s->query = NULL;
    if (stmt == NULL)
        return;
    int n = sqlite3_column_count(stmt);
    if (q->kind == QUERY_RUN && n > 0)
        complain(path, q->line, "%.*s gives rows: it is one or many, not run", STR_ARG(q->name));
    else if (q->kind != QUERY_RUN && n == 0)
        complain(path, q->line, "%.*s gives no rows: it is run", STR_ARG(q->name));
    else if (n > COLS_MAX)
        complain(path, q->line, "%.*s: more than %d columns", STR_ARG(q->name), COLS_MAX);
    for (int i = 0; i < n && n <= COLS_MAX; i++)
        prove_column(s, q, stmt, i);
    for (size_t i = 0; i < q->declared.n; i++)
        if (!q->declared.v[i].used)
            complain(path, q->declared.v[i].line, "cols: %.*s is no column of %.*s",
                     STR_ARG(q->declared.v[i].name), STR_ARG(q->name));
    if (q->writes != !sqlite3_stmt_readonly(stmt))
        complain(path, q->line, "%.*s: cannot tell whether it writes", STR_ARG(q->name));
    (void)sqlite3_finalize(stmt);
}

void prove_queries(struct sqlc *s)
{
    for (size_t i = 0; i < s->n_rooms; i++)
        for (struct query *q = s->rooms[i].queries; q != NULL; q = q->next)
            if (!q->bad)
                prove_query(s, q);
}
