/* support/test_store.c - see test_store.h. */
#include "support/test_store.h"

#include <dirent.h>
#include <errno.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int n_made;

void test_rc_equal(int rc, int want, const struct err *err, const char *file, int line)
{
    if (rc == want)
        return;
    print_error("got %s, want %s: %s\n", err_name(rc), err_name(want),
                err && err->code ? err->detail : "");
    _fail(file, line);
}

static const char *server_address(void)
{
    const char *address = getenv("SWARD_TEST_POSTGRES");
    if (!address || !*address)
        fail_msg("SWARD_TEST_POSTGRES is not set: run the tests under tests/services/postgres.sh");
    return address;
}

static void on_server(const char *sql)
{
    PGconn *h = PQconnectdb(server_address());
    if (PQstatus(h) != CONNECTION_OK)
        fail_msg("no PostgreSQL at SWARD_TEST_POSTGRES: %s", PQerrorMessage(h));
    PGresult *r = PQexec(h, sql);
    if (PQresultStatus(r) != PGRES_COMMAND_OK)
        fail_msg("%s: %s", sql, PQerrorMessage(h));
    PQclear(r);
    PQfinish(h);
}

static size_t put_escaped(char *out, size_t at, size_t size, const char *text)
{
    for (; *text && at + 4 < size; text++)
        at += (size_t)snprintf(out + at, size - at, "%%%02x", (unsigned char)*text);
    out[at] = '\0';
    return at;
}

/* The server's address with another database in it. */
static void address_of(char *out, size_t size, const char *database)
{
    char *why = NULL;
    PQconninfoOption *options = PQconninfoParse(server_address(), &why);
    if (!options)
        fail_msg("SWARD_TEST_POSTGRES: %s", why ? why : "no memory");
    size_t at = (size_t)snprintf(out, size, "postgres:///%s?", database);
    const char *between = "";
    for (PQconninfoOption *o = options; o && o->keyword; o++) {
        if (!o->val || strcmp(o->keyword, "dbname") == 0)
            continue;
        at += (size_t)snprintf(out + at, size - at, "%s%s=", between, o->keyword);
        at = put_escaped(out, at, size, o->val);
        between = "&";
    }
    PQconninfoFree(options);
}

static void make_postgres(struct test_store *t)
{
    char sql[128];
    snprintf(t->name, sizeof(t->name), "sward_%d_%d", (int)getpid(), ++n_made);
    snprintf(sql, sizeof(sql), "create database %s", t->name);
    on_server(sql);
    address_of(t->path, sizeof(t->path), t->name);
}

static void make_sqlite(struct test_store *t)
{
    const char *tmp = getenv("TMPDIR");
    snprintf(t->name, sizeof(t->name), "%.40s/sward-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (!mkdtemp(t->name))
        fail_msg("no temporary folder at %s", t->name);
    snprintf(t->path, sizeof(t->path), "%s/shop.db", t->name);
}

struct test_store *test_store_make(const char *engine, const struct store_config *config)
{
    struct test_store *t = calloc(1, sizeof(*t));
    assert_non_null(t);
    t->postgres = strcmp(engine, TEST_STORE_POSTGRES) == 0;
    clock_init_system(&t->clock);
    if (t->postgres)
        make_postgres(t);
    else
        make_sqlite(t);
    if (config)
        t->config = *config;
    t->config.database = t->path;
    t->config.clock = &t->clock;
    return t;
}

struct test_store *test_store_new(const char *engine, const struct store_config *config)
{
    struct test_store *t = test_store_make(engine, config);
    test_store_open(t);
    return t;
}

void test_store_open(struct test_store *t)
{
    struct err err;
    err_clear(&err);
    assert_rc(store_open(&t->config, &t->store, &err), 0, &err);
}

void test_store_close(struct test_store *t)
{
    store_close(t->store);
    t->store = NULL;
}

void test_store_reopen(struct test_store *t)
{
    test_store_close(t);
    test_store_open(t);
}

static void drop_sqlite(struct test_store *t)
{
    DIR *folder = opendir(t->name);
    for (struct dirent *e; folder && (e = readdir(folder));) {
        char path[512];
        snprintf(path, sizeof(path), "%s/%s", t->name, e->d_name);
        if (e->d_name[0] != '.')
            unlink(path);
    }
    if (folder)
        closedir(folder);
    rmdir(t->name);
}

void test_store_free(struct test_store *t)
{
    test_store_close(t);
    if (t->postgres) {
        char sql[128];
        snprintf(sql, sizeof(sql), "drop database %s with (force)", t->name);
        on_server(sql);
    } else {
        drop_sqlite(t);
    }
    free(t);
}

void test_store_schema(struct test_store *t, const char *sqlite, const char *postgres)
{
    const struct schema_step step = { sqlite, postgres };
    const struct schema_room room = { "test", &step, 1 };
    struct err err;
    err_clear(&err);
    assert_rc(store_migrate(t->store, &room, 1, NULL, &err), 0, &err);
}
