/* The tokens of a style sheet: read as they are written, and how well colours
 * can be read on each other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/macros.h"
#include "insight/design/token.h"

static void reads_values_and_pairs(void **state UNUSED)
{
    struct tokens t;
    tokens_read(
        STR(":root{--day:initial;--night:;}.night{--day:;--night:initial}"
            ":root,.day,.night{--ink:var(--day,#000000) var(--night,#ffffff);"
            "--paper:var(--day,#ffffff) var(--night,#000000);"
            "--float:var(--day,0 6px rgb(29 31 28 / 14%)) var(--night,0 0 rgb(0 0 0))}"
            ":root{--s1:0.25rem;--font:system-ui,\"Noto\";color:red}@media x{:root{--s1:0}}"),
        &t);
    assert_int_equal(t.n, 5);
    const struct token *ink = token_find(&t, STR("ink")), *s1 = token_find(&t, STR("s1"));
    assert_non_null(ink);
    assert_true(ink->colour);
    assert_true(str_eq_c(ink->day, "#000000"));
    assert_true(str_eq_c(ink->night, "#ffffff"));
    assert_non_null(s1);
    assert_false(s1->colour);
    assert_true(str_eq_c(s1->day, "0.25rem"));
    assert_true(str_eq_c(token_find(&t, STR("float"))->day, "0 6px rgb(29 31 28 / 14%)"));
    assert_false(token_find(&t, STR("float"))->colour);
    assert_int_equal(t.n_pairs, 2); /* ink on paper, paper on ink: the others are not there */
    assert_true(t.pairs[0].day > 20.99 && t.pairs[0].day < 21.01);
}

static void reckons_contrast(void **state UNUSED)
{
    double grey = token_contrast(STR("#767676"), STR("#ffffff"));
    assert_true(grey > 4.5 && grey < 4.6);
    assert_true(token_contrast(STR("#ffffff"), STR("#ffffff")) == 1);
    assert_true(token_contrast(STR("#fff"), STR("#ffffff")) == 0);
    assert_true(token_contrast(STR("#gggggg"), STR("#ffffff")) == 0);
    assert_true(token_contrast(STR(""), STR("#ffffff")) == 0);
}

static void bears_any_text(void **state UNUSED)
{
    static const char *const odd[] = { "",       "--",
                                       "--a",    "--a:",
                                       ":--a",   "{--a:var(--day,",
                                       "}};;{{", "--a:var(--day,)x;--b:var(--night,#000000);" };
    struct tokens t;
    for (size_t i = 0; i < ARRAY_LEN(odd); i++)
        tokens_read(str_from(odd[i]), &t);
    char many[8192];
    size_t n = 0;
    for (int i = 0; i < TOKENS_MAX * 2; i++)
        n += (size_t)snprintf(many + n, sizeof(many) - n, "--t%d:1;", i);
    tokens_read((struct str){ many, n }, &t);
    assert_int_equal(t.n, TOKENS_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_values_and_pairs),
        cmocka_unit_test(reckons_contrast),
        cmocka_unit_test(bears_any_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
