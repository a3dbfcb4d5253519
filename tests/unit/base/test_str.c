/* base/str.h: slices, comparison, splitting, numbers, hashing. */
#include "unit/unit.h"

#include "base/str.h"

static const struct str nothing = { 0 };

static void equality_and_order_go_by_bytes(void **state UNUSED)
{
    assert_true(str_eq(STR("a"), STR("a")));
    assert_false(str_eq(STR("a"), STR("b")));
    assert_false(str_eq(STR("a"), STR("ab")));
    assert_true(str_eq(nothing, STR("")));
    assert_true(str_eq_c(nothing, NULL));
    assert_false(str_eq(STR("a\0b"), STR("a\0c")));
    assert_true(str_cmp(STR("a"), STR("b")) < 0);
    assert_true(str_cmp(STR("a"), STR("")) > 0);
    assert_true(str_cmp(STR("\xff"), STR("a")) > 0);
    assert_int_equal(str_cmp(nothing, STR("")), 0);
    assert_true(str_eq_nocase(STR("Content-TYPE"), STR("content-type")));
    assert_false(str_eq_nocase(STR("[abc"), STR("{abc")));
}

static void slices_are_clamped(void **state UNUSED)
{
    assert_text(str_slice(STR("meadow"), 1, 3), "ead");
    assert_text(str_slice(STR("meadow"), 4, 99), "ow");
    assert_text(str_slice(STR("meadow"), 99, SIZE_MAX), "");
    assert_text(str_slice(nothing, 3, 3), "");
    assert_true(str_starts(STR("meadow"), STR("mea")));
    assert_false(str_starts(STR("me"), STR("mea")));
    assert_true(str_ends(STR("meadow"), STR("dow")));
    assert_true(str_ends(STR("x"), nothing));
    assert_false(str_ends(STR("ow"), STR("dow")));
    assert_text(str_trim(STR(" \t\r\n a b \v\f")), "a b");
    assert_text(str_trim(STR(" \n ")), "");
    assert_text(str_trim(nothing), "");
    assert_int_equal(str_index(STR("a=b=c"), '='), 1);
    assert_int_equal(str_index(STR("abc"), '='), -1);
    assert_int_equal(str_index(nothing, '='), -1);
}

static void next_gives_every_piece(void **state UNUSED)
{
    struct str rest = STR("a,,b,"), piece;
    const char *want[] = { "a", "", "b", "" };
    for (size_t i = 0; i < ARRAY_LEN(want); i++) {
        assert_true(str_next(&rest, ',', &piece));
        assert_text(piece, want[i]);
    }
    assert_false(str_next(&rest, ',', &piece));
    rest = STR("");
    assert_true(str_next(&rest, ',', &piece));
    assert_text(piece, "");
    assert_false(str_next(&rest, ',', &piece));
    rest = nothing;
    assert_false(str_next(&rest, ',', &piece));
}

static void numbers_are_whole_and_bounded(void **state UNUSED)
{
    static const struct {
        const char *text;
        int64_t value;
    } good[] = { { "0", 0 },
                 { "-0", 0 },
                 { "+7", 7 },
                 { "007", 7 },
                 { "9223372036854775807", INT64_MAX },
                 { "-9223372036854775808", INT64_MIN } };
    static const char *const bad[] = { "",
                                       "-",
                                       "+",
                                       " 1",
                                       "1 ",
                                       "1.0",
                                       "0x1",
                                       "--1",
                                       "１",
                                       "1e3",
                                       "9223372036854775808",
                                       "-9223372036854775809",
                                       "99999999999999999999999" };
    int64_t value;
    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        assert_true(str_to_int(str_from(good[i].text), &value));
        assert_true(value == good[i].value);
    }
    value = 42;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(str_to_int(str_from(bad[i]), &value));
    assert_false(str_to_int(nothing, &value));
    assert_false(str_to_int(STR("1\0"), &value));
    assert_int_equal(value, 42);
}

static void hashes_tell_texts_apart(void **state UNUSED)
{
    char text[70];
    uint64_t seen[70];
    for (size_t len = 0; len < 70; len++) {
        text[len] = 'a';
        seen[len] = str_hash((struct str){ text, len });
        assert_true(seen[len] == str_hash((struct str){ text, len }));
        for (size_t i = 0; i < len; i++)
            assert_true(seen[i] != seen[len]);
    }
    assert_true(str_hash(STR("12345678a")) != str_hash(STR("12345678b")));
    assert_true(str_hash(nothing) == str_hash(STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equality_and_order_go_by_bytes),
        cmocka_unit_test(slices_are_clamped),
        cmocka_unit_test(next_gives_every_piece),
        cmocka_unit_test(numbers_are_whole_and_bounded),
        cmocka_unit_test(hashes_tell_texts_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
