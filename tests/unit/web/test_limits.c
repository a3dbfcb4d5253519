/* unit/web/test_limits.c - sizes, deadlines, crowds, clients that go away, the end. */
#include "unit/web/kit.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PARTS "Content-Type: multipart/form-data; boundary=xx\r\n"
#define PART_HEAD                                                                                  \
    "--xx\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n\r\n"

static void nap(int ms)
{
    struct timespec pause = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L };
    clock_nanosleep(CLOCK_MONOTONIC, 0, &pause, NULL);
}

/* Too long by its own words: refused before a byte of it is sent. */
static void test_early_413(void **state)
{
    struct kit k;
    struct http_client c;
    struct http_reply r;
    kit_init(&k, *state);
    kit_start(&k);
    http_open(&c, k.port);
    http_send_text(&c, "POST /upload HTTP/1.1\r\nHost: a\r\n" PARTS JSON
                       "Content-Length: 3145729\r\n\r\n");
    http_read(&c, false, &r);
    assert_int_equal(r.status, 413);
    assert_text(http_header(&r, "content-type"), "application/problem+json");
    http_reply_free(&r);
    assert_true(http_ends(&c, 5));
    http_close(&c);
    http_open(&c, k.port);
    http_send_text(&c, "POST /upload HTTP/1.1\r\nHost: a\r\n" PARTS
                       "Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n");
    http_read(&c, false, &r);
    assert_int_equal(r.status, 413);
    http_reply_free(&r);
    http_close(&c);
    kit_release(&k);
}

/* Who may not call does not fill the disk first. */
static void test_strangers_do_not_upload(void **state)
{
    struct kit k;
    struct http_client c;
    struct http_reply r;
    kit_init(&k, *state);
    kit_start(&k);
    http_open(&c, k.port);
    http_send_text(&c, "POST /upload-member HTTP/1.1\r\nHost: a\r\n" PARTS JSON
                       "Content-Length: 3000000\r\n\r\n");
    http_read(&c, false, &r);
    assert_int_equal(r.status, 401);
    http_reply_free(&r);
    http_close(&c);
    kit_release(&k);
}

static bool send_chunks(struct http_client *c, int n)
{
    static char chunk[65536 + 16];
    int head = snprintf(chunk, sizeof(chunk), "10000\r\n");
    memset(chunk + head, 'x', 65536);
    memcpy(chunk + head + 65536, "\r\n", 2);
    for (int i = 0; i < n; i++)
        if (!http_send(c, chunk, (size_t)head + 65536 + 2))
            return false;
    return true;
}

static void open_chunked(struct http_client *c, struct kit *k)
{
    http_open(c, k->port);
    http_send_text(c,
                   "POST /upload HTTP/1.1\r\nHost: a\r\n" PARTS
                   "Transfer-Encoding: chunked\r\n\r\n%zx\r\n" PART_HEAD "\r\n",
                   strlen(PART_HEAD));
}

/* Chunks may pass the ceiling a little: read, thrown away, refused. Far
 * beyond it the connection is cut. */
static void test_chunks_over_the_ceiling(void **state)
{
    struct kit k;
    struct http_client c;
    struct http_reply r;
    kit_init(&k, *state);
    kit_start(&k);
    open_chunked(&c, &k);
    assert_true(send_chunks(&c, 50)); /* 3.1 MB of 3 */
    http_send_text(&c, "0\r\n\r\n");
    http_read(&c, false, &r);
    assert_int_equal(r.status, 413);
    http_reply_free(&r);
    http_send_text(&c, "GET /constant HTTP/1.1\r\nHost: a\r\n\r\n");
    http_read(&c, false, &r);
    assert_int_equal(r.status, 200);
    http_reply_free(&r);
    http_close(&c);
    open_chunked(&c, &k);
    send_chunks(&c, 400); /* 25 MB */
    assert_true(http_ends(&c, 5));
    http_close(&c);
    assert_true(kit_spool_empties(&k));
    kit_release(&k);
}

