/* unit/web/test_guard.c - what is refused: framing, origin, who, rates, sizes, bad tables. */
#include "unit/web/kit.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Send bytes, read one answer's status; 0 when the connection just ends. */
static int raw(struct kit *k, const char *bytes)
{
    struct http_client c;
    struct http_reply r;
    http_open(&c, k->port);
    http_send(&c, bytes, strlen(bytes));
    http_read(&c, false, &r);
    int status = r.status;
    http_reply_free(&r);
    http_close(&c);
    return status;
}

#define CHUNKED "Transfer-Encoding: chunked\r\n"
static const char both_sizes[] =
    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n" CHUNKED "\r\n0\r\n\r\n";
static const char chunked_twice[] =
    "POST /echo HTTP/1.1\r\nHost: a\r\n" CHUNKED CHUNKED "\r\n0\r\n\r\n";

static void test_framing_is_beyond_doubt(void **state)
{
    static const char *const bad[] = {
        both_sizes,
        chunked_twice,
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 0x1\r\n\r\na",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1 \t1\r\n\r\na",
        "GET /plain HTTP/1.1\r\n\r\n",
        "GET /plain HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /plain HTTP/1.1\r\nHost: a\r\nX Y: 1\r\n\r\n",
        "GET /plain HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "PATCH /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
        "GET plain HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://other/plain HTTP/1.1\r\nHost: a\r\n\r\n",
    };
    struct kit k;
    kit_init(&k, NULL);
    kit_start(&k);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        int status = raw(&k, bad[i]);
        if (status != 400 && status != 0)
            fail_msg("%d for:\n%s", status, bad[i]);
    }
    assert_int_equal(raw(&k, "GET /plain HTTP/1.0\r\n\r\n"), 200);
    assert_int_equal(raw(&k, "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n"
                             "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
                             "6\r\ntext=a\r\n0\r\n\r\n"),
                     200);
    (void)state;
    kit_release(&k);
}

/* What follows a request of doubtful length is never answered. */
static void test_no_second_answer_after_doubt(void **state)
{
    static const char *const bad[] = {
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 44\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 44\r\nTransfer-Encoding: "
        "chunked\r\n\r\n0\r\n\r\n",
        "PATCH /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 44\r\n\r\n",
        "GET /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 44\r\nTransfer-Encoding: "
        "chunked\r\n\r\n0\r\n\r\n",
        "BREW /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
    };
    struct kit k;
    kit_init(&k, NULL);
    kit_start(&k);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct http_client c;
        struct http_reply r;
        http_open(&c, k.port);
        http_send_text(&c, "%sGET /constant HTTP/1.1\r\nHost: a\r\n\r\n", bad[i]);
        http_read(&c, false, &r);
        assert_int_equal(r.status, 400);
        assert_text(http_header(&r, "connection"), "close");
        http_reply_free(&r);
        http_read(&c, false, &r);
        assert_int_equal(r.status, 0);
        http_reply_free(&r);
        http_close(&c);
    }
    (void)state;
    kit_release(&k);
}

static void test_keep_alive_after_a_refusal(void **state)
{
    struct kit k;
    struct http_client c;
    struct http_reply r;
    kit_init(&k, NULL);
    kit_start(&k);
    http_open(&c, k.port);
    http_send_text(&c,
                   "PATCH /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\n\r\n%02000d"
                   "GET /constant HTTP/1.1\r\nHost: a\r\n\r\n",
                   0);
    http_read(&c, false, &r);
    assert_int_equal(r.status, 413);
    http_reply_free(&r);
    http_read(&c, false, &r);
    assert_int_equal(r.status, 200);
    assert_text(r.body, "0123456789");
    http_reply_free(&r);
    http_close(&c);
    (void)state;
    kit_release(&k);
}

static void test_too_much_of_a_head(void **state)
{
    struct kit k;
    char *long_path = malloc(9000);
    char headers[4000] = "";
    kit_init(&k, NULL);
    kit_start(&k);
    assert_non_null(long_path);
    memset(long_path, 'a', 9000);
    memcpy(long_path, "/item/", 6);
    long_path[1500] = '\0';
    assert_int_equal(ask_status(&k, "GET", long_path, NULL, NULL), 414);
    memset(long_path, 'a', 9000);
    memcpy(long_path, "/plain?a=", 9);
    long_path[5000] = '\0';
    assert_int_equal(ask_status(&k, "GET", long_path, NULL, NULL), 414);
    for (int i = 0; i < 80; i++)
        snprintf(headers + strlen(headers), sizeof(headers) - strlen(headers), "X-%d: y\r\n", i);
    assert_int_equal(ask_status(&k, "GET", "/plain", headers, NULL), 431);
    assert_int_equal(ask_status(&k, "GET", "/plain/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q", NULL, NULL),
                     404);
    free(long_path);
    (void)state;
    kit_release(&k);
}

