/* unit/web/test_answer.c - the forms of an answer: page, fragment, JSON, problem, file. */
#include "unit/web/kit.h"

#include <string.h>
#include <zlib.h>

static void test_page_is_framed(void **state)
{
    struct kit k;
    struct http_reply r;
    kit_init(&k, *state);
    kit_start(&k);
    ask(&k, "GET", "/card?text=%3Cb%3E", NULL, NULL, &r);
    assert_int_equal(r.status, 200);
    assert_text(http_header(&r, "content-type"), "text/html; charset=utf-8");
    assert_text(http_header(&r, "cache-control"), "private, no-cache");
    assert_text(r.body,
                "<html><title>A card</title><main>n=0 lang=en who=0 text=&lt;b&gt;</main></html>");
    http_reply_free(&r);
    kit_release(&k);
}

static void test_fragment_for_htmx(void **state)
{
    struct kit k;
    struct http_reply r;
    kit_init(&k, *state);
    kit_start(&k);
    ask(&k, "GET", "/card", "HX-Request: true\r\n", NULL, &r);
    assert_text(r.body, "<i>0</i>");
    http_reply_free(&r);
    ask(&k, "GET", "/page-only", "HX-Request: true\r\n", NULL, &r);
    assert_text(r.body, "<main>n=0 lang=en who=0 text=</main>");
    http_reply_free(&r);
    ask(&k, "GET", "/card", "HX-Request: true\r\nHX-Boosted: true\r\n", NULL, &r);
    assert_true(text_has(r.body, "<html>"));
    http_reply_free(&r);
    kit_release(&k);
}

static void test_json_by_path_and_by_accept(void **state)
{
    struct kit k;
    struct http_reply r;
    kit_init(&k, *state);
    kit_start(&k);
    ask(&k, "GET", "/api/v1/card?text=hi", NULL, NULL, &r);
    assert_int_equal(r.status, 200);
    assert_text(http_header(&r, "content-type"), "application/json");
    assert_text(r.body, "{\"n\":0,\"text\":\"hi\"}");
    http_reply_free(&r);
    ask(&k, "GET", "/card?text=hi", JSON, NULL, &r);
    assert_text(r.body, "{\"n\":0,\"text\":\"hi\"}");
    http_reply_free(&r);
    assert_int_equal(ask_status(&k, "GET", "/api/v1/page-only", NULL, NULL), 406);
    kit_release(&k);
}

static void test_paths(void **state)
{
    struct kit k;
    struct http_reply r;
    kit_init(&k, *state);
    kit_start(&k);
    ask(&k, "GET", "/item/a%2Fb%20c?n=3", JSON, NULL, &r);
    assert_text(r.body, "{\"n\":3,\"text\":\"a/b c\"}");
    http_reply_free(&r);
    ask(&k, "GET", "/item/new", NULL, NULL, &r); /* the literal wins */
    assert_true(text_has(r.body, "text=</main>"));
    http_reply_free(&r);
    assert_int_equal(ask_status(&k, "GET", "/item/new/part", NULL, NULL), 200);
    assert_int_equal(ask_status(&k, "GET", "/item/x/y", NULL, NULL), 404);
    assert_int_equal(ask_status(&k, "GET", "/item/", NULL, NULL), 404);
    assert_int_equal(ask_status(&k, "GET", "/card/", NULL, NULL), 404);
    assert_int_equal(ask_status(&k, "GET", "//card", NULL, NULL), 404);
    assert_int_equal(ask_status(&k, "GET", "/nowhere", NULL, NULL), 404);
    assert_int_equal(ask_status(&k, "GET", "/item/%zz", NULL, NULL), 400);
    assert_int_equal(ask_status(&k, "GET", "/item/%00", NULL, NULL), 400);
    assert_int_equal(ask_status(&k, "GET", "/item/%ff", NULL, NULL), 400);
    assert_int_equal(ask_status(&k, "GET", "/item/%0a", NULL, NULL), 400);
    kit_release(&k);
}

