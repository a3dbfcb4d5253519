/* What was paid goes back once, out of escrow or from those who got it, and never more. */
#include "unit/mall/kit.h"

#include "base/clock.h"
#include "base/id.h"
#include "mall/ledger/ledger.h"
#include "mall/payment/payment.h"

/* An order of two things for 300 each, paid. */
struct sold {
    int64_t sku, purchase, order, payment;
};

static struct sold sell(struct mall *m)
{
    struct sold s = { .sku = mall_sku(m, SUPPLIER, "cup", 300, 5) };
    const struct order_item item = mall_item(s.sku, SUPPLIER, 300, 2);
    const struct order_request r = mall_request(&item, 1);
    struct str address = STR("");
    const int64_t *orders = NULL;
    size_t n = 0;
    int64_t total;
    MUST(m, order_place(m->db, &m->arena, &r, &s.purchase, &total, &m->err));
    MUST(m, payment_open(m->db, &m->arena, NULL, s.purchase, STR("/orders/x"), &address, &m->err));
    assert_true(id_parse(str_slice(address, 10, address.len), "pay", &s.payment));
    const struct payment_message paid = { .provider = STR("test"),
                                          .name = STR("m1"),
                                          .payment = s.payment,
                                          .amount = 600,
                                          .currency = STR("EUR"),
                                          .state = PAYMENT_PAID };
    MUST(m, payment_told(m->db, &m->arena, &paid, &m->err));
    MUST(m, order_ids_of_purchase(m->db, &m->arena, s.purchase, &orders, &n, &m->err));
    s.order = orders[0];
    return s;
}

static int refund(struct mall *m, const struct sold *s, int position, int64_t amount,
                  int64_t *ret_refund)
{
    const struct payment_refund r = { .shop_order = s->order,
                                      .position = position,
                                      .amount = amount,
                                      .reason_key = STR("broken"),
                                      .by = SUPPLIER };
    return payment_refund(m->db, &m->arena, &r, ret_refund, &m->err);
}

static int told(struct mall *m, int64_t id, int64_t amount, bool done)
{
    const struct refund_message message = { .provider = STR("test"),
                                            .refund = id,
                                            .amount = amount,
                                            .currency = STR("EUR"),
                                            .reference = STR("r1"),
                                            .done = done };
    return payment_refund_told(m->db, &m->arena, &message, &m->err);
}

static void close_order(struct mall *m, const struct sold *s)
{
    MUST(m, order_ship(m->db, &m->arena, s->order, SUPPLIER, &m->err));
    MUST(m, order_deliver(m->db, &m->arena, s->order, BUYER, &m->err));
    mall_wait(m, BEGIN + 31 * TIME_DAY);
}

static void escrow_gives_back_a_part(void **state)
{
    struct mall *m = mall_new(*state);
    struct sold s = sell(m);
    int64_t id = 0;
    MUST(m, refund(m, &s, 0, 250, &id));
    assert_int_equal(mall_balance(m, LEDGER_ESCROW, 0), 350);
    assert_int_equal(mall_balance(m, LEDGER_REFUND, 0), 250);
    assert_int_equal(mall_balance(m, LEDGER_CLEARING, 0), 600);
    MUST(m, told(m, id, 250, true));
    MUST(m, told(m, id, 250, true));  /* twice */
    MUST(m, told(m, id, 250, false)); /* out of order */
    assert_int_equal(mall_balance(m, LEDGER_REFUND, 0), 0);
    assert_int_equal(mall_balance(m, LEDGER_CLEARING, 0), 350);
    assert_int_equal(mall_facts(m, EVENT_REFUND_ASKED), 1);
    assert_int_equal(mall_facts(m, EVENT_REFUND_DONE), 1);
    assert_int_equal(mall_facts(m, EVENT_REFUND_FAILED), 0);
    close_order(m, &s);
    assert_int_equal(mall_balance(m, LEDGER_ESCROW, 0), 0);
    assert_int_equal(mall_balance(m, LEDGER_TAX, 0), 10); /* 17 of 600; of 350: 9.9 */
    mall_free(m);
}