static void test_only_from_our_own_pages(void **state)
{
    static const struct {
        const char *headers;
        int status;
    } cases[] = {
        { "", 200 }, /* no cookie, so nobody's session to be abused */
        { "Cookie: who=m\r\n", 403 },
        { "Cookie: who=m\r\nSec-Fetch-Site: same-origin\r\n", 200 },
        { "Cookie: who=m\r\nSec-Fetch-Site: same-site\r\n", 403 },
        { "Cookie: who=m\r\nSec-Fetch-Site: none\r\n", 403 },
        { "Sec-Fetch-Site: cross-site\r\n", 403 },
        { "Cookie: who=m\r\nOrigin: http://sward.test\r\n", 200 },
        { "Cookie: who=m\r\nOrigin: https://sward.test\r\n", 403 },
        { "Cookie: who=m\r\nOrigin: http://sward.test.evil\r\n", 403 },
        { "Origin: http://evil\r\n", 403 },
        { "Cookie: who=m\r\nOrigin: null\r\n", 403 },
        { "Cookie: who=m\r\nOrigin: http://sward.test\r\nSec-Fetch-Site: cross-site\r\n", 403 },
        { "Cookie: who=m\r\nAuthorization: Bearer abc\r\n", 401 },
    };
    struct kit k;
    kit_init(&k, NULL);
    kit_start(&k);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char headers[300];
        snprintf(headers, sizeof(headers), FORM "%s", cases[i].headers);
        int status = ask_status(&k, "POST", "/echo", headers, "text=a");
        if (status != cases[i].status)
            fail_msg("%d for %s", status, cases[i].headers);
    }
    assert_int_equal(ask_status(&k, "POST", "/hook", "Origin: http://provider\r\n", "x"), 200);
    assert_int_equal(ask_status(&k, "GET", "/plain", "Sec-Fetch-Site: cross-site\r\n", NULL), 200);
    (void)state;
    kit_release(&k);
}

static void test_who(void **state)
{
    struct kit k;
    struct http_reply r;
    kit_init(&k, *state);
    k.settings.operator_key = STR("key of the operator");
    kit_start(&k);
    assert_int_equal(ask_status(&k, "GET", "/member", MEMBER, NULL), 200);
    assert_int_equal(ask_status(&k, "GET", "/supplier", MEMBER, NULL), 403);
    assert_int_equal(ask_status(&k, "GET", "/supplier", "Cookie: who=s\r\n", NULL), 200);
    assert_int_equal(ask_status(&k, "GET", "/supplier", "Cookie: who=o\r\n", NULL), 200);
    assert_int_equal(ask_status(&k, "GET", "/operator", "Cookie: who=s\r\n", NULL), 403);
    assert_int_equal(
        ask_status(&k, "GET", "/operator", "Authorization: Bearer key of the operator\r\n", NULL),
        200);
    assert_int_equal(ask_status(&k, "GET", "/operator",
                                JSON "Authorization: Bearer key of the operatoR\r\n", NULL),
                     401);
    assert_int_equal(ask_status(&k, "GET", "/card", JSON "Authorization: Bearer x\r\n", NULL), 401);
    ask(&k, "GET", "/member?a=1&b=2", NULL, NULL, &r);
    assert_int_equal(r.status, 303);
    assert_text(http_header(&r, "location"), "/signin?next=%2Fmember%3Fa%3D1%26b%3D2");
    http_reply_free(&r);
    ask(&k, "GET", "/api/v1/member", NULL, NULL, &r);
    assert_int_equal(r.status, 401);
    assert_text(http_header(&r, "www-authenticate"), "Bearer realm=\"sward\"");
    assert_true(text_has(r.body, "urn:sward:problem:unauthentic"));
    http_reply_free(&r);
    ask(&k, "POST", "/add-member",
        FORM "HX-Request: true\r\nHX-Current-URL: http://sward.test/n/1\r\n", "text=a", &r);
    assert_int_equal(r.status, 401);
    assert_text(http_header(&r, "hx-redirect"), "/signin?next=%2Fn%2F1");
    http_reply_free(&r);
    ask(&k, "POST", "/add-member", FORM "Referer: http://evil/n/1\r\n", "text=a", &r);
    assert_int_equal(r.status, 401);
    assert_true(text_has(r.body, "<a>/signin?next=%2F</a>"));
    http_reply_free(&r);
    kit_release(&k);
}

