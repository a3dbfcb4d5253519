/* Who earns from a line that a pin brought: its author, by contract, and nobody else. */
#include "unit/community/kit.h"

#include "base/clock.h"
#include "bridge/referral/referral.h"
#include "bridge/tag/tag.h"
#include "gen/tag_sql.h"

#define PRODUCT 700
#define RATE    400

struct shop {
    struct db *db;
    struct arena *a;
    struct settings settings;
    int64_t note;
};

static struct shop a_shop(struct db *db, struct arena *a)
{
    struct shop s = { .db = db, .a = a, .note = 55 };
    settings_init(&s.settings);
    s.settings.referral_secret = STR("a secret of the shop");
    return s;
}

static int64_t a_pin(struct shop *s, enum connection connection)
{
    struct err err = { 0 };
    const struct pin_insert_args row = { .id = db_new_id(s->db),
                                         .note = s->note,
                                         .product = PRODUCT,
                                         .author = LIN,
                                         .connection = connection };
    assert_rc(pin_insert(s->db, &row, NULL, &err), 0, &err);
    return row.id;
}

/* What a purchase by `buyer` gives for a token of this pin and age. */
static int claimed(struct shop *s, int64_t pin, int64_t product, int64_t age, int64_t buyer,
                   struct order_claim *ret)
{
    struct err err = { 0 };
    const struct referral_token token = { pin, PRODUCT, db_now(s->db) - age };
    const struct order_item item = {
        .product = product,
        .source = referral_sign(s->a, s->settings.referral_secret, &token),
    };
    struct referral_claimant claimant = { s->a, &s->settings, buyer };
    int rc = referral_claim(&claimant, s->db, &item, RATE, ret, &err);
    assert_int_equal(err.code, 0);
    return rc;
}

static void author_step(struct db *db, struct arena *a)
{
    struct shop s = a_shop(db, a);
    struct order_claim claim = { 0 };
    int64_t pin = a_pin(&s, CONNECTION_COMMISSION);
    assert_int_equal(claimed(&s, pin, PRODUCT, 0, BO, &claim), 1);
    assert_int_equal(claim.party, LIN);
    assert_int_equal(claim.reason, CLAIM_AUTHOR);
    assert_int_equal(claim.rate, RATE);
    assert_int_equal(claim.cause, s.note);
    int64_t window = s.settings.referral_days * TIME_DAY;
    assert_int_equal(claimed(&s, pin, PRODUCT, window - TIME_MINUTE, BO, &claim), 1);
}

static void the_author_of_the_pin_earns(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, author_step);
    test_store_free(t);
}

static void nobody_step(struct db *db, struct arena *a)
{
    struct shop s = a_shop(db, a);
    struct order_claim claim = { .party = 5 };
    int64_t pin = a_pin(&s, CONNECTION_COMMISSION), window = s.settings.referral_days * TIME_DAY;
    assert_int_equal(claimed(&s, pin, PRODUCT, 0, LIN, &claim), 0); /* their own purchase */
    assert_int_equal(claimed(&s, pin, PRODUCT + 1, 0, BO, &claim), 0);
    assert_int_equal(claimed(&s, pin, PRODUCT, window + TIME_MINUTE, BO, &claim), 0);
    assert_int_equal(claimed(&s, pin, PRODUCT, -TIME_HOUR, BO, &claim), 0); /* to come */
    assert_int_equal(claimed(&s, 424242, PRODUCT, 0, BO, &claim), 0);
    for (int c = 1; c <= CONNECTIONS; c++)
        if (c != CONNECTION_COMMISSION)
            assert_int_equal(claimed(&s, a_pin(&s, (enum connection)c), PRODUCT, 0, BO, &claim), 0);
    assert_int_equal(claim.party, 5);
}

static void nobody_else_does(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, nobody_step);
    test_store_free(t);
}

static void forged_step(struct db *db, struct arena *a)
{
    struct shop s = a_shop(db, a);
    struct err err = { 0 };
    struct order_claim claim;
    const struct referral_token token = { a_pin(&s, CONNECTION_COMMISSION), PRODUCT, db_now(db) };
    struct referral_claimant claimant = { a, &s.settings, BO };
    const struct str sources[] = {
        STR(""),
        STR("token"),
        referral_sign(a, STR("another secret"), &token),
    };
    for (size_t i = 0; i < ARRAY_LEN(sources); i++) {
        const struct order_item item = { .product = PRODUCT, .source = sources[i] };
        assert_rc(referral_claim(&claimant, db, &item, RATE, &claim, &err), 0, &err);
    }
}

static void a_forged_source_is_worth_nothing(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, forged_step);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(the_author_of_the_pin_earns),
        ON_BOTH(nobody_else_does),
        ON_BOTH(a_forged_source_is_worth_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