static void no_more_than_was_paid(void **state)
{
    struct mall *m = mall_new(*state);
    struct sold s = sell(m);
    int64_t id = 0;
    assert_int_equal(RUN(m, refund(m, &s, 0, 601, &id)), ERR_CONFLICT);
    assert_int_equal(RUN(m, refund(m, &s, 0, 0, &id)), ERR_CONFLICT);
    assert_int_equal(RUN(m, refund(m, &s, 0, -1, &id)), ERR_CONFLICT);
    assert_int_equal(RUN(m, refund(m, &s, 7, 1, &id)), ERR_NOT_FOUND);
    MUST(m, refund(m, &s, 0, 400, &id));
    assert_int_equal(RUN(m, refund(m, &s, 0, 201, &id)), ERR_CONFLICT);
    MUST(m, refund(m, &s, 0, 200, &id));
    assert_int_equal(RUN(m, refund(m, &s, 0, 1, &id)), ERR_CONFLICT);
    assert_int_equal(mall_balance(m, LEDGER_ESCROW, 0), 0);
    assert_int_equal(mall_balance(m, LEDGER_REFUND, 0), 600);
    mall_free(m);
}

/* 600 with 17 of tax: net 583, fee 29, supplier 554. What goes back piece by
 * piece leaves nobody with anything when all went back. */
static void those_who_got_it_give_it_back(void **state)
{
    struct mall *m = mall_new(*state);
    struct sold s = sell(m);
    int64_t id = 0;
    close_order(m, &s);
    int64_t fee = 29 - 9; /* 9 of it went to the funds, and stay there */
    assert_int_equal(mall_balance(m, LEDGER_SUPPLIER, SUPPLIER), 554);
    assert_int_equal(mall_balance(m, LEDGER_PLATFORM, 0), fee);
    MUST(m, refund(m, &s, 0, 199, &id));
    assert_int_equal(mall_balance(m, LEDGER_REFUND, 0), 199);
    MUST(m, refund(m, &s, 0, 401, &id));
    assert_int_equal(mall_balance(m, LEDGER_SUPPLIER, SUPPLIER), 0);
    assert_int_equal(mall_balance(m, LEDGER_TAX, 0), 0);
    assert_int_equal(mall_balance(m, LEDGER_PLATFORM, 0), fee - 29);
    assert_int_equal(mall_balance(m, LEDGER_REFUND, 0), 600);
    assert_true(mall_facts(m, EVENT_MONEY_CLAWED_BACK) > 0);
    mall_free(m);
}

/* What was paid out already comes from the reserve, then stands against the next sale. */
static void the_reserve_pays_what_is_gone(void **state)
{
    struct mall *m = mall_new(*state);
    struct sold s = sell(m);
    int64_t id = 0;
    close_order(m, &s);
    const struct posting out[] = { { .kind = LEDGER_SUPPLIER, .party = SUPPLIER, .amount = 554 },
                                   { .kind = LEDGER_RESERVE, .party = SUPPLIER, .amount = -100 },
                                   { .kind = LEDGER_CLEARING, .amount = -454 } };
    const struct journal j = { JOURNAL_REVERSAL, 1, STR("EUR"), out, ARRAY_LEN(out), 0 };
    MUST(m, ledger_post(m->db, &j, &m->err));
    MUST(m, refund(m, &s, 0, 600, &id));
    assert_int_equal(mall_balance(m, LEDGER_RESERVE, SUPPLIER), 0);
    assert_int_equal(mall_balance(m, LEDGER_SUPPLIER, SUPPLIER), -454);
    mall_free(m);
}

static void a_stranger_says_nothing(void **state)
{
    struct mall *m = mall_new(*state);
    struct sold s = sell(m);
    int64_t id = 0;
    MUST(m, refund(m, &s, 0, 600, &id));
    assert_int_equal(RUN(m, told(m, id, 599, true)), ERR_INVALID);
    assert_int_equal(RUN(m, told(m, id + 1, 600, true)), ERR_NOT_FOUND);
    MUST(m, told(m, id, 600, false));
    assert_int_equal(mall_balance(m, LEDGER_REFUND, 0), 600); /* still owed */
    MUST(m, told(m, id, 600, true));
    assert_int_equal(mall_balance(m, LEDGER_CLEARING, 0), 0);
    mall_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(escrow_gives_back_a_part),      ON_BOTH(no_more_than_was_paid),
        ON_BOTH(those_who_got_it_give_it_back), ON_BOTH(the_reserve_pays_what_is_gone),
        ON_BOTH(a_stranger_says_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
