/* words/text.h */
#include "unit/unit.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "codec/utf8.h"
#include "unit/torture.h"
#include "words/text.h"

#define FAMILY "\U0001F468\u200D\U0001F469\u200D\U0001F467" /* one sign of five code points */
#define FLAG   "\U0001F1E8\U0001F1F3"

static void graphemes_are_counted(void **state)
{
    (void)state;
    assert_int_equal(text_count(STR("")), 0);
    assert_int_equal(text_count(STR("abc")), 3);
    assert_int_equal(text_count(STR("草地")), 2);
    assert_int_equal(text_count(STR("e\u0301")), 1);
    assert_int_equal(text_count(STR(FAMILY "a" FLAG)), 3);
    assert_int_equal(text_count(STR("\r\n")), 1);
    assert_int_equal(text_count((struct str){ 0 }), 0);
}

/* The quick way for common text agrees with ICU on every such character. */
static void common_text_is_counted_as_icu_does(void **state)
{
    (void)state;
    static const uint32_t ranges[][2] = { { 0x20, 0x7f },     { 0xa0, 0x300 },
                                          { 0x2010, 0x2028 }, { 0x3000, 0x302a },
                                          { 0x3041, 0x3097 }, { 0x30a0, 0x3100 },
                                          { 0x4e00, 0xa000 }, { 0xff01, 0xff61 } };
    struct buf all;
    buf_init(&all, 1 << 20);
    for (size_t r = 0; r < ARRAY_LEN(ranges); r++)
        for (uint32_t c = ranges[r][0]; c < ranges[r][1]; c++)
            utf8_put(&all, c);
    UErrorCode code = U_ZERO_ERROR;
    UText text = UTEXT_INITIALIZER;
    UBreakIterator *icu = ubrk_open(UBRK_CHARACTER, "en", NULL, 0, &code);
    utext_openUTF8(&text, all.ptr, (int64_t)all.len, &code);
    ubrk_setUText(icu, &text, &code);
    assert_true(U_SUCCESS(code));
    size_t n = 0;
    while (ubrk_next(icu) != UBRK_DONE)
        n++;
    assert_int_equal(text_count(buf_str(&all)), n);
    assert_int_equal(utf8_count(buf_str(&all)), n);
    ubrk_close(icu);
    utext_close(&text);
    buf_release(&all);
}

static void cuts_leave_graphemes_whole(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 4096);
    assert_text(text_cut(STR("abc"), 2), "ab");
    assert_text(text_cut(STR("草" FAMILY "地"), 2), "草" FAMILY);
    assert_text(text_cut(STR("ae\u0301"), 2), "ae\u0301");
    assert_text(text_cut(STR("ae\u0301"), 1), "a");
    assert_text(text_cut(STR("e\u0301x"), 1), "e\u0301");
    assert_text(text_cut(STR("草地"), 0), "");
    assert_text(text_cut(STR("草地"), 99), "草地");
    assert_text(text_shorten(&a, STR("草地上的人"), 5), "草地上的人");
    assert_text(text_shorten(&a, STR("草地上的人"), 4), "草地上…");
    assert_text(text_shorten(&a, STR("a lawn"), 3), "a…");
    assert_text(text_shorten(&a, STR("abc"), 0), "…");
    arena_release(&a);
}

static void typed_text_is_cleaned(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *line, *lines;
    } cases[] = {
        { "  a  b\t\tc ", "a b c", "a  b c" },
        { "a\r\nb\rc\nd", "a b c d", "a\nb\nc\nd" },
        { "a\n\n\n\nb", "a b", "a\n\nb" },
        { "a\u2028b\xc2\x85"
          "c",
          "a b c", "a\nb\nc" },
        { "a\x01\x7f\xc2\x9f"
          "b",
          "ab", "ab" },
        { "e\u0301", "\u00e9", "\u00e9" },
        { FAMILY, FAMILY, FAMILY },
        { "\n\t ", "", "" },
        { "", "", "" },
    };
    struct arena a;
    struct err err;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str text;
        assert_int_equal(text_clean(&a, str_from(cases[i].typed), TEXT_LINE, &text, &err), 0);
        assert_text(text, cases[i].line);
        assert_int_equal(text_clean(&a, str_from(cases[i].typed), TEXT_LINES, &text, &err), 0);
        assert_text(text, cases[i].lines);
        assert_true(utf8_valid(text));
    }
    arena_release(&a);
}

/* Text that would turn the reading direction of what follows it does not get in. */
static void turning_marks_are_dropped(void **state)
{
    (void)state;
    static const uint32_t marks[] = { 0x202a, 0x202b, 0x202c, 0x202d, 0x202e,
                                      0x2066, 0x2067, 0x2068, 0x2069, 0xfeff };
    struct arena a;
    struct err err;
    struct buf typed;
    struct str text;
    arena_init(&a, 1 << 16);
    buf_init(&typed, 1 << 10);
    for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
        utf8_put(&typed, marks[i]);
        buf_put_c(&typed, "x");
    }
    assert_int_equal(text_clean(&a, buf_str(&typed), TEXT_LINE, &text, &err), 0);
    assert_text(text, "xxxxxxxxxx");
    buf_release(&typed);
    arena_release(&a);
}

/* NFC of some characters is longer than they are. */
static void growth_is_provided_for(void **state)
{
    (void)state;
    struct arena a;
    struct err err;
    struct buf many;
    arena_init(&a, 1 << 22);
    buf_init(&many, 1 << 20);
    for (int i = 0; i < 500; i++)
        buf_put_c(&many, "\ufb2c\U0001D160");
    struct str text;
    assert_int_equal(text_clean(&a, buf_str(&many), TEXT_LINE, &text, &err), 0);
    assert_true(text.len > many.len && utf8_valid(text));
    buf_release(&many);
    arena_release(&a);
}

static void clean_once(void *ctx UNUSED)
{
    struct arena a;
    struct err err;
    struct str text = STR("untouched");
    arena_init(&a, 1 << 16);
    int rc = text_clean(&a, STR("e\u0301 草"), TEXT_LINE, &text, &err);
    assert_true(rc == 0 || (rc == ERR_NOMEM && str_eq_c(text, "untouched")));
    arena_release(&a);
}

static void memory_may_run_short(void **state)
{
    (void)state;
    assert_true(torture(clean_once, NULL) >= 2);
    struct arena a;
    struct err err;
    struct str text;
    arena_init(&a, 16);
    assert_int_equal(text_clean(&a, STR("this is more than sixteen"), TEXT_LINE, &text, &err),
                     ERR_NOMEM);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(graphemes_are_counted),
        cmocka_unit_test(common_text_is_counted_as_icu_does),
        cmocka_unit_test(cuts_leave_graphemes_whole),
        cmocka_unit_test(typed_text_is_cleaned),
        cmocka_unit_test(turning_marks_are_dropped),
        cmocka_unit_test(growth_is_provided_for),
        cmocka_unit_test(memory_may_run_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