static void test_rates(void **state)
{
    struct kit k;
    struct http_reply r;
    int good = 0;
    kit_init(&k, *state);
    k.settings.rate_factor = 100;
    kit_start(&k);
    for (int i = 0; i < 12; i++)
        good += ask_status(&k, "POST", "/auth", FORM, "text=wrong") == 401;
    assert_int_equal(good, 10);
    ask(&k, "POST", "/auth", FORM JSON, "text=right", &r);
    assert_int_equal(r.status, 429);
    int64_t wait = 0;
    assert_true(str_to_int(http_header(&r, "retry-after"), &wait));
    assert_true(wait >= 1 && wait <= 7);
    assert_true(text_has(r.body, "urn:sward:problem:rate"));
    http_reply_free(&r);
    assert_int_equal(ask_status(&k, "GET", "/card", NULL, NULL), 200); /* another class */
    int refused = 0;
    for (int i = 0; i < 70; i++)
        refused += ask_status(&k, "POST", "/add", FORM MEMBER, "text=a") == 429;
    assert_in_range(refused, 5, 10);
    assert_int_equal(ask_status(&k, "POST", "/add", FORM OWN "Cookie: who=s\r\n", "text=a"), 303);
    kit_release(&k);
}

static void test_client_behind_a_proxy(void **state)
{
    struct kit k;
    struct http_reply r;
    kit_init(&k, NULL);
    k.settings.rate_factor = 100;
    k.settings.trusted_proxies = STR("127.0.0.1, 10.0.0.0/8");
    k.settings.public_url = STR("https://sward.test");
    kit_start(&k);
    for (int i = 0; i < 400; i++) { /* each from another address */
        char headers[80];
        snprintf(headers, sizeof(headers), "X-Forwarded-For: 6.6.6.6, 9.9.%d.%d, 10.1.2.3\r\n",
                 i / 200, i);
        if (i < 256)
            assert_int_equal(ask_status(&k, "GET", "/plain", headers, NULL), 200);
    }
    int refused = 0;
    for (int i = 0; i < 320; i++)
        refused += ask_status(&k, "GET", "/plain", "X-Forwarded-For: 9.9.9.9\r\n", NULL) == 429;
    assert_in_range(refused, 1, 20);
    assert_int_equal(ask_status(&k, "GET", "/metrics", "X-Forwarded-For: 9.9.9.8\r\n", NULL), 404);
    ask(&k, "GET", "/plain?a=b", "X-Forwarded-For: 9.9.9.7\r\nX-Forwarded-Proto: http\r\n", NULL,
        &r);
    assert_int_equal(r.status, 308);
    assert_text(http_header(&r, "location"), "https://sward.test/plain?a=b");
    http_reply_free(&r);
    kit_stop(&k);
    k.settings.trusted_proxies = STR("");
    kit_start(&k);
    assert_int_equal(ask_status(&k, "GET", "/plain", "X-Forwarded-Proto: http\r\n", NULL), 200);
    assert_int_equal(ask_status(&k, "GET", "/metrics", NULL, NULL), 200);
    assert_int_equal(ask_status(&k, "GET", "/metrics", "X-Forwarded-For: 9.9.9.8\r\n", NULL), 404);
    (void)state;
    kit_release(&k);
}

static void test_probes_and_metrics(void **state)
{
    struct kit k;
    struct http_reply r;
    kit_init(&k, *state);
    k.settings.operator_key = STR("key of the operator");
    kit_start(&k);
    assert_int_equal(ask_status(&k, "GET", "/healthz", NULL, NULL), 200);
    assert_int_equal(ask_status(&k, "GET", "/readyz", NULL, NULL), 200);
    assert_int_equal(ask_status(&k, "GET", "/item/someone?q=private", NULL, NULL), 200);
    assert_int_equal(ask_status(&k, "GET", "/item/x/y", NULL, NULL), 404);
    assert_true(kit_measures(
        &k, "sward_requests_total{method=\"GET\",route=\"/item/:name\",status=\"2xx\"} 1"));
    assert_true(kit_measures(&k, "sward_requests_total{method=\"\",route=\"\",status=\"4xx\"} 1"));
    ask(&k, "GET", "/metrics", NULL, NULL, &r);
    assert_true(text_has(r.body, "\nsward_store_queue_depth "));
    assert_false(text_has(r.body, "someone"));
    assert_false(text_has(r.body, "operator\""));
    assert_false(text_has(r.body, "key of"));
    http_reply_free(&r);
    kit_release(&k);
}

