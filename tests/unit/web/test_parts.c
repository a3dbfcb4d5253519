/* unit/web/test_parts.c - the parts by themselves: addresses, rates, routes, connections. */
#include "unit/web/kit.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"
#include "web/client.h"
#include "web/conn.h"
#include "web/gzip.h"
#include "web/headers.h"
#include "web/idempotency.h"
#include "web/listen.h"
#include "web/rate.h"
#include "web/router.h"

static bool is_proxy(const char *setting, const char *address)
{
    struct proxies p;
    struct err err = { 0 };
    assert_rc(proxies_read(&p, str_from(setting), &err), 0, &err);
    return proxies_have(&p, str_from(address));
}

static void test_trusted_proxies(void **state)
{
    (void)state;
    assert_true(is_proxy("10.0.0.0/8", "10.255.1.2"));
    assert_false(is_proxy("10.0.0.0/8", "11.0.0.1"));
    assert_true(is_proxy(" 1.2.3.4 , 5.6.7.8", "5.6.7.8"));
    assert_false(is_proxy("1.2.3.4", "1.2.3.5"));
    assert_true(is_proxy("192.168.1.128/25", "192.168.1.200"));
    assert_false(is_proxy("192.168.1.128/25", "192.168.1.100"));
    assert_true(is_proxy("2001:db8::/33", "2001:db8:1::1"));
    assert_false(is_proxy("2001:db8::/33", "2001:db8:8000::1"));
    assert_true(is_proxy("::1", "[::1]"));
    assert_true(is_proxy("127.0.0.1", "::ffff:127.0.0.1"));
    assert_false(is_proxy("", "127.0.0.1"));
    assert_true(is_proxy("0.0.0.0/0", "8.8.8.8"));
    assert_false(is_proxy("0.0.0.0/0", "2001:db8::1"));
    static const char *const bad[] = { "x",          "1.2.3",   "1.2.3.4/33",
                                       "1.2.3.4/-1", "::1/129", "1.2.3.4/" };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct proxies p;
        struct err err = { 0 };
        assert_int_equal(proxies_read(&p, str_from(bad[i]), &err), ERR_INVALID);
    }
}

static struct str forwarded(const char *header)
{
    static struct proxies p;
    struct err err = { 0 };
    assert_rc(proxies_read(&p, STR("10.0.0.0/8"), &err), 0, &err);
    return client_forwarded(&p, STR("10.0.0.1"), str_from(header));
}

static void test_forwarded_clients(void **state)
{
    (void)state;
    assert_text(forwarded(""), "10.0.0.1");
    assert_text(forwarded("9.9.9.9"), "9.9.9.9");
    assert_text(forwarded("1.1.1.1, 9.9.9.9"),
                "9.9.9.9"); /* what the client said is not believed */
    assert_text(forwarded("9.9.9.9, 10.2.2.2 ,10.3.3.3"), "9.9.9.9"); /* proxies behind proxies */
    assert_text(forwarded("10.2.2.2"), "10.2.2.2");
    assert_text(forwarded("9.9.9.9, nonsense"), "10.0.0.1");
    assert_text(forwarded("nonsense, 9.9.9.9"), "9.9.9.9");
    assert_text(forwarded(",,"), "10.0.0.1");
    assert_text(forwarded("[2001:db8::1]"), "[2001:db8::1]");
    assert_true(client_is_loopback(STR("127.9.9.9")) && client_is_loopback(STR("::1")));
    assert_false(client_is_loopback(STR("128.0.0.1")) || client_is_loopback(STR("nonsense")));
    assert_true(client_key(STR("2001:db8::1")) == client_key(STR("2001:db8::ffff")));
    assert_true(client_key(STR("2001:db8::1")) != client_key(STR("2001:db8:0:1::1")));
    assert_true(client_key(STR("1.2.3.4")) != client_key(STR("1.2.3.5")));
}

