/* Nothing is sold twice. */
#include "unit/mall/kit.h"

#include "mall/stock/stock.h"

#define SKU      77
#define PURCHASE 88

static int hold(struct mall *m, int64_t purchase, int64_t n)
{
    return stock_hold(m->db, purchase, (struct stock_need){ SKU, n }, &m->err);
}

static void what_is_held_is_not_free(void **state)
{
    struct mall *m = mall_new(*state);
    assert_int_equal(mall_left(m, SKU), 0);
    MUST(m, stock_receive(m->db, SKU, 5, 0, &m->err));
    assert_int_equal(mall_left(m, SKU), 5);
    MUST(m, hold(m, PURCHASE, 3));
    assert_int_equal(mall_left(m, SKU), 2);
    assert_int_equal(RUN(m, hold(m, PURCHASE + 1, 3)), ERR_CONFLICT);
    /* The rule says so, not the table's check behind it, which has no words for the buyer. */
    assert_non_null(m->err.message);
    assert_int_equal(mall_left(m, SKU), 2);
    MUST(m, hold(m, PURCHASE + 1, 2));
    assert_int_equal(RUN(m, hold(m, PURCHASE + 2, 1)), ERR_CONFLICT);
    MUST(m, stock_let_go(m->db, &m->arena, PURCHASE, &m->err));
    assert_int_equal(mall_left(m, SKU), 3);
    mall_free(m);
}

static void what_is_sold_is_gone_once(void **state)
{
    struct mall *m = mall_new(*state);
    MUST(m, stock_receive(m->db, SKU, 5, 0, &m->err));
    MUST(m, hold(m, PURCHASE, 3));
    MUST(m, stock_sell(m->db, &m->arena, PURCHASE, &m->err));
    assert_int_equal(mall_left(m, SKU), 2);
    assert_int_equal(RUN(m, stock_sell(m->db, &m->arena, PURCHASE, &m->err)), ERR_CONFLICT);
    MUST(m, stock_let_go(m->db, &m->arena, PURCHASE, &m->err));
    assert_int_equal(mall_left(m, SKU), 2);
    mall_free(m);
}

static void counting_keeps_what_is_held(void **state)
{
    struct mall *m = mall_new(*state);
    MUST(m, stock_receive(m->db, SKU, 5, 0, &m->err));
    MUST(m, hold(m, PURCHASE, 3));
    assert_int_equal(RUN(m, stock_count(m->db, &m->arena, SKU, 2, 0, &m->err)), ERR_CONFLICT);
    MUST(m, stock_count(m->db, &m->arena, SKU, 3, 0, &m->err));
    assert_int_equal(mall_left(m, SKU), 0);
    MUST(m, stock_count(m->db, &m->arena, SKU, 10, 0, &m->err));
    assert_int_equal(mall_left(m, SKU), 7);
    mall_free(m);
}

static void odd_quantities_are_refused(void **state)
{
    struct mall *m = mall_new(*state);
    const int64_t odd[] = { 0, -1, STOCK_MAX + 1, INT64_MIN };
    for (size_t i = 0; i < ARRAY_LEN(odd); i++) {
        assert_int_equal(RUN(m, stock_receive(m->db, SKU, odd[i], 0, &m->err)), ERR_INVALID);
        assert_non_null(err_find_field(&m->err, "quantity"));
    }
    MUST(m, stock_receive(m->db, SKU, STOCK_MAX, 0, &m->err));
    assert_int_equal(RUN(m, stock_receive(m->db, SKU, 1, 0, &m->err)), ERR_CONFLICT);
    mall_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(what_is_held_is_not_free),
        ON_BOTH(what_is_sold_is_gone_once),
        ON_BOTH(counting_keeps_what_is_held),
        ON_BOTH(odd_quantities_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
