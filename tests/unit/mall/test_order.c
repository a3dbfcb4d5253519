/* A purchase from placing to closing, and every step that must not be taken. */
#include "unit/mall/kit.h"

#include "base/clock.h"
#include "gen/fulfilment_sql.h"
#include "gen/order_sql.h"
#include "mall/fulfilment/fulfilment.h"
#include "mall/ledger/ledger.h"

struct placed {
    int64_t purchase, total, order;
};

static int place(struct mall *m, const struct order_request *r, struct placed *p)
{
    const int64_t *orders;
    size_t n;
    int rc = order_place(m->db, &m->arena, r, &p->purchase, &p->total, &m->err);
    if (rc == 0)
        rc = order_ids_of_purchase(m->db, &m->arena, p->purchase, &orders, &n, &m->err);
    if (rc == 0)
        p->order = orders[0];
    return rc;
}

static enum order_state state_of(struct mall *m, int64_t order)
{
    struct order_brief brief = { 0 };
    MUST(m, order_brief(m->db, &m->arena, order, &brief, &m->err));
    return brief.state;
}

static int author_claims(void *ctx, struct db *db, const struct order_item *item,
                         int64_t author_rate, struct order_claim *ret_claim, struct err *err)
{
    (void)ctx, (void)db, (void)err;
    if (!str_eq_c(item->source, "token"))
        return 0;
    *ret_claim = (struct order_claim){ AUTHOR, CLAIM_AUTHOR, author_rate, NOTE };
    return 1;
}

static int ship(struct mall *m, int64_t order, int64_t supplier)
{
    return shipment_send(m->db, &m->arena, order, supplier, STR("Post"), STR("T1"), &m->err);
}

static int received(struct mall *m, int64_t order, int64_t actor)
{
    return shipment_arrive(m->db, &m->arena, order, actor, SAID_BUYER, &m->err);
}

static void pay_for(struct mall *m, const struct placed *p)
{
    MUST(m,
         ledger_payment(m->db, &(struct ledger_money){ 5, p->total, STR("EUR"), CUSTODY_PROVIDER },
                        &m->err));
    MUST(m, order_paid(m->db, &m->arena, p->purchase, &m->err));
}

static void the_whole_way(void **state)
{
    struct mall *m = mall_new(*state);
    struct placed p = { 0 };
    int64_t sku = mall_sku(m, SUPPLIER, "cup", 5000, 4);
    const struct order_item item = mall_item(sku, SUPPLIER, 5000, 2);
    struct order_request r = mall_request(&item, 1);
    r.claim = author_claims;
    MUST(m, place(m, &r, &p));
    assert_int_equal(p.total, 10000);
    assert_int_equal(mall_left(m, sku), 2);
    pay_for(m, &p);
    assert_int_equal(state_of(m, p.order), ORDER_PAID);
    MUST(m, ship(m, p.order, SUPPLIER));
    MUST(m, received(m, p.order, BUYER));
    assert_int_equal(state_of(m, p.order), ORDER_DELIVERED);
    mall_wait(m, BEGIN + 30 * TIME_DAY - 1);
    assert_int_equal(state_of(m, p.order), ORDER_DELIVERED);
    assert_int_equal(mall_balance(m, LEDGER_ESCROW, 0), 10000);
    mall_wait(m, BEGIN + 30 * TIME_DAY);
    assert_int_equal(state_of(m, p.order), ORDER_CLOSED);
    assert_int_equal(mall_balance(m, LEDGER_ESCROW, 0), 0);
    assert_int_equal(mall_balance(m, LEDGER_SUPPLIER, SUPPLIER), 8836);
    assert_int_equal(mall_balance(m, LEDGER_AUTHOR, AUTHOR), 388);
    assert_int_equal(mall_facts(m, EVENT_ORDER_CLOSED), 1);
    mall_free(m);
}

static void silence_counts_as_arrived(void **state)
{
    struct mall *m = mall_new(*state);
    struct placed p = { 0 };
    int64_t sku = mall_sku(m, SUPPLIER, "cup", 5000, 4);
    const struct order_item item = mall_item(sku, SUPPLIER, 5000, 1);
    const struct order_request r = mall_request(&item, 1);
    MUST(m, place(m, &r, &p));
    pay_for(m, &p);
    MUST(m, ship(m, p.order, SUPPLIER));
    mall_wait(m, BEGIN + 14 * TIME_DAY - 1);
    assert_int_equal(state_of(m, p.order), ORDER_SHIPPED);
    mall_wait(m, BEGIN + 14 * TIME_DAY);
    assert_int_equal(state_of(m, p.order), ORDER_DELIVERED);
    assert_int_equal(RUN(m, received(m, p.order, BUYER)), ERR_CONFLICT);
    mall_free(m);
}

