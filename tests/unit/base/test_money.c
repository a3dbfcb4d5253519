/* base/money.h: bounds, rounding, splitting, reading. */
#include "unit/unit.h"

#include <string.h>

#include "base/money.h"
#include "base/random.h"

static void currencies_are_three_capitals(void **state UNUSED)
{
    assert_string_equal(money(5, STR("EUR")).currency, "EUR");
    assert_string_equal(money(5, STR("cny")).currency, "CNY");
    assert_string_equal(money(5, STR("E1R")).currency, "XXX");
    assert_string_equal(money(5, STR("EURO")).currency, "XXX");
    assert_string_equal(money(5, (struct str){ 0 }).currency, "XXX");
    assert_int_equal(money(5, STR("EUR")).minor, 5);
    assert_int_equal(money_digits("CNY"), 2);
    assert_int_equal(money_digits("JPY"), 0);
    assert_int_equal(money_digits("KWD"), 3);
    assert_int_equal(money_digits("CLF"), 4);
}

static void sums_are_checked(void **state UNUSED)
{
    int64_t r = 1;
    assert_true(money_add(MONEY_MAX - 1, 1, &r));
    assert_true(r == MONEY_MAX);
    assert_false(money_add(MONEY_MAX, 1, &r));
    assert_false(money_add(-MONEY_MAX, -1, &r));
    assert_false(money_add(INT64_MAX, 1, &r));
    assert_true(r == MONEY_MAX);
    assert_true(money_multiply(-250, 4, &r));
    assert_true(r == -1000);
    assert_false(money_multiply(MONEY_MAX, 2, &r));
    assert_false(money_multiply(INT64_MAX, INT64_MAX, &r));
    assert_true(r == -1000);
}

static void rates_round_half_away_from_zero(void **state UNUSED)
{
    assert_int_equal(money_rate(1000, 500), 50);
    assert_int_equal(money_rate(1, 5000), 1);
    assert_int_equal(money_rate(-1, 5000), -1);
    assert_int_equal(money_rate(1, 4999), 0);
    assert_int_equal(money_rate(3, 5000), 2);
    assert_int_equal(money_rate(12345, 0), 0);
    assert_true(money_rate(MONEY_MAX, MONEY_RATE_ONE) == MONEY_MAX);
    assert_true(money_rate(-MONEY_MAX, 9999) == -INT64_C(999900000000000));
    assert_true(money_rate(MONEY_MAX - 1, 3333) == INT64_C(333300000000000));
    struct random r;
    random_init_seed(&r, 7);
    for (int i = 0; i < 2000; i++) {
        int64_t amount = (int64_t)random_below(&r, MONEY_MAX);
        int64_t rate = (int64_t)random_below(&r, MONEY_RATE_ONE + 1);
        int64_t want = (int64_t)(((__int128)amount * rate + 5000) / 10000);
        assert_true(money_rate(amount, rate) == want);
        assert_true(money_rate(-amount, rate) == -want);
    }
}

static void splits_sum_to_the_whole(void **state UNUSED)
{
    int64_t thirds[] = { 1, 1, 1 }, part[3];
    assert_true(money_split(100, thirds, 3, part));
    assert_int_equal(part[0], 34);
    assert_int_equal(part[1], 33);
    assert_int_equal(part[2], 33);
    assert_true(money_split(-101, thirds, 3, part));
    assert_int_equal(part[0], -34);
    assert_int_equal(part[1], -34);
    assert_int_equal(part[2], -33);
    int64_t uneven[] = { 0, 2, 5 };
    assert_true(money_split(10, uneven, 3, part)); /* 2.857 and 7.142 */
    assert_int_equal(part[0], 0);
    assert_int_equal(part[1], 3);
    assert_int_equal(part[2], 7);
    struct random r;
    random_init_seed(&r, 11);
    for (int round = 0; round < 500; round++) {
        int64_t weights[12], parts[12], sum = 0;
        int n = 1 + (int)random_below(&r, 12);
        for (int i = 0; i < n; i++)
            weights[i] = (int64_t)random_below(&r, round % 3 ? 5 : (uint64_t)INT64_MAX) + (i == 0);
        int64_t amount = (int64_t)random_below(&r, MONEY_MAX);
        assert_true(money_split(amount, weights, n, parts));
        for (int i = 0; i < n; i++) {
            assert_true(parts[i] >= 0);
            assert_true(weights[i] != 0 || parts[i] == 0);
            sum += parts[i];
        }
        assert_true(sum == amount);
    }
}

static void splits_refuse_bad_weights(void **state UNUSED)
{
    int64_t zero[] = { 0, 0 }, negative[] = { 3, -1 }, part[2] = { 7, 7 };
    assert_false(money_split(100, zero, 2, part));
    assert_false(money_split(100, negative, 2, part));
    assert_false(money_split(100, zero, 0, part));
    assert_int_equal(part[0] + part[1], 14);
}

static void amounts_are_read_strictly(void **state UNUSED)
{
    static const struct {
        const char *text, *currency;
        int64_t minor;
    } good[] = { { "12.5", "EUR", 1250 },  { "12", "EUR", 1200 },
                 { "0.05", "EUR", 5 },     { "0", "EUR", 0 },
                 { "007.10", "EUR", 710 }, { "1200", "JPY", 1200 },
                 { "1.234", "KWD", 1234 }, { "10000000000000.00", "EUR", MONEY_MAX } };
    static const struct {
        const char *text, *currency;
    } bad[] = { { "", "EUR" },
                { ".", "EUR" },
                { "1.", "EUR" },
                { ".5", "EUR" },
                { "1.234", "EUR" },
                { "1.0", "JPY" },
                { "-1", "EUR" },
                { "+1", "EUR" },
                { "1,5", "EUR" },
                { "1.5.0", "EUR" },
                { "1e3", "EUR" },
                { " 1", "EUR" },
                { "1.-5", "EUR" },
                { "10000000000000.01", "EUR" },
                { "99999999999999999999999999", "EUR" } };
    int64_t minor;
    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        assert_true(money_parse(str_from(good[i].text), good[i].currency, &minor));
        assert_true(minor == good[i].minor);
    }
    minor = 3;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(money_parse(str_from(bad[i].text), bad[i].currency, &minor));
    assert_false(money_parse((struct str){ 0 }, "EUR", &minor));
    assert_int_equal(minor, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(currencies_are_three_capitals),
        cmocka_unit_test(sums_are_checked),
        cmocka_unit_test(rates_round_half_away_from_zero),
        cmocka_unit_test(splits_sum_to_the_whole),
        cmocka_unit_test(splits_refuse_bad_weights),
        cmocka_unit_test(amounts_are_read_strictly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
