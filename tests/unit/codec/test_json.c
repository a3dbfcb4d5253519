/* codec/json_in.h and json_out.h: JSON to a list, values to JSON. */
#include "unit/unit.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#include "codec/json_in.h"
#include "codec/json_out.h"
#include "unit/torture.h"

static struct arena arena;
static struct params params;
static struct err err;

static int parse(struct str text)
{
    arena_release(&arena);
    arena_init(&arena, 1 << 22);
    params_init(&params, &arena);
    err_clear(&err);
    return json_in_parse(text, &params, &err);
}

static void an_object_is_flattened(void **state UNUSED)
{
    assert_int_equal(
        parse(STR("{\"a\":{\"b\":1,\"z\":{\"y\":\"草\"}},\"c\":[\"x\",\"y\"],\"on\":true,"
                  "\"off\":false,\"no\":null,\"r\":12.1,\"n\":-9223372036854775808,"
                  "\"lines\":[{\"sku\":\"s1\"},{\"sku\":\"s2\",\"n\":3}],\"m\":[[1,2],[3]],"
                  "\"e\":[],\"o\":{},\"\xe8\x8c\xb6\":\"\\ud83c\\udf75\"}")),
        0);
    assert_text(params_get(&params, "a.b"), "1");
    assert_text(params_get(&params, "a.z.y"), "草");
    assert_int_equal(params_count(&params, "c"), 2);
    assert_text(params_get_nth(&params, "c", 1), "y");
    assert_text(params_get(&params, "on"), "true");
    assert_text(params_get(&params, "off"), "false");
    assert_false(params_has(&params, "no"));
    assert_text(params_get(&params, "r"), "12.1");
    assert_text(params_get(&params, "n"), "-9223372036854775808");
    assert_text(params_get(&params, "lines.0.sku"), "s1");
    assert_text(params_get(&params, "lines.1.sku"), "s2");
    assert_text(params_get(&params, "lines.1.n"), "3");
    assert_text(params_get_nth(&params, "m.0", 1), "2");
    assert_text(params_get(&params, "m.1"), "3");
    assert_false(params_has(&params, "e"));
    assert_text(params_get(&params, "茶"), "🍵");
    assert_int_equal(parse(STR("{}")), 0);
    assert_int_equal(params.n, 0);
}

static void what_is_no_clean_object_is_refused(void **state UNUSED)
{
    static const char *const bad[] = { "",
                                       "[]",
                                       "[1]",
                                       "1",
                                       "\"a\"",
                                       "null",
                                       "{",
                                       "{\"a\"}",
                                       "{\"a\":1,}",
                                       "{\"a\":1}x",
                                       "{\"a\":1}{}",
                                       "{\"a\":1,\"a\":2}",
                                       "{\"a\":{\"b\":1,\"b\":1}}",
                                       "{\"a.b\":1}",
                                       "{\"\":1}",
                                       "{\"a\":\"\\u0000\"}",
                                       "{\"a\":\"\xff\"}",
                                       "{\"a\":\"\\ud800\"}",
                                       "{\"a\":01}",
                                       "{\"a\":99999999999999999999}",
                                       "{\"a\":1e999}",
                                       "{'a':1}",
                                       "{\"a\":NaN}",
                                       "\xef\xbb\xbf{}",
                                       "{\"a\":\"\n\"}",
                                       "/**/{}" };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        assert_int_equal(parse(str_from(bad[i])), ERR_MALFORMED);
        assert_int_equal(err.code, ERR_MALFORMED);
    }
    assert_int_equal(parse((struct str){ 0 }), ERR_MALFORMED);
    assert_int_equal(parse(STR("{\"a\":1}\0")), ERR_MALFORMED);
}

static void errors_do_not_repeat_the_input(void **state UNUSED)
{
    assert_int_equal(parse(STR("{\"password\": hunter2}")), ERR_MALFORMED);
    assert_null(strstr(err.detail, "hunter2"));
}

static void depth_bytes_and_entries_have_ceilings(void **state UNUSED)
{
    static char text[JSON_IN_MAX + 100];
    struct buf b;
    buf_init(&b, sizeof(text));
    for (int depth = JSON_IN_DEPTH; depth <= JSON_IN_DEPTH + 1; depth++) {
        buf_clear(&b);
        BUF_PUT_LIT(&b, "{\"a\":\"[[[[[[[[[[[[[[[[[[[[\\\"\",\"b\":");
        for (int i = 1; i < depth; i++)
            buf_put_char(&b, '[');
        for (int i = 1; i < depth; i++)
            buf_put_char(&b, ']');
        buf_put_char(&b, '}');
        assert_int_equal(parse(buf_str(&b)), depth > JSON_IN_DEPTH ? ERR_TOO_LARGE : 0);
    }
    buf_clear(&b);
    BUF_PUT_LIT(&b, "{\"a\":[0");
    for (int i = 0; i < PARAMS_MAX; i++)
        BUF_PUT_LIT(&b, ",1");
    BUF_PUT_LIT(&b, "]}");
    assert_int_equal(parse(buf_str(&b)), ERR_TOO_LARGE);
    buf_release(&b);
    memset(text, ' ', sizeof(text));
    memcpy(text, "{}", 2);
    assert_int_equal(parse((struct str){ text, JSON_IN_MAX }), 0);
    assert_int_equal(parse((struct str){ text, JSON_IN_MAX + 1 }), ERR_TOO_LARGE);
}

