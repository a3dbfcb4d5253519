/* codec/cookie.h and http.h: the values of headers. */
#include "unit/unit.h"

#include "base/clock.h"
#include "codec/cookie.h"
#include "codec/http.h"

static void cookies_are_found_by_exact_name(void **state UNUSED)
{
    struct str h = STR("a=1; session=tok-_.~; xsession=no; quoted=\"q v\"; =x; alone;session=2");
    assert_text(cookie_find(h, "session"), "tok-_.~");
    assert_text(cookie_find(h, "a"), "1");
    assert_text(cookie_find(h, "quoted"), "q v");
    assert_text(cookie_find(h, "alone"), "");
    assert_text(cookie_find(h, "Session"), "");
    assert_text(cookie_find((struct str){ 0 }, "a"), "");
    assert_text(cookie_find(STR(";;;=;\"=\""), "a"), "");
}

static void cookies_are_written_with_their_fences(void **state UNUSED)
{
    struct buf b;
    struct err err;
    buf_init(&b, 4096);
    struct cookie c = { .name = "s", .value = STR("t"), .max_age = 60, .secure = true };
    assert_int_equal(cookie_write(&b, &c, &err), 0);
    assert_text(buf_str(&b), "s=t; Path=/; SameSite=Lax; Max-Age=60; HttpOnly; Secure");
    buf_clear(&b);
    c = (struct cookie){ .name = "lang", .value = STR("zh"), .max_age = -1, .readable = true };
    assert_int_equal(cookie_write(&b, &c, &err), 0);
    assert_text(buf_str(&b), "lang=zh; Path=/; SameSite=Lax");
    buf_clear(&b);
    static const char *const bad[] = { "a;b", "a b", "a\r\nX: y", "a\"b", "a,b", "a\\b", "草" };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        c.value = str_from(bad[i]);
        assert_int_equal(cookie_write(&b, &c, &err), ERR_INVALID);
    }
    assert_text(buf_str(&b), "");
    buf_release(&b);
}

static void the_best_language_wins(void **state UNUSED)
{
    static const char *const tags[] = { "en", "zh" };
    static const struct {
        const char *header;
        int want;
    } cases[] = { { "", 0 },
                  { "zh", 1 },
                  { "zh, en", 1 },
                  { "en, zh", 0 },
                  { "zh-Hans-CN,zh;q=0.9,en;q=0.8", 1 },
                  { "ZH-TW", 1 },
                  { "de, en;q=0.3, zh;q=0.7", 1 },
                  { "zh;q=0.3, en;q=0.7", 0 },
                  { "zh;q=0, en;q=0.1", 0 },
                  { "zho", 0 },
                  { "zhx-CN", 0 },
                  { "*", 0 },
                  { "fr, zh;q=0.001", 1 },
                  { "zh;q=nonsense", 1 },
                  { ",,;;q=,", 0 } };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_int_equal(http_choose_language(str_from(cases[i].header), tags, 2, 0),
                         cases[i].want);
    assert_int_equal(http_choose_language(STR("fr"), tags, 2, 1), 1);
}

