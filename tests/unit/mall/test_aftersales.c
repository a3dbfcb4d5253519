/* Goods that come back: when they may, who does what, and where the money goes. */
#include "unit/mall/sold.h"

#include "base/clock.h"
#include "mall/aftersales/aftersales.h"
#include "mall/ledger/ledger.h"
#include "mall/payment/payment.h"

#define KEEPER 901

/* Three cups for 1,000 together, delivered at BEGIN. */
struct shop {
    struct mall *m;
    struct sold sold;
    int64_t cup, dear, cheap;
};

static struct shop shop_new(void **state)
{
    struct shop s = { .m = mall_new(*state) };
    s.cup = mall_sku(s.m, SUPPLIER, "cup", 300, 10);
    s.dear = mall_sku(s.m, SUPPLIER, "dear", 450, 10);
    s.cheap = mall_sku(s.m, SUPPLIER, "cheap", 200, 10);
    struct order_item item = mall_item(s.cup, SUPPLIER, 300, 3);
    s.sold = mall_sell(s.m, &item, 1);
    mall_hand_over(s.m, &s.sold);
    return s;
}

static struct after_request wish(const struct shop *s, int64_t quantity)
{
    return (struct after_request){ .order = s->sold.order,
                                   .buyer = BUYER,
                                   .kind = AFTER_RETURN,
                                   .quantity = quantity,
                                   .words = STR("") };
}

static int open_case(struct shop *s, const struct after_request *r, int64_t *ret_case)
{
    return RUN(s->m, after_open(s->m->db, &s->m->arena, r, ret_case, &s->m->err));
}

static int deed(struct shop *s, int64_t id, enum after_act act, int64_t actor, enum after_role role,
                int64_t amount)
{
    const struct after_deed d = { .act = act,
                                  .actor = actor,
                                  .role = role,
                                  .words = STR("Because."),
                                  .carrier = STR("Post"),
                                  .tracking = STR("R1"),
                                  .amount = amount };
    return RUN(s->m, after_do(s->m->db, &s->m->arena, id, &d, &s->m->err));
}

static void by_buyer(struct shop *s, int64_t id, enum after_act act)
{
    assert_rc(deed(s, id, act, BUYER, AFTER_BUYER, 0), 0, &s->m->err);
}

static void by_supplier(struct shop *s, int64_t id, enum after_act act, int64_t amount)
{
    assert_rc(deed(s, id, act, SUPPLIER, AFTER_SUPPLIER, amount), 0, &s->m->err);
}

static struct aftercase found(struct shop *s, int64_t id)
{
    struct aftercase c = { 0 };
    MUST(s->m, after_find(s->m->db, &s->m->arena, id, &c, &s->m->err));
    return c;
}

/* To where the pieces are looked at. */
static void come_back(struct shop *s, int64_t id)
{
    by_supplier(s, id, AFTER_DO_LABEL, 0);
    by_buyer(s, id, AFTER_DO_SEND);
    by_supplier(s, id, AFTER_DO_RECEIVE, 0);
    by_supplier(s, id, AFTER_DO_RESTOCK, 0);
}

static int opened_on(struct shop *s, int64_t day, int64_t *ret_case)
{
    const struct after_request r = wish(s, 1);
    clock_set(&s->m->t->clock, BEGIN + day * TIME_DAY);
    return open_case(s, &r, ret_case);
}

static void day_29_and_30_are_in_and_31_is_out(void **state)
{
    struct shop s = shop_new(state);
    int64_t id = 0;
    assert_rc(opened_on(&s, 29, &id), 0, &s.m->err);
    assert_int_equal(found(&s, id).state, AFTER_ACCEPTED);
    assert_rc(opened_on(&s, 30, &id), 0, &s.m->err);
    assert_int_equal(opened_on(&s, 31, &id), ERR_CONFLICT);
    struct after_request r = wish(&s, 1);
    r.reason = AFTER_REASON_DEFECT;
    assert_int_equal(open_case(&s, &r, &id), ERR_INVALID); /* says nothing */
    r.words = STR("It leaks.");
    assert_rc(open_case(&s, &r, &id), 0, &s.m->err);
    assert_int_equal(found(&s, id).state, AFTER_REQUESTED);
    assert_int_equal(found(&s, id).way_back, WAY_BACK_SUPPLIER);
    assert_int_equal(open_case(&s, &r, &id), ERR_INVALID); /* all three are in cases */
    mall_free(s.m);
}