static void test_an_upload_that_is_broken_off(void **state)
{
    struct kit k;
    struct http_client c;
    kit_init(&k, *state);
    kit_start(&k);
    open_chunked(&c, &k);
    assert_true(send_chunks(&c, 10));
    nap(50);
    http_close(&c);
    assert_true(kit_spool_empties(&k));
    kit_release(&k);
}

static void test_a_field_too_long(void **state)
{
    struct kit k;
    char *body = malloc(700000);
    assert_non_null(body);
    int head =
        snprintf(body, 700000, "--xx\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n");
    memset(body + head, 'a', 600000);
    snprintf(body + head + 600000, 1000, "\r\n--xx--\r\n");
    kit_init(&k, *state);
    kit_start(&k);
    assert_int_equal(ask_status(&k, "POST", "/upload", PARTS, body), 413);
    memset(body, 'a', 90000);
    body[90000] = '\0';
    assert_int_equal(ask_status(&k, "POST", "/add", FORM, body), 413);
    for (int i = 0; i < 1100; i++)
        memcpy(body + 4 * i, "a=1&", 4);
    body[4400] = '\0';
    assert_int_equal(ask_status(&k, "POST", "/add", FORM, body), 413); /* too many fields */
    free(body);
    kit_release(&k);
}

/* One byte at a time does not keep a connection open. */
static void test_slow_clients_are_cut(void **state)
{
    static const char *const heads[] = {
        "", "GET /constant HTTP/1.1\r\nHost: a\r\nX-Long: ",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"
    };
    struct http_client c[3];
    struct kit k;
    kit_init(&k, NULL);
    k.settings.request_seconds = 1;
    kit_start(&k);
    for (int i = 0; i < 3; i++) {
        http_open(&c[i], k.port);
        http_send(&c[i], heads[i], strlen(heads[i]));
    }
    for (int t = 0; t < 12; t++) { /* 2.4 seconds, never silent */
        for (int i = 0; i < 3; i++)
            http_send(&c[i], "a", 1);
        nap(200);
    }
    for (int i = 0; i < 3; i++) {
        assert_true(http_ends(&c[i], 1));
        http_close(&c[i]);
    }
    assert_true(kit_measures(&k, "sward_connections_cut_total 3"));
    (void)state;
    kit_release(&k);
}

static void test_crowds(void **state)
{
    struct http_client c[8];
    struct http_reply r;
    struct kit k;
    kit_init(&k, NULL);
    k.settings.connections_per_client = 5;
    kit_start(&k);
    int served = 0;
    for (int i = 0; i < 8; i++) {
        http_open(&c[i], k.port);
        http_send_text(&c[i], "GET /constant HTTP/1.1\r\nHost: a\r\n\r\n");
        http_read(&c[i], false, &r);
        served += r.status == 200;
        http_reply_free(&r);
    }
    assert_int_equal(served, 5);
    for (int i = 0; i < 8; i++)
        http_close(&c[i]);
    for (int i = 0; i < 100 && served != 200; i++, nap(10)) {
        http_open(&c[0], k.port); /* the places are free again */
        http_send_text(&c[0], "GET /constant HTTP/1.1\r\nHost: a\r\n\r\n");
        http_read(&c[0], false, &r);
        served = r.status;
        http_reply_free(&r);
        http_close(&c[0]);
    }
    assert_int_equal(served, 200);
    (void)state;
    kit_release(&k);
}

static _Atomic int paused;
static _Atomic bool go_on;

static void wait_for_go(void)
{
    atomic_fetch_add(&paused, 1);
    while (!atomic_load(&go_on))
        nap(2);
}

static void set_pause(void)
{
    atomic_store(&paused, 0);
    atomic_store(&go_on, false);
    kit_pause = wait_for_go;
}

static void until_paused(int n)
{
    for (int i = 0; i < 5000 && atomic_load(&paused) < n; i++)
        nap(2);
    assert_true(atomic_load(&paused) >= n);
}

static void send_slow(struct http_client *c, struct kit *k)
{
    http_open(c, k->port);
    http_send_text(c,
                   "POST /add-slow HTTP/1.1\r\nHost: a\r\n" FORM "Content-Length: 6\r\n\r\ntext=a");
}

