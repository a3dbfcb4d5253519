/* base/log.h: escapes, cuts, levels, whole lines; read back with jansson. */
#include "unit/unit.h"

#include <jansson.h>
#include <string.h>

#include "base/log.h"

static char line[20000];
static int calls;

static void keep(void *ctx UNUSED, struct str text)
{
    assert_true(text.len < sizeof(line));
    memcpy(line, text.ptr, text.len);
    line[text.len] = '\0';
    calls++;
}

/* The last line as JSON; fails the test when it is none. */
static json_t *parsed(void)
{
    assert_int_equal(line[strlen(line) - 1], '\n');
    assert_null(memchr(line, '\n', strlen(line) - 1));
    json_t *root = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    return root;
}

static const char *text_of(json_t *root, const char *key)
{
    return json_string_value(json_object_get(root, key));
}

static void a_line_is_json(void **state UNUSED)
{
    log_at(LOG_WARN, "media.refused", LOG_F_C("note", "a\"b\\c\n\x01\x7f 草"),
           LOG_F_INT("bytes", INT64_MIN), LOG_F_STR("none", (struct str){ 0 }));
    json_t *root = parsed();
    assert_string_equal(text_of(root, "level"), "warn");
    assert_string_equal(text_of(root, "event"), "media.refused");
    assert_string_equal(text_of(root, "note"), "a\"b\\c\n\x01\x7f 草");
    assert_string_equal(text_of(root, "none"), "");
    assert_true(json_integer_value(json_object_get(root, "bytes")) == INT64_MIN);
    assert_int_equal(strlen(text_of(root, "at")), strlen("2026-01-02T03:04:05.678Z"));
    json_decref(root);
    log_at(LOG_INFO, "app.ready", { 0 });
    root = parsed();
    assert_int_equal(json_object_size(root), 3);
    json_decref(root);
}

static void bad_bytes_become_the_replacement(void **state UNUSED)
{
    log_at(LOG_INFO, "x",
           LOG_F_STR("v", STR("a\xff\xc0\x80\xed\xa0\x80"
                              "b\0c\xe8\x8d")));
    json_t *root = json_loads(line, JSON_ALLOW_NUL, NULL);
    assert_non_null(root);
    json_t *value = json_object_get(root, "v");
    assert_int_equal(json_string_length(value), 1 + 6 * 3 + 3 + 2 * 3);
    json_decref(root);
}

static void values_are_cut_between_characters(void **state UNUSED)
{
    char text[1001];
    for (size_t i = 0; i + 2 < sizeof(text); i += 3)
        memcpy(text + i, "草", 3);
    log_at(LOG_INFO, "x", LOG_F_STR("v", ((struct str){ text, 999 })));
    json_t *root = parsed();
    assert_int_equal(strlen(text_of(root, "v")), 510);
    json_decref(root);
}

static void lines_have_a_ceiling_and_say_so(void **state UNUSED)
{
    char text[600];
    memset(text, '\x01', sizeof(text));
    struct str v = { text, sizeof(text) };
    log_at(LOG_INFO, "x", LOG_F_STR("a", v), LOG_F_STR("b", v), LOG_F_STR("c", v),
           LOG_F_STR("d", v));
    assert_true(strlen(line) <= 8192);
    json_t *root = parsed();
    assert_non_null(text_of(root, "a"));
    assert_null(text_of(root, "d"));
    assert_true(json_is_true(json_object_get(root, "cut")));
    json_decref(root);
}

static void levels_below_the_least_are_silent(void **state UNUSED)
{
    int before = calls;
    log_at(LOG_DEBUG, "x", { 0 });
    assert_int_equal(calls, before);
    log_set_level(LOG_DEBUG);
    log_at(LOG_DEBUG, "x", { 0 });
    assert_int_equal(calls, before + 1);
    log_set_level(LOG_ERROR);
    log_at(LOG_WARN, "x", { 0 });
    assert_int_equal(calls, before + 1);
    log_set_level(LOG_INFO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_json),
        cmocka_unit_test(bad_bytes_become_the_replacement),
        cmocka_unit_test(values_are_cut_between_characters),
        cmocka_unit_test(lines_have_a_ceiling_and_say_so),
        cmocka_unit_test(levels_below_the_least_are_silent),
    };
    log_set_sink(keep, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
