/* base/err.h: codes, field errors, details. */
#include "unit/unit.h"

#include <string.h>

#include "base/err.h"

static void raising_fills_and_returns_the_code(void **state UNUSED)
{
    struct err err;
    err_clear(&err);
    assert_int_equal(err.code, 0);
    assert_int_equal(err_set(&err, ERR_CONFLICT, "Sold out."), ERR_CONFLICT);
    assert_int_equal(err.code, ERR_CONFLICT);
    assert_string_equal(err.message, "Sold out.");
    assert_non_null(strstr(err.file, "test_err.c"));
    assert_true(err.line > 0);
    assert_int_equal(err_set(NULL, ERR_BUSY, "x"), ERR_BUSY);
    assert_int_equal(err_detail(NULL, ERR_BUSY, "x"), ERR_BUSY);
    assert_int_equal(err_field(NULL, "a", "x"), ERR_INVALID);
}

static void details_are_cut_not_grown(void **state UNUSED)
{
    struct err err;
    char text[400];
    memset(text, 'd', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    err_clear(&err);
    assert_int_equal(err_detail(&err, ERR_DB, "%s", text), ERR_DB);
    assert_int_equal(strlen(err.detail), sizeof(err.detail) - 1);
    assert_null(err.message);
    /* Said better further up: the detail stays for the log. */
    err_set(&err, ERR_CONFLICT, "Sold out.");
    assert_int_equal(err.detail[0], 'd');
}

static void each_field_keeps_its_first_rule(void **state UNUSED)
{
    static const char *const names[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j" };
    struct err err;
    err_clear(&err);
    assert_int_equal(err_field_n(&err, "title", "Too long: {n}.", 60), ERR_INVALID);
    err_field(&err, "title", "Bad.");
    err_field(&err, "body", "Empty.");
    assert_int_equal(err.code, ERR_INVALID);
    assert_int_equal(err.n_fields, 2);
    assert_int_equal(err_find_field(&err, "title")->number, 60);
    assert_string_equal(err_find_field(&err, "body")->message, "Empty.");
    assert_null(err_find_field(&err, "tit"));
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        err_field(&err, names[i], "Bad.");
    assert_int_equal(err.n_fields, ERR_FIELDS_MAX);
    err_clear(&err);
    assert_null(err_find_field(&err, "title"));
}

static void every_code_has_a_name_and_a_status(void **state UNUSED)
{
    for (int code = 0; code >= ERR_UNAVAILABLE; code--) {
        assert_non_null(err_name(code));
        assert_true(strlen(err_sentence(code)) > 5);
        assert_in_range(err_status(code), 200, 599);
        for (int other = 0; other > code; other--)
            assert_string_not_equal(err_name(code), err_name(other));
    }
    assert_int_equal(err_status(ERR_NOT_FOUND), 404);
    assert_int_equal(err_status(ERR_FULL), 507);
    assert_int_equal(err_status(ERR_UNAVAILABLE), 404);
    assert_int_equal(err_status(-1000), 500);
    assert_int_equal(err_status(INT32_MIN), 500);
    assert_int_equal(err_status(1), 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(raising_fills_and_returns_the_code),
        cmocka_unit_test(details_are_cut_not_grown),
        cmocka_unit_test(each_field_keeps_its_first_rule),
        cmocka_unit_test(every_code_has_a_name_and_a_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
