/* Texts that a reader takes for the same fold alike; held words are found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "words/fold.h"

static void folds(const char *from, const char *to)
{
    struct arena a;
    struct err err = { 0 };
    struct str text = { 0 };
    arena_init(&a, 1 << 20);
    assert_int_equal(text_fold(&a, str_from(from), &text, &err), 0);
    assert_string_equal(arena_cstr(&a, text), to);
    arena_release(&a);
}

static bool holds(const char *text, const char *word)
{
    struct arena a;
    struct err err = { 0 };
    struct text_haystack haystack = { 0 }, needle = { 0 };
    arena_init(&a, 1 << 20);
    assert_int_equal(text_haystack(&a, str_from(text), &haystack, &err), 0);
    assert_int_equal(text_haystack(&a, str_from(word), &needle, &err), 0);
    bool found = text_holds(&haystack, &needle);
    arena_release(&a);
    return found;
}

static void case_width_and_script_are_gone(void **state)
{
    (void)state;
    folds("Hello", "hello");
    folds("ＨＥＬＬＯ　１２", "hello 12");
    folds("減肥藥", "减肥药");
    folds("STRASSE straße", "strasse strasse");
    folds("a\xe2\x80\x8b"
          "b",
          "ab"); /* a space of no width */
    folds("", "");
    folds("\xef\xb7\xba", "\xd8\xb5\xd9\x84\xd9\x89 \xd8\xa7\xd9\x84\xd9\x84\xd9\x87 "
                          "\xd8\xb9\xd9\x84\xd9\x8a\xd9\x87 \xd9\x88\xd8\xb3\xd9\x84\xd9\x85");
}

static void a_latin_word_is_found_as_a_word(void **state)
{
    (void)state;
    assert_true(holds("Buy SPAM here", "spam"));
    assert_true(holds("ｓｐａｍ", "spam"));
    assert_true(holds("s p a m!", "spam"));
    assert_true(holds("so s.p.a.m", "spam"));
    assert_true(holds("sp-am", "spam"));
    assert_true(holds("s_p_a_m", "Spam"));
    assert_true(holds("spam", "spam"));
    assert_true(holds("so, BUY  now: it is", "buy now"));
    assert_false(holds("buy it now", "buy now"));
    assert_false(holds("a classic", "ass"));
    assert_false(holds("as simple", "ass"));
    assert_false(holds("spammer", "spam"));
    assert_false(holds("", "spam"));
    assert_false(holds("spam", ""));
    assert_false(holds("spam", " - "));
}

static void a_chinese_word_is_found_anywhere(void **state)
{
    (void)state;
    assert_true(holds("這是減肥藥嗎", "减肥药"));
    assert_true(holds("减 肥 药", "减肥药"));
    assert_true(holds("减*肥.药", "減肥藥"));
    assert_true(holds("加微信wx123", "微信WX"));
    assert_false(holds("减肥", "减肥药"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_width_and_script_are_gone),
        cmocka_unit_test(a_latin_word_is_found_as_a_word),
        cmocka_unit_test(a_chinese_word_is_found_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
