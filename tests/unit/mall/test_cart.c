/* Carts of people and of visitors. */
#include "unit/mall/kit.h"

#include "mall/cart/cart.h"

#define VISITOR (-12345)

static int add(struct mall *m, int64_t owner, int64_t sku, int64_t n, const char *source)
{
    const struct cart_item item = { .owner = owner,
                                    .sku = sku,
                                    .quantity = n,
                                    .source = str_from(source),
                                    .actor = owner > 0 ? owner : 0 };
    return cart_add(m->db, &m->arena, &item, &m->err);
}

static int set(struct mall *m, int64_t owner, int64_t sku, int64_t n)
{
    const struct cart_item item = { .owner = owner, .sku = sku, .quantity = n, .actor = owner };
    return cart_set(m->db, &m->arena, &item, &m->err);
}

static struct cart cart_of(struct mall *m, int64_t owner)
{
    struct cart cart = { 0 };
    MUST(m, cart_read(m->db, &m->arena, owner, &cart, &m->err));
    return cart;
}

static void lines_add_up(void **state)
{
    struct mall *m = mall_new(*state);
    int64_t cup = mall_sku(m, SUPPLIER, "cup", 300, 10);
    int64_t pot = mall_sku(m, SUPPLIER, "pot", 1000, 10);
    MUST(m, add(m, BUYER, cup, 2, "token"));
    MUST(m, add(m, BUYER, pot, 1, ""));
    MUST(m, add(m, BUYER, cup, 1, ""));
    struct cart cart = cart_of(m, BUYER);
    assert_int_equal(cart.n, 2);
    assert_int_equal(cart.total.minor, 1900);
    assert_int_equal(cart.lines[0].quantity, 3);
    assert_text(cart.lines[0].source, "token"); /* an empty one keeps what is there */
    MUST(m, set(m, BUYER, cup, 0));
    assert_int_equal(cart_of(m, BUYER).total.minor, 1000);
    assert_int_equal(mall_facts(m, EVENT_CART_ADDED), 3);
    assert_int_equal(mall_facts(m, EVENT_CART_REMOVED), 1);
    mall_free(m);
}

static void more_than_there_is_does_not_go_in(void **state)
{
    struct mall *m = mall_new(*state);
    int64_t cup = mall_sku(m, SUPPLIER, "cup", 300, 3);
    int64_t none = mall_sku(m, SUPPLIER, "none", 300, 0);
    assert_int_equal(RUN(m, add(m, BUYER, none, 1, "")), ERR_CONFLICT);
    MUST(m, add(m, BUYER, cup, 2, ""));
    assert_int_equal(RUN(m, add(m, BUYER, cup, 2, "")), ERR_INVALID);
    assert_non_null(err_find_field(&m->err, "quantity"));
    assert_int_equal(RUN(m, set(m, BUYER, cup, 4)), ERR_INVALID);
    assert_int_equal(RUN(m, add(m, BUYER, cup, 0, "")), ERR_INVALID);
    assert_int_equal(RUN(m, add(m, BUYER, cup, 100, "")), ERR_INVALID);
    assert_int_equal(RUN(m, add(m, BUYER, 4711, 1, "")), ERR_NOT_FOUND);
    assert_int_equal(cart_of(m, BUYER).lines[0].quantity, 2);
    mall_free(m);
}

static void signing_in_keeps_what_was_put_in(void **state)
{
    struct mall *m = mall_new(*state);
    int64_t cup = mall_sku(m, SUPPLIER, "cup", 300, 10);
    int64_t pot = mall_sku(m, SUPPLIER, "pot", 1000, 10);
    MUST(m, add(m, VISITOR, cup, 3, "token"));
    MUST(m, add(m, VISITOR, pot, 1, ""));
    MUST(m, add(m, BUYER, cup, 1, ""));
    MUST(m, cart_merge(m->db, &m->arena, VISITOR, BUYER, &m->err));
    struct cart cart = cart_of(m, BUYER);
    assert_int_equal(cart.n, 2);
    assert_int_equal(cart.total.minor, 3 * 300 + 1000);
    assert_int_equal(cart_of(m, VISITOR).n, 0);
    assert_int_equal(cart_of(m, OTHER).n, 0);
    mall_free(m);
}

static void prices_are_asked_anew(void **state)
{
    struct mall *m = mall_new(*state);
    int64_t cup = mall_sku(m, SUPPLIER, "cup", 300, 10);
    MUST(m, add(m, BUYER, cup, 2, ""));
    assert_int_equal(mall_sku(m, SUPPLIER, "cup", 350, 1), cup);
    struct cart cart = cart_of(m, BUYER);
    assert_int_equal(cart.total.minor, 700);
    assert_true(cart.short_of);
    mall_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(lines_add_up),
        ON_BOTH(more_than_there_is_does_not_go_in),
        ON_BOTH(signing_in_keeps_what_was_put_in),
        ON_BOTH(prices_are_asked_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
