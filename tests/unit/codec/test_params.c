/* codec/percent.h, query.h, params.h: what comes in with an address or a form. */
#include "unit/unit.h"

#include <string.h>

#include "codec/params.h"
#include "codec/percent.h"
#include "codec/query.h"
#include "unit/torture.h"

static void percent_decodes_what_is_well_formed(void **state UNUSED)
{
    struct arena a;
    struct err err;
    struct str s;
    arena_init(&a, 4096);
    assert_int_equal(percent_decode(&a, STR("a%20b+c%2f%E8%8D%89"), false, &s, &err), 0);
    assert_text(s, "a b+c/草");
    assert_int_equal(percent_decode(&a, STR("a+b%2B"), true, &s, &err), 0);
    assert_text(s, "a b+");
    assert_int_equal(percent_decode(&a, STR("plain"), true, &s, &err), 0);
    assert_text(s, "plain");
    assert_int_equal(percent_decode(&a, (struct str){ 0 }, true, &s, &err), 0);
    assert_text(s, "");
    arena_release(&a);
}

static void percent_refuses_the_rest(void **state UNUSED)
{
    static const char *const bad[] = { "%",     "%4",  "a%",     "%g0",    "%0g",       "%00",
                                       "a%00b", "%ff", "%C0%80", "%E8%8D", "%ED%A0%80", "\xff" };
    struct arena a;
    struct err err;
    struct str s = STR("untouched");
    arena_init(&a, 4096);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        err_clear(&err);
        assert_int_equal(percent_decode(&a, str_from(bad[i]), true, &s, &err), ERR_MALFORMED);
        assert_int_equal(err.code, ERR_MALFORMED);
    }
    assert_text(s, "untouched");
    arena_release(&a);
    arena_init(&a, 2);
    assert_int_equal(percent_decode(&a, STR("a+b"), true, &s, &err), ERR_NOMEM);
    arena_release(&a);
}

static void encoding_reads_back(void **state UNUSED)
{
    struct arena a;
    struct buf b;
    struct err err;
    struct str back;
    char every[255];
    for (size_t i = 0; i < sizeof(every); i++)
        every[i] = (char)(i % 127 + 1);
    arena_init(&a, 4096);
    buf_init(&b, 4096);
    percent_encode(&b, STR("a b/草~"));
    assert_text(buf_str(&b), "a%20b%2F%E8%8D%89~");
    buf_clear(&b);
    percent_encode_path(&b, STR("/n/a b"));
    assert_text(buf_str(&b), "/n/a%20b");
    buf_clear(&b);
    percent_encode(&b, (struct str){ every, sizeof(every) });
    assert_int_equal(percent_decode(&a, buf_str(&b), true, &back, &err), 0);
    assert_true(str_eq(back, (struct str){ every, sizeof(every) }));
    buf_clear(&b);
    BUF_PUT_LIT(&b, "/search?");
    query_put(&b, "q", STR("tea & 茶"));
    query_put(&b, "page", STR("2"));
    assert_text(buf_str(&b), "/search?q=tea%20%26%20%E8%8C%B6&page=2");
    buf_release(&b);
    arena_release(&a);
}

static void a_query_becomes_a_list(void **state UNUSED)
{
    struct arena a;
    struct params p;
    struct err err;
    int64_t n = 5;
    int count;
    arena_init(&a, 1 << 16);
    params_init(&p, &a);
    assert_int_equal(query_parse(STR("a=1&b=x+y&&a=2&flag&e=&c=%E8%8D%89=&a=-3"), &p, &err), 0);
    assert_int_equal(p.n, 7);
    assert_text(params_get(&p, "b"), "x y");
    assert_text(params_get(&p, "c"), "草=");
    assert_text(params_get(&p, "none"), "");
    assert_true(params_has(&p, "flag"));
    assert_true(params_has(&p, "e"));
    assert_false(params_has(&p, "none"));
    assert_int_equal(params_count(&p, "a"), 3);
    assert_text(params_get_nth(&p, "a", 1), "2");
    assert_text(params_get_nth(&p, "a", 3), "");
    assert_text(params_get_nth(&p, "a", -1), "");
    struct str *all = params_get_all(&p, "a", &count);
    assert_int_equal(count, 3);
    assert_text(all[2], "-3");
    assert_null(params_get_all(&p, "none", &count));
    assert_int_equal(count, 0);
    assert_true(params_int(&p, "a", &n));
    assert_int_equal(n, 1);
    assert_false(params_int(&p, "b", &n));
    assert_false(params_int(&p, "none", &n));
    assert_int_equal(n, 1);
    assert_int_equal(query_parse((struct str){ 0 }, &p, &err), 0);
    assert_int_equal(query_parse(STR("a=%zz"), &p, &err), ERR_MALFORMED);
    assert_int_equal(query_parse(STR("%=1"), &p, &err), ERR_MALFORMED);
    arena_release(&a);
}

