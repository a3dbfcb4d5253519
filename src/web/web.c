/* web/web.c - puts the server together, and takes it apart. */
#include "web/web.h"

#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "web/call.h"
#include "web/http.h"
#include "web/keeper.h"
#include "web/later_int.h"
#include "web/stream.h"
#include "web/web_int.h"

#define ARENA_MAX (16 * 1024 * 1024)

static int add_table(struct web *web, const struct route *table, struct err *err)
{
    for (const struct route *r = table; r->path; r++) {
        if (r->who == WHO_SIMULATOR && !web->settings->simulation)
            continue; /* it does not exist */
        if (!web->config.store && r->runs != RUNS_PLAIN)
            return err_detail(err, ERR_INVALID, "route %s needs a store", r->path);
        int rc = router_add(&web->router, r, err);
        if (rc)
            return rc;
    }
    return 0;
}

static int add_routes(struct web *web, struct err *err)
{
    int rc = router_init(&web->router, &web->arena, err);
    if (!rc)
        rc = add_table(web, web_own_routes, err);
    for (const struct route *const *t = web->config.routes; !rc && t && *t; t++)
        rc = add_table(web, *t, err);
    web->missing = web->config.store ? &web_missing : &web_missing_plain;
    return rc;
}

/* The folder of uploads in flight. What an earlier run left there, when it
 * was killed, is removed; another process may be using it, so only what is old. */
static int open_spool(struct web *web, struct err *err)
{
    web->spool = arena_printf(&web->arena, "%.*s/spool", STR_ARG(web->settings->data_dir));
    const char *data = arena_cstr(&web->arena, web->settings->data_dir);
    if ((mkdir(data, 0700) != 0 && errno != EEXIST) ||
        (mkdir(web->spool.ptr, 0700) != 0 && errno != EEXIST))
        return err_detail(err, ERR_IO, "%s: %s", web->spool.ptr, strerror(errno));
    DIR *dir = opendir(web->spool.ptr);
    if (!dir)
        return err_detail(err, ERR_IO, "%s: %s", web->spool.ptr, strerror(errno));
    int64_t now = clock_now(&(struct clock){ 0 });
    struct stat st;
    for (struct dirent *e = readdir(dir); e; e = readdir(dir))
        if (strncmp(e->d_name, "upload-", 7) == 0 && fstatat(dirfd(dir), e->d_name, &st, 0) == 0 &&
            st.st_mtime * TIME_SECOND < now - TIME_DAY)
            unlinkat(dirfd(dir), e->d_name, 0);
    closedir(dir);
    return 0;
}

static void read_address(struct web *web)
{
    struct str url = web->settings->public_url;
    while (url.len > 0 && url.ptr[url.len - 1] == '/')
        url.len--;
    web->origin = arena_str(&web->arena, url);
    web->https = str_starts(url, STR("https://"));
}

static int make_parts(struct web *web, struct err *err)
{
    const struct settings *s = web->settings;
    web->conns = conns_new(s->connections_max, s->connections_per_client, &web->proxies);
    web->calls = calls_new(web);
    web->rates = rate_new(s->rate_factor);
    web->gzips = gzips_new();
    web->metrics = metrics_new(web->router.n_routes);
    web->statics = statics_new(web);
    web->later = later_new(web);
    web->streams = streams_new(web, (int)s->streams_max);
    bool good = web->conns && web->calls && web->rates && web->gzips && web->metrics &&
                web->statics && web->later && web->streams && !arena_overflowed(&web->arena);
    return good ? 0 : err_detail(err, ERR_NOMEM, "no memory for the server");
}

static int start(struct web *web, struct err *err)
{
    unsigned char random[3];
    if (sodium_init() < 0)
        return err_detail(err, ERR_INTERNAL, "libsodium does not start");
    randombytes_buf(random, sizeof(random));
    snprintf(web->run_name, sizeof(web->run_name), "%02x%02x%02x", random[0], random[1], random[2]);
    read_address(web);
    int rc = proxies_read(&web->proxies, web->settings->trusted_proxies, err);
    if (!rc)
        rc = add_routes(web, err);
    if (!rc)
        rc = open_spool(web, err);
    if (!rc)
        rc = make_parts(web, err);
    if (!rc)
        rc = keeper_start(web, err);
    if (!rc)
        rc = http_start(web, err);
    return rc;
}

static void web_free(struct web *web)
{
    streams_free(web->streams);
    later_free(web->later);
    statics_free(web->statics);
    metrics_free(web->metrics);
    gzips_free(web->gzips);
    rate_free(web->rates);
    calls_free(web->calls);
    conns_free(web->conns);
    pthread_mutex_destroy(&web->clock_lock);
    arena_release(&web->arena);
    mem_free(web);
}

int web_start(const struct web_config *config, struct web **ret_web, struct err *err)
{
    struct web *web = mem_alloc(sizeof(*web));
    if (!web)
        return err_detail(err, ERR_NOMEM, "no memory for the server");
    memset(web, 0, sizeof(*web));
    web->config = *config;
    web->settings = config->settings;
    arena_init(&web->arena, ARENA_MAX);
    pthread_mutex_init(&web->clock_lock, NULL);
    int rc = start(web, err);
    if (rc) {
        keeper_stop(web);
        web_free(web);
        return rc;
    }
    *ret_web = web;
    return 0;
}

void web_stop(struct web *web)
{
    if (!web)
        return;
    http_stop(web);
    keeper_stop(web);
    web_free(web);
}

int web_port(const struct web *web)
{
    return web->port;
}

static void print_route(const struct route *r, struct buf *out)
{
    buf_printf(out, "%-6s %-40s %-9s %-5s %-6s %-9s %9lld%s%s%s%s\n", method_name(r->method),
               r->path, who_name(r->who), runs_name(r->runs), rate_name(r->rate),
               cache_name(r->cache), (long long)r->body_max, r->prepare ? " prepare" : "",
               r->form ? " form" : "", r->needs_key ? " key" : "", r->raw_body ? " raw" : "");
}

int web_print_routes(const struct route *const *routes, struct buf *out, struct err *err)
{
    struct arena a;
    struct router router;
    const struct route *const own[] = { web_own_routes, NULL };
    const struct route *const *const tables[] = { own, routes };
    arena_init(&a, ARENA_MAX);
    int rc = router_init(&router, &a, err);
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        for (const struct route *const *t = tables[i]; !rc && t && *t; t++) {
            for (const struct route *r = *t; !rc && r->path; r++) {
                rc = router_add(&router, r, err);
                if (!rc)
                    print_route(r, out);
            }
        }
    }
    arena_release(&a);
    return rc;
}
