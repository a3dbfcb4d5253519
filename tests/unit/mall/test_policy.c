/* The terms of a sale: versions that are only added, and which of them holds. */
#include "unit/mall/kit.h"

#include "base/clock.h"
#include "gen/order_sql.h"
#include "mall/order/order_policy.h"

#define KEEPER 901

static struct order_policy draft(int64_t supplier, int64_t days)
{
    return (struct order_policy){ .supplier = supplier,
                                  .return_days = days,
                                  .way_back = WAY_BACK_SUPPLIER,
                                  .note = STR("A test of it.") };
}

static int64_t in_force(struct mall *m, int64_t supplier)
{
    int64_t id = 0;
    MUST(m, order_policy_now(m->db, supplier, &id, &m->err));
    return id;
}

static void the_first_stands_in_the_schema(void **state)
{
    struct mall *m = mall_new(*state);
    struct order_policy p = { 0 };
    assert_int_equal(in_force(m, SUPPLIER), 1);
    MUST(m, order_policy_by_id(m->db, &m->arena, 0, &p, &m->err));
    assert_int_equal(p.id, 1);
    assert_int_equal(order_policy_days(&p, 30), 30);
    assert_int_equal(order_policy_days(&p, 14), 14);
    assert_int_equal(p.way_back, WAY_BACK_BUYER);
    assert_false(order_policy_excludes(&p, STR("Food")));
    assert_int_equal(RUN(m, order_policy_by_id(m->db, &m->arena, 77, &p, &m->err)), ERR_NOT_FOUND);
    mall_free(m);
}

static void a_version_is_added_and_none_is_changed(void **state)
{
    struct mall *m = mall_new(*state);
    const struct str left_out[] = { STR("Food"), STR("Made to order") };
    struct order_policy p = draft(0, 20), seen = { 0 };
    struct order_policy *list = NULL;
    size_t n = 0;
    int64_t id = 0, own = 0;
    p.excluded = left_out;
    p.n_excluded = 2;
    MUST(m, order_policy_add(m->db, &m->arena, &p, KEEPER, &id, &m->err));
    assert_int_equal(in_force(m, SUPPLIER), id);
    MUST(m, order_policy_by_id(m->db, &m->arena, id, &seen, &m->err));
    assert_int_equal(order_policy_days(&seen, 30), 20);
    assert_int_equal(seen.fee_rule, 1);
    assert_true(order_policy_excludes(&seen, STR("Food")));
    assert_false(order_policy_excludes(&seen, STR("food")));
    p = draft(RIVAL, 0);
    MUST(m, order_policy_add(m->db, &m->arena, &p, KEEPER, &own, &m->err));
    assert_int_equal(in_force(m, SUPPLIER), id);
    assert_int_equal(in_force(m, RIVAL), own);
    MUST(m, order_policy_of(m->db, &m->arena, RIVAL, &seen, &m->err));
    assert_int_equal(seen.return_days, 0);
    assert_int_equal(seen.n_excluded, 0);
    MUST(m, order_policy_list(m->db, &m->arena, INT64_MAX, 10, &list, &n, &m->err));
    assert_int_equal(n, 3);
    assert_int_equal(list[0].id, own);
    assert_int_equal(list[1].n_excluded, 2);
    assert_int_equal(list[2].id, 1);
    assert_int_equal(mall_facts(m, EVENT_ORDER_POLICY_SET), 2);
    mall_free(m);
}

/* Lines keep the terms they were sold under, the category's among them. */
static void lines_keep_their_terms(void **state)
{
    struct mall *m = mall_new(*state);
    const struct str left_out[] = { STR("") }; /* the category of the kit's goods */
    struct order_policy p = draft(0, 20);
    struct order_lines_rows lines = { 0 };
    const int64_t *orders = NULL;
    int64_t purchase = 0, total = 0, policy = 0;
    size_t n = 0;
    struct order_item item = mall_item(mall_sku(m, SUPPLIER, "cup", 300, 4), SUPPLIER, 300, 1);
    const struct order_request r = mall_request(&item, 1);
    struct product_card card = { 0 };
    MUST(m, product_of_slug(m->db, &m->arena, STR("cup"), &card, &m->err));
    item.product = card.id;
    for (int i = 0; i < 3; i++) {
        const int64_t days[] = { 30, 20, 0 };
        if (i == 2) {
            p.excluded = left_out;
            p.n_excluded = 1;
        }
        if (i)
            MUST(m, order_policy_add(m->db, &m->arena, &p, KEEPER, &policy, &m->err));
        MUST(m, order_place(m->db, &m->arena, &r, &purchase, &total, &m->err));
        MUST(m, order_ids_of_purchase(m->db, &m->arena, purchase, &orders, &n, &m->err));
        MUST(m, order_lines(m->db, &m->arena, orders[0], &lines, &m->err));
        assert_int_equal(lines.v[0].return_days, days[i]);
    }
    mall_free(m);
}

static void what_is_wrong_is_refused(void **state)
{
    struct mall *m = mall_new(*state);
    int64_t id = 0;
    struct order_policy p = draft(0, POLICY_DAYS_MAX + 1);
    assert_int_equal(RUN(m, order_policy_add(m->db, &m->arena, &p, KEEPER, &id, &m->err)),
                     ERR_INVALID);
    p = draft(0, 3);
    p.way_back = 0;
    assert_int_equal(RUN(m, order_policy_add(m->db, &m->arena, &p, KEEPER, &id, &m->err)),
                     ERR_INVALID);
    p = draft(0, 3);
    p.note = STR("");
    assert_int_equal(RUN(m, order_policy_add(m->db, &m->arena, &p, KEEPER, &id, &m->err)),
                     ERR_INVALID);
    assert_int_equal(in_force(m, SUPPLIER), 1);
    mall_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(the_first_stands_in_the_schema),
        ON_BOTH(a_version_is_added_and_none_is_changed),
        ON_BOTH(lines_keep_their_terms),
        ON_BOTH(what_is_wrong_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
