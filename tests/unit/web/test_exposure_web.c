/* unit/web/test_exposure_web.c - exposures come in from those who agreed, once, and from nobody
 * else. */
#include "unit/web/kit.h"

#include <string.h>

#include "base/clock.h"
#include "base/id.h"
#include "gen/event_sql.h"
#include "gen/schema.h"
#include "web/exposure_web.h"

#define AGREED "Cookie: who=a\r\n" OWN JSON_IN
#define NOT    "Cookie: who=n\r\n" OWN JSON_IN

/* Who asks: a agreed, v is a visitor who agreed, n did not. */
static int resolve(void *ctx UNUSED, struct req *rq, struct db *db UNUSED,
                   struct viewer *ret_viewer, struct err *err UNUSED)
{
    struct str who = req_cookie(rq, "who");
    ret_viewer->actor = str_eq_c(who, "a") ? 7 : str_eq_c(who, "n") ? 8 : 0;
    ret_viewer->visitor = str_eq_c(who, "v") ? 9 : 0;
    ret_viewer->exposure_ok = str_eq_c(who, "a") || str_eq_c(who, "v");
    return 0;
}

static int open_page(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err)
{
    int64_t thing = 0;
    int rc = req_int(rq, "thing", 0, 1, 1000, &thing, err);
    if (rc)
        return rc;
    exposure_opened(rq, EXPOSURE_PRODUCT, thing);
    answer_bytes(ret, "text/plain", STR("opened"));
    return 0;
}

static const struct route page_routes[] = {
    { METHOD_GET, "/open/:thing", open_page, WHO_ANYONE, RUNS_READ, RATE_READ },
    { 0 },
};
static const struct route *const routes[] = { exposure_routes, page_routes, NULL };

static void start(struct kit *k, const char *engine, bool on)
{
    struct err err = { 0 };
    kit_init(k, engine);
    struct store *store = k->store->store;
    assert_rc(store_migrate(store, schema_rooms, schema_rooms_n, NULL, &err), 0, &err);
    k->config.routes = routes;
    k->config.resolve = resolve;
    k->settings.exposure = on;
    kit_start(k);
}

struct sums {
    struct arena arena;
    struct exposure_sums_rows rows;
};

static int sums_fn(struct db *db, void *ctx, struct err *err)
{
    struct sums *s = ctx;
    return exposure_sums(db, &s->arena, 0, INT64_MAX, INT64_MIN, INT64_MIN, INT64_MIN, 100,
                         &s->rows, err);
}

/* End the server, so that nothing waits any more, and read what was kept. */
static struct sums kept(struct kit *k)
{
    struct sums s = { .rows = { 0 } };
    struct err err = { 0 };
    arena_init(&s.arena, 1 << 18);
    kit_stop(k);
    assert_rc(store_read(k->store->store, sums_fn, &s, &err), 0, &err);
    return s;
}

static const char *batch_of(char *out, size_t size, const char *number, const char *row)
{
    snprintf(out, size, "{\"batch\":%s,\"rows\":[%s]}", number, row);
    return out;
}

/* A row as the script writes it. */
static const char *row_of(char *out, size_t size, const char *kind, const char *prefix, int64_t id)
{
    char text[ID_TEXT_MAX];
    snprintf(out, size,
             "{\"k\":\"%s\",\"t\":\"%s\",\"p\":\"explore\",\"n\":3,\"a\":1200,\"d\":800}", kind,
             id_text(text, prefix, id).ptr);
    return out;
}

static int send_one(struct kit *k, const char *who, const char *number, const char *kind,
                    const char *prefix)
{
    char row[200], body[300];
    row_of(row, sizeof(row), kind, prefix, 55);
    return ask_status(k, "POST", "/x", who, batch_of(body, sizeof(body), number, row));
}

static void a_batch_is_taken_once(void **state)
{
    struct kit k;
    struct http_reply r;
    char row[200], body[500];
    start(&k, *state, true);
    row_of(row, sizeof(row), "card", "note", 55);
    char second[200], both[402];
    row_of(second, sizeof(second), "dwell", "note", 56);
    snprintf(both, sizeof(both), "%s,%s", row, second);
    batch_of(body, sizeof(body), "7101331275227264", both);
    ask(&k, "POST", "/x", AGREED, body, &r);
    assert_int_equal(r.status, 200);
    assert_text(r.body, "{\"taken\":2}");
    http_reply_free(&r);
    ask(&k, "POST", "/x", AGREED, body, &r);
    assert_text(r.body, "{\"taken\":0}");
    http_reply_free(&r);
    struct sums s = kept(&k);
    assert_int_equal(s.rows.n, 2);
    assert_int_equal(s.rows.v[0].kind, EXPOSURE_CARD);
    assert_int_equal(s.rows.v[0].thing, 55);
    assert_int_equal(s.rows.v[0].place, PLACE_EXPLORE);
    assert_int_equal(s.rows.v[0].seen, 1);
    assert_int_equal(s.rows.v[0].dwell, 0); /* a card has none, whatever was sent */
    assert_int_equal(s.rows.v[1].dwell, 800);
    arena_release(&s.arena);
    kit_release(&k);
}

