/* A secret opens with its password alone, and takes its time either way. */
#include "unit/unit.h"

#include <sodium.h>

#include "account/person/password.h"
#include "base/clock.h"

static struct str hashed(struct arena *a, struct str password)
{
    struct err err = { 0 };
    struct str secret = { 0 };
    assert_int_equal(password_hash(a, password, &secret, &err), 0);
    return secret;
}

static void only_the_right_password_opens(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 64 * 1024);
    struct str secret = hashed(&a, STR("春 has come"));
    assert_true(str_starts(secret, STR("$argon2id$v=19$m=19456,t=2,p=1$")));
    assert_true(password_matches(secret, STR("春 has come")));
    assert_false(password_matches(secret, STR("春 has comE")));
    assert_false(password_matches(secret, STR("春 has come ")));
    assert_false(password_matches(secret, STR("春 has com")));
    assert_false(password_matches(secret, STR("")));
    assert_false(password_matches(secret, (struct str){ 0 }));
    arena_release(&a);
}

static void the_same_password_makes_other_secrets(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 64 * 1024);
    struct str one = hashed(&a, STR("the same one")), two = hashed(&a, STR("the same one"));
    assert_false(str_eq(one, two));
    assert_true(password_matches(one, STR("the same one")));
    assert_true(password_matches(two, STR("the same one")));
    arena_release(&a);
}

static void a_nul_is_a_character_of_a_password(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 64 * 1024);
    struct str secret = hashed(&a, STR("before\0after"));
    assert_true(password_matches(secret, STR("before\0after")));
    assert_false(password_matches(secret, STR("before\0other")));
    assert_false(password_matches(secret, STR("before")));
    arena_release(&a);
}

static void what_is_no_secret_opens_for_nobody(void **state)
{
    (void)state;
    assert_false(password_matches(STR(""), STR("")));
    assert_false(password_matches(STR(""), STR("password")));
    assert_false(password_matches((struct str){ 0 }, STR("password")));
    assert_false(password_matches(STR("password"), STR("password")));
}

/* Microseconds that the quickest of five comparisons takes. */
static int64_t quickest(struct str secret)
{
    int64_t best = INT64_MAX;
    for (int i = 0; i < 5; i++) {
        int64_t start = clock_monotonic();
        assert_false(password_matches(secret, STR("a wrong one")));
        int64_t took = clock_monotonic() - start;
        if (took < best)
            best = took;
    }
    return best;
}

static void time_does_not_say_who_exists(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 64 * 1024);
    int64_t known = quickest(hashed(&a, STR("the right one")));
    int64_t unknown = quickest((struct str){ 0 });
    assert_true(known > 1000);
    assert_true(unknown > known / 3);
    assert_true(unknown < known * 3);
    arena_release(&a);
}

static int start(void **state)
{
    (void)state;
    return sodium_init() < 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_right_password_opens),
        cmocka_unit_test(the_same_password_makes_other_secrets),
        cmocka_unit_test(a_nul_is_a_character_of_a_password),
        cmocka_unit_test(what_is_no_secret_opens_for_nobody),
        cmocka_unit_test(time_does_not_say_who_exists),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
