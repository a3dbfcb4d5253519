/* unit/web/kit.c - see kit.h. */
#include "unit/web/kit.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "gen/schema.h"
#include "unit/web/routes.h"

static const struct route *const with_store[] = { routes_plain, routes_stored, NULL };
static const struct route *const without_store[] = { routes_plain, NULL };

static void quiet(void *ctx UNUSED, struct str line UNUSED)
{
}

static void make_store(struct kit *k, const char *engine)
{
    const struct schema_step step = {
        "create table tally (id integer primary key, n integer not null) strict;"
        "insert into tally (id, n) values (1, 0);",
        "create table tally (id bigint primary key, n bigint not null);"
        "insert into tally (id, n) values (1, 0);",
    };
    struct schema_room rooms[2] = { { "test", &step, 1 } };
    struct err err = { 0 };
    for (size_t i = 0; i < schema_rooms_n; i++)
        if (strcmp(schema_rooms[i].name, "web") == 0)
            rooms[1] = schema_rooms[i];
    k->store = test_store_new(engine, NULL);
    assert_rc(store_migrate(k->store->store, rooms, 2, NULL, &err), 0, &err);
}

void kit_init(struct kit *k, const char *engine)
{
    const char *tmp = getenv("TMPDIR");
    memset(k, 0, sizeof(*k));
    log_set_sink(getenv("SWARD_TEST_LOG") ? NULL : quiet, NULL);
    snprintf(k->folder, sizeof(k->folder), "%.40s/web-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(k->folder));
    clock_init_system(&k->clock);
    settings_init(&k->settings);
    k->settings.listen = STR("127.0.0.1:0");
    k->settings.data_dir = str_from(k->folder);
    k->settings.public_url = STR("http://sward.test/");
    k->settings.rate_factor = 0;
    k->settings.io_threads = 2;
    if (engine)
        make_store(k, engine);
    k->config = (struct web_config){ .settings = &k->settings,
                                     .store = engine ? k->store->store : NULL,
                                     .clock = &k->clock,
                                     .routes = engine ? with_store : without_store,
                                     .assets = routes_assets,
                                     .n_assets = routes_assets_n,
                                     .look = &routes_look,
                                     .resolve = routes_resolve };
}

void kit_start(struct kit *k)
{
    struct err err = { 0 };
    assert_rc(web_start(&k->config, &k->web, &err), 0, &err);
    k->port = web_port(k->web);
}

void kit_stop(struct kit *k)
{
    web_stop(k->web);
    k->web = NULL;
}

void kit_release(struct kit *k)
{
    char path[128];
    kit_stop(k);
    if (k->store)
        test_store_free(k->store);
    snprintf(path, sizeof(path), "%s/file", k->folder);
    unlink(path);
    snprintf(path, sizeof(path), "%s/spool", k->folder);
    rmdir(path);
    rmdir(k->folder);
    kit_pause = NULL;
    log_set_sink(NULL, NULL);
}

void ask(struct kit *k, const char *method, const char *path, const char *headers, const char *body,
         struct http_reply *ret)
{
    http_ask(k->port, method, path, headers, body, ret);
}

int ask_status(struct kit *k, const char *method, const char *path, const char *headers,
               const char *body)
{
    struct http_reply reply;
    ask(k, method, path, headers, body, &reply);
    int status = reply.status;
    http_reply_free(&reply);
    return status;
}

int64_t kit_tally(struct kit *k)
{
    int64_t n = -1;
    struct err err = { 0 };
    assert_rc(store_read(k->store->store, routes_tally, &n, &err), 0, &err);
    return n;
}

static int spooled(struct kit *k)
{
    char path[128];
    int n = 0;
    snprintf(path, sizeof(path), "%s/spool", k->folder);
    DIR *dir = opendir(path);
    assert_non_null(dir);
    for (struct dirent *e = readdir(dir); e; e = readdir(dir))
        n += e->d_name[0] != '.';
    closedir(dir);
    return n;
}

bool kit_spool_empties(struct kit *k)
{
    struct timespec pause = { .tv_nsec = 10 * 1000 * 1000 };
    for (int i = 0; i < 500; i++) {
        if (spooled(k) == 0)
            return true;
        clock_nanosleep(CLOCK_MONOTONIC, 0, &pause, NULL);
    }
    return false;
}

bool kit_measures(struct kit *k, const char *line)
{
    struct timespec pause = { .tv_nsec = 10 * 1000 * 1000 };
    char want[200];
    snprintf(want, sizeof(want), "\n%s\n", line);
    for (int i = 0; i < 500; i++) {
        struct http_reply r;
        ask(k, "GET", "/metrics", NULL, NULL, &r);
        bool there = r.status == 200 && text_has(r.body, want);
        http_reply_free(&r);
        if (there)
            return true;
        clock_nanosleep(CLOCK_MONOTONIC, 0, &pause, NULL);
    }
    return false;
}
