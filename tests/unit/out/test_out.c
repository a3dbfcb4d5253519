/* Calls to others, against a small server that answers from a script. */
#include "unit/unit.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "codec/webhook_sign.h"
#include "out/address.h"
#include "out/http.h"
#include "out/webhook.h"

/* -- a server that gives each connection the next answer of its list -- */

static struct server {
    int listener, port;
    pthread_t thread;
    const char *answers[8];
    int linger_ms;       /* before each answer */
    char asked[8][2048]; /* what came in */
    _Atomic int n;
} server;

/* Read a request with its body, as far as its length says. */
static void read_request(int fd, char *to, size_t size)
{
    size_t len = 0, want = size - 1;
    while (len < want) {
        ssize_t n = read(fd, to + len, want - len);
        if (n <= 0)
            break;
        len += (size_t)n;
        to[len] = '\0';
        const char *end = strstr(to, "\r\n\r\n");
        const char *length = strcasestr(to, "content-length: ");
        int64_t body = 0;
        if (length && !str_to_int((struct str){ length + 16, strcspn(length + 16, "\r") }, &body))
            break;
        if (end)
            want = (size_t)(end + 4 - to) + (size_t)body;
    }
}

static void *serve(void *ctx)
{
    (void)ctx;
    for (;;) {
        int fd = accept(server.listener, NULL, NULL);
        if (fd < 0)
            return NULL;
        int i = server.n;
        read_request(fd, server.asked[i % 8], sizeof(server.asked[0]));
        usleep((useconds_t)server.linger_ms * 1000);
        const char *answer = server.answers[i % 8];
        if (answer && write(fd, answer, strlen(answer)) < 0)
            print_message("the client left\n");
        server.n++;
        close(fd);
    }
}

static int server_start(void **state)
{
    (void)state;
    memset(&server, 0, sizeof(server));
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof(at);
    server.listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(server.listener, (struct sockaddr *)&at, sizeof(at)), 0);
    assert_int_equal(listen(server.listener, 8), 0);
    assert_int_equal(getsockname(server.listener, (struct sockaddr *)&at, &size), 0);
    server.port = ntohs(at.sin_port);
    assert_int_equal(pthread_create(&server.thread, NULL, serve, NULL), 0);
    return 0;
}

static int server_stop(void **state)
{
    (void)state;
    shutdown(server.listener, SHUT_RDWR);
    pthread_join(server.thread, NULL);
    close(server.listener);
    return 0;
}

static struct arena arena;

static struct str address_of(const char *path)
{
    return arena_printf(&arena, "http://127.0.0.1:%d%s", server.port, path);
}

static int call(struct out_request rq, struct out_answer *ret_answer)
{
    struct err err = { 0 };
    int rc = out_http(&arena, &rq, ret_answer, &err);
    assert_int_equal(rc, err.code);
    if (rc)
        assert_true(err.detail[0] != '\0');
    return rc;
}

/* -- the tests -- */

static void an_answer_comes_back(void **state)
{
    (void)state;
    server.answers[0] = "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\n"
                        "Content-Length: 5\r\n\r\nhello";
    const struct out_header header = { "x-of-mine", STR("1") };
    struct out_answer answer;
    assert_int_equal(call((struct out_request){ .url = address_of("/a?b=c"),
                                                .headers = &header,
                                                .n_headers = 1,
                                                .allow_private = true },
                          &answer),
                     0);
    assert_int_equal(answer.status, 404);
    assert_text(answer.body, "hello");
    assert_text(answer.content_type, "text/plain");
    assert_ptr_equal(strstr(server.asked[0], "GET /a?b=c HTTP/1.1\r\n"), server.asked[0]);
    assert_non_null(strstr(server.asked[0], "x-of-mine: 1\r\n"));
}