static void test_clock_of_a_simulation(void **state)
{
    struct kit k;
    kit_init(&k, NULL);
    kit_start(&k);
    assert_int_equal(ask_status(&k, "POST", "/-/clock", "Authorization: Bearer sim\r\n" JSON_IN,
                                "{\"at\":\"2031-01-01T00:00:00Z\"}"),
                     404);
    kit_stop(&k);
    k.settings.simulation = true;
    k.settings.simulation_key = STR("sim");
    clock_init_manual(&k.clock, 1000000);
    kit_start(&k);
    assert_int_equal(ask_status(&k, "POST", "/-/clock", "Authorization: Bearer sin\r\n" JSON_IN,
                                "{\"at\":\"2031-01-01T00:00:00Z\"}"),
                     401);
    assert_int_equal(ask_status(&k, "POST", "/-/clock", "Authorization: Bearer sim\r\n" JSON_IN,
                                "{\"at\":\"2031-01-01T00:00:00Z\"}"),
                     200);
    assert_true(clock_now(&k.clock) == INT64_C(1924992000000000));
    assert_int_equal(ask_status(&k, "POST", "/-/clock", "Authorization: Bearer sim\r\n" JSON_IN,
                                "{\"at\":\"2030-01-01T00:00:00Z\"}"),
                     409);
    assert_int_equal(ask_status(&k, "POST", "/-/clock", "Authorization: Bearer sim\r\n" JSON_IN,
                                "{\"at\":\"soon\"}"),
                     422);
    (void)state;
    kit_release(&k);
}

static int nothing(struct req *rq UNUSED, struct db *db UNUSED, struct answer *ret UNUSED,
                   struct err *err UNUSED)
{
    return 0;
}

/* A row that lacks a column refuses to start. */
static void test_bad_rows_do_not_start(void **state)
{
    static const struct route good = { .method = METHOD_POST,
                                       .path = "/x",
                                       .handle = nothing,
                                       .who = WHO_ANYONE,
                                       .runs = RUNS_PLAIN,
                                       .rate = RATE_WRITE,
                                       .body_max = 10 };
    struct route rows[3] = { good };
    const struct route *const tables[] = { rows, NULL };
    struct buf out;
    struct err err = { 0 };
    buf_init(&out, 100000);
    assert_int_equal(web_print_routes(tables, &out, &err), 0);
    assert_true(text_has(buf_str(&out), "POST   /x "));
#define REFUSED(change)                                                                            \
    do {                                                                                           \
        rows[0] = good;                                                                            \
        change;                                                                                    \
        assert_int_equal(web_print_routes(tables, &out, &err), ERR_INVALID);                       \
    } while (0)
    REFUSED(rows[0].who = WHO_UNSET);
    REFUSED(rows[0].runs = RUNS_UNSET);
    REFUSED(rows[0].rate = RATE_UNSET);
    REFUSED(rows[0].body_max = 0);
    REFUSED(rows[0].handle = NULL);
    REFUSED(rows[0].path = "x");
    REFUSED(rows[0].who = WHO_MEMBER);    /* plain rows know nobody */
    REFUSED(rows[0].needs_key = true);    /* a key without a database */
    REFUSED(rows[0].method = METHOD_GET); /* a GET with a body */
    REFUSED(rows[1] = good);              /* twice */
    rows[1] = (struct route){ 0 };
    REFUSED(rows[0].method = METHOD_GET; rows[0].body_max = 0; rows[0].runs = RUNS_WRITE);
#undef REFUSED
    struct kit k;
    struct web *web = NULL;
    kit_init(&k, NULL);
    rows[0] = good;
    rows[0].who = WHO_UNSET;
    k.config.routes = tables;
    assert_int_equal(web_start(&k.config, &web, &err), ERR_INVALID);
    assert_null(web);
    assert_non_null(strstr(err.detail, "/x"));
    k.settings.trusted_proxies = STR("nonsense");
    assert_int_equal(web_start(&k.config, &web, &err), ERR_INVALID);
    k.settings.trusted_proxies = STR("");
    rows[0] = good;
    k.settings.listen = STR("nowhere");
    assert_int_equal(web_start(&k.config, &web, &err), ERR_INVALID);
    buf_release(&out);
    (void)state;
    kit_release(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_framing_is_beyond_doubt),
        cmocka_unit_test(test_no_second_answer_after_doubt),
        cmocka_unit_test(test_keep_alive_after_a_refusal),
        cmocka_unit_test(test_too_much_of_a_head),
        cmocka_unit_test(test_only_from_our_own_pages),
        ON_BOTH(test_who),
        ON_BOTH(test_rates),
        cmocka_unit_test(test_client_behind_a_proxy),
        ON_BOTH(test_probes_and_metrics),
        cmocka_unit_test(test_clock_of_a_simulation),
        cmocka_unit_test(test_bad_rows_do_not_start),
    };
    return cmocka_run_group_tests_name("guard", tests, NULL, NULL);
}
