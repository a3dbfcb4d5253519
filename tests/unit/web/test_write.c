/* unit/web/test_write.c - writes: forms shown again, keys, unknown outcomes, uploads, later. */
#include "unit/web/kit.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

#include "web/idempotency.h"

/* What store_submit does in these tests, besides its work (linked with --wrap). */
static enum { SUBMIT_PLAIN, SUBMIT_BUSY, SUBMIT_UNKNOWN, SUBMIT_LOST } submit_as;
static void (*submit_done)(struct store_work *work);
int __real_store_submit(struct store *store, enum store_mode mode, struct store_work *work,
                        struct err *err);
int __wrap_store_submit(struct store *store, enum store_mode mode, struct store_work *work,
                        struct err *err);

/* The commit went through, but its answer was lost. */
static void forget_outcome(struct store_work *work)
{
    work->rc = err_detail(&work->err, ERR_IO, "the connection was lost");
    work->unknown = true;
    submit_done(work);
}

static int lose(struct db *db UNUSED, void *ctx UNUSED, struct err *err)
{
    return err_detail(err, ERR_IO, "the connection was lost");
}

int __wrap_store_submit(struct store *store, enum store_mode mode, struct store_work *work,
                        struct err *err)
{
    if (mode == STORE_WRITE && submit_as == SUBMIT_BUSY)
        return err_detail(err, ERR_BUSY, "no room");
    if (mode == STORE_WRITE && (submit_as == SUBMIT_UNKNOWN || submit_as == SUBMIT_LOST)) {
        if (submit_as == SUBMIT_LOST)
            work->fn = lose;
        submit_as = SUBMIT_PLAIN;
        submit_done = work->done;
        work->done = forget_outcome;
    }
    return __real_store_submit(store, mode, work, err);
}

static void test_a_write_acts(void **state)
{
    struct kit k;
    struct http_reply r;
    kit_init(&k, *state);
    kit_start(&k);
    ask(&k, "POST", "/add", FORM, "text=a", &r);
    assert_int_equal(r.status, 303);
    assert_text(http_header(&r, "location"), "/card");
    assert_text(http_header(&r, "cache-control"), "no-store");
    http_reply_free(&r);
    assert_int_equal(kit_tally(&k), 1);
    ask(&k, "POST", "/add", FORM "HX-Request: true\r\n", "text=a", &r);
    assert_int_equal(r.status, 204);
    assert_text(http_header(&r, "hx-redirect"), "/card");
    http_reply_free(&r);
    ask(&k, "POST", "/api/v1/add", JSON_IN, "{\"text\":\"b\"}", &r);
    assert_int_equal(r.status, 201);
    assert_text(http_header(&r, "location"), "/card");
    assert_text(r.body, "{\"n\":3,\"text\":\"b\"}");
    http_reply_free(&r);
    assert_int_equal(ask_status(&k, "POST", "/add", FORM, "text=late"), 409);
    assert_int_equal(kit_tally(&k), 3); /* what was refused has left nothing */
    kit_release(&k);
}

static void test_the_form_again(void **state)
{
    struct kit k;
    struct http_reply r;
    kit_init(&k, *state);
    kit_start(&k);
    ask(&k, "POST", "/add", FORM, "text=", &r);
    assert_int_equal(r.status, 422);
    assert_true(text_has(r.body, "<html><title>A card</title>"));
    assert_true(text_has(r.body, " bad=text"));
    http_reply_free(&r);
    ask(&k, "POST", "/add", FORM, "text=taken", &r);
    assert_int_equal(r.status, 409);
    assert_true(text_has(r.body, " typed=taken"));
    http_reply_free(&r);
    ask(&k, "POST", "/add-prepared", FORM, "text=unfit", &r);
    assert_int_equal(r.status, 422);
    assert_true(text_has(r.body, " typed=unfit bad=text"));
    http_reply_free(&r);
    assert_int_equal(ask_status(&k, "POST", "/add-prepared", FORM, "text=fit"), 303);
    ask(&k, "POST", "/add-key", FORM, "text=&idempotency_key=0123456789", &r);
    assert_int_equal(r.status, 422);
    assert_true(text_has(r.body, "<h1>422</h1>")); /* no form: an error page */
    http_reply_free(&r);
    assert_int_equal(kit_tally(&k), 1);
    kit_release(&k);
}