static void test_methods(void **state)
{
    struct kit k;
    struct http_reply r;
    kit_init(&k, *state);
    kit_start(&k);
    ask(&k, "PUT", "/card", OWN, "", &r);
    assert_int_equal(r.status, 405);
    assert_text(http_header(&r, "allow"), "GET, HEAD");
    http_reply_free(&r);
    ask(&k, "OPTIONS", "/echo", NULL, NULL, &r);
    assert_int_equal(r.status, 204);
    assert_text(http_header(&r, "allow"), "POST, PATCH, DELETE");
    http_reply_free(&r);
    assert_int_equal(ask_status(&k, "BREW", "/card", NULL, NULL), 405);
    assert_int_equal(ask_status(&k, "DELETE", "/echo", OWN, NULL), 200);
    assert_int_equal(ask_status(&k, "PATCH", "/echo", OWN FORM, "text=a"), 200);
    ask(&k, "HEAD", "/card", NULL, NULL, &r);
    assert_int_equal(r.status, 200);
    assert_int_equal(r.body.len, 0);
    assert_true(http_header(&r, "content-length").len > 1);
    http_reply_free(&r);
    kit_release(&k);
}

static void test_problem_json(void **state)
{
    struct kit k;
    struct http_reply r;
    kit_init(&k, *state);
    kit_start(&k);
    ask(&k, "POST", "/api/v1/add", OWN JSON_IN "Accept-Language: zh-CN\r\n", "{}", &r);
    assert_int_equal(r.status, 422);
    assert_text(http_header(&r, "content-type"), "application/problem+json");
    assert_true(text_has(r.body, "\"type\":\"urn:sward:problem:invalid\""));
    assert_true(text_has(r.body, "\"status\":422"));
    assert_true(text_has(r.body, "\"title\":\"请"));
    assert_true(text_has(r.body, "\"instance\":\"urn:sward:request:"));
    assert_true(text_has(r.body, "\"errors\":[{\"field\":\"text\",\"message\":\""));
    http_reply_free(&r);
    ask(&k, "GET", "/item/a?n=12", JSON, NULL, &r);
    assert_int_equal(r.status, 422);
    assert_true(text_has(r.body, "{\"field\":\"n\",\"message\":\"Please enter 9 or less.\"}"));
    http_reply_free(&r);
    ask(&k, "POST", "/api/v1/add", OWN JSON_IN, "{\"text\":", &r);
    assert_int_equal(r.status, 400);
    http_reply_free(&r);
    kit_release(&k);
}

static void test_failure_tells_no_secret(void **state)
{
    struct kit k;
    struct http_reply r;
    kit_init(&k, *state);
    kit_start(&k);
    ask(&k, "GET", "/broken", NULL, NULL, &r);
    assert_int_equal(r.status, 500);
    assert_false(text_has(r.body, "secret"));
    http_reply_free(&r);
    assert_int_equal(ask_status(&k, "GET", "/too-big", NULL, NULL), 503);
    assert_int_equal(ask_status(&k, "GET", "/card", NULL, NULL), 200);
    kit_release(&k);
}

static void test_security_headers(void **state)
{
    struct kit k;
    struct http_reply r;
    const char *const paths[] = { "/card",   "/nowhere", "/constant", "/static/app.0123abcd.css",
                                  "/broken", "/healthz", "/member" };
    kit_init(&k, *state);
    k.settings.public_url = STR("https://sward.test");
    kit_start(&k);
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        ask(&k, "GET", paths[i], NULL, NULL, &r);
        assert_true(text_has(http_header(&r, "content-security-policy"), "default-src 'none'"));
        assert_false(text_has(http_header(&r, "content-security-policy"), "unsafe"));
        assert_text(http_header(&r, "x-content-type-options"), "nosniff");
        assert_true(http_header(&r, "referrer-policy").len > 0);
        assert_true(http_header(&r, "permissions-policy").len > 0);
        assert_true(http_header(&r, "cross-origin-opener-policy").len > 0);
        assert_true(text_has(http_header(&r, "strict-transport-security"), "max-age="));
        http_reply_free(&r);
    }
    kit_release(&k);
}

static void test_language(void **state)
{
    struct kit k;
    struct http_reply r;
    kit_init(&k, *state);
    kit_start(&k);
    ask(&k, "GET", "/card", "Accept-Language: zh-CN,zh;q=0.9\r\n", NULL, &r);
    assert_true(text_has(r.body, "lang=zh-CN"));
    http_reply_free(&r);
    ask(&k, "GET", "/card", "Accept-Language: zh\r\nCookie: sward_lang=en\r\n", NULL, &r);
    assert_true(text_has(r.body, "lang=en"));
    http_reply_free(&r);
    kit_release(&k);
}

