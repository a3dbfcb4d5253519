/* Keys that nobody chose: made once, kept to their owner, the same ever after. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/secret.h"

static char folder[64], path[80];

/* Settings as a start finds them, with their keys filled. */
static int started(struct arena *a, struct settings *ret, struct err *err)
{
    memset(err, 0, sizeof(*err));
    settings_init(ret);
    ret->data_dir = str_from(folder);
    return secret_fill(a, ret, err);
}

static void keys_are_made_once(void **state)
{
    (void)state;
    struct arena a;
    struct settings first, second, third;
    struct err err;
    struct stat file;
    mode_t mask = umask(0);
    arena_init(&a, 64 * 1024);
    assert_int_equal(started(&a, &first, &err), 0);
    umask(mask);
    assert_int_equal(stat(path, &file), 0);
    assert_int_equal(file.st_mode & 07777, 0600);
    assert_int_equal(file.st_size, 64);

    assert_int_equal(started(&a, &second, &err), 0);
    assert_true(str_eq(first.payment_secret, second.payment_secret));
    assert_true(str_eq(first.referral_secret, second.referral_secret));
    assert_true(str_eq(first.operator_key, second.operator_key));
    assert_int_equal(first.payment_secret.len, 64);

    unlink(path);
    assert_int_equal(started(&a, &third, &err), 0);
    assert_false(str_eq(first.payment_secret, third.payment_secret));
    arena_release(&a);
}

static void each_key_is_another(void **state)
{
    (void)state;
    struct arena a;
    struct settings s;
    struct err err;
    char text[65] = "";
    arena_init(&a, 64 * 1024);
    assert_int_equal(started(&a, &s, &err), 0);
    assert_false(str_eq(s.payment_secret, s.referral_secret));
    assert_false(str_eq(s.payment_secret, s.operator_key));
    assert_false(str_eq(s.referral_secret, s.operator_key));
    /* None of them is what the file holds. */
    FILE *f = fopen(path, "re");
    assert_non_null(f);
    assert_int_equal(fread(text, 1, 64, f), 64);
    assert_int_equal(fclose(f), 0);
    assert_int_equal(strspn(text, "0123456789abcdef"), 64);
    assert_false(str_eq_c(s.payment_secret, text));
    assert_false(str_eq_c(s.referral_secret, text));
    assert_false(str_eq_c(s.operator_key, text));
    arena_release(&a);
}

static void keys_that_were_set_stay(void **state)
{
    (void)state;
    struct arena a;
    struct settings s;
    struct err err = { 0 };
    arena_init(&a, 64 * 1024);
    settings_init(&s);
    s.data_dir = str_from(folder);
    s.referral_secret = STR("mine");
    assert_int_equal(secret_fill(&a, &s, &err), 0);
    assert_text(s.referral_secret, "mine");
    assert_int_equal(s.payment_secret.len, 64);
    assert_int_equal(s.operator_key.len, 64);
    arena_release(&a);
}

static void a_file_that_was_cut_is_refused(void **state)
{
    (void)state;
    struct arena a;
    struct settings s;
    struct err err;
    arena_init(&a, 64 * 1024);
    assert_int_equal(started(&a, &s, &err), 0);
    assert_int_equal(truncate(path, 63), 0);
    assert_int_equal(started(&a, &s, &err), ERR_IO);
    assert_non_null(strstr(err.detail, "too short"));
    assert_int_equal(s.payment_secret.len, 0);
    arena_release(&a);
}

static void a_folder_that_is_missing_is_named(void **state)
{
    (void)state;
    struct arena a;
    struct settings s;
    struct err err = { 0 };
    arena_init(&a, 64 * 1024);
    settings_init(&s);
    s.data_dir = STR("/nowhere/at/all");
    assert_int_equal(secret_fill(&a, &s, &err), ERR_IO);
    assert_non_null(strstr(err.detail, "/nowhere/at/all/secret"));
    arena_release(&a);
}

static int clean(void **state)
{
    (void)state;
    unlink(path);
    return 0;
}

static int make_folder(void **state)
{
    (void)state;
    const char *tmp = getenv("TMPDIR");
    snprintf(folder, sizeof(folder), "%.40s/secret-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof(path), "%s/secret", folder);
    return 0;
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
        CLEAN(keys_are_made_once),
        CLEAN(each_key_is_another),
        CLEAN(keys_that_were_set_stay),
        CLEAN(a_file_that_was_cut_is_refused),
        CLEAN(a_folder_that_is_missing_is_named),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