/* The client goes while its write waits: the write stays, nobody is hurt. */
static void test_a_client_that_goes_while_suspended(void **state)
{
    struct kit k;
    struct http_client c;
    kit_init(&k, *state);
    kit_start(&k);
    set_pause();
    send_slow(&c, &k);
    until_paused(1);
    http_close(&c);
    nap(20);
    assert_int_equal(ask_status(&k, "GET", "/constant", NULL, NULL), 200);
    atomic_store(&go_on, true);
    for (int i = 0; i < 500 && kit_tally(&k) == 0; i++)
        nap(10);
    assert_int_equal(kit_tally(&k), 1);
    assert_int_equal(ask_status(&k, "POST", "/add", FORM, "text=a"), 303);
    kit_release(&k);
}

static void *stop(void *ctx)
{
    kit_stop(ctx);
    return NULL;
}

/* The end waits for what is in flight, and answers it. */
static void test_a_graceful_stop(void **state)
{
    struct kit k;
    struct http_client c[3];
    struct http_client idle;
    struct http_reply r;
    pthread_t thread;
    kit_init(&k, *state);
    kit_start(&k);
    set_pause();
    http_open(&idle, k.port);
    http_send_text(&idle, "GET /constant HTTP/1.1\r\nHost: a\r\n\r\n");
    http_read(&idle, false, &r);
    http_reply_free(&r);
    for (int i = 0; i < 3; i++)
        send_slow(&c[i], &k);
    assert_true(kit_measures(&k, "sward_requests_active 4")); /* and the one that asks */
    pthread_create(&thread, NULL, stop, &k);
    nap(100);
    atomic_store(&go_on, true);
    for (int i = 0; i < 3; i++) {
        http_read(&c[i], false, &r);
        assert_int_equal(r.status, 303);
        assert_text(http_header(&r, "connection"), "close");
        http_reply_free(&r);
        http_close(&c[i]);
    }
    pthread_join(thread, NULL);
    assert_true(http_ends(&idle, 1));
    http_close(&idle);
    assert_int_equal(kit_tally(&k), 3);
    kit_release(&k);
}

