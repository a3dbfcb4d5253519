/* What a checkout is worked out from: ways of delivery, tax rules, formats of addresses, coupons.
 */
#include "unit/mall/kit.h"

#include "mall/address/format.h"
#include "mall/delivery/delivery.h"
#include "mall/promotion/promotion.h"
#include "mall/tax/tax.h"

/* ---- delivery ---- */

static const struct delivery_zone zones[] = {
    { .id = 1, .name = STR("Near"), .countries = STR("BE LU") },
    { .id = 2, .name = STR("Far"), .countries = STR("") },
};

static const struct delivery_offer *offers(struct arena *a, const struct delivery_method *methods,
                                           size_t n, const char *country, int64_t worth,
                                           int64_t grams, size_t *ret_n)
{
    const struct delivery_table table = { zones, ARRAY_LEN(zones), methods, n };
    const struct delivery_parcel parcel = { str_from(country), STR("EUR"), worth, grams };
    const struct delivery_offer *list = NULL;
    struct err err = { 0 };
    assert_int_equal(delivery_offers(&table, a, &parcel, &list, ret_n, &err), 0);
    return list;
}

static void a_parcel_costs_by_zone_weight_and_worth(void **state)
{
    (void)state;
    struct arena a;
    size_t n = 0;
    const struct delivery_method methods[] = {
        { .id = 1, .zone = 1, .name = STR("Dear"), .days = STR(""), .price = { 900, "EUR" } },
        { .id = 2,
          .zone = 1,
          .name = STR("Light"),
          .days = STR(""),
          .price = { 0, "EUR" },
          .free_from = 5000,
          .steps = { { 1000, 400 }, { 5000, 800 } },
          .n_steps = 2 },
        { .id = 3, .zone = 2, .name = STR("Dollars"), .days = STR(""), .price = { 1, "USD" } },
    };
    arena_init(&a, 64 * 1024);
    const struct delivery_offer *list = offers(&a, methods, 3, "BE", 1000, 1000, &n);
    assert_int_equal(n, 2);
    assert_int_equal(list[0].price.minor, 400);
    assert_int_equal(list[0].missing, 4000);
    assert_int_equal(list[1].price.minor, 900);
    list = offers(&a, methods, 3, "LU", 1000, 1001, &n);
    assert_int_equal(list[0].price.minor, 800);
    list = offers(&a, methods, 3, "LU", 5000, 1001, &n);
    assert_int_equal(list[0].price.minor, 0);
    list = offers(&a, methods, 3, "BE", 9000, 5001, &n);
    assert_int_equal(n, 1); /* too heavy for the light one, however dear the goods are */
    assert_int_equal(list[0].method, 1);
    (void)offers(&a, methods, 3, "JP", 1000, 1, &n);
    assert_int_equal(n, 0); /* the rest of the world is paid in dollars */
    arena_release(&a);
}

static void steps_grow_from_line_to_line(void **state)
{
    (void)state;
    struct err err = { 0 };
    struct delivery_method m = { 0 };
    assert_int_equal(delivery_read_steps(STR("1000 4.90\r\n\n 5000  9.9 \n"), "EUR", &m, &err), 0);
    assert_int_equal(m.n_steps, 2);
    assert_int_equal(m.steps[1].upto, 5000);
    assert_int_equal(m.steps[1].price, 990);
    const char *const wrong[] = { "1000",           "1000 -1",
                                  "-1 4.90",        "0 1",
                                  "2000 1\n2000 2", "99999999999999999999 1",
                                  "1000 4.999",     "a 1" };
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        err_clear(&err);
        assert_int_equal(delivery_read_steps(str_from(wrong[i]), "EUR", &m, &err), ERR_INVALID);
        assert_non_null(err_find_field(&err, "steps"));
    }
}

/* ---- tax ---- */

static void the_rule_that_says_most_holds(void **state)
{
    (void)state;
    const struct tax_rule rules[] = {
        { .id = 1, .country = STR(""), .category = STR(""), .since = 10 },
        { .id = 2, .country = STR(""), .category = STR("Books"), .since = 10 },
        { .id = 3, .country = STR("FR"), .category = STR(""), .since = 10 },
        { .id = 4,
          .country = STR("FR"),
          .category = STR("Books"),
          .since = 20,
          .ended = { true, 30 } },
    };
    const struct {
        const char *country, *category;
        int64_t at, id;
    } asked[] = {
        { "FR", "Books", 20, 4 }, { "FR", "Books", 19, 3 }, { "FR", "Books", 30, 3 },
        { "FR", "Cups", 20, 3 },  { "DE", "Books", 20, 2 }, { "DE", "Cups", 20, 1 },
    };
    for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
        const struct tax_rule *rule = tax_find(rules, ARRAY_LEN(rules), str_from(asked[i].country),
                                               str_from(asked[i].category), asked[i].at);
        assert_non_null(rule);
        assert_int_equal(rule->id, asked[i].id);
    }
    assert_null(tax_find(rules, ARRAY_LEN(rules), STR("DE"), STR("Cups"), 9));
}