static void test_signing_in(void **state)
{
    struct kit k;
    struct http_reply r;
    kit_init(&k, *state);
    k.settings.public_url = STR("https://sward.test");
    kit_start(&k);
    ask(&k, "POST", "/auth", FORM, "text=wrong", &r);
    assert_int_equal(r.status, 401);
    assert_true(text_has(r.body, " typed=wrong"));
    assert_text(http_header(&r, "set-cookie"), "");
    http_reply_free(&r);
    ask(&k, "POST", "/auth", FORM "Idempotency-Key: 0123456789\r\n", "text=right", &r);
    assert_int_equal(r.status, 303);
    struct str cookie = http_header(&r, "set-cookie");
    assert_true(text_has(cookie, "who=m;"));
    assert_true(text_has(cookie, "HttpOnly") && text_has(cookie, "Secure") &&
                text_has(cookie, "SameSite=Lax"));
    assert_true(text_has(http_header_nth(&r, "set-cookie", 1), "lang=zh"));
    http_reply_free(&r);
    ask(&k, "POST", "/auth", FORM "Idempotency-Key: 0123456789\r\n", "text=right", &r);
    assert_true(http_header(&r, "set-cookie").len > 0); /* a secret is not kept: done again */
    http_reply_free(&r);
    kit_release(&k);
}

#define KEY "Idempotency-Key: 01hf-first_key\r\n"

static void test_a_key_acts_once(void **state)
{
    struct kit k;
    struct http_reply r;
    kit_init(&k, *state);
    kit_start(&k);
    for (int i = 0; i < 3; i++) {
        ask(&k, "POST", "/api/v1/add", JSON_IN KEY, "{\"text\":\"b\"}", &r);
        assert_int_equal(r.status, 201);
        assert_text(r.body, "{\"n\":1,\"text\":\"b\"}");
        assert_text(http_header(&r, "location"), "/card");
        assert_text(http_header(&r, "idempotent-replayed"), i ? "true" : "");
        http_reply_free(&r);
    }
    ask(&k, "POST", "/api/v1/add", JSON_IN KEY, "{\"text\":\"c\"}", &r);
    assert_int_equal(r.status, 422);
    http_reply_free(&r);
    assert_int_equal(ask_status(&k, "POST", "/api/v1/add-key", JSON_IN KEY, "{\"text\":\"b\"}"),
                     422);
    assert_int_equal(kit_tally(&k), 1);
    assert_int_equal(ask_status(&k, "POST", "/api/v1/add", MEMBER JSON_IN KEY, "{\"text\":\"b\"}"),
                     201);
    assert_int_equal(kit_tally(&k), 2); /* somebody else's key is another key */
    kit_release(&k);
}

static void test_keys_of_forms(void **state)
{
    struct kit k;
    struct http_reply r;
    kit_init(&k, *state);
    kit_start(&k);
    assert_int_equal(ask_status(&k, "POST", "/add-key", FORM, "text=a"), 422);
    assert_int_equal(ask_status(&k, "POST", "/add-key", FORM, "text=a&idempotency_key=a+b"), 400);
    assert_int_equal(ask_status(&k, "POST", "/add-key", FORM "Idempotency-Key: x\r\n", "text=a"),
                     400);
    /* a refusal keeps nothing: the same key may be tried with something better */
    assert_int_equal(ask_status(&k, "POST", "/add-key", FORM KEY, "text=taken"), 409);
    for (int i = 0; i < 2; i++) {
        ask(&k, "POST", "/add-key", FORM KEY, "text=fine", &r);
        assert_int_equal(r.status, 303);
        assert_text(http_header(&r, "location"), "/card");
        http_reply_free(&r);
    }
    assert_int_equal(kit_tally(&k), 1);
    /* a page is not kept: the person is sent back to where they were */
    assert_int_equal(ask_status(&k, "POST", "/add", FORM, "text=stay&idempotency_key=0123456789"),
                     200);
    ask(&k, "POST", "/add", FORM "Referer: http://sward.test/n/1\r\n",
        "text=stay&idempotency_key=0123456789", &r);
    assert_int_equal(r.status, 303);
    assert_text(http_header(&r, "location"), "/n/1");
    http_reply_free(&r);
    ask(&k, "POST", "/add", FORM "HX-Request: true\r\n", "text=stay&idempotency_key=0123456789",
        &r);
    assert_int_equal(r.status, 204);
    assert_text(http_header(&r, "hx-refresh"), "true");
    http_reply_free(&r);
    assert_int_equal(kit_tally(&k), 2);
    kit_release(&k);
}

