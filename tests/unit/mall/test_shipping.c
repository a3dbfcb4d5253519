/* Orders that leave in several parcels, and those that are cancelled before any leaves. */
#include "unit/mall/sold.h"

#include "base/clock.h"
#include "gen/order_sql.h"
#include "mall/fulfilment/fulfilment.h"
#include "mall/ledger/ledger.h"

/* Two cups and one pot, 300 each. */
static struct sold two_things(struct mall *m, int64_t skus[2])
{
    skus[0] = mall_sku(m, SUPPLIER, "cup", 300, 5);
    skus[1] = mall_sku(m, SUPPLIER, "pot", 300, 5);
    const struct order_item items[] = { mall_item(skus[0], SUPPLIER, 300, 2),
                                        mall_item(skus[1], SUPPLIER, 300, 1) };
    return mall_sell(m, items, 2);
}

static int send_some(struct mall *m, int64_t order, int64_t position, int64_t quantity,
                     const char *tracking)
{
    const struct shipment_item item = { position, quantity };
    const struct shipment_parcel p = { .order = order,
                                       .supplier = SUPPLIER,
                                       .carrier = STR("Post"),
                                       .tracking = str_from(tracking),
                                       .items = &item,
                                       .n_items = 1 };
    return shipment_send_some(m->db, &m->arena, &p, &m->err);
}

static int64_t parcel(struct mall *m, int64_t order, size_t at)
{
    struct shipment *list = NULL;
    size_t n = 0;
    MUST(m, shipments_of(m->db, &m->arena, &order, 1, &list, &n, &m->err));
    assert_true(at < n);
    return list[at].id;
}

static void several_parcels_make_an_order(void **state)
{
    struct mall *m = mall_new(*state);
    int64_t skus[2];
    const struct sold s = two_things(m, skus);
    struct shipment_left *left = NULL;
    size_t n = 0;
    MUST(m, send_some(m, s.order, 0, 1, "A"));
    assert_int_equal(mall_state(m, s.order), ORDER_PAID);
    assert_int_equal(mall_facts(m, EVENT_ORDER_PARTLY_SHIPPED), 1);
    assert_int_equal(RUN(m, send_some(m, s.order, 0, 2, "B")), ERR_INVALID);
    assert_int_equal(RUN(m, send_some(m, s.order, 0, 0, "B")), ERR_INVALID);
    assert_int_equal(RUN(m, send_some(m, s.order, 0, -1, "B")), ERR_INVALID);
    assert_int_equal(RUN(m, send_some(m, s.order, 7, 1, "B")), ERR_INVALID);
    MUST(m, shipments_left(m->db, &m->arena, s.order, &left, &n, &m->err));
    assert_int_equal(n, 2);
    assert_int_equal(left[0].left, 1);
    assert_int_equal(left[1].left, 1);
    int64_t first = parcel(m, s.order, 0);
    MUST(m, shipment_arrive_one(m->db, &m->arena, first, BUYER, SAID_BUYER, &m->err));
    assert_int_equal(mall_state(m, s.order), ORDER_PAID);
    MUST(m, shipment_send(m->db, &m->arena, s.order, SUPPLIER, STR("Post"), STR("B"), &m->err));
    assert_int_equal(mall_state(m, s.order), ORDER_SHIPPED);
    assert_int_equal(RUN(m, send_some(m, s.order, 0, 1, "C")), ERR_CONFLICT);
    MUST(m, shipment_arrive(m->db, &m->arena, s.order, BUYER, SAID_BUYER, &m->err));
    assert_int_equal(mall_state(m, s.order), ORDER_DELIVERED);
    assert_int_equal(mall_facts(m, EVENT_ORDER_DELIVERED), 1);
    mall_free(m);
}

static void the_last_parcel_to_arrive_delivers(void **state)
{
    struct mall *m = mall_new(*state);
    int64_t skus[2];
    const struct sold s = two_things(m, skus);
    MUST(m, send_some(m, s.order, 0, 2, "A"));
    MUST(m, send_some(m, s.order, 1, 1, "B"));
    assert_int_equal(mall_state(m, s.order), ORDER_SHIPPED);
    MUST(m, shipment_carrier_said(m->db, &m->arena, STR("post"), STR("A"), &m->err));
    assert_int_equal(mall_state(m, s.order), ORDER_SHIPPED);
    MUST(m, shipment_carrier_said(m->db, &m->arena, STR("POST"), STR("A"), &m->err));
    assert_int_equal(
        RUN(m, shipment_carrier_said(m->db, &m->arena, STR("Other"), STR("A"), &m->err)),
        ERR_NOT_FOUND);
    assert_int_equal(RUN(m, shipment_carrier_said(m->db, &m->arena, STR("Post"), STR(""), &m->err)),
                     ERR_NOT_FOUND);
    int64_t second = parcel(m, s.order, 1);
    assert_int_equal(
        RUN(m, shipment_arrive_one(m->db, &m->arena, second, OTHER, SAID_BUYER, &m->err)),
        ERR_NOT_FOUND);
    mall_wait(m, BEGIN + SHIPMENT_DAYS * TIME_DAY);
    assert_int_equal(mall_state(m, s.order), ORDER_DELIVERED);
    mall_free(m);
}

static int call_off(struct mall *m, int64_t order, int64_t actor, bool staff, const char *why)
{
    return order_call_off(m->db, &m->arena, order, actor, staff, str_from(why), &m->err);
}