static void json_is_sent_to_who_asks_for_it(void **state UNUSED)
{
    static const struct {
        const char *header;
        enum http_accept want;
    } cases[] = {
        { "", HTTP_ACCEPT_HTML },
        { "*/*", HTTP_ACCEPT_HTML },
        { "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", HTTP_ACCEPT_HTML },
        { "application/json", HTTP_ACCEPT_JSON },
        { "Application/JSON; charset=utf-8", HTTP_ACCEPT_JSON },
        { "application/json, text/html", HTTP_ACCEPT_HTML },
        { "text/html;q=0.5, application/json;q=0.6", HTTP_ACCEPT_JSON },
        { "application/problem+json, */*", HTTP_ACCEPT_JSON },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_int_equal(http_choose_form(str_from(cases[i].header)), cases[i].want);
}

static void media_types_have_parameters(void **state UNUSED)
{
    struct str v = STR("untouched");
    struct str h = STR("multipart/form-data ; a=\"x;boundary=no\"; Boundary=\"--b c\" ;charset=x");
    assert_text(http_media_type(h), "multipart/form-data");
    assert_true(http_is_type(h, "Multipart/Form-Data"));
    assert_false(http_is_type(h, "multipart/form"));
    assert_true(http_param(h, "boundary", &v));
    assert_text(v, "--b c");
    assert_true(http_param(h, "charset", &v));
    assert_text(v, "x");
    assert_false(http_param(h, "none", &v));
    assert_false(http_param(STR("boundary=x"), "boundary", &v));
    assert_false(http_param((struct str){ 0 }, "boundary", &v));
    assert_text(v, "x");
}

static void single_ranges_are_cut_to_size(void **state UNUSED)
{
    static const struct {
        const char *header;
        enum http_range want;
        int64_t size, first, last;
    } cases[] = { { "bytes=0-0", HTTP_RANGE_PART, 10, 0, 0 },
                  { "bytes=2-5", HTTP_RANGE_PART, 10, 2, 5 },
                  { "bytes=2-", HTTP_RANGE_PART, 10, 2, 9 },
                  { "bytes=-3", HTTP_RANGE_PART, 10, 7, 9 },
                  { "bytes=-99", HTTP_RANGE_PART, 10, 0, 9 },
                  { "Bytes=2-99", HTTP_RANGE_PART, 10, 2, 9 },
                  { "bytes=10-", HTTP_RANGE_UNSATISFIABLE, 10, 0, 0 },
                  { "bytes=-0", HTTP_RANGE_UNSATISFIABLE, 10, 0, 0 },
                  { "bytes=0-", HTTP_RANGE_UNSATISFIABLE, 0, 0, 0 },
                  { "bytes=-5", HTTP_RANGE_UNSATISFIABLE, 0, 0, 0 },
                  { "bytes=5-2", HTTP_RANGE_NONE, 10, 0, 0 },
                  { "bytes=-", HTTP_RANGE_NONE, 10, 0, 0 },
                  { "bytes=", HTTP_RANGE_NONE, 10, 0, 0 },
                  { "bytes=0-1,3-4", HTTP_RANGE_NONE, 10, 0, 0 },
                  { "bytes=--1", HTTP_RANGE_NONE, 10, 0, 0 },
                  { "bytes=+1-2", HTTP_RANGE_NONE, 10, 0, 0 },
                  { "bytes=99999999999999999999-", HTTP_RANGE_NONE, 10, 0, 0 },
                  { "items=0-1", HTTP_RANGE_NONE, 10, 0, 0 },
                  { "", HTTP_RANGE_NONE, 10, 0, 0 } };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        int64_t first = 0, last = 0;
        assert_int_equal(http_range(str_from(cases[i].header), cases[i].size, &first, &last),
                         cases[i].want);
        assert_int_equal(first, cases[i].first);
        assert_int_equal(last, cases[i].last);
    }
}

static void http_dates_there_and_back(void **state UNUSED)
{
    char out[HTTP_DATE_SIZE];
    int64_t at = 7;
    assert_text(http_date_write(out, INT64_C(784111777) * TIME_SECOND),
                "Sun, 06 Nov 1994 08:49:37 GMT");
    assert_true(http_date_read(STR("Sun, 06 Nov 1994 08:49:37 GMT"), &at));
    assert_true(at == INT64_C(784111777) * TIME_SECOND);
    static const char *const bad[] = { "",
                                       "Mon, 06 Nov 1994 08:49:37 GMT",
                                       "Sun, 06 Nov 1994 08:49:37 UTC",
                                       "Sun, 31 Feb 1994 08:49:37 GMT",
                                       "Sun, 06 Nop 1994 08:49:37 GMT",
                                       "Sun, 06 Nov 1994 24:49:37 GMT",
                                       "Sunday, 06-Nov-94 08:49:37 GMT" };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(http_date_read(str_from(bad[i]), &at));
    assert_true(at == INT64_C(784111777) * TIME_SECOND);
    http_date_write(out, INT64_MAX);
    http_date_write(out, INT64_MIN);
}

static void tags_are_compared_whole(void **state UNUSED)
{
    assert_true(http_etag_matches(STR("\"abc\""), STR("abc")));
    assert_true(http_etag_matches(STR("W/\"abc\""), STR("abc")));
    assert_true(http_etag_matches(STR("\"x\", W/\"a,b\" ,\"abc\""), STR("abc")));
    assert_true(http_etag_matches(STR("\"a,b\""), STR("a,b")));
    assert_true(http_etag_matches(STR(" * "), STR("abc")));
    assert_false(http_etag_matches(STR("\"abcd\""), STR("abc")));
    assert_false(http_etag_matches(STR("abc"), STR("abc")));
    assert_false(http_etag_matches(STR("\"abc"), STR("abc")));
    assert_false(http_etag_matches(STR("\"x\"abc\"y\""), STR("abc")));
    assert_false(http_etag_matches((struct str){ 0 }, STR("abc")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cookies_are_found_by_exact_name),
        cmocka_unit_test(cookies_are_written_with_their_fences),
        cmocka_unit_test(the_best_language_wins),
        cmocka_unit_test(json_is_sent_to_who_asks_for_it),
        cmocka_unit_test(media_types_have_parameters),
        cmocka_unit_test(single_ranges_are_cut_to_size),
        cmocka_unit_test(http_dates_there_and_back),
        cmocka_unit_test(tags_are_compared_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