struct double_submit {
    struct kit *k;
    pthread_barrier_t *together;
    int status;
};

static void *submit(void *ctx)
{
    struct double_submit *d = ctx;
    pthread_barrier_wait(d->together);
    d->status = ask_status(d->k, "POST", "/api/v1/add", JSON_IN KEY, "{\"text\":\"b\"}");
    return NULL;
}

static void test_concurrent_submits_act_once(void **state)
{
    struct kit k;
    pthread_t threads[8];
    pthread_barrier_t together;
    struct double_submit submits[8];
    kit_init(&k, *state);
    kit_start(&k);
    pthread_barrier_init(&together, NULL, 8);
    for (int i = 0; i < 8; i++) {
        submits[i] = (struct double_submit){ &k, &together, 0 };
        pthread_create(&threads[i], NULL, submit, &submits[i]);
    }
    for (int i = 0; i < 8; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(submits[i].status, 201);
    }
    assert_int_equal(kit_tally(&k), 1);
    pthread_barrier_destroy(&together);
    kit_release(&k);
}

static void test_an_unknown_outcome(void **state)
{
    struct kit k;
    struct http_reply r;
    kit_init(&k, *state);
    kit_start(&k);
    submit_as = SUBMIT_UNKNOWN; /* it was done, and the key's row says so */
    ask(&k, "POST", "/api/v1/add", JSON_IN KEY, "{\"text\":\"b\"}", &r);
    assert_int_equal(r.status, 201);
    assert_text(r.body, "{\"n\":1,\"text\":\"b\"}");
    http_reply_free(&r);
    submit_as = SUBMIT_LOST; /* it was not done */
    assert_int_equal(ask_status(&k, "POST", "/api/v1/add",
                                JSON_IN "Idempotency-Key: 01hf-second\r\n", "{\"text\":\"b\"}"),
                     503);
    submit_as = SUBMIT_LOST; /* and without a key nobody can say */
    assert_int_equal(ask_status(&k, "POST", "/api/v1/add", JSON_IN, "{\"text\":\"b\"}"), 500);
    submit_as = SUBMIT_BUSY;
    assert_int_equal(ask_status(&k, "POST", "/api/v1/add", JSON_IN, "{\"text\":\"b\"}"), 503);
    submit_as = SUBMIT_PLAIN;
    assert_int_equal(kit_tally(&k), 1);
    kit_release(&k);
}

static int purge(struct db *db, void *ctx, struct err *err)
{
    return idempotency_purge(db, ctx, err);
}

static void test_old_keys_are_purged(void **state)
{
    struct kit k;
    struct err err = { 0 };
    int64_t removed = -1;
    kit_init(&k, *state);
    int64_t now = clock_now(&k.store->clock);
    clock_init_manual(&k.store->clock, now);
    kit_start(&k);
    assert_int_equal(ask_status(&k, "POST", "/add-key", FORM KEY, "text=a"), 303);
    assert_rc(store_write(k.store->store, purge, &removed, &err), 0, &err);
    assert_int_equal(removed, 0);
    clock_set(&k.store->clock, now + 3 * TIME_DAY);
    assert_rc(store_write(k.store->store, purge, &removed, &err), 0, &err);
    assert_int_equal(removed, 1);
    kit_release(&k);
}