static void two_suppliers_make_two_orders(void **state)
{
    struct mall *m = mall_new(*state);
    int64_t purchase = 0, total = 0;
    const int64_t *orders = NULL;
    size_t n = 0;
    const struct order_item items[] = {
        mall_item(mall_sku(m, SUPPLIER, "cup", 300, 4), SUPPLIER, 300, 1),
        mall_item(mall_sku(m, RIVAL, "pot", 500, 4), RIVAL, 500, 2),
        mall_item(mall_sku(m, SUPPLIER, "tea", 700, 4), SUPPLIER, 700, 1),
    };
    const struct order_request r = mall_request(items, 3);
    MUST(m, order_place(m->db, &m->arena, &r, &purchase, &total, &m->err));
    assert_int_equal(total, 2000);
    MUST(m, order_ids_of_purchase(m->db, &m->arena, purchase, &orders, &n, &m->err));
    assert_int_equal(n, 2);
    assert_int_equal(mall_facts(m, EVENT_ORDER_PLACED), 2);
    mall_free(m);
}

/* What a list of the buyer, and one of the supplier, has: newest first. */
static void must_list(struct mall *m, int64_t before, const int64_t *orders, size_t n)
{
    struct orders_of_buyer_rows bought = { 0 };
    struct supplier_sold_rows sold = { 0 };
    MUST(m, orders_of_buyer(m->db, &m->arena, BUYER, before, 10, &bought, &m->err));
    MUST(m, supplier_sold(m->db, &m->arena, SUPPLIER, before, 10, &sold, &m->err));
    assert_int_equal(bought.n, n);
    assert_int_equal(sold.n, n);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(bought.v[i].id, orders[i]);
        assert_int_equal(sold.v[i].id, orders[i]);
        assert_int_equal(sold.v[i].lines, 1);
    }
}

static void lists_have_the_filed_and_the_new(void **state)
{
    struct mall *m = mall_new(*state);
    struct placed p[3] = { 0 };
    struct orders_of_buyer_rows none = { 0 };
    struct supplier_figures_rows figures = { 0 };
    const struct order_item item =
        mall_item(mall_sku(m, SUPPLIER, "cup", 300, 4), SUPPLIER, 300, 1);
    const struct order_request r = mall_request(&item, 1);
    int64_t filed = 0;
    MUST(m, place(m, &r, &p[0]));
    pay_for(m, &p[0]);
    must_list(m, INT64_MAX, (const int64_t[]){ p[0].order }, 1);
    mall_wait(m, BEGIN + TIME_SECOND);
    MUST(m, order_file_some(m->db, 10, &filed, &m->err));
    assert_int_equal(filed, 0); /* the job has done it */
    must_list(m, INT64_MAX, (const int64_t[]){ p[0].order }, 1);
    for (int i = 1; i < 3; i++) {
        MUST(m, place(m, &r, &p[i]));
        pay_for(m, &p[i]);
    }
    must_list(m, INT64_MAX, (const int64_t[]){ p[2].order, p[1].order, p[0].order }, 3);
    must_list(m, p[2].order, (const int64_t[]){ p[1].order, p[0].order }, 2);
    MUST(m, order_file_some(m->db, 1, &filed, &m->err));
    assert_int_equal(filed, 1);
    must_list(m, INT64_MAX, (const int64_t[]){ p[2].order, p[1].order, p[0].order }, 3);
    MUST(m, orders_of_buyer(m->db, &m->arena, OTHER, INT64_MAX, 10, &none, &m->err));
    assert_int_equal(none.n, 0);
    MUST(m, supplier_figures(m->db, &m->arena, SUPPLIER, &figures, &m->err));
    assert_int_equal(figures.n, 1);
    assert_int_equal(figures.v[0].waiting, 3);
    assert_int_equal(figures.v[0].held, 900);
    mall_free(m);
}

static void what_there_is_not_is_not_sold(void **state)
{
    struct mall *m = mall_new(*state);
    struct placed p = { 0 };
    int64_t cup = mall_sku(m, SUPPLIER, "cup", 300, 4);
    int64_t pot = mall_sku(m, SUPPLIER, "pot", 300, 1);
    const struct order_item items[] = { mall_item(cup, SUPPLIER, 300, 4),
                                        mall_item(pot, SUPPLIER, 300, 2) };
    const struct order_request r = mall_request(items, 2);
    assert_int_equal(RUN(m, place(m, &r, &p)), ERR_CONFLICT);
    assert_int_equal(mall_left(m, cup), 4); /* nothing of it is held */
    assert_int_equal(mall_facts(m, EVENT_ORDER_PLACED), 0);
    mall_free(m);
}

static void time_lets_stock_go(void **state)
{
    struct mall *m = mall_new(*state);
    struct placed p = { 0 };
    int64_t sku = mall_sku(m, SUPPLIER, "cup", 300, 4);
    const struct order_item item = mall_item(sku, SUPPLIER, 300, 4);
    const struct order_request r = mall_request(&item, 1);
    MUST(m, place(m, &r, &p));
    mall_wait(m, BEGIN + 15 * TIME_MINUTE);
    assert_int_equal(mall_left(m, sku), 4);
    assert_int_equal(state_of(m, p.order), ORDER_CANCELLED);
    assert_int_equal(mall_facts(m, EVENT_CHECKOUT_EXPIRED), 1);
    assert_int_equal(RUN(m, order_cancel(m->db, &m->arena, p.purchase, BUYER, &m->err)),
                     ERR_CONFLICT);
    mall_free(m);
}

