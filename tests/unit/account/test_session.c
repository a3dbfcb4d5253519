/* A browser stays signed in by a token that the database does not hold. */
#include "unit/web/kit.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "account/person/session.h"
#include "account/person/sign_web.h"
#include "base/buf.h"
#include "codec/base64url.h"
#include "gen/person_sql.h"
#include "gen/schema.h"

#define BEGIN INT64_C(2000000000000000)
#define JOIN  "handle=lin_01&password=long+enough"

static int resolve(void *ctx UNUSED, struct req *rq, struct db *db, struct viewer *ret_viewer,
                   struct err *err)
{
    return session_resolve(rq, db, ret_viewer, err);
}

/* GET /whoami: the viewer as the guard sees it. */
static int whoami(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err UNUSED)
{
    answer_bytes(ret, "text/plain",
                 arena_printf(rq->arena, "%.*s %d %d", STR_ARG(rq->viewer.handle),
                              rq->viewer.actor != 0, rq->viewer.visitor < 0));
    return 0;
}

/* GET /visit: a visitor gets a key. */
static int visit(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err UNUSED)
{
    int64_t key = session_visitor(rq, ret);
    answer_bytes(ret, "text/plain", arena_printf(rq->arena, "%lld", (long long)key));
    return 0;
}

static const struct route own_routes[] = {
    { METHOD_GET, "/whoami", whoami, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_GET, "/visit", visit, WHO_ANYONE, RUNS_READ, RATE_READ },
    { 0 },
};
static const struct route *const routes[] = { sign_routes, own_routes, NULL };

static void start(struct kit *k, const char *engine)
{
    struct err err = { 0 };
    kit_init(k, engine);
    assert_rc(store_migrate(k->store->store, schema_rooms, schema_rooms_n, NULL, &err), 0, &err);
    clock_init_manual(&k->store->clock, BEGIN);
    k->config.routes = routes;
    k->config.resolve = resolve;
    kit_start(k);
}

/* The value that an answer gives a cookie, in storage of the caller. */
static void cookie_of(const struct http_reply *reply, const char *name, char *out, size_t size)
{
    size_t len = strlen(name);
    out[0] = '\0';
    for (int i = 0;; i++) {
        struct str line = http_header_nth(reply, "set-cookie", i), value;
        if (line.len == 0)
            return;
        if (line.len <= len || memcmp(line.ptr, name, len) != 0 || line.ptr[len] != '=')
            continue;
        line = str_slice(line, len + 1, line.len);
        if (str_next(&line, ';', &value))
            snprintf(out, size, "%.*s", STR_ARG(value));
        return;
    }
}

static void post(struct kit *k, const char *path, const char *body, const char *cookie, int want,
                 char *ret_token, size_t size)
{
    char headers[400];
    struct http_reply r;
    snprintf(headers, sizeof(headers), JSON FORM OWN "Cookie: " SESSION_COOKIE "=%s\r\n", cookie);
    ask(k, "POST", path, headers, body, &r);
    if (r.status != want)
        print_error("%.*s\n", STR_ARG(r.body));
    assert_int_equal(r.status, want);
    cookie_of(&r, SESSION_COOKIE, ret_token, size);
    http_reply_free(&r);
}

static void who_is(struct kit *k, const char *cookie, const char *want)
{
    char headers[300];
    struct http_reply r;
    snprintf(headers, sizeof(headers), "Cookie: %s\r\n", cookie);
    ask(k, "GET", "/whoami", headers, NULL, &r);
    assert_int_equal(r.status, 200);
    assert_text(r.body, want);
    http_reply_free(&r);
}

static void signed_in_is(struct kit *k, const char *token, const char *want)
{
    char cookie[200];
    snprintf(cookie, sizeof(cookie), SESSION_COOKIE "=%s", token);
    who_is(k, cookie, want);
}

