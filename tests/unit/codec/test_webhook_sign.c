/* Signatures of webhooks: the standard's example, and everything that must not pass. */
#include "unit/unit.h"

#include <string.h>

#include "codec/webhook_sign.h"

#define SECRET "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
#define NOW    1614265330
#define BODY   "{\"test\": 2432232314}"

static const struct webhook_headers standard = {
    { "msg_p5jXN8AQM9LWM0D4loKWxJek", 28 },
    { "1614265330", 10 },
    { "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", 47 },
};

static int check(const struct webhook_headers *h, const char *secret, const char *body, int64_t now)
{
    struct err err = { 0 };
    int rc = webhook_check(str_from(secret), h, str_from(body), now, WEBHOOK_TOLERANCE, &err);
    assert_int_equal(rc, err.code);
    return rc;
}

static void the_standards_example_holds(void **state)
{
    (void)state;
    char out[WEBHOOK_SIGNATURE_SIZE];
    struct str signature;
    assert_int_equal(webhook_sign(out, STR(SECRET), standard.id, NOW, STR(BODY), &signature, NULL),
                     0);
    assert_text(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    assert_int_equal(check(&standard, SECRET, BODY, NOW), 0);
}

static void the_time_must_be_near(void **state)
{
    (void)state;
    assert_int_equal(check(&standard, SECRET, BODY, NOW + WEBHOOK_TOLERANCE), 0);
    assert_int_equal(check(&standard, SECRET, BODY, NOW - WEBHOOK_TOLERANCE), 0);
    assert_int_equal(check(&standard, SECRET, BODY, NOW + WEBHOOK_TOLERANCE + 1), ERR_UNAUTHENTIC);
    assert_int_equal(check(&standard, SECRET, BODY, NOW - WEBHOOK_TOLERANCE - 1), ERR_UNAUTHENTIC);
    struct webhook_headers h = standard;
    h.timestamp = STR("1614265331"); /* moved by hand: the signature covers it */
    assert_int_equal(check(&h, SECRET, BODY, NOW), ERR_UNAUTHENTIC);
}

static void what_was_changed_is_refused(void **state)
{
    (void)state;
    assert_int_equal(check(&standard, SECRET, BODY " ", NOW), ERR_UNAUTHENTIC);
    assert_int_equal(check(&standard, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx", BODY, NOW),
                     ERR_UNAUTHENTIC);
    assert_int_equal(check(&standard, "", BODY, NOW), ERR_UNAUTHENTIC);
    assert_int_equal(check(&standard, "whsec_", BODY, NOW), ERR_UNAUTHENTIC);
    assert_int_equal(check(&standard, "whsec_not base64", BODY, NOW), ERR_UNAUTHENTIC);
    struct webhook_headers h = standard;
    h.id = STR("msg_another");
    assert_int_equal(check(&h, SECRET, BODY, NOW), ERR_UNAUTHENTIC);
}

static void one_of_several_signatures_is_enough(void **state)
{
    (void)state;
    struct webhook_headers h = standard;
    h.signature = STR("v2,abc v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1a,x");
    assert_int_equal(check(&h, SECRET, BODY, NOW), 0);
    static const char *const wrong[] = {
        "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE",
        "v1,g0hM9SsE-OTPJTGt_tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=",
        "v1,",
        " ",
        "a b c d e f g h v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    };
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        h.signature = str_from(wrong[i]);
        assert_int_equal(check(&h, SECRET, BODY, NOW), ERR_UNAUTHENTIC);
    }
}

static void missing_headers_are_malformed(void **state)
{
    (void)state;
    struct webhook_headers h = { { 0 }, { 0 }, { 0 } };
    assert_int_equal(check(&h, SECRET, BODY, NOW), ERR_MALFORMED);
    h = standard;
    h.timestamp = STR("-5");
    assert_int_equal(check(&h, SECRET, BODY, NOW), ERR_MALFORMED);
    h.timestamp = STR("99999999999999999999");
    assert_int_equal(check(&h, SECRET, BODY, NOW), ERR_MALFORMED);
    h = standard;
    h.id = STR("a.b");
    assert_int_equal(check(&h, SECRET, BODY, NOW), ERR_MALFORMED);
}

static void only_sound_messages_are_signed(void **state)
{
    (void)state;
    char out[WEBHOOK_SIGNATURE_SIZE], id[WEBHOOK_ID_MAX + 1];
    struct str signature = { 0 };
    memset(id, 'a', sizeof(id));
    assert_int_equal(webhook_sign(out, STR(""), STR("a"), 0, STR(""), &signature, NULL),
                     ERR_INVALID);
    assert_int_equal(webhook_sign(out, STR("k"), STR(""), 0, STR(""), &signature, NULL),
                     ERR_INVALID);
    assert_int_equal(webhook_sign(out, STR("k"), STR("a\nb"), 0, STR(""), &signature, NULL),
                     ERR_INVALID);
    struct str long_id = { id, sizeof(id) };
    assert_int_equal(webhook_sign(out, STR("k"), long_id, 0, STR(""), &signature, NULL),
                     ERR_INVALID);
    assert_null(signature.ptr);
    long_id.len--;
    assert_int_equal(webhook_sign(out, STR("k"), long_id, 5, STR(""), &signature, NULL), 0);
    struct webhook_headers h = { long_id, STR("5"), signature };
    assert_int_equal(check(&h, "k", "", 5), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_standards_example_holds),
        cmocka_unit_test(the_time_must_be_near),
        cmocka_unit_test(what_was_changed_is_refused),
        cmocka_unit_test(one_of_several_signatures_is_enough),
        cmocka_unit_test(missing_headers_are_malformed),
        cmocka_unit_test(only_sound_messages_are_signed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
