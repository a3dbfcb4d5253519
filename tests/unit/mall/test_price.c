/* What may be said of old prices. */
#include "unit/mall/kit.h"

#include "mall/catalog/price.h"

#define AT(day) ((day)*TIME_DAY)

static void the_lowest_of_a_span(void **state UNUSED)
{
    const struct price_point p[] = { { AT(40), 900 }, { AT(20), 500 }, { AT(10), 700 } };
    assert_int_equal(price_lowest(p, 3, AT(10), AT(20)), 700);
    assert_int_equal(price_lowest(p, 3, AT(10), AT(20) + 1), 500);
    assert_int_equal(price_lowest(p, 3, AT(39), AT(60)), 500);
    assert_int_equal(price_lowest(p, 3, AT(40), AT(60)), 900);
    assert_int_equal(price_lowest(p, 3, AT(0), AT(10)), 0); /* not sold yet */
    assert_int_equal(price_lowest(p, 0, AT(0), AT(90)), 0);
}

static void a_price_before_needs_30_days(void **state UNUSED)
{
    /* 1000 from day 0, 800 from day 30 on. */
    const struct price_point p[] = { { AT(30), 800 }, { AT(0), 1000 } };
    assert_int_equal(price_before(p, 2, 1000, AT(30)), 1000);
    assert_int_equal(price_before(p, 2, 1000, AT(59)), 1000);
    assert_int_equal(price_before(p, 2, 1000, AT(60)), 0); /* it costs 800 by now */
    assert_int_equal(price_before(p, 2, 1001, AT(31)), 0); /* it never cost so much */
    assert_int_equal(price_before(p, 2, 900, AT(31)), 900);
    assert_int_equal(price_before(p, 2, 800, AT(31)), 0);
    assert_int_equal(price_before(p, 2, 0, AT(31)), 0);
    const struct price_point soon[] = { { AT(29), 800 }, { AT(0), 1000 } };
    assert_int_equal(price_before(soon, 2, 1000, AT(30)), 0); /* sold for 29 days */
    assert_int_equal(price_before(p + 1, 1, 1000, AT(90)), 0);
}

static void a_price_before_is_the_lowest_of_the_days(void **state UNUSED)
{
    /* Dear for a day, so that the next day looks cheap. */
    const struct price_point p[] = {
        { AT(101), 800 }, { AT(100), 2000 }, { AT(50), 900 }, { AT(0), 1500 }
    };
    assert_int_equal(price_before(p, 4, 2000, AT(102)), 0);
    assert_int_equal(price_before(p, 4, 900, AT(102)), 900);
    /* What it cost until 30 days before does not count. */
    const struct price_point q[] = { { AT(100), 800 }, { AT(70), 1000 }, { AT(0), 500 } };
    assert_int_equal(price_before(q, 3, 1000, AT(100)), 1000);
}

static void steps_stay_inside(void **state UNUSED)
{
    struct arena a;
    arena_init(&a, 64 * 1024);
    const struct price_point p[] = { { AT(300), MONEY_MAX }, { AT(200), 1 }, { AT(0), 500 } };
    assert_text(price_steps(&a, p, 3, AT(100), AT(400)), "0.0,37.0 33.3,37.0 33.3,37.0 66.6,37.0 "
                                                         "66.6,3.1 99.9,3.1");
    const struct price_point one[] = { { AT(5), 7 } };
    assert_text(price_steps(&a, one, 1, AT(5), AT(5)), "0.0,20.0 0.0,20.0");
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_lowest_of_a_span),
        cmocka_unit_test(a_price_before_needs_30_days),
        cmocka_unit_test(a_price_before_is_the_lowest_of_the_days),
        cmocka_unit_test(steps_stay_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