static void each_ends_when_its_own_time_is_over(void **state)
{
    struct mall *m = mall_new(*state);
    struct placed early = { 0 }, late = { 0 }, paid = { 0 };
    int64_t sku = mall_sku(m, SUPPLIER, "cup", 300, 4);
    const struct order_item item = mall_item(sku, SUPPLIER, 300, 1);
    struct order_request r = mall_request(&item, 1);
    r.expires = BEGIN + 15 * TIME_MINUTE - 1; /* both in the same minute */
    MUST(m, place(m, &r, &early));
    MUST(m, place(m, &r, &paid));
    r.expires = BEGIN + 15 * TIME_MINUTE + 1;
    MUST(m, place(m, &r, &late));
    pay_for(m, &paid);
    mall_wait(m, BEGIN + 15 * TIME_MINUTE);
    assert_int_equal(state_of(m, early.order), ORDER_CANCELLED);
    assert_int_equal(state_of(m, paid.order), ORDER_PAID);
    assert_int_equal(state_of(m, late.order), ORDER_PLACED);
    assert_int_equal(mall_left(m, sku), 2);
    mall_wait(m, BEGIN + 16 * TIME_MINUTE);
    assert_int_equal(state_of(m, late.order), ORDER_CANCELLED);
    assert_int_equal(mall_left(m, sku), 3);
    mall_free(m);
}

static void steps_that_do_not_fit_are_refused(void **state)
{
    struct mall *m = mall_new(*state);
    struct placed p = { 0 };
    const struct order_item item =
        mall_item(mall_sku(m, SUPPLIER, "cup", 300, 4), SUPPLIER, 300, 1);
    const struct order_request r = mall_request(&item, 1);
    MUST(m, place(m, &r, &p));
    assert_int_equal(RUN(m, ship(m, p.order, SUPPLIER)), ERR_CONFLICT);
    assert_int_equal(RUN(m, received(m, p.order, BUYER)), ERR_CONFLICT);
    pay_for(m, &p);
    MUST(m, order_paid(m->db, &m->arena, p.purchase, &m->err)); /* again: nothing happens */
    assert_int_equal(mall_facts(m, EVENT_ORDER_PAID), 1);
    assert_int_equal(RUN(m, order_cancel(m->db, &m->arena, p.purchase, BUYER, &m->err)),
                     ERR_CONFLICT);
    MUST(m, ship(m, p.order, SUPPLIER));
    assert_int_equal(RUN(m, ship(m, p.order, SUPPLIER)), ERR_CONFLICT);
    mall_free(m);
}

static void to_others_there_is_no_such_order(void **state)
{
    struct mall *m = mall_new(*state);
    struct placed p = { 0 };
    const struct order_item item =
        mall_item(mall_sku(m, SUPPLIER, "cup", 300, 4), SUPPLIER, 300, 1);
    const struct order_request r = mall_request(&item, 1);
    MUST(m, place(m, &r, &p));
    assert_int_equal(RUN(m, order_cancel(m->db, &m->arena, p.purchase, OTHER, &m->err)),
                     ERR_NOT_FOUND);
    pay_for(m, &p);
    assert_int_equal(RUN(m, ship(m, p.order, RIVAL)), ERR_NOT_FOUND);
    MUST(m, ship(m, p.order, SUPPLIER));
    assert_int_equal(RUN(m, received(m, p.order, OTHER)), ERR_NOT_FOUND);
    assert_int_equal(state_of(m, p.order), ORDER_SHIPPED);
    mall_free(m);
}

static void an_address_says_what_it_lacks(void **state)
{
    (void)state;
    struct err err = { 0 };
    const struct order_address nothing = { .country = STR("be") };
    assert_int_equal(order_check_address(&nothing, &err), ERR_INVALID);
    const char *const fields[] = { "name", "line1", "city", "postcode", "country" };
    for (size_t i = 0; i < ARRAY_LEN(fields); i++)
        assert_non_null(err_find_field(&err, fields[i]));
    assert_null(err_find_field(&err, "phone"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(the_whole_way),
        ON_BOTH(silence_counts_as_arrived),
        ON_BOTH(two_suppliers_make_two_orders),
        ON_BOTH(lists_have_the_filed_and_the_new),
        ON_BOTH(what_there_is_not_is_not_sold),
        ON_BOTH(time_lets_stock_go),
        ON_BOTH(each_ends_when_its_own_time_is_over),
        ON_BOTH(steps_that_do_not_fit_are_refused),
        ON_BOTH(to_others_there_is_no_such_order),
        cmocka_unit_test(an_address_says_what_it_lacks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