static const char *parts(char *out, size_t size, const char *boundary, const char *bytes)
{
    snprintf(out, size,
             "--%s\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nhello\r\n"
             "--%s\r\nContent-Disposition: form-data; name=\"empty\"; filename=\"\"\r\n\r\n\r\n"
             "--%s\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n"
             "Content-Type: image/jpeg\r\n\r\n%s\r\n--%s--\r\n",
             boundary, boundary, boundary, bytes, boundary);
    return out;
}

static void test_uploads(void **state)
{
    struct kit k;
    struct http_reply r;
    char body[2000];
    kit_init(&k, *state);
    kit_start(&k);
    ask(&k, "POST", "/upload", JSON KEY "Content-Type: multipart/form-data; boundary=xx\r\n",
        parts(body, sizeof(body), "xx", "0123456789"), &r);
    assert_int_equal(r.status, 200);
    assert_text(r.body, "{\"n\":10,\"text\":\"a.jpg\"}");
    http_reply_free(&r);
    assert_true(kit_spool_empties(&k));
    /* a browser that sends the same form again chooses another boundary */
    ask(&k, "POST", "/upload", JSON KEY "Content-Type: multipart/form-data; boundary=yy\r\n",
        parts(body, sizeof(body), "yy", "0123456789"), &r);
    assert_text(http_header(&r, "idempotent-replayed"), "true");
    http_reply_free(&r);
    ask(&k, "POST", "/upload", JSON KEY "Content-Type: multipart/form-data; boundary=yy\r\n",
        parts(body, sizeof(body), "yy", "012345678"), &r);
    assert_int_equal(r.status, 422);
    http_reply_free(&r);
    assert_int_equal(ask_status(&k, "POST", "/upload",
                                "Content-Type: multipart/form-data; boundary=zz\r\n", body),
                     400);
    assert_int_equal(ask_status(&k, "POST", "/upload", "Content-Type: image/jpeg\r\n", "x"), 415);
    assert_true(kit_spool_empties(&k));
    kit_release(&k);
}

static void test_later(void **state)
{
    struct kit k;
    struct timespec pause = { .tv_nsec = 20 * 1000 * 1000 };
    kit_init(&k, *state);
    kit_start(&k);
    for (int i = 0; i < 20; i++)
        assert_int_equal(ask_status(&k, "GET", "/leave", NULL, NULL), 200);
    for (int i = 0; i < 500 && kit_tally(&k) < 20; i++)
        clock_nanosleep(CLOCK_MONOTONIC, 0, &pause, NULL);
    assert_int_equal(kit_tally(&k), 20);
    assert_true(kit_measures(&k, "sward_later_done_total 20"));
    assert_true(kit_measures(&k, "sward_later_failed_total 20"));
    assert_true(kit_measures(&k, "sward_later_dropped_total 0"));
    assert_int_equal(ask_status(&k, "GET", "/leave", NULL, NULL), 200);
    kit_stop(&k); /* what is left is done before the end */
    assert_int_equal(kit_tally(&k), 21);
    kit_release(&k);
}

static void test_raw_bytes(void **state)
{
    struct kit k;
    struct http_reply r;
    kit_init(&k, *state);
    kit_start(&k);
    ask(&k, "POST", "/hook", "Content-Type: application/octet-stream\r\n", "a=%zz", &r);
    assert_text(r.body, "a=%zz");
    http_reply_free(&r);
    assert_int_equal(ask_status(&k, "POST", "/echo", "Content-Type: text/csv\r\n", "a,b"), 415);
    assert_int_equal(ask_status(&k, "POST", "/echo", FORM, "a=%zz"), 400);
    assert_int_equal(ask_status(&k, "POST", "/echo", FORM, "a=%ff"), 400);
    kit_release(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(test_a_write_acts),
        ON_BOTH(test_the_form_again),
        ON_BOTH(test_signing_in),
        ON_BOTH(test_a_key_acts_once),
        ON_BOTH(test_keys_of_forms),
        ON_BOTH(test_concurrent_submits_act_once),
        ON_BOTH(test_an_unknown_outcome),
        ON_BOTH(test_old_keys_are_purged),
        ON_BOTH(test_uploads),
        ON_BOTH(test_later),
        ON_SQLITE(test_raw_bytes),
    };
    return cmocka_run_group_tests_name("write", tests, NULL, NULL);
}