static void test_tag_and_304(void **state)
{
    struct kit k;
    struct http_reply r;
    kit_init(&k, *state);
    kit_start(&k);
    ask(&k, "GET", "/constant", NULL, NULL, &r);
    assert_text(http_header(&r, "etag"), "\"tag\"");
    assert_text(r.body, "0123456789");
    http_reply_free(&r);
    struct http_client c;
    http_open(&c, k.port);
    for (int i = 0; i < 2; i++) { /* on one connection: a body would be taken for an answer */
        http_send_text(&c, "GET /constant HTTP/1.1\r\nHost: a\r\n"
                           "If-None-Match: \"other\", \"tag\"\r\n\r\n");
        http_read(&c, false, &r);
        assert_int_equal(r.status, 304);
        assert_text(http_header(&r, "etag"), "\"tag\"");
        assert_text(http_header(&r, "content-length"), "10");
        http_reply_free(&r);
        http_send_text(&c, "GET /static/app.0123abcd.css HTTP/1.1\r\nHost: a\r\n"
                           "If-None-Match: \"0123abcd\"\r\n\r\n");
        http_read(&c, false, &r);
        assert_int_equal(r.status, 304);
        http_reply_free(&r);
    }
    http_close(&c);
    assert_int_equal(ask_status(&k, "GET", "/constant", "If-None-Match: \"old\"\r\n", NULL), 200);
    kit_release(&k);
}