static void parse_once(void *ctx UNUSED)
{
    int rc = parse(STR("{\"a\":{\"bcdefghijklmnopqrstuvwxyz\":[1,2,3,4,5,6,7,8,9,10,11,12,13,"
                       "14,15,16,17,18,19,20,{\"c\":\"d\"}]}}"));
    assert_true(rc == 0 ? params.n == 21 : rc == ERR_NOMEM);
}

static void failed_allocations_are_reported(void **state UNUSED)
{
    assert_true(torture(parse_once, NULL) >= 2);
    arena_release(&arena);
    arena_init(&arena, 300);
    params_init(&params, &arena);
    assert_int_equal(json_in_parse(STR("{\"a\":1}"), &params, &err), ERR_NOMEM);
    arena_release(&arena);
}

static void values_are_written_with_their_commas(void **state UNUSED)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, 4096);
    json_out_init(&j, &b);
    json_begin_object(&j);
    json_member_str(&j, "s", STR("a"));
    json_member_int(&j, "n", INT64_MIN);
    json_member_bool(&j, "t", true);
    json_key(&j, "list");
    json_begin_array(&j);
    json_int(&j, 1);
    json_begin_array(&j);
    json_end_array(&j);
    json_begin_object(&j);
    json_end_object(&j);
    json_c(&j, NULL);
    json_c(&j, "x");
    json_end_array(&j);
    assert_false(json_out_done(&j));
    json_key(&j, "raw");
    json_raw(&j, STR("{\"k\":[]}"));
    json_key(&j, "f");
    json_bool(&j, false);
    json_end_object(&j);
    assert_true(json_out_done(&j));
    assert_text(buf_str(&b), "{\"s\":\"a\",\"n\":-9223372036854775808,\"t\":true,"
                             "\"list\":[1,[],{},null,\"x\"],\"raw\":{\"k\":[]},\"f\":false}");
    buf_release(&b);
}

static void texts_are_escaped_and_always_utf8(void **state UNUSED)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, 4096);
    json_out_init(&j, &b);
    json_str(&j, STR("\"\\\n\r\t\x01\x7f</script>&草\xe2\x80\xa8👩\xff\0\xed\xa0\x80"));
    assert_text(buf_str(&b),
                "\"\\\"\\\\\\n\\r\\t\\u0001\\u007f\\u003c/script\\u003e\\u0026草\\u2028👩"
                "\xef\xbf\xbd\\u0000\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
    buf_clear(&b);
    json_out_init(&j, &b);
    json_str(&j, (struct str){ 0 });
    assert_text(buf_str(&b), "\"\"");
    buf_release(&b);
}

static void every_byte_reads_back(void **state UNUSED)
{
    struct buf b;
    struct json_out j;
    char text[128];
    for (int i = 0; i < 128; i++)
        text[i] = (char)i;
    buf_init(&b, 4096);
    json_out_init(&j, &b);
    json_str(&j, (struct str){ text, sizeof(text) });
    json_t *back = json_loadb(b.ptr, b.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    assert_non_null(back);
    assert_int_equal(json_string_length(back), sizeof(text));
    assert_memory_equal(json_string_value(back), text, sizeof(text));
    json_decref(back);
    buf_release(&b);
}

static void doubles_are_short_and_exact(void **state UNUSED)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, 4096);
    json_out_init(&j, &b);
    json_begin_array(&j);
    json_double(&j, 0.1);
    json_double(&j, 12.0);
    json_double(&j, 1.0 / 3);
    json_double(&j, -1e300);
    json_double(&j, NAN);
    json_double(&j, -INFINITY);
    json_nil(&j);
    json_end_array(&j);
    assert_text(buf_str(&b), "[0.1,12,0.3333333333333333,-1e+300,null,null,null]");
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_object_is_flattened),
        cmocka_unit_test(what_is_no_clean_object_is_refused),
        cmocka_unit_test(errors_do_not_repeat_the_input),
        cmocka_unit_test(depth_bytes_and_entries_have_ceilings),
        cmocka_unit_test(failed_allocations_are_reported),
        cmocka_unit_test(values_are_written_with_their_commas),
        cmocka_unit_test(texts_are_escaped_and_always_utf8),
        cmocka_unit_test(every_byte_reads_back),
        cmocka_unit_test(doubles_are_short_and_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