/* ---- addresses ---- */

static void postcodes_are_those_of_the_country(void **state)
{
    (void)state;
    const struct {
        const char *country, *postcode;
        bool fits;
    } asked[] = {
        { "GB", "BS1 4QA", true },
        { "GB", "sw1a 1aa", true },
        { "GB", "12345", false },
        { "US", "97205-1234", true },
        { "US", "9720", false },
        { "CA", "K1A 0B1", true },
        { "NL", "1012 AB", true },
        { "NL", "1012", false },
        { "IE", "D02 AF30", true },
        { "PL", "00-950", true },
        { "HK", "anything", true },
        { "XX", "anything", true },
        { "CN", "31000", false },
        { "CN", "", true },
        { "DE",
          "1\xc3\xa4"
          "345",
          false },
    };
    assert_true(address_formats() >= 30);
    for (size_t i = 0; i < ARRAY_LEN(asked); i++)
        assert_int_equal(address_postcode_fits(address_format(str_from(asked[i].country)),
                                               str_from(asked[i].postcode)),
                         asked[i].fits);
}

/* ---- coupons ---- */

static struct coupon a_coupon(enum coupon_kind kind, int64_t much)
{
    return (struct coupon){ .code = STR("CODE"),
                            .supplier = kind == COUPON_PERCENT ? 0 : SUPPLIER,
                            .kind = kind,
                            .amount = much,
                            .percent = much,
                            .currency = STR("EUR"),
                            .since = BEGIN - 1,
                            .until = BEGIN + 1 };
}

static void what_it_gives_is_shared_out_whole(void **state)
{
    struct mall *m = mall_new(*state);
    const struct coupon third = a_coupon(COUPON_PERCENT, 3333);
    int64_t id = 0;
    MUST(m, coupon_make(m->db, &third, 0, &id, &m->err));
    struct promotion_line lines[3] = {
        { .sku = 1, .supplier = SUPPLIER, .quantity = 1, .price = 101 },
        { .sku = 2, .supplier = RIVAL, .quantity = 3, .price = 33 },
        { .sku = 3, .supplier = RIVAL, .quantity = 1, .price = 0 },
    };
    struct promotion_basket b = {
        .buyer = BUYER, .currency = STR("EUR"), .code = STR("code"), .lines = lines, .n = 3
    };
    MUST(m, promotion_apply(m->db, &m->arena, &b, &m->err));
    assert_null(b.why);
    assert_int_equal(b.gained, 67); /* of 200 */
    assert_int_equal(lines[0].subsidy + lines[1].subsidy + lines[2].subsidy, 67);
    assert_int_equal(lines[0].discount + lines[1].discount, 0);
    mall_free(m);
}

static void something_is_always_left_to_pay(void **state)
{
    struct mall *m = mall_new(*state);
    const struct coupon much = a_coupon(COUPON_AMOUNT, 99999);
    int64_t id = 0;
    MUST(m, coupon_make(m->db, &much, SUPPLIER, &id, &m->err));
    struct promotion_line lines[2] = {
        { .sku = 1, .supplier = SUPPLIER, .quantity = 2, .price = 100 },
        { .sku = 2, .supplier = RIVAL, .quantity = 1, .price = 50 },
    };
    struct promotion_basket b = { .currency = STR("EUR"), .code = STR("CODE"), .lines = lines };
    b.n = 2;
    MUST(m, promotion_apply(m->db, &m->arena, &b, &m->err));
    assert_int_equal(lines[0].discount, 200); /* their own goods, whole */
    assert_int_equal(lines[1].discount, 0);
    b.n = 1;
    MUST(m, promotion_apply(m->db, &m->arena, &b, &m->err));
    assert_int_equal(lines[0].discount, 199);
    mall_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_parcel_costs_by_zone_weight_and_worth),
        cmocka_unit_test(steps_grow_from_line_to_line),
        cmocka_unit_test(the_rule_that_says_most_holds),
        cmocka_unit_test(postcodes_are_those_of_the_country),
        ON_BOTH(what_it_gives_is_shared_out_whole),
        ON_BOTH(something_is_always_left_to_pay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
