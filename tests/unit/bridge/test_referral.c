/* Tokens of followed pins: only ours, only in time, only for their product. */
#include "unit/unit.h"

#include <sodium.h>
#include <string.h>

#include "base/clock.h"
#include "bridge/referral/referral.h"

#define NOW    INT64_C(1800000000000000)
#define SECRET STR("a secret of the shop")
#define DAYS   7

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 1024 * 1024);
    return sodium_init() < 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static struct str sign(int64_t pin, int64_t product, int64_t at)
{
    const struct referral_token token = { pin, product, at };
    return referral_sign(&arena, SECRET, &token);
}

static void what_was_signed_is_read(void **state)
{
    (void)state;
    struct referral_token t = { 0 };
    struct str text = sign(11, 22, NOW);
    assert_true(referral_read(SECRET, text, NOW, DAYS, &t));
    assert_int_equal(t.pin, 11);
    assert_int_equal(t.product, 22);
    assert_int_equal(t.at, NOW);
    assert_true(referral_read(SECRET, text, NOW + DAYS * TIME_DAY - TIME_SECOND, DAYS, &t));
    assert_false(referral_read(SECRET, text, NOW + DAYS * TIME_DAY + TIME_SECOND, DAYS, &t));
    assert_false(referral_read(STR("another secret"), text, NOW, DAYS, &t));
}

static void a_changed_token_is_not_ours(void **state)
{
    (void)state;
    struct referral_token t = { 0 };
    struct str text = sign(11, 22, NOW);
    for (size_t i = 0; i < text.len; i++) {
        struct str copy = arena_str(&arena, text);
        char *bytes = arena_alloc(&arena, text.len + 1);
        memcpy(bytes, copy.ptr, text.len);
        bytes[i] = bytes[i] == '1' ? '2' : '1';
        assert_false(referral_read(SECRET, (struct str){ bytes, text.len }, NOW, DAYS, &t));
        assert_false(referral_read(SECRET, str_slice(text, 0, i), NOW, DAYS, &t));
    }
    assert_false(referral_read(SECRET, STR("..."), NOW, DAYS, &t));
    assert_false(
        referral_read(SECRET, arena_printf(&arena, "%.*s0", STR_ARG(text)), NOW, DAYS, &t));
}

static struct str with(struct str cookie, int64_t pin, int64_t product, int64_t at)
{
    const struct referral_token token = { pin, product, at };
    return referral_add(&arena, SECRET, cookie, &token);
}

static void the_last_pin_of_a_product_counts(void **state)
{
    (void)state;
    struct referral_token t = { 0 };
    struct str cookie = with(STR(""), 1, 70, NOW);
    cookie = with(cookie, 2, 71, NOW + TIME_SECOND);
    cookie = with(cookie, 3, 70, NOW + 2 * TIME_SECOND);
    int64_t now = NOW + TIME_MINUTE;
    struct str found = referral_for(SECRET, cookie, 70, now, DAYS);
    assert_true(referral_read(SECRET, found, now, DAYS, &t));
    assert_int_equal(t.pin, 3);
    found = referral_for(SECRET, cookie, 71, now, DAYS);
    assert_true(referral_read(SECRET, found, now, DAYS, &t));
    assert_int_equal(t.pin, 2);
    assert_int_equal(referral_for(SECRET, cookie, 72, now, DAYS).len, 0);
    assert_int_equal(referral_for(SECRET, cookie, 70, now + 8 * TIME_DAY, DAYS).len, 0);
    assert_int_equal(referral_for(SECRET, STR("~~a~"), 70, now, DAYS).len, 0);
}

static void a_cookie_keeps_the_newest(void **state)
{
    (void)state;
    struct str cookie = STR(""), piece;
    for (int64_t i = 0; i < REFERRAL_TOKENS_MAX + 3; i++)
        cookie = with(cookie, i + 1, 100 + i, NOW + i * TIME_SECOND);
    int64_t n = 0, now = NOW + TIME_MINUTE;
    for (struct str rest = cookie; str_next(&rest, '~', &piece); n++) {
        struct referral_token t = { 0 };
        assert_true(referral_read(SECRET, piece, now, DAYS, &t));
        assert_int_equal(t.pin, REFERRAL_TOKENS_MAX + 3 - n); /* newest first */
    }
    assert_int_equal(n, REFERRAL_TOKENS_MAX);
    assert_int_equal(referral_for(SECRET, cookie, 100, now, DAYS).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(what_was_signed_is_read),
                                        cmocka_unit_test(a_changed_token_is_not_ours),
                                        cmocka_unit_test(the_last_pin_of_a_product_counts),
                                        cmocka_unit_test(a_cookie_keeps_the_newest) };
    return cmocka_run_group_tests(tests, setup, teardown);
}