static void a_session_begins_and_ends(void **state)
{
    struct kit k;
    char one[100], two[100], gone[100];
    start(&k, *state);
    post(&k, "/signup", JOIN, "", 201, one, sizeof(one));
    assert_int_equal(strlen(one), 43); /* 256 bits */
    signed_in_is(&k, one, "lin_01 1 0");
    post(&k, "/signin", "handle=LIN_01&password=long+enough", "", 201, two, sizeof(two));
    assert_string_not_equal(one, two);
    signed_in_is(&k, two, "lin_01 1 0");
    post(&k, "/signin", "handle=lin_01&password=long+enougH", "", 422, gone, sizeof(gone));
    assert_string_equal(gone, "");
    post(&k, "/signin", "handle=nobody&password=long+enough", "", 422, gone, sizeof(gone));

    /* Signing out ends that browser alone. */
    post(&k, "/signout", "", one, 200, gone, sizeof(gone));
    signed_in_is(&k, one, " 0 0");
    signed_in_is(&k, two, "lin_01 1 0");
    kit_release(&k);
}

static void a_token_that_leads_nowhere_is_a_visitor(void **state)
{
    struct kit k;
    char token[100];
    start(&k, *state);
    post(&k, "/signup", JOIN, "", 201, token, sizeof(token));
    token[5] = token[5] == 'A' ? 'B' : 'A';
    signed_in_is(&k, token, " 0 0");
    token[20] = '\0';
    signed_in_is(&k, token, " 0 0");
    signed_in_is(&k, "!", " 0 0");
    signed_in_is(&k, "", " 0 0");
    kit_release(&k);
}

static void a_session_runs_out(void **state)
{
    struct kit k;
    char token[100];
    start(&k, *state);
    post(&k, "/signup", JOIN, "", 201, token, sizeof(token));
    int64_t end = BEGIN + k.settings.session_days * TIME_DAY;
    clock_set(&k.store->clock, end);
    signed_in_is(&k, token, " 0 0");
    kit_release(&k);
}

/* When a token's session ends, as the database has it. */
struct ending {
    const char *token;
    int64_t expires;
};

static int find_ending(struct db *db, void *ctx, struct err *err)
{
    struct ending *e = ctx;
    unsigned char raw[32], hash[crypto_generichash_BYTES];
    size_t len;
    struct arena a;
    struct session_viewer_row row = { 0 };
    arena_init(&a, 64 * 1024);
    assert_true(base64url_decode(str_from(e->token), raw, sizeof(raw), &len));
    crypto_generichash(hash, sizeof(hash), raw, sizeof(raw), NULL, 0);
    int rc = session_viewer(db, &a, (struct str){ (char *)hash, sizeof(hash) }, &row, err);
    e->expires = rc == 0 ? row.expires : 0;
    arena_release(&a);
    return rc;
}

static void a_session_that_is_used_lives_on(void **state)
{
    struct kit k;
    struct err err;
    char token[100];
    start(&k, *state);
    post(&k, "/signup", JOIN, "", 201, token, sizeof(token));
    int64_t life = k.settings.session_days * TIME_DAY;
    struct ending e = { .token = token };
    clock_set(&k.store->clock, BEGIN + life - TIME_SECOND);
    signed_in_is(&k, token, "lin_01 1 0");
    /* It is written after the answer: wait for that, five seconds at most. */
    for (int i = 0; i < 100 && e.expires <= BEGIN + life; i++) {
        usleep(50 * 1000);
        assert_rc(store_read(k.store->store, find_ending, &e, &err), 0, &err);
    }
    assert_int_equal(e.expires, BEGIN + 2 * life - TIME_SECOND);
    clock_set(&k.store->clock, BEGIN + life);
    signed_in_is(&k, token, "lin_01 1 0");
    kit_release(&k);
}