static void escrow_waits_and_the_money_goes_back(void **state)
{
    struct shop s = shop_new(state);
    const struct after_request r = wish(&s, 1);
    int64_t id = 0;
    assert_rc(open_case(&s, &r, &id), 0, &s.m->err);
    mall_wait(s.m, BEGIN + 40 * TIME_DAY);
    assert_int_equal(mall_state(s.m, s.sold.order), ORDER_DELIVERED);
    come_back(&s, id);
    assert_int_equal(mall_left(s.m, s.cup), 8);
    assert_int_equal(deed(&s, id, AFTER_DO_REFUND, SUPPLIER, AFTER_SUPPLIER, 301), ERR_INVALID);
    assert_int_equal(deed(&s, id, AFTER_DO_REFUND, BUYER, AFTER_BUYER, 0), ERR_FORBIDDEN);
    by_supplier(&s, id, AFTER_DO_REFUND, 0);
    assert_int_equal(found(&s, id).refunded, 300);
    assert_int_equal(deed(&s, id, AFTER_DO_REFUND, SUPPLIER, AFTER_SUPPLIER, 1), ERR_CONFLICT);
    assert_int_equal(mall_balance(s.m, LEDGER_ESCROW, 0), 600);
    mall_wait(s.m, BEGIN + 40 * TIME_DAY + TIME_MINUTE);
    assert_int_equal(mall_state(s.m, s.sold.order), ORDER_CLOSED);
    assert_int_equal(mall_balance(s.m, LEDGER_ESCROW, 0), 0);
    mall_free(s.m);
}

static void what_was_released_is_clawed_back(void **state)
{
    struct shop s = shop_new(state);
    struct after_request r = wish(&s, 3);
    int64_t id = 0;
    mall_wait(s.m, BEGIN + 31 * TIME_DAY);
    assert_int_equal(mall_state(s.m, s.sold.order), ORDER_CLOSED);
    assert_true(mall_balance(s.m, LEDGER_SUPPLIER, SUPPLIER) > 0);
    r.reason = AFTER_REASON_UNLIKE;
    r.words = STR("It is blue.");
    assert_rc(open_case(&s, &r, &id), 0, &s.m->err);
    by_supplier(&s, id, AFTER_DO_ACCEPT, 0);
    come_back(&s, id);
    by_supplier(&s, id, AFTER_DO_REFUND, 0);
    assert_int_equal(found(&s, id).refunded, 900);
    assert_int_equal(mall_balance(s.m, LEDGER_REFUND, 0), 900);
    assert_true(mall_facts(s.m, EVENT_MONEY_CLAWED_BACK) > 0);
    mall_free(s.m);
}

static void a_cheaper_exchange_gives_back(void **state)
{
    struct shop s = shop_new(state);
    struct after_request r = wish(&s, 2);
    int64_t id = 0;
    r.kind = AFTER_EXCHANGE;
    r.want_sku = s.cheap;
    assert_rc(open_case(&s, &r, &id), 0, &s.m->err);
    assert_int_equal(found(&s, id).difference, -200);
    assert_int_equal(mall_left(s.m, s.cheap), 8);
    come_back(&s, id);
    by_supplier(&s, id, AFTER_DO_EXCHANGE, 0);
    assert_int_equal(found(&s, id).state, AFTER_EXCHANGED);
    assert_int_equal(found(&s, id).refunded, 200);
    assert_int_equal(mall_left(s.m, s.cheap), 8);
    assert_int_equal(mall_left(s.m, s.cup), 9);
    mall_free(s.m);
}

static void pay_difference(struct shop *s, int64_t purchase, int64_t amount)
{
    struct mall *m = s->m;
    struct str address = STR("");
    struct payment_brief brief = { 0 };
    MUST(m, payment_open(m->db, &m->arena, NULL, purchase, STR("/x"), &address, &m->err));
    MUST(m, payment_of_purchase(m->db, &m->arena, purchase, &brief, &m->err));
    const struct payment_message paid = { .provider = STR("test"),
                                          .name = STR("difference"),
                                          .payment = brief.id,
                                          .amount = amount,
                                          .currency = STR("EUR"),
                                          .state = PAYMENT_PAID };
    MUST(m, payment_told(m->db, &m->arena, &paid, &m->err));
}

static void a_dearer_exchange_asks(void **state)
{
    struct shop s = shop_new(state);
    struct after_request r = wish(&s, 2);
    int64_t id = 0;
    r.kind = AFTER_EXCHANGE;
    r.want_sku = s.dear;
    assert_rc(open_case(&s, &r, &id), 0, &s.m->err);
    come_back(&s, id);
    assert_int_equal(deed(&s, id, AFTER_DO_EXCHANGE, SUPPLIER, AFTER_SUPPLIER, 0), ERR_CONFLICT);
    by_supplier(&s, id, AFTER_DO_ASK, 0);
    assert_int_equal(found(&s, id).state, AFTER_TO_PAY);
    assert_int_equal(mall_left(s.m, s.dear), 8);
    assert_int_equal(deed(&s, id, AFTER_DO_EXCHANGE, SUPPLIER, AFTER_SUPPLIER, 0), ERR_CONFLICT);
    pay_difference(&s, found(&s, id).purchase, 300);
    assert_int_equal(deed(&s, id, AFTER_DO_MONEY, BUYER, AFTER_BUYER, 0), ERR_CONFLICT);
    by_supplier(&s, id, AFTER_DO_EXCHANGE, 0);
    assert_int_equal(found(&s, id).state, AFTER_EXCHANGED);
    assert_int_equal(mall_facts(s.m, EVENT_ORDER_SHIPPED), 2);
    mall_free(s.m);
}

