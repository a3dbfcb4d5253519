/* What the settings reader takes, what it refuses, and how it says so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/settings.h"

struct fixture {
    struct settings s;
    struct arena a;
};

static int set_up(void **state)
{
    static struct fixture f;
    settings_init(&f.s);
    arena_init(&f.a, 1 << 20);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    arena_release(&f->a);
    return 0;
}

static int set(struct fixture *f, const char *name, const char *value, struct err *err)
{
    err_clear(err);
    return settings_set(&f->s, &f->a, str_from(name), str_from(value), err);
}

static void assert_detail(const struct err *err, const char *part)
{
    if (!strstr(err->detail, part))
        fail_msg("'%s' does not say '%s'", err->detail, part);
}

static void a_value_tells_where_it_comes_from(void **state)
{
    struct fixture *f = *state;
    struct err err;
    int name = setting_find(STR("name")), days = setting_find(STR("session-days"));
    assert_int_equal(name, SETTING_AT_name);
    assert_int_equal(setting_find(STR("nme")), -1);
    assert_int_equal(f->s.source[name], SETTING_DEFAULT);
    f->s.sets = SETTING_FROM_FLAG;
    assert_int_equal(set(f, "session_days", "9", &err), 0);
    assert_int_equal(set(f, "name", "", &err), ERR_INVALID);
    assert_int_equal(f->s.source[days], SETTING_FROM_FLAG);
    assert_int_equal(f->s.source[name], SETTING_DEFAULT);
    assert_true(str_eq_c(setting_value(&f->s, &f->a, days), "9"));
    assert_true(str_eq_c(setting_value(&f->s, &f->a, SETTING_AT_exposure), "true"));
    assert_true(str_eq_c(setting_value(&f->s, &f->a, SETTING_AT_operator_key), ""));
    assert_int_equal(set(f, "operator_key", "hush", &err), 0);
    assert_true(str_eq_c(setting_value(&f->s, &f->a, SETTING_AT_operator_key), "(set)"));
    setting_reset(&f->s, days);
    assert_int_equal(f->s.session_days, 60);
    assert_int_equal(f->s.source[days], SETTING_DEFAULT);
    assert_string_equal(setting_info(days).unit, "days");
}

static void newer_settings_follow_the_first(void **state)
{
    struct fixture *f = *state;
    struct settings newer = f->s;
    struct err err;
    assert_ptr_equal(settings_now(&f->s), &f->s);
    assert_int_equal(settings_set(&newer, &f->a, STR("name"), STR("Newer"), &err), 0);
    settings_replace(&f->s, &newer);
    assert_true(str_eq_c(settings_now(&f->s)->name, "Newer"));
    assert_true(str_eq_c(f->s.name, "sward"));
}

static void defaults_come_from_the_table(void **state)
{
    struct fixture *f = *state;
    assert_true(str_eq_c(f->s.name, "sward"));
    assert_int_equal(f->s.io_threads, 0);
    assert_int_equal(f->s.photo_max_bytes, 20971520);
    assert_true(f->s.exposure);
    assert_false(f->s.simulation);
    assert_int_equal(f->s.database.len, 0);
}

static void a_value_is_set_and_copied(void **state)
{
    struct fixture *f = *state;
    struct err err;
    char text[] = "https://sward.example";
    assert_int_equal(set(f, "public-url", text, &err), 0);
    memset(text, 'x', sizeof(text) - 1);
    assert_true(str_eq_c(f->s.public_url, "https://sward.example"));
    assert_int_equal(set(f, "session_days", "9", &err), 0);
    assert_int_equal(f->s.session_days, 9);
    assert_int_equal(set(f, "exposure", "OFF", &err), 0);
    assert_false(f->s.exposure);
    assert_int_equal(set(f, "exposure", "yes", &err), 0);
    assert_true(f->s.exposure);
}

static void bounds_are_kept(void **state)
{
    struct fixture *f = *state;
    struct err err;
    const char *bad[] = { "0", "401", "", "9 ", "nine", "9.5", "99999999999999999999", "-1" };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        assert_int_equal(set(f, "session_days", bad[i], &err), ERR_INVALID);
        assert_detail(&err, "session_days must be a whole number from 1 to 400 days");
    }
    assert_int_equal(f->s.session_days, 60);
    assert_int_equal(set(f, "session_days", "1", &err), 0);
    assert_int_equal(set(f, "session_days", "400", &err), 0);
    assert_int_equal(set(f, "exposure", "maybe", &err), ERR_INVALID);
    assert_detail(&err, "exposure must be true or false");
    assert_int_equal(set(f, "name", "", &err), ERR_INVALID);
    assert_detail(&err, "name must have 1 to 60 characters, and this has 0");
    assert_int_equal(set(f, "name", "a\nb", &err), ERR_INVALID);
    assert_detail(&err, "control characters");
}

static void texts_are_measured_in_characters(void **state)
{
    struct fixture *f = *state;
    struct err err;
    char name[61 * 3 + 1];
    for (int i = 0; i < 61; i++)
        memcpy(name + (size_t)i * 3, "草", 4);
    name[60 * 3] = '\0';
    assert_int_equal(set(f, "name", name, &err), 0);
    memcpy(name + (size_t)60 * 3, "草", 4);
    assert_int_equal(set(f, "name", name, &err), ERR_INVALID);
    assert_detail(&err, "and this has 61");
}

static void a_wrong_name_meets_the_nearest(void **state)
{
    struct fixture *f = *state;
    static const char *const cases[][2] = {
        { "photo_max_byte", "did you mean photo_max_bytes?" },
        { "sesion-days", "did you mean session_days?" },
        { "lsiten", "did you mean listen?" },
        { "databse", "did you mean database?" },
        { "exposure_dasy", "did you mean exposure_days?" },
        { "zzzzzzzzzz", "'sward settings' lists them" },
        { "", "lists them" },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct err err;
        assert_int_equal(set(f, cases[i][0], "1", &err), ERR_INVALID);
        assert_detail(&err, cases[i][1]);
    }
    char longest[5000];
    memset(longest, 'a', sizeof(longest));
    struct err err = { 0 };
    assert_int_equal(
        settings_set(&f->s, &f->a, (struct str){ longest, sizeof(longest) }, STR("1"), &err),
        ERR_INVALID);
}

static int read_text(struct fixture *f, const char *text, struct err *err)
{
    err_clear(err);
    return settings_read(&f->s, &f->a, str_from(text), err);
}

static void a_file_is_read(void **state)
{
    struct fixture *f = *state;
    struct err err;
    assert_int_equal(read_text(f,
                               "\xef\xbb\xbf# a comment\r\n\r\n"
                               "name = \"A \\\"quoted\\\" # \\\\ place\"   # with a comment\r\n"
                               "  listen=0.0.0.0:80\t# every address\n"
                               "public-url = https://x.example/#top\n"
                               "exposure = no",
                               &err),
                     0);
    assert_true(str_eq_c(f->s.name, "A \"quoted\" # \\ place"));
    assert_true(str_eq_c(f->s.listen, "0.0.0.0:80"));
    assert_true(str_eq_c(f->s.public_url, "https://x.example/#top"));
    assert_false(f->s.exposure);
    assert_int_equal(read_text(f, "", &err), 0);
}

static void a_bad_file_changes_nothing(void **state)
{
    struct fixture *f = *state;
    static const char *const cases[][2] = {
        { "name = here\nlisten 80\n", "line 2: expected 'name = value'" },
        { "name = here\n\nnam = there\n", "line 3: no setting is called 'nam'; did you mean name" },
        { "name = here\nname = there\n", "line 2: name was already set in line 1" },
        { "public_url = https://a.example\npublic-url = https://b.example\n",
          "line 2: public_url was already set in line 1" },
        { "name = \"here\n", "line 1: the closing quote is missing" },
        { "name = \"here\\", "line 1: the closing quote is missing" },
        { "name = \"he\\nre\"\n", "line 1: in quotes only" },
        { "name = \"here\" there\n", "line 1: something stands behind" },
        { "name = here\nsession_days = 0\n", "line 2: session_days must be" },
        { "= 5\n", "line 1: no setting is called ''" },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct err err;
        assert_int_equal(read_text(f, cases[i][0], &err), ERR_INVALID);
        assert_detail(&err, cases[i][1]);
        assert_true(str_eq_c(f->s.name, "sward"));
    }
}

static void what_is_printed_can_be_read_back(void **state)
{
    struct fixture *f = *state;
    struct err err;
    assert_int_equal(set(f, "name", " a \"b\" \\ # ", &err), 0);
    assert_int_equal(set(f, "operator_key", "hush-hush", &err), 0);
    assert_int_equal(set(f, "return_days", "14", &err), 0);
    struct buf out;
    buf_init(&out, 1 << 16);
    settings_print(&f->s, &out);
    assert_false(buf_overflowed(&out));
    assert_null(strstr(out.ptr, "hush"));
    assert_non_null(strstr(out.ptr, "# operator_key = (set)\n"));
    assert_non_null(strstr(out.ptr, "return_days = 14\n"));
    struct settings again;
    settings_init(&again);
    assert_int_equal(settings_read(&again, &f->a, buf_str(&out), &err), 0);
    assert_true(str_eq_c(again.name, " a \"b\" \\ # "));
    assert_int_equal(again.return_days, 14);
    assert_int_equal(again.operator_key.len, 0);
    for (const char *line = out.ptr; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        assert_true(strcspn(line, "\n") <= 100);
    }
    buf_release(&out);
}

static void a_full_arena_is_an_error(void **state)
{
    struct fixture *f = *state;
    struct arena small;
    arena_init(&small, 4);
    struct err err = { 0 };
    assert_int_equal(settings_set(&f->s, &small, STR("name"), STR("longer than that"), &err),
                     ERR_NOMEM);
    assert_true(str_eq_c(f->s.name, "sward"));
    assert_int_equal(settings_read(&f->s, &small, STR("name = \"longer than that\""), &err),
                     ERR_NOMEM);
    assert_true(str_eq_c(f->s.name, "sward"));
    arena_release(&small);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_value_tells_where_it_comes_from),
        TEST(newer_settings_follow_the_first),
        TEST(defaults_come_from_the_table),
        TEST(a_value_is_set_and_copied),
        TEST(bounds_are_kept),
        TEST(texts_are_measured_in_characters),
        TEST(a_wrong_name_meets_the_nearest),
        TEST(a_file_is_read),
        TEST(a_bad_file_changes_nothing),
        TEST(what_is_printed_can_be_read_back),
        TEST(a_full_arena_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