static void no_list_is_an_empty_list(void **state UNUSED)
{
    int64_t n;
    assert_text(params_get(NULL, "a"), "");
    assert_false(params_has(NULL, "a"));
    assert_int_equal(params_count(NULL, "a"), 0);
    assert_false(params_int(NULL, "a", &n));
    assert_null(params_file(NULL, "a", 0));
}

static void files_stand_beside_texts(void **state UNUSED)
{
    struct arena a;
    struct params p;
    struct err err;
    struct upload one = { .field = STR("photo"), .filename = STR("1.jpg"), .size = 3 };
    struct upload two = { .field = STR("photo"), .filename = STR("2.jpg"), .size = 4 };
    arena_init(&a, 1 << 16);
    params_init(&p, &a);
    assert_int_equal(params_add(&p, STR("photo"), STR("not a file"), &err), 0);
    assert_int_equal(params_add_file(&p, &one, &err), 0);
    assert_int_equal(params_add_file(&p, &two, &err), 0);
    assert_ptr_equal(params_file(&p, "photo", 0), &one);
    assert_ptr_equal(params_file(&p, "photo", 1), &two);
    assert_null(params_file(&p, "photo", 2));
    assert_null(params_file(&p, "other", 0));
    assert_int_equal(params_count(&p, "photo"), 3);
    arena_release(&a);
}

static void a_list_has_a_ceiling(void **state UNUSED)
{
    struct arena a;
    struct params p;
    struct err err;
    char text[PARAMS_MAX * 2 + 2];
    for (size_t i = 0; i < sizeof(text); i += 2)
        memcpy(text + i, "a&", 2);
    arena_init(&a, 1 << 20);
    params_init(&p, &a);
    assert_int_equal(query_parse((struct str){ text, PARAMS_MAX * 2 }, &p, &err), 0);
    params_init(&p, &a);
    assert_int_equal(query_parse((struct str){ text, sizeof(text) }, &p, &err), ERR_TOO_LARGE);
    assert_int_equal(p.n, PARAMS_MAX);
    arena_release(&a);
}

static void parse_long(void *ctx UNUSED)
{
    struct arena a;
    struct params p;
    struct err err;
    char text[4000];
    for (size_t i = 0; i < sizeof(text); i += 8)
        memcpy(text + i, "a=%41+b&", 8);
    arena_init(&a, 1 << 20);
    params_init(&p, &a);
    int rc = query_parse((struct str){ text, sizeof(text) }, &p, &err);
    assert_true(rc == 0 ? p.n == 500 : rc == ERR_NOMEM);
    arena_release(&a);
}

static void failed_allocations_are_reported(void **state UNUSED)
{
    assert_true(torture(parse_long, NULL) >= 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(percent_decodes_what_is_well_formed),
        cmocka_unit_test(percent_refuses_the_rest),
        cmocka_unit_test(encoding_reads_back),
        cmocka_unit_test(a_query_becomes_a_list),
        cmocka_unit_test(no_list_is_an_empty_list),
        cmocka_unit_test(files_stand_beside_texts),
        cmocka_unit_test(a_list_has_a_ceiling),
        cmocka_unit_test(failed_allocations_are_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