static void a_body_is_sent_whole(void **state)
{
    (void)state;
    server.answers[0] = "HTTP/1.1 204 No Content\r\n\r\n";
    struct out_answer answer;
    assert_int_equal(call((struct out_request){ .method = OUT_POST,
                                                .url = address_of("/"),
                                                .body = (struct str){ "a\0b", 3 },
                                                .content_type = "application/json",
                                                .allow_private = true },
                          &answer),
                     0);
    assert_int_equal(answer.status, 204);
    assert_int_equal(answer.body.len, 0);
    assert_non_null(strcasestr(server.asked[0], "content-type: application/json\r\n"));
    assert_non_null(strcasestr(server.asked[0], "content-length: 3\r\n"));
    assert_null(strcasestr(server.asked[0], "expect"));
    assert_memory_equal(strstr(server.asked[0], "\r\n\r\n") + 4, "a\0b", 3);
}

static void a_long_answer_is_cut_off(void **state)
{
    (void)state;
    server.answers[0] = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello!";
    server.answers[1] = "HTTP/1.1 200 OK\r\n\r\nhello!";
    server.answers[2] = server.answers[0];
    struct out_answer answer = { .status = -1 };
    struct out_request rq = { .url = address_of("/"), .answer_max = 5, .allow_private = true };
    assert_int_equal(call(rq, &answer), ERR_TOO_LARGE);
    assert_int_equal(call(rq, &answer), ERR_TOO_LARGE);
    assert_int_equal(answer.status, -1);
    rq.answer_max = 6;
    assert_int_equal(call(rq, &answer), 0);
}

static void time_runs_out(void **state)
{
    (void)state;
    server.linger_ms = 600;
    server.answers[0] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    struct out_answer answer;
    int64_t began = clock_monotonic();
    assert_int_equal(call((struct out_request){ .url = address_of("/"),
                                                .timeout_ms = 200,
                                                .allow_private = true },
                          &answer),
                     ERR_IO);
    assert_true(clock_monotonic() - began < 500 * TIME_MILLISECOND);
}

static void redirects_are_followed_as_far_as_asked(void **state)
{
    (void)state;
    char onward[200];
    snprintf(onward, sizeof(onward),
             "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%d/b\r\nContent-Length: 0\r\n\r\n",
             server.port);
    for (int i = 0; i < 4; i++)
        server.answers[i] = onward;
    server.answers[4] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    struct out_answer answer;
    struct out_request rq = { .url = address_of("/a"), .allow_private = true };
    assert_int_equal(call(rq, &answer), 0);
    assert_int_equal(answer.status, 302);
    rq.method = OUT_POST; /* a body is never sent on */
    rq.redirects = 3;
    assert_int_equal(call(rq, &answer), 0);
    assert_int_equal(answer.status, 302);
    rq.method = OUT_GET;
    rq.redirects = 1;
    assert_int_equal(call(rq, &answer), ERR_IO);
    rq.redirects = 2;
    assert_int_equal(call(rq, &answer), 0);
    assert_text(answer.body, "ok");
}

static void what_is_private_is_not_called(void **state)
{
    (void)state;
    struct out_answer answer;
    struct out_request rq = { .url = address_of("/") };
    assert_int_equal(call(rq, &answer), ERR_FORBIDDEN);
    rq.url = arena_printf(&arena, "http://localhost:%d/", server.port);
    assert_int_equal(call(rq, &answer), ERR_FORBIDDEN);
    rq.url = arena_printf(&arena, "http://2130706433:%d/", server.port); /* 127.0.0.1 too */
    assert_int_equal(call(rq, &answer), ERR_FORBIDDEN);
    rq.url = STR("http://169.254.169.254/latest/");
    assert_int_equal(call(rq, &answer), ERR_FORBIDDEN);
    rq.url = STR("http://[::1]/");
    assert_int_equal(call(rq, &answer), ERR_FORBIDDEN);
    assert_int_equal(server.n, 0);
}

static void bad_addresses_and_headers_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = { "",
                                       "file:///etc/passwd",
                                       "ftp://127.0.0.1/",
                                       "127.0.0.1",
                                       "http://",
                                       "http://a\r\nb/",
                                       "http://user:word@127.0.0.1/",
                                       "HTTP://127.0.0.1/" };
    struct out_answer answer;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_int_equal(
            call((struct out_request){ .url = str_from(bad[i]), .allow_private = true }, &answer),
            ERR_INVALID);
    const struct out_header header = { "x", STR("1\r\ny: 2") };
    assert_int_equal(call((struct out_request){ .url = address_of("/"),
                                                .headers = &header,
                                                .n_headers = 1,
                                                .allow_private = true },
                          &answer),
                     ERR_INVALID);
    assert_int_equal(
        call((struct out_request){ .url = STR("http://127.0.0.1:1/"), .allow_private = true },
             &answer),
        ERR_IO);
    assert_int_equal(server.n, 0);
}