static void the_money_is_chosen_instead(void **state)
{
    struct shop s = shop_new(state);
    struct after_request r = wish(&s, 1);
    int64_t id = 0;
    r.kind = AFTER_EXCHANGE;
    r.want_sku = s.dear;
    assert_rc(open_case(&s, &r, &id), 0, &s.m->err);
    come_back(&s, id);
    by_supplier(&s, id, AFTER_DO_ASK, 0);
    by_buyer(&s, id, AFTER_DO_MONEY);
    assert_int_equal(mall_left(s.m, s.dear), 10);
    by_supplier(&s, id, AFTER_DO_REFUND, 0);
    assert_int_equal(found(&s, id).refunded, 300);
    mall_free(s.m);
}

static void the_platform_decides(void **state)
{
    struct shop s = shop_new(state);
    struct after_request r = wish(&s, 2);
    int64_t id = 0, other = 0;
    assert_rc(open_case(&s, &r, &id), 0, &s.m->err);
    assert_int_equal(deed(&s, id, AFTER_DO_REFUSE, SUPPLIER, AFTER_SUPPLIER, 0), ERR_CONFLICT);
    come_back(&s, id);
    by_supplier(&s, id, AFTER_DO_REFUND, 500); /* in part */
    by_buyer(&s, id, AFTER_DO_DISPUTE);
    assert_false(found(&s, id).closed.has);
    assert_int_equal(deed(&s, id, AFTER_DO_REFUND, SUPPLIER, AFTER_SUPPLIER, 0), ERR_FORBIDDEN);
    assert_rc(deed(&s, id, AFTER_DO_REFUND, KEEPER, AFTER_STAFF, 0), 0, &s.m->err);
    assert_int_equal(found(&s, id).refunded, 600);
    assert_int_equal(deed(&s, id, AFTER_DO_DISPUTE, BUYER, AFTER_BUYER, 0), ERR_CONFLICT);
    r = wish(&s, 1);
    r.reason = AFTER_REASON_DAMAGED;
    r.words = STR("In shards.");
    assert_rc(open_case(&s, &r, &other), 0, &s.m->err);
    by_supplier(&s, other, AFTER_DO_REFUSE, 0);
    by_buyer(&s, other, AFTER_DO_DISPUTE);
    assert_rc(deed(&s, other, AFTER_DO_UPHOLD, KEEPER, AFTER_STAFF, 0), 0, &s.m->err);
    assert_int_equal(found(&s, other).state, AFTER_REFUSED);
    assert_int_equal(deed(&s, other, AFTER_DO_DISPUTE, BUYER, AFTER_BUYER, 0), ERR_CONFLICT);
    assert_int_equal(mall_facts(s.m, EVENT_RETURN_DECIDED), 2);
    mall_free(s.m);
}

static void what_is_not_theirs_is_not_there(void **state)
{
    struct shop s = shop_new(state);
    struct after_request r = wish(&s, 1);
    int64_t id = 0;
    r.buyer = OTHER;
    assert_int_equal(open_case(&s, &r, &id), ERR_NOT_FOUND);
    r.buyer = BUYER;
    r.quantity = 0;
    assert_int_equal(open_case(&s, &r, &id), ERR_INVALID);
    r.quantity = 4;
    assert_int_equal(open_case(&s, &r, &id), ERR_INVALID);
    r.quantity = INT64_MIN;
    assert_int_equal(open_case(&s, &r, &id), ERR_INVALID);
    r = wish(&s, 1);
    r.position = 5;
    assert_int_equal(open_case(&s, &r, &id), ERR_NOT_FOUND);
    r = wish(&s, 1);
    r.kind = AFTER_EXCHANGE;
    r.want_sku = mall_sku(s.m, RIVAL, "theirs", 100, 3);
    assert_int_equal(open_case(&s, &r, &id), ERR_INVALID);
    mall_free(s.m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(day_29_and_30_are_in_and_31_is_out),
        ON_BOTH(escrow_waits_and_the_money_goes_back),
        ON_BOTH(what_was_released_is_clawed_back),
        ON_BOTH(a_cheaper_exchange_gives_back),
        ON_BOTH(a_dearer_exchange_asks),
        ON_BOTH(the_money_is_chosen_instead),
        ON_BOTH(the_platform_decides),
        ON_BOTH(what_is_not_theirs_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
