/* What a provider says counts once, and only what was asked. */
#include "unit/mall/kit.h"

#include "base/clock.h"
#include "base/id.h"
#include "mall/ledger/ledger.h"
#include "mall/payment/payment.h"
#include "mall/payment/provider_test.h"

struct sale {
    int64_t sku, purchase, total, payment;
};

static int64_t open_payment(struct mall *m, int64_t purchase)
{
    struct str address = STR("");
    int64_t id = 0;
    MUST(m, payment_open(m->db, &m->arena, NULL, purchase, STR("/orders/x"), &address, &m->err));
    assert_true(str_starts(address, STR("/pay/test/")));
    assert_true(id_parse(str_slice(address, 10, address.len), "pay", &id));
    return id;
}

static struct sale begin_sale(struct mall *m)
{
    struct sale s = { .sku = mall_sku(m, SUPPLIER, "cup", 300, 2) };
    const struct order_item item = mall_item(s.sku, SUPPLIER, 300, 2);
    const struct order_request r = mall_request(&item, 1);
    MUST(m, order_place(m->db, &m->arena, &r, &s.purchase, &s.total, &m->err));
    s.payment = open_payment(m, s.purchase);
    return s;
}

static int tell(struct mall *m, const char *name, int64_t payment, int64_t amount,
                enum payment_state state)
{
    const struct payment_message message = { .provider = STR("test"),
                                             .name = str_from(name),
                                             .payment = payment,
                                             .amount = amount,
                                             .currency = STR("EUR"),
                                             .state = state };
    return payment_told(m->db, &m->arena, &message, &m->err);
}

static enum payment_state state_of(struct mall *m, int64_t purchase)
{
    struct payment_brief brief = { 0 };
    MUST(m, payment_of_purchase(m->db, &m->arena, purchase, &brief, &m->err));
    return brief.state;
}

static enum purchase_state purchase_state(struct mall *m, int64_t purchase)
{
    struct purchase_brief brief = { 0 };
    MUST(m, order_purchase(m->db, &m->arena, purchase, &brief, &m->err));
    return brief.state;
}

static void a_message_pays_once(void **state)
{
    struct mall *m = mall_new(*state);
    struct sale s = begin_sale(m);
    MUST(m, tell(m, "m1", s.payment, 600, PAYMENT_PAID));
    MUST(m, tell(m, "m1", s.payment, 600, PAYMENT_PAID));
    MUST(m, tell(m, "m2", s.payment, 600, PAYMENT_PAID));
    MUST(m, tell(m, "m3", s.payment, 600, PAYMENT_FAILED)); /* out of order */
    assert_int_equal(state_of(m, s.purchase), PAYMENT_PAID);
    assert_int_equal(purchase_state(m, s.purchase), PURCHASE_PAID);
    assert_int_equal(mall_balance(m, LEDGER_ESCROW, 0), 600);
    assert_int_equal(mall_facts(m, EVENT_PAYMENT_SUCCEEDED), 1);
    assert_int_equal(mall_facts(m, EVENT_ORDER_PAID), 1);
    mall_free(m);
}

static void a_message_must_fit(void **state)
{
    struct mall *m = mall_new(*state);
    struct sale s = begin_sale(m);
    assert_int_equal(RUN(m, tell(m, "m1", s.payment, 599, PAYMENT_PAID)), ERR_INVALID);
    assert_int_equal(RUN(m, tell(m, "m1", s.payment + 1, 600, PAYMENT_PAID)), ERR_NOT_FOUND);
    assert_int_equal(purchase_state(m, s.purchase), PURCHASE_OPEN);
    MUST(m, tell(m, "m1", s.payment, 600, PAYMENT_PAID)); /* the refused one left nothing */
    assert_int_equal(purchase_state(m, s.purchase), PURCHASE_PAID);
    mall_free(m);
}