static struct str header_of(const char *asked, const char *name)
{
    const char *at = strcasestr(asked, name);
    assert_non_null(at);
    at += strlen(name) + 2;
    return (struct str){ at, strcspn(at, "\r") };
}

static void a_webhook_can_be_checked(void **state)
{
    (void)state;
    server.answers[0] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    server.answers[1] = "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n";
    struct out_webhook message = { .url = address_of("/hook"),
                                   .secret = STR("a secret"),
                                   .id = STR("msg_1"),
                                   .now = 1700000000 * TIME_SECOND + 5,
                                   .body = STR("{\"a\":1}"),
                                   .allow_private = true };
    struct err err = { 0 };
    assert_int_equal(out_webhook(&arena, &message, &err), 0);
    const struct webhook_headers headers = { header_of(server.asked[0], "webhook-id"),
                                             header_of(server.asked[0], "webhook-timestamp"),
                                             header_of(server.asked[0], "webhook-signature") };
    assert_text(headers.timestamp, "1700000000");
    struct str body = str_from(strstr(server.asked[0], "\r\n\r\n") + 4);
    assert_int_equal(webhook_check(message.secret, &headers, body, 1700000000, 0, &err), 0);
    assert_int_equal(out_webhook(&arena, &message, &err), ERR_IO);
    assert_string_equal(err.detail, "the receiver answered 500");
    message.secret = STR("");
    assert_int_equal(out_webhook(&arena, &message, &err), ERR_INVALID);
    message.secret = STR("s");
    message.allow_private = false;
    assert_int_equal(out_webhook(&arena, &message, &err), ERR_FORBIDDEN);
}

static bool is_private(const char *text)
{
    struct sockaddr_in in = { .sin_family = AF_INET };
    struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };
    if (inet_pton(AF_INET, text, &in.sin_addr) == 1)
        return address_is_private((struct sockaddr *)&in, sizeof(in));
    assert_int_equal(inet_pton(AF_INET6, text, &in6.sin6_addr), 1);
    return address_is_private((struct sockaddr *)&in6, sizeof(in6));
}

static void private_addresses_are_known(void **state)
{
    (void)state;
    static const char *const inside[] = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "64:ff9b::10.0.0.1",
        "2002:7f00:1::",
        "2001:db8::1",
        "2001::1",
        "::127.0.0.1",
    };
    static const char *const outside[] = {
        "1.1.1.1",        "8.8.8.8",           "100.63.255.255",  "100.128.0.0",
        "172.15.255.255", "172.32.0.0",        "192.167.1.1",     "223.255.255.255",
        "2606:4700::1",   "2a00:1450:4001::1", "2001:4860::8888", "::ffff:1.1.1.1",
    };
    for (size_t i = 0; i < ARRAY_LEN(inside); i++)
        if (!is_private(inside[i]))
            fail_msg("%s is private", inside[i]);
    for (size_t i = 0; i < ARRAY_LEN(outside); i++)
        if (is_private(outside[i]))
            fail_msg("%s is public", outside[i]);
    struct sockaddr other = { .sa_family = AF_UNIX };
    assert_true(address_is_private(&other, sizeof(other)));
    struct sockaddr_in6 cut = { .sin6_family = AF_INET6 };
    assert_true(address_is_private((struct sockaddr *)&cut, 8));
}

static int arena_begin(void **state)
{
    (void)state;
    arena_init(&arena, 1 << 20);
    return 0;
}

static int arena_end(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, server_start, server_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_answer_comes_back),
        TEST(a_body_is_sent_whole),
        TEST(a_long_answer_is_cut_off),
        TEST(time_runs_out),
        TEST(redirects_are_followed_as_far_as_asked),
        TEST(what_is_private_is_not_called),
        TEST(bad_addresses_and_headers_are_refused),
        TEST(a_webhook_can_be_checked),
        cmocka_unit_test(private_addresses_are_known),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
