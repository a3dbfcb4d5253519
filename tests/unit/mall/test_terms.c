/* What an order's terms come to: discounts, the platform's part, tax on top, delivery. */
#include "unit/mall/kit.h"

#include "base/clock.h"
#include "mall/fulfilment/fulfilment.h"
#include "mall/ledger/ledger.h"

struct placed {
    int64_t purchase, total;
    int64_t orders[2];
};

static int place(struct mall *m, const struct order_request *r, struct placed *p)
{
    const int64_t *orders;
    size_t n;
    int rc = order_place(m->db, &m->arena, r, &p->purchase, &p->total, &m->err);
    if (rc == 0)
        rc = order_ids_of_purchase(m->db, &m->arena, p->purchase, &orders, &n, &m->err);
    for (size_t i = 0; rc == 0 && i < n && i < 2; i++)
        p->orders[i] = orders[i];
    return rc;
}

/* Paid, sent, arrived, and its window over: the books have their parts. */
static void see_through(struct mall *m, const struct placed *p, const int64_t *suppliers, size_t n)
{
    MUST(m,
         ledger_payment(m->db, &(struct ledger_money){ 5, p->total, STR("EUR"), CUSTODY_PROVIDER },
                        &m->err));
    MUST(m, order_paid(m->db, &m->arena, p->purchase, &m->err));
    for (size_t i = 0; i < n; i++) {
        MUST(m, shipment_send(m->db, &m->arena, p->orders[i], suppliers[i], STR("Post"), STR("T"),
                              &m->err));
        MUST(m, shipment_arrive(m->db, &m->arena, p->orders[i], BUYER, SAID_BUYER, &m->err));
    }
    mall_wait(m, BEGIN + 30 * TIME_DAY);
}

static void the_supplier_bears_a_discount_and_the_platform_its_own(void **state)
{
    struct mall *m = mall_new(*state);
    struct placed p = { 0 };
    const int64_t supplier = SUPPLIER;
    struct order_item item = mall_item(mall_sku(m, SUPPLIER, "cup", 5000, 4), SUPPLIER, 5000, 2);
    item.discount = 2000;
    item.subsidy = 500;
    item.taxed = true;
    item.tax_rate = 2500;
    const struct order_request r = mall_request(&item, 1);
    MUST(m, place(m, &r, &p));
    assert_int_equal(p.total, 7500);
    see_through(m, &p, &supplier, 1);
    /* 8000 are split: 1600 tax inside, 5 % of 6400 are the fee, of which 30 % go to the funds. */
    assert_int_equal(mall_balance(m, LEDGER_ESCROW, 0), 0);
    assert_int_equal(mall_balance(m, LEDGER_TAX, 0), 1600);
    assert_int_equal(mall_balance(m, LEDGER_SUPPLIER, SUPPLIER), 6080);
    /* The fund had nothing yet, so the platform's own fee paid for what it gave. */
    assert_int_equal(mall_balance(m, LEDGER_FUND_INCENTIVE, 0), 48);
    assert_int_equal(mall_balance(m, LEDGER_PLATFORM, 0), 320 - 96 - 500);
    mall_free(m);
}

static void delivery_goes_to_who_sends_and_tax_may_come_on_top(void **state)
{
    struct mall *m = mall_new(*state);
    struct placed p = { 0 };
    const int64_t suppliers[2] = { SUPPLIER, RIVAL };
    struct order_item items[2] = {
        mall_item(mall_sku(m, SUPPLIER, "cup", 5000, 4), SUPPLIER, 5000, 2),
        mall_item(mall_sku(m, RIVAL, "pot", 1000, 4), RIVAL, 1000, 1),
    };
    items[0].taxed = items[0].tax_added = true;
    items[0].tax_rate = 1000;
    items[1].taxed = true;
    const struct order_delivery parcel = {
        .supplier = SUPPLIER, .price = 600, .tax = 100, .method = STR("Parcel")
    };
    struct order_request r = mall_request(items, 2);
    r.deliveries = &parcel;
    r.n_deliveries = 1;
    MUST(m, place(m, &r, &p));
    assert_int_equal(p.total, 10000 + 1000 + 600 + 1000);
    struct order_brief brief = { 0 };
    MUST(m, order_brief(m->db, &m->arena, p.orders[0], &brief, &m->err));
    assert_int_equal(brief.total, 11600);
    assert_int_equal(brief.delivery, 600);
    assert_true(str_eq_c(brief.method, "Parcel"));
    see_through(m, &p, suppliers, 2);
    assert_int_equal(mall_balance(m, LEDGER_TAX, 0), 1000 + 100);
    assert_int_equal(mall_balance(m, LEDGER_SUPPLIER, SUPPLIER), 9500 + 500);
    assert_int_equal(mall_balance(m, LEDGER_SUPPLIER, RIVAL), 950);
    assert_int_equal(mall_balance(m, LEDGER_ESCROW, 0), 0);
    mall_free(m);
}

static void no_line_is_cheaper_than_free(void **state)
{
    struct mall *m = mall_new(*state);
    struct placed p = { 0 };
    struct order_item item = mall_item(mall_sku(m, SUPPLIER, "cup", 500, 4), SUPPLIER, 500, 2);
    struct order_request r = mall_request(&item, 1);
    item.discount = 600;
    item.subsidy = 401;
    assert_int_equal(RUN(m, place(m, &r, &p)), ERR_INTERNAL);
    item.subsidy = -1;
    assert_int_equal(RUN(m, place(m, &r, &p)), ERR_INTERNAL);
    const struct order_delivery odd = { SUPPLIER, 100, 101, STR("") };
    item.subsidy = 0;
    r.deliveries = &odd;
    r.n_deliveries = 1;
    assert_int_equal(RUN(m, place(m, &r, &p)), ERR_INTERNAL);
    mall_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(the_supplier_bears_a_discount_and_the_platform_its_own),
        ON_BOTH(delivery_goes_to_who_sends_and_tax_may_come_on_top),
        ON_BOTH(no_line_is_cheaper_than_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