static void test_rate_table(void **state)
{
    (void)state;
    struct rate_table *t = rate_new(100);
    uint64_t me = rate_key(5, STR("1.1.1.1"));
    int64_t now = 1000000;
    assert_non_null(t);
    assert_true(me == rate_key(5, STR("2.2.2.2")) && me != rate_key(0, STR("1.1.1.1")));
    for (int i = 0; i < 10; i++)
        assert_int_equal(rate_take(t, RATE_AUTH, me, now), 0);
    assert_int_equal(rate_take(t, RATE_AUTH, me, now), 7); /* one token in 6 seconds */
    assert_int_equal(rate_take(t, RATE_WRITE, me, now), 0);
    assert_int_equal(rate_take(t, RATE_AUTH, rate_key(6, STR("")), now), 0);
    assert_true(rate_take(t, RATE_AUTH, me, now + 5 * TIME_SECOND) > 0);
    assert_int_equal(rate_take(t, RATE_AUTH, me, now + 13 * TIME_SECOND), 0);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(rate_take(t, RATE_NONE, me, now), 0);
    /* a crowd of others does not make it grow, nor lose its mind */
    for (int64_t i = 0; i < 300000; i++)
        assert_int_equal(rate_take(t, RATE_READ, rate_key(1000 + i, STR("")), now), 0);
    rate_free(t);
    t = rate_new(0);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(rate_take(t, RATE_AUTH, me, now), 0);
    rate_free(t);
    t = rate_new(1); /* a tenth of a token a minute is still one to begin with */
    assert_int_equal(rate_take(t, RATE_AUTH, me, now), 0);
    assert_true(rate_take(t, RATE_AUTH, me, now) > 500);
    rate_free(t);
}

static void test_codings(void **state)
{
    (void)state;
    assert_true(headers_take_coding(STR("gzip"), STR("gzip")));
    assert_true(headers_take_coding(STR("br , GZIP;q=0.5"), STR("gzip")));
    assert_true(headers_take_coding(STR("gzip;q=0.001"), STR("gzip")));
    assert_false(headers_take_coding(STR("gzip;q=0"), STR("gzip")));
    assert_false(headers_take_coding(STR("gzip; q=0.000"), STR("gzip")));
    assert_false(headers_take_coding(STR("xgzip, gzipx"), STR("gzip")));
    assert_false(headers_take_coding(STR(""), STR("gzip")));
}

static void test_keys(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 10000);
    struct str first = idempotency_new_key(&a, INT64_C(1700000000000000));
    struct str second = idempotency_new_key(&a, INT64_C(1700000000000064));
    struct str twin = idempotency_new_key(&a, INT64_C(1700000000000064));
    assert_true(idempotency_is_key(first) && first.len == 26);
    assert_true(str_cmp(first, second) < 0);
    assert_false(str_eq(second, twin));
    assert_false(idempotency_is_key(STR("short")));
    assert_false(idempotency_is_key(STR("with space")));
    assert_false(idempotency_is_key(STR("")));
    arena_release(&a);
}

static void test_connections(void **state)
{
    (void)state;
    struct proxies none = { 0 };
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(0x01020304) };
    struct sockaddr_in b = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(0x01020305) };
    struct conns *conns = conns_new(4, 2, &none);
    assert_non_null(conns);
    int fds[2];
    char byte;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    struct conn *one = conn_open(conns, fds[0], (struct sockaddr *)&a, 100);
    struct conn *two = conn_open(conns, -1, (struct sockaddr *)&a, 200);
    assert_true(one && two);
    assert_text(str_from(one->address), "1.2.3.4");
    assert_null(conn_open(conns, -1, (struct sockaddr *)&a, 100)); /* two of this client */
    struct conn *three = conn_open(conns, -1, (struct sockaddr *)&b, 0);
    assert_non_null(three);
    assert_int_equal(conns_count(conns), 3);
    assert_int_equal(conns_reap(conns, 99), 0);
    assert_int_equal(conns_reap(conns, 150), 1);
    assert_int_equal(recv(fds[1], &byte, 1, 0), 0); /* it was shut down */
    assert_int_equal(conns_reap(conns, 150), 0);
    conn_close(conns, one);
    one = conn_open(conns, -1, (struct sockaddr *)&a, 0);
    assert_non_null(one);
    conn_close(conns, two);
    conn_close(conns, one);
    conn_close(conns, three);
    assert_int_equal(conns_count(conns), 0);
    close(fds[0]);
    close(fds[1]);
    conns_free(conns);
}

