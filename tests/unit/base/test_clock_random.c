/* base/clock.h and base/random.h: what is handed in. */
#include "unit/unit.h"

#include <string.h>

#include "base/clock.h"
#include "base/random.h"

static void a_manual_clock_stands(void **state UNUSED)
{
    struct clock c;
    clock_init_manual(&c, 5);
    assert_int_equal(clock_now(&c), 5);
    clock_set(&c, 5);
    clock_set(&c, 9);
    assert_int_equal(clock_now(&c), 9);
}

static void the_system_clock_goes(void **state UNUSED)
{
    struct clock c;
    clock_init_system(&c);
    assert_true(clock_now(&c) > INT64_C(1700000000) * TIME_SECOND);
    int64_t before = clock_monotonic();
    assert_true(clock_monotonic() >= before);
}

static void days_start_at_midnight_before_and_after_1970(void **state UNUSED)
{
    assert_int_equal(time_day(0), 0);
    assert_int_equal(time_day(TIME_DAY - 1), 0);
    assert_int_equal(time_day(TIME_DAY), TIME_DAY);
    assert_int_equal(time_day(-1), -TIME_DAY);
    assert_int_equal(time_day(-TIME_DAY), -TIME_DAY);
}

static void a_seed_repeats_its_run(void **state UNUSED)
{
    struct random a, b;
    unsigned char x[37], y[37];
    random_init_seed(&a, 42);
    random_init_seed(&b, 42);
    random_fill(&a, x, sizeof(x));
    random_fill(&b, y, sizeof(y));
    assert_memory_equal(x, y, sizeof(x));
    random_init_seed(&b, 43);
    random_fill(&b, y, sizeof(y));
    assert_memory_not_equal(x, y, sizeof(x));
    random_init_system(&a);
    random_fill(&a, y, sizeof(y));
    assert_memory_not_equal(x, y, sizeof(x));
}

static void below_is_within_and_even(void **state UNUSED)
{
    struct random r;
    int hits[10] = { 0 };
    random_init_seed(&r, 1);
    for (int i = 0; i < 100000; i++)
        hits[random_below(&r, 10)]++;
    for (int i = 0; i < 10; i++)
        assert_in_range(hits[i], 9600, 10400);
    assert_int_equal(random_below(&r, 1), 0);
    int high = 0; /* three quarters of the range: a plain remainder gives 2:1 */
    const uint64_t wide = UINT64_C(3) << 62;
    for (int i = 0; i < 30000; i++)
        high += random_below(&r, wide) >= wide / 3;
    assert_in_range(high, 19500, 20500);
    random_init_system(&r);
    assert_true(random_below(&r, 3) < 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_manual_clock_stands),
        cmocka_unit_test(the_system_clock_goes),
        cmocka_unit_test(days_start_at_midnight_before_and_after_1970),
        cmocka_unit_test(a_seed_repeats_its_run),
        cmocka_unit_test(below_is_within_and_even),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