static void a_paid_order_is_given_back_whole(void **state)
{
    struct mall *m = mall_new(*state);
    int64_t skus[2];
    const struct sold s = two_things(m, skus);
    assert_int_equal(mall_left(m, skus[0]), 3);
    assert_int_equal(RUN(m, call_off(m, s.order, OTHER, false, "x")), ERR_NOT_FOUND);
    assert_int_equal(RUN(m, call_off(m, s.order, SUPPLIER, false, "")), ERR_INVALID);
    MUST(m, call_off(m, s.order, BUYER, false, ""));
    assert_int_equal(mall_state(m, s.order), ORDER_CANCELLED);
    assert_int_equal(mall_left(m, skus[0]), 5);
    assert_int_equal(mall_left(m, skus[1]), 5);
    assert_int_equal(mall_balance(m, LEDGER_ESCROW, 0), 0);
    assert_int_equal(mall_balance(m, LEDGER_REFUND, 0), 900);
    assert_int_equal(mall_facts(m, EVENT_REFUND_ASKED), 2);
    assert_int_equal(RUN(m, call_off(m, s.order, BUYER, false, "")), ERR_CONFLICT);
    assert_int_equal(RUN(m, send_some(m, s.order, 0, 1, "A")), ERR_CONFLICT);
    mall_free(m);
}

static void what_has_left_is_not_cancelled(void **state)
{
    struct mall *m = mall_new(*state);
    int64_t skus[2];
    const struct sold s = two_things(m, skus);
    MUST(m, send_some(m, s.order, 1, 1, "A"));
    assert_int_equal(RUN(m, call_off(m, s.order, BUYER, false, "")), ERR_CONFLICT);
    assert_int_equal(RUN(m, call_off(m, s.order, 901, true, "Fraud.")), ERR_CONFLICT);
    MUST(m, shipment_send(m->db, &m->arena, s.order, SUPPLIER, STR("Post"), STR(""), &m->err));
    assert_int_equal(RUN(m, call_off(m, s.order, SUPPLIER, false, "Gone.")), ERR_CONFLICT);
    assert_int_equal(mall_balance(m, LEDGER_ESCROW, 0), 900);
    mall_free(m);
}

/* A number is taken when all has left, and once more when money of it goes back. */
static void invoices_have_no_gaps(void **state)
{
    struct mall *m = mall_new(*state);
    int64_t skus[2];
    struct invoices_of_order_rows docs = { 0 };
    const struct sold first = two_things(m, skus);
    const struct order_item item = mall_item(skus[0], SUPPLIER, 300, 1);
    const struct sold second = mall_sell(m, &item, 1), third = mall_sell(m, &item, 1);
    MUST(m, send_some(m, first.order, 0, 1, "A"));
    MUST(m, invoices_of_order(m->db, &m->arena, first.order, &docs, &m->err));
    assert_int_equal(docs.n, 0);
    MUST(m, order_credit(m->db, &m->arena, first.order, 0, 1, &m->err)); /* nothing to credit */
    mall_hand_over(m, &second);
    MUST(m, shipment_send(m->db, &m->arena, first.order, SUPPLIER, STR("Post"), STR(""), &m->err));
    MUST(m, order_credit(m->db, &m->arena, second.order, 0, 100, &m->err));
    MUST(m, call_off(m, third.order, BUYER, false, ""));
    MUST(m, invoices_of_order(m->db, &m->arena, second.order, &docs, &m->err));
    assert_int_equal(docs.n, 2);
    assert_int_equal(docs.v[0].number, 1);
    assert_int_equal(docs.v[0].kind, INVOICE_SALE);
    assert_int_equal(docs.v[1].number, 3);
    assert_int_equal(docs.v[1].kind, INVOICE_CREDIT);
    assert_int_equal(docs.v[1].amount, 100);
    MUST(m, invoices_of_order(m->db, &m->arena, first.order, &docs, &m->err));
    assert_int_equal(docs.n, 1);
    assert_int_equal(docs.v[0].number, 2);
    assert_int_equal(docs.v[0].amount, 900);
    MUST(m, invoices_of_order(m->db, &m->arena, third.order, &docs, &m->err));
    assert_int_equal(docs.n, 0);
    mall_free(m);
}

static void the_table_says_who_may(void **state UNUSED)
{
    assert_true(order_may(ORDER_PLACED, ORDER_DO_CANCEL, ORDER_BY_BUYER));
    assert_false(order_may(ORDER_PLACED, ORDER_DO_CANCEL, ORDER_BY_SUPPLIER));
    assert_true(order_may(ORDER_PAID, ORDER_DO_CANCEL, ORDER_BY_SUPPLIER));
    assert_false(order_may(ORDER_PAID, ORDER_DO_SHIP, ORDER_BY_BUYER | ORDER_BY_STAFF));
    assert_false(order_may(ORDER_SHIPPED, ORDER_DO_DELIVER, ORDER_BY_SUPPLIER));
    assert_false(order_may(ORDER_CLOSED, ORDER_DO_CANCEL, 15));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(several_parcels_make_an_order),
        ON_BOTH(the_last_parcel_to_arrive_delivers),
        ON_BOTH(a_paid_order_is_given_back_whole),
        ON_BOTH(what_has_left_is_not_cancelled),
        ON_BOTH(invoices_have_no_gaps),
        cmocka_unit_test(the_table_says_who_may),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
