/* The codes of RFC 6238, which are taken, and how keys are written. */
#include "unit/unit.h"

#include <string.h>

#include "codec/totp.h"

/* RFC 6238, appendix B: the key of the SHA-1 column. */
static const uint8_t rfc_key[] = "12345678901234567890";
#define RFC_LEN 20

static void codes_are_those_of_the_rfc(void **state)
{
    (void)state;
    static const struct {
        int64_t seconds;
        uint32_t code; /* the last six of the eight digits that the RFC prints */
    } vectors[] = {
        { 59, 287082 },       { 1111111109, 81804 },  { 1111111111, 50471 },
        { 1234567890, 5924 }, { 2000000000, 279037 }, { INT64_C(20000000000), 353130 }
    };
    for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++)
        assert_int_equal(totp_code(rfc_key, RFC_LEN, totp_step(vectors[i].seconds)),
                         vectors[i].code);
    assert_int_equal(totp_step(-5), 0);
    assert_int_equal(totp_step(59), 1);
    assert_int_equal(totp_step(60), 2);
}

static bool taken(const char *typed, int64_t step, int64_t after, int64_t *ret_step)
{
    return totp_matches(rfc_key, RFC_LEN, str_from(typed), step, after, ret_step);
}

static void a_code_is_taken_once_and_one_step_around(void **state)
{
    (void)state;
    int64_t at = -1;
    assert_true(taken("287082", 1, 0, &at));
    assert_int_equal(at, 1);
    assert_true(taken("287 082 ", 2, 0, &at));
    assert_int_equal(at, 1);
    assert_true(taken("279037", totp_step(2000000000) - 1, 7, &at));
    assert_int_equal(at, totp_step(2000000000));
    at = -1;
    assert_false(taken("287082", 3, 0, &at)); /* two steps ago */
    assert_false(taken("287082", 1, 1, &at)); /* used already */
    assert_false(taken("287083", 1, 0, &at));
    assert_int_equal(at, -1);
}

static void only_six_digits_are_a_code(void **state)
{
    (void)state;
    int64_t at;
    /* The code of this step is 005924: its zeros belong to it. */
    int64_t step = totp_step(1234567890);
    assert_true(taken("005924", step, 0, &at));
    assert_false(taken("5924", step, 0, &at));
    assert_false(taken("0005924", step, 0, &at));
    assert_false(taken("", step, 0, &at));
    assert_false(taken("      ", step, 0, &at));
    assert_false(taken("00592x", step, 0, &at));
    assert_false(taken("-05924", step, 0, &at));
    assert_false(taken("００５９２４", step, 0, &at));
    assert_false(taken("99999999999999999999005924", step, 0, &at));
}

static void keys_are_written_in_base32(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 1 << 16);
    /* RFC 4648, section 10, without padding. */
    static const char *const pairs[][2] = { { "", "" },
                                            { "f", "MY" },
                                            { "fo", "MZXQ" },
                                            { "foo", "MZXW6" },
                                            { "foob", "MZXW6YQ" },
                                            { "fooba", "MZXW6YTB" },
                                            { "foobar", "MZXW6YTBOI" } };
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        uint8_t plain[16], back[16];
        size_t len = strlen(pairs[i][0]), got = 99;
        memcpy(plain, pairs[i][0], len);
        assert_text(totp_key_text(&a, plain, len), pairs[i][1]);
        assert_true(totp_key_parse(str_from(pairs[i][1]), back, sizeof(back), &got));
        assert_int_equal(got, len);
        assert_memory_equal(back, plain, len);
    }
    uint8_t key[4];
    size_t got = 99;
    assert_true(totp_key_parse(STR("mzxw 6yq"), key, sizeof(key), &got));
    assert_int_equal(got, 4);
    got = 99;
    assert_false(totp_key_parse(STR("MZXW6YTB"), key, sizeof(key), &got)); /* a byte too many */
    assert_false(totp_key_parse(STR("MZ1W"), key, sizeof(key), &got));
    assert_false(totp_key_parse(STR("MZXQ="), key, sizeof(key), &got));
    assert_false(
        totp_key_parse(STR("MZ"), key, sizeof(key), &got)); /* bits left that are not zero */
    assert_false(totp_key_parse(STR("M"), key, sizeof(key), &got));
    assert_int_equal(got, 99);
    arena_release(&a);
}

static void an_address_keeps_its_parts_apart(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 1 << 16);
    assert_text(totp_address(&a, STR("my place"), STR("lin:1"), rfc_key, RFC_LEN),
                "otpauth://totp/my%20place:lin%3A1?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                "&issuer=my%20place");
    assert_text(totp_address(&a, STR("草木"), STR("林"), rfc_key, 1),
                "otpauth://totp/%E8%8D%89%E6%9C%A8:%E6%9E%97?secret=GE"
                "&issuer=%E8%8D%89%E6%9C%A8");
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_those_of_the_rfc),
        cmocka_unit_test(a_code_is_taken_once_and_one_step_around),
        cmocka_unit_test(only_six_digits_are_a_code),
        cmocka_unit_test(keys_are_written_in_base32),
        cmocka_unit_test(an_address_keeps_its_parts_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
