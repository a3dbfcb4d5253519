/* Where a setting comes from: file, environment, flags; the later wins. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/config.h"

static char folder[64];

static void write_file(const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *f = fopen(path, "we");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

/* config_read of a command line of at most nine words, ended by NULL. */
struct reading {
    struct arena arena;
    struct settings settings;
    struct command command;
    struct err err;
    char text[10][160];
    char *argv[11];
    int rc;
};

static void read_line(struct reading *r, ...)
{
    memset(r, 0, sizeof(*r));
    arena_init(&r->arena, 256 * 1024);
    va_list words;
    int argc = 0;
    snprintf(r->text[0], sizeof(r->text[0]), "sward");
    r->argv[argc++] = r->text[0];
    va_start(words, r);
    for (const char *word = va_arg(words, const char *); word; word = va_arg(words, const char *)) {
        assert_in_range(argc, 1, 9);
        /* %s in a word is the test's folder. */
        const char *at = strstr(word, "%s");
        if (at)
            snprintf(r->text[argc], sizeof(r->text[0]), "%.*s%s%s", (int)(at - word), word, folder,
                     at + 2);
        else
            snprintf(r->text[argc], sizeof(r->text[0]), "%s", word);
        r->argv[argc] = r->text[argc];
        argc++;
    }
    va_end(words);
    r->rc = config_read(&r->arena, argc, r->argv, &r->settings, &r->command, &r->err);
}

static void is_read(struct reading *r)
{
    if (r->rc != 0)
        fail_msg("%s", r->err.detail);
}

static void is_refused(struct reading *r, int code, const char *part)
{
    assert_int_equal(r->rc, code);
    if (!strstr(r->err.detail, part))
        fail_msg("\"%s\" does not say \"%s\"", r->err.detail, part);
    arena_release(&r->arena);
}

static void nothing_said_is_the_defaults(void **state)
{
    (void)state;
    struct reading r;
    struct settings defaults;
    settings_init(&defaults);
    read_line(&r, "--data-dir=%s/none", NULL);
    is_read(&r);
    assert_null(r.command.verb);
    assert_int_equal(r.command.n_args, 0);
    assert_int_equal(r.settings.session_days, defaults.session_days);
    assert_true(str_eq(r.settings.public_url, defaults.public_url));
    arena_release(&r.arena);
}

static void the_later_wins(void **state)
{
    (void)state;
    struct reading r;
    write_file("sward.conf", "name = \"from the file\"\nsession_days = 11\nreturn_days = 12\n");
    setenv("SWARD_SESSION_DAYS", "21", 1);
    setenv("SWARD_RETURN_DAYS", "22", 1);
    read_line(&r, "serve", "--data-dir=%s", "--return-days=32", NULL);
    is_read(&r);
    assert_text(r.settings.name, "from the file");
    assert_int_equal(r.settings.session_days, 21);
    assert_int_equal(r.settings.return_days, 32);
    arena_release(&r.arena);
}

static void the_folder_may_come_from_the_environment(void **state)
{
    (void)state;
    struct reading r;
    write_file("sward.conf", "name = there\n");
    setenv("SWARD_DATA_DIR", folder, 1);
    read_line(&r, NULL);
    is_read(&r);
    assert_text(r.settings.name, "there");
    assert_text(r.settings.data_dir, folder);
    arena_release(&r.arena);
    /* A flag names another, where no file is. */
    read_line(&r, "--data_dir=%s/none", NULL);
    is_read(&r);
    assert_text(r.settings.name, "sward");
    arena_release(&r.arena);
}

static void a_file_that_is_named_replaces_the_usual_one(void **state)
{
    (void)state;
    struct reading r;
    write_file("sward.conf", "name = usual\nsession_days = 5\n");
    write_file("other.conf", "name = other\n");
    read_line(&r, "--data-dir=%s", "--config=%s/other.conf", NULL);
    is_read(&r);
    assert_text(r.settings.name, "other");
    assert_int_equal(r.settings.session_days, 60);
    arena_release(&r.arena);
}

