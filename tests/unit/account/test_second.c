/* The second factor: set up, asked for, guessed at, given up. */
#include "unit/event/kit.h"

#include <string.h>

#include "account/person/agent.h"
#include "account/person/person.h"
#include "account/person/second.h"
#include "base/clock.h"
#include "gen/person_sql.h"

static int64_t person;

static int64_t joined(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    int64_t actor;
    const struct sign_up form = { .handle = STR("lin_01"),
                                  .secret = STR("secret"),
                                  .lang = STR("en") };
    assert_rc(person_sign_up(db, a, &form, &person, &actor, &err), 0, &err);
    return actor;
}

/* The code that a phone with the person's key shows some steps from now. */
static struct str code_at(struct db *db, struct arena *a, int steps)
{
    struct err err = { 0 };
    struct second_state state;
    assert_rc(second_state(db, a, person, &state, &err), 0, &err);
    assert_int_equal(state.key.len, TOTP_KEY_BYTES);
    int64_t step = totp_step(db_now(db) / TIME_SECOND) + steps;
    return arena_printf(a, "%06u", totp_code((const uint8_t *)state.key.ptr, state.key.len, step));
}

static struct str codes[SECOND_RECOVERY_CODES];

static void set_up(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    joined(db, a);
    assert_rc(second_begin(db, person, &err), 0, &err);
    assert_rc(second_confirm(db, a, person, code_at(db, a, 0), codes, &err), 0, &err);
}

static void setting_up_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct second_state state;
    joined(db, a);
    assert_rc(second_state(db, a, person, &state, &err), 0, &err);
    assert_false(state.begun);
    assert_rc(second_confirm(db, a, person, STR("123456"), codes, &err), ERR_CONFLICT, &err);
    assert_rc(second_begin(db, person, &err), 0, &err);
    struct str first = arena_str(a, code_at(db, a, 0));
    assert_rc(second_begin(db, person, &err), 0, &err); /* a new key, as long as none is in use */
    assert_rc(second_state(db, a, person, &state, &err), 0, &err);
    assert_true(state.begun && !state.confirmed);
    if (!str_eq(first, code_at(db, a, 0)))
        assert_rc(second_confirm(db, a, person, first, codes, &err), ERR_INVALID, &err);
    assert_rc(second_confirm(db, a, person, code_at(db, a, 5), codes, &err), ERR_INVALID, &err);
    assert_non_null(err_find_field(&err, "code"));
    err_clear(&err);
    assert_rc(second_confirm(db, a, person, code_at(db, a, 0), codes, &err), 0, &err);
    assert_rc(second_state(db, a, person, &state, &err), 0, &err);
    assert_true(state.confirmed);
    assert_int_equal(state.recovery_left, SECOND_RECOVERY_CODES);
    assert_int_equal(facts(db, a, EVENT_ACCOUNT_SECOND_FACTOR_SET), 1);
    assert_rc(second_begin(db, person, &err), ERR_CONFLICT, &err);
}

static void it_is_set_up_by_a_right_code(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, setting_up_step);
    test_store_free(t);
}

static void asking_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    set_up(db, a);
    /* The code that set it up is used; the next one is taken once. */
    assert_rc(second_check(db, a, person, code_at(db, a, 0), &err), ERR_INVALID, &err);
    assert_rc(second_check(db, a, person, code_at(db, a, 1), &err), 0, &err);
    assert_rc(second_check(db, a, person, code_at(db, a, 1), &err), ERR_INVALID, &err);
    assert_rc(second_check(db, a, person, STR(""), &err), ERR_INVALID, &err);
    assert_rc(second_check(db, a, person + 1, code_at(db, a, 1), &err), ERR_INVALID, &err);
}

static void a_code_is_taken_once(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, asking_step);
    test_store_free(t);
}

static void recovery_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct second_state state;
    set_up(db, a);
    for (size_t i = 0; i < SECOND_RECOVERY_CODES; i++)
        assert_int_equal(codes[i].len, 19);
    assert_rc(second_check(db, a, person, codes[3], &err), 0, &err);
    assert_rc(second_check(db, a, person, codes[3], &err), ERR_INVALID, &err);
    char shouted[20] = { 0 };
    for (size_t i = 0; i < codes[4].len; i++)
        shouted[i] = (char)(codes[4].ptr[i] >= 'a'   ? codes[4].ptr[i] - 32
                            : codes[4].ptr[i] == '-' ? ' '
                                                     : codes[4].ptr[i]);
    assert_rc(second_check(db, a, person, str_from(shouted), &err), 0, &err);
    assert_rc(second_state(db, a, person, &state, &err), 0, &err);
    assert_int_equal(state.recovery_left, SECOND_RECOVERY_CODES - 2);
    struct str old = codes[0];
    assert_rc(second_new_codes(db, a, person, codes, &err), 0, &err);
    assert_rc(second_check(db, a, person, old, &err), ERR_INVALID, &err);
    assert_rc(second_check(db, a, person, codes[0], &err), 0, &err);
    assert_rc(second_remove(db, a, person, &err), 0, &err);
    assert_rc(second_check(db, a, person, codes[1], &err), ERR_INVALID, &err);
    assert_int_equal(facts(db, a, EVENT_ACCOUNT_SECOND_FACTOR_REMOVED), 1);
}

static void recovery_codes_are_good_once(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, recovery_step);
    test_store_free(t);
}

static void guess_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    set_up(db, a);
    for (int i = 0; i < SECOND_TRIES; i++)
        assert_rc(second_count_try(db, a, person, &err), 0, &err);
    assert_rc(second_count_try(db, a, person, &err), ERR_RATE, &err);
    assert_true(err.retry_after > 0 && err.retry_after <= SECOND_TRIES_MINUTES * 60 + 1);
    assert_rc(second_count_try(db, a, person + 1, &err), 0, &err);
}

static void later_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    assert_rc(second_count_try(db, a, person, &err), 0, &err);
    assert_rc(second_count_try(db, a, person, &err), 0, &err);
}

static void guessing_is_slow(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    clock_init_manual(&t->clock, INT64_C(2000000000000000));
    in_write(t, guess_step);
    clock_set(&t->clock, clock_now(&t->clock) + (SECOND_TRIES_MINUTES + 1) * TIME_MINUTE);
    in_write(t, later_step);
    test_store_free(t);
}

static void agent_is(const char *header, const char *browser, const char *system, bool phone)
{
    struct agent agent = agent_of(str_from(header));
    assert_string_equal(agent.browser ? agent.browser : "", browser);
    assert_string_equal(agent.system ? agent.system : "", system);
    assert_int_equal(agent.phone, phone);
}

static void browsers_are_named(void **state)
{
    (void)state;
    agent_is("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox",
             "Linux", false);
    agent_is("Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
             "Chrome/126.0.0.0 Mobile Safari/537.36",
             "Chrome", "Android", true);
    agent_is("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, "
             "like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
             "Safari", "iPhone", true);
    agent_is("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
             "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
             "Edge", "Windows", false);
    agent_is("Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/107 Mobile Safari/537.36 "
             "MicroMessenger/8.0.49",
             "WeChat", "Android", true);
    agent_is("", "", "", false);
    agent_is("something <else>", "", "", false);
    assert_null(agent_of((struct str){ 0 }).browser);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(it_is_set_up_by_a_right_code), ON_BOTH(a_code_is_taken_once),
        ON_BOTH(recovery_codes_are_good_once), ON_BOTH(guessing_is_slow),
        cmocka_unit_test(browsers_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
