/* Whatever is rounded, the parts of a release sum to what was paid. */
#include "unit/mall/kit.h"

#include "mall/ledger/ledger.h"

static const struct fee_rule rule = { 1, 500, 400, 300, 3000 };

static int release(struct mall *m, const struct release_line *lines, size_t n, int64_t total,
                   struct release_split *split)
{
    const struct release r = {
        .order = 9, .supplier = SUPPLIER, .currency = STR("EUR"), .lines = lines, .n_lines = n
    };
    int rc = ledger_payment(m->db, &(struct ledger_money){ 1, total, STR("EUR"), CUSTODY_PROVIDER },
                            &m->err);
    return rc == 0 ? ledger_release(m->db, &m->arena, &r, false, split, &m->err) : rc;
}

static void small_amounts_leave_no_remainder(void **state)
{
    struct mall *m = mall_new(*state);
    for (int64_t amount = 1; amount < 40; amount++) {
        const struct release_line lines[] = {
            { .amount = amount, .tax = fee_tax_inside(amount, 300), .rule = rule },
            { .amount = amount * 7,
              .tax = fee_tax_inside(amount * 7, 300),
              .rule = rule,
              .n_claims = 2,
              .claims = { { AUTHOR, 400, NOTE }, { OTHER, 1250, NOTE + 1 } } },
        };
        struct release_split s = { 0 };
        MUST(m, release(m, lines, 2, amount * 8, &s));
        assert_int_equal(s.supplier + s.claims + s.platform + s.tax, amount * 8);
        assert_int_equal(s.funds[0] + s.funds[1] + s.funds[2], s.reinvested);
        assert_true(s.supplier >= 0 && s.platform >= s.reinvested && s.claims >= 0);
        assert_int_equal(mall_balance(m, LEDGER_ESCROW, 0), 0);
    }
    mall_free(m);
}

/* Two claims of 90 %: the first has its 900, the second what is left, and
 * nothing goes below zero. */
static void claims_cannot_take_more_than_there_is(void **state)
{
    struct mall *m = mall_new(*state);
    const struct release_line greedy = { .amount = 1000,
                                         .rule = rule,
                                         .n_claims = 2,
                                         .claims = { { AUTHOR, 9000, 1 }, { OTHER, 9000, 2 } } };
    struct release_split s = { 0 };
    struct ledger_sum *sums = NULL;
    size_t n = 0;
    MUST(m, release(m, &greedy, 1, 1000, &s));
    assert_int_equal(s.claims, 1000);
    assert_int_equal(s.platform, 0);
    assert_int_equal(s.supplier, 0);
    assert_int_equal(mall_balance(m, LEDGER_AUTHOR, AUTHOR), 900);
    assert_int_equal(mall_balance(m, LEDGER_AUTHOR, OTHER), 100);
    MUST(m, ledger_holdings(m->db, &m->arena, AUTHOR, &sums, &n, &m->err));
    assert_int_equal(n, 1);
    assert_int_equal(sums[0].kind, LEDGER_AUTHOR);
    assert_int_equal(sums[0].amount.minor, 900);
    MUST(m, ledger_holdings(m->db, &m->arena, BUYER, &sums, &n, &m->err));
    assert_int_equal(n, 0);
    mall_free(m);
}

static void the_doctor_sees_an_escrow_that_owes(void **state)
{
    struct mall *m = mall_new(*state);
    MUST(m, ledger_reversal(m->db, &(struct ledger_money){ 1, 500, STR("EUR"), CUSTODY_PROVIDER },
                            &m->err));
    assert_int_equal(findings(m->t, ledger_doctor), 1);
    MUST(m, ledger_payment(m->db, &(struct ledger_money){ 1, 500, STR("EUR"), CUSTODY_PROVIDER },
                           &m->err));
    mall_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = { ON_BOTH(small_amounts_leave_no_remainder),
                                        ON_BOTH(claims_cannot_take_more_than_there_is),
                                        ON_BOTH(the_doctor_sees_an_escrow_that_owes) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