static void a_file_that_is_named_must_be_there(void **state)
{
    (void)state;
    struct reading r;
    read_line(&r, "--config=%s/none.conf", NULL);
    is_refused(&r, ERR_IO, "none.conf");
    read_line(&r, "--config=%s", NULL); /* a folder */
    is_refused(&r, ERR_IO, "cannot be read");
}

static void a_wrong_name_comes_with_the_right_one(void **state)
{
    (void)state;
    struct reading r;
    read_line(&r, "serve", "--data-dir=%s", "--sesion-days=7", NULL);
    is_refused(&r, ERR_INVALID, "session_days");
    read_line(&r, "--data-dir=%s", "--public-ulr=http://sward.test", NULL);
    is_refused(&r, ERR_INVALID, "did you mean public_url");
    write_file("sward.conf", "name = x\nretrun_days = 3\n");
    read_line(&r, "--data-dir=%s", NULL);
    is_refused(&r, ERR_INVALID, "return_days");
    assert_non_null(strstr(r.err.detail, "line 2"));
    read_line(&r, "--data-dir=%s/none", "--zzzzzzzzzzzz=1", NULL);
    is_refused(&r, ERR_INVALID, "no setting is called 'zzzzzzzzzzzz'");
}

static void a_wrong_value_is_refused_wherever_it_stands(void **state)
{
    (void)state;
    struct reading r;
    read_line(&r, "--data-dir=%s", "--session-days=0", NULL);
    is_refused(&r, ERR_INVALID, "session_days must be a whole number from 1 to 400");
    setenv("SWARD_SESSION_DAYS", "often", 1);
    read_line(&r, "--data-dir=%s", NULL);
    is_refused(&r, ERR_INVALID, "session_days");
    unsetenv("SWARD_SESSION_DAYS");
    read_line(&r, "--data-dir=%s", "--simulation", NULL);
    is_refused(&r, ERR_INVALID, "--name=value");
}

static void words_stay_in_their_order(void **state)
{
    (void)state;
    struct reading r;
    read_line(&r, "--data-dir=%s", "export", "--name=x", "ledger", "--config=%s/sward.conf", "all",
              NULL);
    is_refused(&r, ERR_IO, "sward.conf");
    write_file("sward.conf", "");
    read_line(&r, "--data-dir=%s", "export", "--name=x", "ledger", "--config=%s/sward.conf", "all",
              NULL);
    is_read(&r);
    assert_string_equal(r.command.verb, "export");
    assert_int_equal(r.command.n_args, 2);
    assert_string_equal(r.command.args[0], "ledger");
    assert_string_equal(r.command.args[1], "all");
    arena_release(&r.arena);
    read_line(&r, "--data-dir=%s", "--help", NULL);
    is_read(&r);
    assert_string_equal(r.command.verb, "help");
    arena_release(&r.arena);
}

static int clean(void **state)
{
    (void)state;
    char path[128];
    static const char *const files[] = { "sward.conf", "other.conf" };
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        snprintf(path, sizeof(path), "%s/%s", folder, files[i]);
        unlink(path);
    }
    unsetenv("SWARD_SESSION_DAYS");
    unsetenv("SWARD_RETURN_DAYS");
    unsetenv("SWARD_DATA_DIR");
    return 0;
}

static int make_folder(void **state)
{
    (void)state;
    const char *tmp = getenv("TMPDIR");
    snprintf(folder, sizeof(folder), "%.40s/config-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

#define CLEAN(f) cmocka_unit_test_setup_teardown(f, clean, clean)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLEAN(nothing_said_is_the_defaults),
        CLEAN(the_later_wins),
        CLEAN(the_folder_may_come_from_the_environment),
        CLEAN(a_file_that_is_named_replaces_the_usual_one),
        CLEAN(a_file_that_is_named_must_be_there),
        CLEAN(a_wrong_name_comes_with_the_right_one),
        CLEAN(a_wrong_value_is_refused_wherever_it_stands),
        CLEAN(words_stay_in_their_order),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