static void a_place_that_is_not_known_is_another(void **state)
{
    struct kit k;
    char id[ID_TEXT_MAX], row[200], body[300];
    start(&k, *state, true);
    snprintf(row, sizeof(row), "{\"k\":\"shelf\",\"t\":\"%s\",\"p\":\"attic\"}",
             id_text(id, "prod", 55).ptr);
    batch_of(body, sizeof(body), "1", row);
    assert_int_equal(ask_status(&k, "POST", "/x", AGREED, body), 200);
    struct sums s = kept(&k);
    assert_int_equal(s.rows.n, 1);
    assert_int_equal(s.rows.v[0].kind, EXPOSURE_SHELF);
    assert_int_equal(s.rows.v[0].place, PLACE_OTHER);
    arena_release(&s.arena);
    kit_release(&k);
}

static void who_did_not_agree_is_not_counted(void **state)
{
    struct kit k;
    start(&k, *state, true);
    assert_int_equal(send_one(&k, NOT, "1", "card", "note"), 200);
    assert_int_equal(send_one(&k, OWN JSON_IN, "2", "card", "note"), 200);
    assert_int_equal(ask_status(&k, "GET", "/open/5", NOT, NULL), 200);
    assert_int_equal(ask_status(&k, "GET", "/open/5", OWN, NULL), 200);
    struct sums s = kept(&k);
    assert_int_equal(s.rows.n, 0);
    arena_release(&s.arena);
    kit_release(&k);
}

static void nothing_is_counted_while_it_is_off(void **state)
{
    struct kit k;
    start(&k, *state, false);
    assert_int_equal(send_one(&k, AGREED, "1", "card", "note"), 200);
    assert_int_equal(ask_status(&k, "GET", "/open/5", AGREED, NULL), 200);
    struct sums s = kept(&k);
    assert_int_equal(s.rows.n, 0);
    arena_release(&s.arena);
    kit_release(&k);
}

static void an_opened_page_is_noted_without_a_script(void **state)
{
    struct kit k;
    start(&k, *state, true);
    assert_int_equal(ask_status(&k, "GET", "/open/5?from=search", AGREED, NULL), 200);
    assert_int_equal(ask_status(&k, "GET", "/open/5?from=nowhere", "Cookie: who=v\r\n", NULL), 200);
    assert_int_equal(ask_status(&k, "GET", "/open/5", AGREED "Sec-Purpose: prefetch\r\n", NULL),
                     200);
    assert_int_equal(ask_status(&k, "GET", "/api/v1/open/5", AGREED, NULL), 200);
    struct sums s = kept(&k);
    assert_int_equal(s.rows.n, 2);
    assert_int_equal(s.rows.v[0].kind, EXPOSURE_PRODUCT);
    assert_int_equal(s.rows.v[0].place, PLACE_OTHER);
    assert_int_equal(s.rows.v[1].place, PLACE_SEARCH);
    assert_int_equal(s.rows.v[1].seen, 1);
    arena_release(&s.arena);
    kit_release(&k);
}

static void bad_batches_are_refused_whole(void **state)
{
    struct kit k;
    char body[20000] = "{\"batch\":5,\"rows\":[";
    start(&k, *state, true);
    assert_int_equal(send_one(&k, AGREED, "0", "card", "note"), 422);
    assert_int_equal(send_one(&k, AGREED, "-1", "card", "note"), 422);
    assert_int_equal(send_one(&k, AGREED, "1", "stared", "note"), 400);
    assert_int_equal(send_one(&k, AGREED, "1", "card", "prod"), 400);
    assert_int_equal(send_one(&k, AGREED, "1", "product", "note"), 400);
    assert_int_equal(send_one(&k, AGREED, "1", "shelf", "note"), 400);
    assert_int_equal(send_one(&k, AGREED, "1", "search", "note"), 400);
    assert_int_equal(ask_status(&k, "POST", "/x", AGREED, "{\"batch\":5,\"rows\":7}"), 200);
    assert_int_equal(ask_status(&k, "POST", "/x", AGREED, "not json"), 400);
    assert_int_equal(ask_status(&k, "POST", "/x", "Cookie: who=a\r\n" JSON_IN, "{}"), 403);
    size_t at = strlen(body);
    for (int i = 0; i <= EXPOSURE_BATCH_MAX; i++)
        at += (size_t)snprintf(body + at, sizeof(body) - at,
                               "%s{\"k\":\"search\",\"p\":\"search\"}", i ? "," : "");
    snprintf(body + at, sizeof(body) - at, "]}");
    assert_int_equal(ask_status(&k, "POST", "/x", AGREED, body), 413);
    memset(body, ' ', 17 * 1024);
    body[17 * 1024] = '\0';
    assert_int_equal(ask_status(&k, "POST", "/x", AGREED, body), 413);
    struct sums s = kept(&k);
    assert_int_equal(s.rows.n, 0);
    arena_release(&s.arena);
    kit_release(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_batch_is_taken_once),
        ON_BOTH(a_place_that_is_not_known_is_another),
        ON_BOTH(who_did_not_agree_is_not_counted),
        ON_BOTH(nothing_is_counted_while_it_is_off),
        ON_BOTH(an_opened_page_is_noted_without_a_script),
        ON_BOTH(bad_batches_are_refused_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
