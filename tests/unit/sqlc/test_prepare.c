/* Every statement of the program, prepared on both engines, and what PostgreSQL
 * says about its columns compared with what the generated code will read.
 *
 * The query compiler knows SQLite only; this is the other half of its promise.
 */
#include "support/test_store.h"

#include <libpq-fe.h>
#include <sqlite3.h>

#include "gen/schema.h"
#include "gen/statements.h"

/* Numbers of PostgreSQL's types; they never change. */
enum {
    PG_BOOL = 16,
    PG_BYTEA = 17,
    PG_INT8 = 20,
    PG_TEXT = 25,
    PG_FLOAT8 = 701,
    PG_INT8_ARRAY = 1016,
};

static const Oid oids[] = {
    [DB_INT] = PG_INT8,  [DB_BOOL] = PG_BOOL,   [DB_REAL] = PG_FLOAT8,
    [DB_TEXT] = PG_TEXT, [DB_BYTES] = PG_BYTEA, [DB_IDS] = PG_INT8_ARRAY,
};

static struct test_store *migrated(const char *engine)
{
    struct test_store *t = test_store_new(engine, NULL);
    struct err err;
    int ran = 0;
    err_clear(&err);
    assert_rc(store_migrate(t->store, schema_rooms, schema_rooms_n, &ran, &err), 0, &err);
    assert_int_equal(store_check(t->store, schema_rooms, schema_rooms_n, &err), 0);
    return t;
}

static const char *type_name(Oid type)
{
    switch (type) {
    case 1700:
        return "numeric: cast it as int or real";
    case 23:
        return "integer of 32 bits: cast it as int";
    case 25:
        return "text";
    case 16:
        return "boolean";
    case 20:
        return "bigint";
    case 701:
        return "double precision";
    default:
        return "a type that sward does not read";
    }
}

/* Returns the number of faults. */
static int check_columns(const struct stmt_def *def, const PGresult *r)
{
    int faults = 0;
    if (PQnfields(r) != def->n_cols) {
        print_error("%s: %d columns on PostgreSQL, %d here\n", def->name, PQnfields(r),
                    def->n_cols);
        return 1;
    }
    for (int i = 0; i < def->n_cols; i++) {
        if (PQftype(r, i) == oids[def->cols[i]])
            continue;
        print_error("%s/%s: column %s: the code reads %s, PostgreSQL gives %s (%u)\n", def->room,
                    def->name, PQfname(r, i), type_name(oids[def->cols[i]]),
                    type_name(PQftype(r, i)), PQftype(r, i));
        faults++;
    }
    return faults;
}

static int check_on_postgres(PGconn *h, const struct stmt_def *def)
{
    Oid types[256];
    for (int i = 0; i < def->n_args; i++)
        types[i] = oids[def->args[i]];
    PGresult *r = PQprepare(h, def->name, def->postgres, def->n_args, types);
    int faults = PQresultStatus(r) != PGRES_COMMAND_OK;
    if (faults)
        print_error("%s/%s: %s\n", def->room, def->name, PQresultErrorMessage(r));
    PQclear(r);
    if (faults)
        return faults;
    r = PQdescribePrepared(h, def->name);
    assert_int_equal(PQresultStatus(r), PGRES_COMMAND_OK);
    if (PQnparams(r) != def->n_args) {
        print_error("%s: %d arguments on PostgreSQL, %d here\n", def->name, PQnparams(r),
                    def->n_args);
        faults++;
    }
    faults += check_columns(def, r);
    PQclear(r);
    return faults;
}

static void test_postgres_takes_all(void **state)
{
    struct test_store *t = migrated(*state);
    PGconn *h = PQconnectdb(t->path);
    int faults = 0;
    assert_int_equal(PQstatus(h), CONNECTION_OK);
    assert_true(store_statements_n > 0);
    for (size_t i = 0; i < store_statements_n; i++)
        faults += check_on_postgres(h, store_statements[i]);
    PQfinish(h);
    test_store_free(t);
    assert_int_equal(faults, 0);
}

static void test_sqlite_takes_all(void **state)
{
    struct test_store *t = migrated(*state);
    sqlite3 *h = NULL;
    int faults = 0;
    assert_int_equal(sqlite3_open(t->path, &h), SQLITE_OK);
    for (size_t i = 0; i < store_statements_n; i++) {
        const struct stmt_def *def = store_statements[i];
        sqlite3_stmt *stmt = NULL;
        assert_int_equal(def->index, i);
        if (sqlite3_prepare_v2(h, def->sqlite, -1, &stmt, NULL) != SQLITE_OK) {
            print_error("%s/%s: %s\n", def->room, def->name, sqlite3_errmsg(h));
            faults++;
        } else if (sqlite3_column_count(stmt) != def->n_cols ||
                   sqlite3_stmt_readonly(stmt) == def->writes) {
            print_error("%s/%s: is not what its definition says\n", def->room, def->name);
            faults++;
        }
        sqlite3_finalize(stmt);
    }
    sqlite3_close(h);
    test_store_free(t);
    assert_int_equal(faults, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SQLITE(test_sqlite_takes_all),
        ON_POSTGRES(test_postgres_takes_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