static int find_token(struct db *db, void *ctx, struct err *err)
{
    unsigned char raw[32], hash[crypto_generichash_BYTES];
    const char *token = ctx;
    size_t len;
    struct arena a;
    struct session_viewer_row row = { 0 };
    arena_init(&a, 64 * 1024);
    assert_true(base64url_decode(str_from(token), raw, sizeof(raw), &len));
    crypto_generichash(hash, sizeof(hash), raw, sizeof(raw), NULL, 0);
    const struct str forms[] = { str_from(token), { (char *)raw, sizeof(raw) } };
    for (size_t i = 0; i < ARRAY_LEN(forms); i++)
        assert_rc(session_viewer(db, &a, forms[i], &row, err), ERR_NOT_FOUND, err);
    err_clear(err);
    assert_rc(session_viewer(db, &a, (struct str){ (char *)hash, sizeof(hash) }, &row, err), 0,
              err);
    arena_release(&a);
    return 0;
}

/* True when a file of the database holds these bytes. */
static bool file_holds(const char *path, const char *suffix, const void *bytes, size_t len)
{
    char name[600];
    snprintf(name, sizeof(name), "%s%s", path, suffix);
    FILE *f = fopen(name, "re");
    if (!f)
        return false;
    size_t size = 32u * 1024 * 1024;
    char *text = malloc(size);
    assert_non_null(text);
    size_t n = fread(text, 1, size, f);
    bool found = memmem(text, n, bytes, len) != NULL;
    free(text);
    (void)fclose(f);
    return found;
}

static void the_database_holds_only_the_hash(void **state)
{
    struct kit k;
    char token[100];
    unsigned char raw[32];
    size_t len;
    struct err err = { 0 };
    start(&k, *state);
    post(&k, "/signup", JOIN, "", 201, token, sizeof(token));
    kit_stop(&k);
    assert_rc(store_read(k.store->store, find_token, token, &err), 0, &err);
    if (!k.store->postgres) {
        const char *const files[] = { "", "-wal" };
        bool handle = false;
        assert_true(base64url_decode(str_from(token), raw, sizeof(raw), &len));
        for (size_t i = 0; i < ARRAY_LEN(files); i++) {
            handle = handle || file_holds(k.store->path, files[i], "lin_01", 6);
            assert_false(file_holds(k.store->path, files[i], token, strlen(token)));
            assert_false(file_holds(k.store->path, files[i], raw, sizeof(raw)));
            assert_false(file_holds(k.store->path, files[i], "long enough", 11));
        }
        assert_true(handle); /* the right files were looked into */
    }
    kit_release(&k);
}

static void a_visitor_keeps_a_key(void **state)
{
    struct kit k;
    struct http_reply r;
    char key[100], cookie[200], first[30];
    start(&k, *state);
    ask(&k, "GET", "/visit", NULL, NULL, &r);
    cookie_of(&r, VISITOR_COOKIE, key, sizeof(key));
    snprintf(first, sizeof(first), "%.*s", STR_ARG(r.body));
    assert_int_equal(first[0], '-'); /* never an actor's */
    assert_int_equal(strlen(key), 11);
    http_reply_free(&r);

    snprintf(cookie, sizeof(cookie), "Cookie: " VISITOR_COOKIE "=%s\r\n", key);
    ask(&k, "GET", "/visit", cookie, NULL, &r);
    assert_text(r.body, first);
    assert_int_equal(http_header(&r, "set-cookie").len, 0);
    http_reply_free(&r);
    snprintf(cookie, sizeof(cookie), VISITOR_COOKIE "=%s", key);
    who_is(&k, cookie, " 0 1");
    who_is(&k, VISITOR_COOKIE "=short", " 0 0");
    kit_release(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_session_begins_and_ends),
        ON_BOTH(a_token_that_leads_nowhere_is_a_visitor),
        ON_BOTH(a_session_runs_out),
        ON_BOTH(a_session_that_is_used_lives_on),
        ON_BOTH(the_database_holds_only_the_hash),
        ON_BOTH(a_visitor_keeps_a_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