/* The end does not wait for ever for a client that is slow. */
static void test_a_stop_with_a_slow_client(void **state)
{
    struct kit k;
    struct http_client c;
    kit_init(&k, NULL);
    k.settings.request_seconds = 1;
    kit_start(&k);
    http_open(&c, k.port);
    http_send_text(&c, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nab");
    nap(50);
    int64_t started = clock_monotonic();
    kit_stop(&k);
    assert_true(clock_monotonic() - started < 5 * TIME_SECOND);
    http_close(&c);
    (void)state;
    kit_release(&k);
}

/* Nor is the store hurried: what it works on is answered, however long it takes. */
static void test_a_stop_waits_for_the_store(void **state)
{
    struct kit k;
    struct http_client c;
    struct http_reply r;
    pthread_t thread;
    kit_init(&k, *state);
    k.settings.request_seconds = 1;
    kit_start(&k);
    set_pause();
    send_slow(&c, &k);
    until_paused(1);
    pthread_create(&thread, NULL, stop, &k);
    nap(2500);
    atomic_store(&go_on, true);
    http_read(&c, false, &r);
    assert_int_equal(r.status, 303);
    http_reply_free(&r);
    http_close(&c);
    pthread_join(thread, NULL);
    kit_release(&k);
}

/* A request that waits does not hold up the others on its thread. */
static void test_slow_work_holds_nobody_up(void **state)
{
    struct kit k;
    struct http_client c;
    struct http_reply r;
    kit_init(&k, *state);
    k.settings.io_threads = 1;
    kit_start(&k);
    set_pause();
    http_open(&c, k.port);
    http_send_text(&c, "POST /add-prepared HTTP/1.1\r\nHost: a\r\n" FORM
                       "Content-Length: 6\r\n\r\ntext=a");
    until_paused(1);
    for (int i = 0; i < 20; i++)
        assert_int_equal(ask_status(&k, "GET", "/card", NULL, NULL), 200);
    atomic_store(&go_on, true);
    http_read(&c, false, &r);
    assert_int_equal(r.status, 303);
    http_reply_free(&r);
    http_close(&c);
    kit_release(&k);
}

struct load {
    struct kit *k;
    unsigned seed;
};

static void *hammer(void *ctx)
{
    struct load *load = ctx;
    static const char *const requests[] = {
        "GET /card HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /constant HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /leave HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /add HTTP/1.1\r\nHost: a\r\n" FORM "Content-Length: 6\r\n\r\ntext=a",
        "POST /add HTTP/1.1\r\nHost: a\r\n" FORM "Content-Length: 5\r\n\r\ntext=",
        "POST /add-prepared HTTP/1.1\r\nHost: a\r\n" FORM "Content-Length: 6\r\n\r\ntext=a",
        "GET /static/app.0123abcd.css HTTP/1.1\r\nHost: a\r\n\r\n",
    };
    struct http_client c;
    http_open(&c, load->k->port);
    for (int i = 0; i < 150; i++) {
        struct http_reply r;
        unsigned which = (load->seed = load->seed * 1103515245 + 12345) >> 16;
        const char *request = requests[which % ARRAY_LEN(requests)];
        http_send(&c, request, strlen(request));
        http_read(&c, false, &r);
        if (r.status == 0 || r.status >= 500) {
            print_error("status %d for request %d: %s\n", r.status, i, request);
            abort();
        }
        http_reply_free(&r);
    }
    http_close(&c);
    return NULL;
}

/* Everything at once, for the sanitizers to look at. */
static void test_everything_at_once(void **state)
{
    struct kit k;
    pthread_t threads[6];
    struct load loads[6];
    kit_init(&k, *state);
    kit_start(&k);
    for (unsigned i = 0; i < 6; i++) {
        loads[i] = (struct load){ &k, i };
        pthread_create(&threads[i], NULL, hammer, &loads[i]);
    }
    for (int i = 0; i < 6; i++)
        pthread_join(threads[i], NULL);
    kit_release(&k);
}

static const char add_form[] =
    "POST /add HTTP/1.1\r\nHost: a\r\n" FORM "Content-Length: 6\r\n\r\ntext=a";

/* One connection serves request after request, whatever they come to. */
static void test_keep_alive(void **state)
{
    static const char *const requests[] = {
        "GET /static/app.0123abcd.css HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /constant HTTP/1.1\r\nHost: a\r\n\r\n",
        add_form,
        "GET /card HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /add HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
        "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n",
    };
    struct kit k;
    struct http_client c;
    kit_init(&k, *state);
    kit_start(&k);
    http_open(&c, k.port);
    for (size_t i = 0; i < 3 * ARRAY_LEN(requests); i++) {
        struct http_reply r;
        const char *request = requests[i % ARRAY_LEN(requests)];
        http_send(&c, request, strlen(request));
        http_read(&c, false, &r);
        if (r.status == 0)
            fail_msg("closed before %s", request);
        http_reply_free(&r);
    }
    http_close(&c);
    kit_release(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(test_keep_alive),
        ON_SQLITE(test_early_413),
        ON_SQLITE(test_strangers_do_not_upload),
        ON_SQLITE(test_chunks_over_the_ceiling),
        ON_SQLITE(test_an_upload_that_is_broken_off),
        ON_SQLITE(test_a_field_too_long),
        cmocka_unit_test(test_slow_clients_are_cut),
        cmocka_unit_test(test_crowds),
        ON_BOTH(test_a_client_that_goes_while_suspended),
        ON_BOTH(test_a_graceful_stop),
        cmocka_unit_test(test_a_stop_with_a_slow_client),
        ON_SQLITE(test_a_stop_waits_for_the_store),
        ON_BOTH(test_slow_work_holds_nobody_up),
        ON_BOTH(test_everything_at_once),
    };
    return cmocka_run_group_tests_name("limits", tests, NULL, NULL);
}