static void a_second_payment_goes_back(void **state)
{
    struct mall *m = mall_new(*state);
    struct sale s = begin_sale(m);
    int64_t second = open_payment(m, s.purchase);
    MUST(m, tell(m, "m1", s.payment, 600, PAYMENT_PAID));
    MUST(m, tell(m, "m2", second, 600, PAYMENT_PAID));
    assert_int_equal(state_of(m, s.purchase), PAYMENT_REFUNDED);
    assert_int_equal(mall_balance(m, LEDGER_ESCROW, 0), 600);
    assert_int_equal(mall_balance(m, LEDGER_CLEARING, 0), 1200);
    assert_int_equal(mall_balance(m, LEDGER_REFUND, 0), 600); /* the provider was told */
    assert_int_equal(mall_facts(m, EVENT_PAYMENT_REFUNDED), 1);
    mall_free(m);
}

static void a_late_payment_pays_while_goods_are_there(void **state)
{
    struct mall *m = mall_new(*state);
    struct sale s = begin_sale(m);
    mall_wait(m, BEGIN + TIME_HOUR);
    assert_int_equal(purchase_state(m, s.purchase), PURCHASE_EXPIRED);
    MUST(m, tell(m, "m1", s.payment, 600, PAYMENT_PAID));
    assert_int_equal(purchase_state(m, s.purchase), PURCHASE_PAID);
    assert_int_equal(mall_left(m, s.sku), 0);
    mall_free(m);
}

static void a_late_payment_goes_back_when_they_are_gone(void **state)
{
    struct mall *m = mall_new(*state);
    struct sale s = begin_sale(m);
    mall_wait(m, BEGIN + TIME_HOUR);
    int64_t purchase, total;
    const struct order_item item = mall_item(s.sku, SUPPLIER, 300, 1);
    struct order_request r = mall_request(&item, 1);
    r.buyer = OTHER;
    r.expires = BEGIN + 2 * TIME_HOUR;
    MUST(m, order_place(m->db, &m->arena, &r, &purchase, &total, &m->err));
    MUST(m, tell(m, "m1", s.payment, 600, PAYMENT_PAID));
    assert_int_equal(state_of(m, s.purchase), PAYMENT_REFUNDED);
    assert_int_equal(mall_balance(m, LEDGER_ESCROW, 0), 0);
    assert_int_equal(purchase_state(m, s.purchase), PURCHASE_EXPIRED);
    assert_int_equal(mall_left(m, s.sku), 1);
    mall_free(m);
}

static void a_declined_payment_may_be_tried_again(void **state)
{
    struct mall *m = mall_new(*state);
    struct sale s = begin_sale(m);
    MUST(m, tell(m, "m1", s.payment, 600, PAYMENT_FAILED));
    assert_int_equal(state_of(m, s.purchase), PAYMENT_FAILED);
    int64_t second = open_payment(m, s.purchase);
    MUST(m, tell(m, "m2", second, 600, PAYMENT_PAID));
    assert_int_equal(purchase_state(m, s.purchase), PURCHASE_PAID);
    mall_free(m);
}

static void a_cancelled_purchase_is_not_paid(void **state)
{
    struct mall *m = mall_new(*state);
    struct sale s = begin_sale(m);
    MUST(m, order_cancel(m->db, &m->arena, s.purchase, BUYER, &m->err));
    MUST(m, tell(m, "m1", s.payment, 600, PAYMENT_PAID));
    assert_int_equal(state_of(m, s.purchase), PAYMENT_REFUNDED);
    assert_int_equal(mall_left(m, s.sku), 2);
    mall_free(m);
}

static void the_bank_decides_once(void **state)
{
    struct mall *m = mall_new(*state);
    struct sale s = begin_sale(m);
    struct test_charge charge = { 0 };
    MUST(m, test_charge_decide(m->db, &m->arena, NULL, s.payment, false, &m->err));
    MUST(m, test_charge_decide(m->db, &m->arena, NULL, s.payment, true, &m->err));
    MUST(m, test_charge_find(m->db, &m->arena, s.payment, &charge, &m->err));
    assert_int_equal(charge.state, TEST_DECLINED);
    assert_int_equal(charge.amount, 600);
    mall_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_message_pays_once),
        ON_BOTH(a_message_must_fit),
        ON_BOTH(a_second_payment_goes_back),
        ON_BOTH(a_late_payment_pays_while_goods_are_there),
        ON_BOTH(a_late_payment_goes_back_when_they_are_gone),
        ON_BOTH(a_declined_payment_may_be_tried_again),
        ON_BOTH(a_cancelled_purchase_is_not_paid),
        ON_BOTH(the_bank_decides_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