static void put_file(struct kit *k, const char *text)
{
    char path[128];
    snprintf(path, sizeof(path), "%s/file", k->folder);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void test_file_and_ranges(void **state)
{
    struct kit k;
    struct http_reply r;
    kit_init(&k, *state);
    kit_start(&k);
    assert_int_equal(ask_status(&k, "GET", "/file", NULL, NULL), 404);
    put_file(&k, "0123456789");
    ask(&k, "GET", "/file", NULL, NULL, &r);
    assert_text(r.body, "0123456789");
    assert_text(http_header(&r, "content-type"), "image/webp");
    assert_text(http_header(&r, "accept-ranges"), "bytes");
    assert_true(text_has(http_header(&r, "cache-control"), "immutable"));
    http_reply_free(&r);
    ask(&k, "GET", "/file", "Range: bytes=2-4\r\n", NULL, &r);
    assert_int_equal(r.status, 206);
    assert_text(r.body, "234");
    assert_text(http_header(&r, "content-range"), "bytes 2-4/10");
    http_reply_free(&r);
    ask(&k, "GET", "/file", "Range: bytes=-3\r\n", NULL, &r);
    assert_text(r.body, "789");
    http_reply_free(&r);
    ask(&k, "GET", "/file", "Range: bytes=10-\r\n", NULL, &r);
    assert_int_equal(r.status, 416);
    assert_text(http_header(&r, "content-range"), "bytes */10");
    http_reply_free(&r);
    ask(&k, "GET", "/file", "Range: bytes=0-1\r\nIf-Range: \"old\"\r\n", NULL, &r);
    assert_int_equal(r.status, 200);
    http_reply_free(&r);
    ask(&k, "HEAD", "/file", NULL, NULL, &r);
    assert_text(http_header(&r, "content-length"), "10");
    http_reply_free(&r);
    kit_release(&k);
}

static void test_static_files(void **state)
{
    struct kit k;
    struct http_reply r;
    kit_init(&k, *state);
    kit_start(&k);
    ask(&k, "GET", "/static/app.0123abcd.css", "Accept-Encoding: gzip, br\r\n", NULL, &r);
    assert_int_equal(r.status, 200);
    assert_text(http_header(&r, "content-encoding"), "br");
    assert_text(http_header(&r, "content-type"), "text/css; charset=utf-8");
    assert_text(http_header(&r, "cache-control"), "public, max-age=31536000, immutable");
    assert_text(http_header(&r, "vary"), "Accept-Encoding");
    assert_text(r.body, "brotlied");
    http_reply_free(&r);
    ask(&k, "GET", "/static/app.0123abcd.css", "Accept-Encoding: gzip, br;q=0\r\n", NULL, &r);
    assert_text(r.body, "gzipped");
    http_reply_free(&r);
    ask(&k, "GET", "/static/app.0123abcd.css", NULL, NULL, &r);
    assert_text(r.body, "body{color:#123}");
    assert_text(http_header(&r, "content-encoding"), "");
    http_reply_free(&r);
    assert_int_equal(
        ask_status(&k, "GET", "/static/app.0123abcd.css", "If-None-Match: \"0123abcd\"\r\n", NULL),
        304);
    ask(&k, "GET", "/favicon.ico", NULL, NULL, &r);
    assert_text(r.body, "body");
    assert_text(http_header(&r, "cache-control"), "public, max-age=3600");
    http_reply_free(&r);
    assert_int_equal(ask_status(&k, "GET", "/static/app.css", NULL, NULL), 404);
    assert_int_equal(ask_status(&k, "GET", "/static/../app.0123abcd.css", NULL, NULL), 404);
    assert_int_equal(ask_status(&k, "POST", "/favicon.ico", OWN, ""), 404);
    kit_release(&k);
}

static void test_pages_are_packed(void **state)
{
    struct kit k;
    struct http_reply r;
    unsigned char plain[32768];
    kit_init(&k, *state);
    kit_start(&k);
    ask(&k, "GET", "/big", "Accept-Encoding: gzip\r\n", NULL, &r);
    assert_text(http_header(&r, "content-encoding"), "gzip");
    assert_true(text_has(http_header(&r, "vary"), "Accept-Encoding"));
    assert_true(r.body.len < 2000);
    z_stream z = { .next_in = (Bytef *)(uintptr_t)r.body.ptr,
                   .avail_in = (uInt)r.body.len,
                   .next_out = plain,
                   .avail_out = sizeof(plain) };
    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_true(z.total_out > 20000);
    inflateEnd(&z);
    http_reply_free(&r);
    ask(&k, "GET", "/big", NULL, NULL, &r);
    assert_true(r.body.len > 20000);
    http_reply_free(&r);
    kit_stop(&k);
    k.settings.compress_pages = false;
    kit_start(&k);
    ask(&k, "GET", "/big", "Accept-Encoding: gzip\r\n", NULL, &r);
    assert_true(r.body.len > 20000);
    http_reply_free(&r);
    kit_release(&k);
}

static void test_lists_are_paged(void **state)
{
    struct kit k;
    struct http_reply r;
    char next[200];
    kit_init(&k, *state);
    kit_start(&k);
    ask(&k, "GET", "/list?limit=5&q=a%20b", JSON, NULL, &r);
    assert_true(text_has(r.body, "\"n\":-1"));
    assert_true(text_has(r.body, "/list?limit=5\\u0026q=a%20b\\u0026after="));
    const char *after = memmem(r.body.ptr, r.body.len, "after=", 6);
    assert_non_null(after);
    snprintf(next, sizeof(next), "/list?limit=5&%.28s", after);
    http_reply_free(&r);
    ask(&k, "GET", next, JSON, NULL, &r);
    assert_true(text_has(r.body, "\"n\":77"));
    http_reply_free(&r);
    assert_int_equal(ask_status(&k, "GET", "/list?after=zzz", NULL, NULL), 422);
    assert_int_equal(ask_status(&k, "GET", "/list?limit=101", NULL, NULL), 422);
    assert_int_equal(ask_status(&k, "GET", "/list?limit=0", NULL, NULL), 422);
    kit_release(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(test_page_is_framed),
        ON_BOTH(test_fragment_for_htmx),
        ON_SQLITE(test_json_by_path_and_by_accept),
        ON_SQLITE(test_paths),
        ON_SQLITE(test_methods),
        ON_BOTH(test_problem_json),
        ON_BOTH(test_failure_tells_no_secret),
        ON_SQLITE(test_security_headers),
        ON_SQLITE(test_language),
        ON_SQLITE(test_tag_and_304),
        ON_SQLITE(test_file_and_ranges),
        ON_SQLITE(test_static_files),
        ON_SQLITE(test_pages_are_packed),
        ON_SQLITE(test_lists_are_paged),
    };
    return cmocka_run_group_tests_name("answer", tests, NULL, NULL);
}
