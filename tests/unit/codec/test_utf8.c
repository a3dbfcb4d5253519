/* codec/utf8.h: what is valid, stepping, cutting. */
#include "unit/unit.h"

#include <string.h>

#include "codec/utf8.h"

static void valid_text_is_taken(void **state UNUSED)
{
    static const char *const good[] = { "",
                                        "plain text, longer than eight",
                                        "草原上的小站",
                                        "é\xcc\x81",
                                        "\x7f",
                                        "\xc2\x80",
                                        "\xdf\xbf",
                                        "\xe0\xa0\x80",
                                        "\xed\x9f\xbf",
                                        "\xee\x80\x80",
                                        "\xef\xbf\xbf",
                                        "\xf0\x90\x80\x80",
                                        "\xf4\x8f\xbf\xbf",
                                        "👩‍🌾" };
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        assert_true(utf8_valid(str_from(good[i])));
    assert_true(utf8_valid((struct str){ 0 }));
}

static void invalid_text_is_refused_wherever_it_stands(void **state UNUSED)
{
    static const struct str bad[] = {
        { "\0", 1 },
        { "\x80", 1 },             /* continues nothing */
        { "\xc0\x80", 2 },         /* overlong NUL */
        { "\xc1\xbf", 2 },         /* overlong */
        { "\xe0\x9f\xbf", 3 },     /* overlong */
        { "\xf0\x8f\xbf\xbf", 4 }, /* overlong */
        { "\xed\xa0\x80", 3 },     /* surrogate */
        { "\xed\xbf\xbf", 3 },     /* surrogate */
        { "\xf4\x90\x80\x80", 4 }, /* above U+10FFFF */
        { "\xf5\x80\x80\x80", 4 },
        { "\xff", 1 },
        { "\xc2", 1 },     /* cut short */
        { "\xe8\x8d", 2 }, /* cut short */
        { "\xf0\x9f\x91", 3 },
        { "\xc2\x20", 2 }, /* a space where a tail should be */
        { "\xe8\x8d\x41", 3 },
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        for (size_t lead = 0; lead < 20; lead++) {
            char text[40];
            memset(text, 'a', sizeof(text));
            memcpy(text + lead, bad[i].ptr, bad[i].len);
            assert_false(utf8_valid((struct str){ text, lead + bad[i].len }));
            assert_false(utf8_valid((struct str){ text, sizeof(text) }) && bad[i].len > 0);
        }
    }
}

static void every_code_point_comes_back(void **state UNUSED)
{
    struct buf b;
    buf_init(&b, 16);
    for (uint32_t code = 1; code <= 0x10ffff; code++) {
        uint32_t back = 0;
        size_t at = 0;
        if (code >= 0xd800 && code < 0xe000)
            continue;
        buf_clear(&b);
        utf8_put(&b, code);
        assert_true(utf8_valid(buf_str(&b)));
        assert_true(utf8_next(buf_str(&b), &at, &back));
        assert_int_equal(back, code);
        assert_int_equal(at, b.len);
        assert_false(utf8_next(buf_str(&b), &at, &back));
    }
    buf_clear(&b);
    utf8_put(&b, 0xd800);
    utf8_put(&b, 0x110000);
    assert_text(buf_str(&b), "\xef\xbf\xbd\xef\xbf\xbd");
    buf_release(&b);
}

static void bad_bytes_count_one_each(void **state UNUSED)
{
    struct buf b;
    assert_int_equal(utf8_count(STR("草a\xff\xe8\x8d")), 5);
    assert_int_equal(utf8_count(STR("草原")), 2);
    assert_int_equal(utf8_length(STR("草"), 0), 3);
    assert_int_equal(utf8_length(STR("草"), 1), 0);
    assert_int_equal(utf8_length(STR("草"), 3), 0);
    buf_init(&b, 100);
    utf8_put_clean(&b, STR("a\xff"
                           "草\0\xe8\x8d"));
    assert_text(buf_str(&b), "a\xef\xbf\xbd草\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    buf_release(&b);
}

static void cuts_never_split_a_character(void **state UNUSED)
{
    static const char *const want[] = { "",    "a",   "a",   "a",    "a草",
                                        "a草", "a草", "a草", "a草👩", "a草👩" };
    struct str s = STR("a草👩");
    for (size_t max = 0; max < ARRAY_LEN(want); max++)
        assert_text(utf8_cut_bytes(s, max), want[max]);
    assert_text(utf8_cut_points(s, 2), "a草");
    assert_text(utf8_cut_points(s, 9), "a草👩");
    assert_text(utf8_cut_points(s, 0), "");
    assert_int_equal(utf8_cut_bytes(STR("\x80\x80\x80\x80\x80\x80"), 4).len, 4);
    assert_int_equal(utf8_cut_bytes(STR("\xff\x80\x80\x80"), 2).len, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(valid_text_is_taken),
        cmocka_unit_test(invalid_text_is_refused_wherever_it_stands),
        cmocka_unit_test(every_code_point_comes_back),
        cmocka_unit_test(bad_bytes_count_one_each),
        cmocka_unit_test(cuts_never_split_a_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
