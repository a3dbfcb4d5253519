/* Journals sum to zero, and a release is split as the rule says. */
#include "unit/mall/kit.h"

#include "base/money.h"
#include "mall/ledger/ledger.h"

static void a_journal_must_sum_to_zero(void **state)
{
    struct mall *m = mall_new(*state);
    struct posting p[] = { { .kind = LEDGER_CLEARING, .amount = 100 },
                           { .kind = LEDGER_ESCROW, .amount = -99 } };
    const struct journal j = { JOURNAL_PAYMENT, 7, STR("EUR"), p, 2 };
    assert_int_equal(RUN(m, ledger_post(m->db, &j, &m->err)), ERR_INTERNAL);
    assert_int_equal(mall_balance(m, LEDGER_CLEARING, 0), 0);
    p[1].amount = -100;
    MUST(m, ledger_post(m->db, &j, &m->err));
    assert_int_equal(mall_balance(m, LEDGER_CLEARING, 0), 100);
    assert_int_equal(mall_balance(m, LEDGER_ESCROW, 0), 100);
    const struct journal lonely = { JOURNAL_PAYMENT, 7, STR("EUR"), p, 1 };
    assert_int_equal(RUN(m, ledger_post(m->db, &lonely, &m->err)), ERR_INTERNAL);
    mall_free(m);
}

static int release(struct mall *m, struct release_split *split)
{
    struct fee_rule rule;
    int rc = fee_rule_at(m->db, &m->arena, BEGIN, &rule, &m->err);
    struct release_line line = { .amount = 10000, .n_claims = 1, .rule = rule };
    line.tax = fee_tax_inside(line.amount, rule.tax);
    line.claims[0] = (struct release_claim){ AUTHOR, rule.author, NOTE };
    const struct release r = {
        .order = 3, .supplier = SUPPLIER, .currency = STR("EUR"), .lines = &line, .n_lines = 1
    };
    if (rc == 0)
        rc = ledger_payment(m->db, &(struct ledger_money){ 5, 10000, STR("EUR"), CUSTODY_PROVIDER },
                            &m->err);
    return rc == 0 ? ledger_release(m->db, &m->arena, &r, false, split, &m->err) : rc;
}

/* 10,000 with 3 % tax inside: 10000 * 300 / 10300 = 291.26, so 291, net 9,709.
 * Author 4 %: 388.36, so 388. Platform 5 %: 485.45, so 485. The supplier has
 * what is left: 9709 - 388 - 485 = 8836. Of the fee 30 %: 145.5, so 146 go to
 * the funds, 2:1:1: 73, 36.5, 36.5, and the earlier one gets the odd unit. */
static void a_release_is_split_to_the_last_unit(void **state)
{
    struct mall *m = mall_new(*state);
    struct release_split s = { 0 };
    MUST(m, release(m, &s));
    assert_int_equal(s.tax, 291);
    assert_int_equal(s.claims, 388);
    assert_int_equal(s.platform, 485);
    assert_int_equal(s.supplier, 8836);
    assert_int_equal(s.tax + s.claims + s.platform + s.supplier, 10000);
    assert_int_equal(s.reinvested, 146);
    assert_int_equal(s.funds[0], 73);
    assert_int_equal(s.funds[1], 37);
    assert_int_equal(s.funds[2], 36);
    assert_int_equal(mall_balance(m, LEDGER_ESCROW, 0), 0);
    assert_int_equal(mall_balance(m, LEDGER_SUPPLIER, SUPPLIER), 8836);
    assert_int_equal(mall_balance(m, LEDGER_AUTHOR, AUTHOR), 388);
    assert_int_equal(mall_balance(m, LEDGER_PLATFORM, 0), 485 - 146);
    assert_int_equal(mall_balance(m, LEDGER_TAX, 0), 291);
    assert_int_equal(mall_balance(m, LEDGER_FUND_INCENTIVE, 0), 73);
    assert_int_equal(mall_facts(m, EVENT_COMMISSION_EARNED), 1);
    assert_int_equal(mall_facts(m, EVENT_FUNDS_REINVESTED), 1);
    mall_free(m);
}

static void a_reversal_takes_all_back(void **state)
{
    struct mall *m = mall_new(*state);
    MUST(m, ledger_payment(m->db, &(struct ledger_money){ 5, 700, STR("EUR"), CUSTODY_PROVIDER },
                           &m->err));
    MUST(m, ledger_reversal(m->db, &(struct ledger_money){ 5, 700, STR("EUR"), CUSTODY_PROVIDER },
                            &m->err));
    assert_int_equal(mall_balance(m, LEDGER_CLEARING, 0), 700);
    assert_int_equal(mall_balance(m, LEDGER_REFUND, 0), 700);
    assert_int_equal(mall_balance(m, LEDGER_ESCROW, 0), 0);
    MUST(m, ledger_refunded(m->db, &(struct ledger_money){ 5, 700, STR("EUR"), CUSTODY_PROVIDER },
                            &m->err));
    assert_int_equal(mall_balance(m, LEDGER_CLEARING, 0), 0);
    assert_int_equal(mall_balance(m, LEDGER_REFUND, 0), 0);
    mall_free(m);
}

static void each_custody_sums_to_zero(void **state)
{
    struct mall *m = mall_new(*state);
    struct posting p[] = { { .kind = LEDGER_CLEARING, .amount = 100, .custody = CUSTODY_PLATFORM },
                           { .kind = LEDGER_ESCROW, .amount = -100 } };
    const struct journal j = { JOURNAL_PAYMENT, 7, STR("EUR"), p, 2, CUSTODY_PROVIDER };
    assert_int_equal(RUN(m, ledger_post(m->db, &j, &m->err)), ERR_INTERNAL);
    p[1].custody = CUSTODY_PLATFORM;
    MUST(m, ledger_post(m->db, &j, &m->err));
    mall_free(m);
}

static void tax_inside_is_rounded_half_up(void **state)
{
    (void)state;
    assert_int_equal(fee_tax_inside(0, 300), 0);
    assert_int_equal(fee_tax_inside(103, 300), 3);
    assert_int_equal(fee_tax_inside(10000, 300), 291);
    assert_int_equal(fee_tax_inside(3, 10000), 2); /* 1.5 */
    assert_int_equal(fee_tax_inside(MONEY_MAX, 10000), MONEY_MAX / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_journal_must_sum_to_zero),
        ON_BOTH(a_release_is_split_to_the_last_unit),
        ON_BOTH(a_reversal_takes_all_back),
        ON_BOTH(each_custody_sums_to_zero),
        cmocka_unit_test(tax_inside_is_rounded_half_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