static void test_listening(void **state)
{
    (void)state;
    struct err err = { 0 };
    int fd = -1;
    int port = 0;
    assert_rc(listen_open(STR("127.0.0.1:0"), &fd, &port, &err), 0, &err);
    assert_true(port > 0);
    char taken[40];
    snprintf(taken, sizeof(taken), "127.0.0.1:%d", port);
    assert_int_equal(listen_open(str_from(taken), &(int){ 0 }, &(int){ 0 }, &err), ERR_IO);
    close(fd);
    static const char *const bad[] = { "",    "8080",  "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999",
                                       ":80", "a b:80" };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_int_equal(listen_open(str_from(bad[i]), &fd, &port, &err), ERR_INVALID);
}

static int nothing(struct req *rq UNUSED, struct db *db UNUSED, struct answer *ret UNUSED,
                   struct err *err UNUSED)
{
    return 0;
}

/* Every path finds its own row among many; a dead end goes back. */
static void test_router(void **state)
{
    (void)state;
    static const char *const paths[] = { "/",      "/a",      "/a/:x",   "/a/b",
                                         "/a/b/c", "/a/:x/d", "/:y/d/e", "/z" };
    static const struct {
        const char *path;
        int route; /* -1 = none */
    } cases[] = { { "/", 0 },      { "/a", 1 },     { "/a/q", 2 },   { "/a/b", 3 },
                  { "/a/b/c", 4 }, { "/a/b/d", 5 }, { "/a/q/d", 5 }, { "/a/d/e", 6 },
                  { "/q/d/e", 6 }, { "/z", 7 },     { "/y", -1 },    { "/a/b/c/d", -1 },
                  { "/A", -1 },    { "/a/b/e", -1 } };
    struct route rows[ARRAY_LEN(paths)];
    struct arena a;
    struct router router;
    struct err err = { 0 };
    arena_init(&a, 1000000);
    assert_rc(router_init(&router, &a, &err), 0, &err);
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        rows[i] = (struct route){ .path = paths[i],
                                  .handle = nothing,
                                  .who = WHO_ANYONE,
                                  .runs = RUNS_PLAIN,
                                  .rate = RATE_NONE };
        assert_rc(router_add(&router, &rows[i], &err), 0, &err);
    }
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct router_match match;
        int rc = router_find(&router, &a, str_from(cases[i].path), &match, &err);
        if (cases[i].route < 0)
            assert_int_equal(rc, ERR_NOT_FOUND);
        else if (rc || match.routes[METHOD_GET] != &rows[cases[i].route])
            fail_msg("%s leads elsewhere", cases[i].path);
    }
    arena_release(&a);
}

/* Whatever allocation fails, the server does not start, or starts whole. */
static void test_no_memory_at_start(void **state)
{
    (void)state;
    struct kit k;
    kit_init(&k, NULL);
    for (int64_t n = 1;; n++) {
        struct err err = { 0 };
        struct web *web = NULL;
        mem_fail_at(n);
        int rc = web_start(&k.config, &web, &err);
        bool over = mem_fail_pending();
        mem_fail_at(0);
        assert_true(rc == 0 || rc == ERR_NOMEM || rc == ERR_IO);
        web_stop(web);
        if (over)
            break;
    }
    kit_release(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trusted_proxies),
        cmocka_unit_test(test_forwarded_clients),
        cmocka_unit_test(test_rate_table),
        cmocka_unit_test(test_codings),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_connections),
        cmocka_unit_test(test_listening),
        cmocka_unit_test(test_router),
        cmocka_unit_test(test_no_memory_at_start),
    };
    return cmocka_run_group_tests_name("parts", tests, NULL, NULL);
}
