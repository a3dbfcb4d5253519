/* codec/hex.h, base64url.h, sign.h: bytes as text, and proofs of bytes. */
#include "unit/unit.h"

#include <sodium.h>
#include <string.h>

#include "base/random.h"
#include "codec/base64url.h"
#include "codec/hex.h"
#include "codec/sign.h"

static void hex_there_and_back(void **state UNUSED)
{
    char text[HEX_TEXT_SIZE(4)];
    unsigned char back[4];
    assert_text(hex_encode(text, "\x00\x1f\xab\xff", 4), "001fabff");
    assert_int_equal(text[8], 0);
    assert_true(hex_decode(STR("001FabFF"), back, 4));
    assert_memory_equal(back, "\x00\x1f\xab\xff", 4);
    assert_true(hex_decode(STR(""), back, 0));
    assert_false(hex_decode(STR("001fabf"), back, 4));
    assert_false(hex_decode(STR("001fabf"), back, 3));
    assert_false(hex_decode(STR("001fabff00"), back, 4));
    assert_false(hex_decode(STR("001fabfg"), back, 4));
    assert_false(hex_decode(STR("001fab f"), back, 4));
}

static void base64url_matches_the_rfc(void **state UNUSED)
{
    static const char *const pairs[][2] = { { "", "" },
                                            { "f", "Zg" },
                                            { "fo", "Zm8" },
                                            { "foo", "Zm9v" },
                                            { "foob", "Zm9vYg" },
                                            { "fooba", "Zm9vYmE" },
                                            { "foobar", "Zm9vYmFy" },
                                            { "\xfb\xff", "-_8" } };
    char text[BASE64URL_TEXT_SIZE(6)], back[6];
    size_t len;
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        struct str plain = str_from(pairs[i][0]);
        assert_text(base64url_encode(text, plain.ptr, plain.len), pairs[i][1]);
        assert_true(base64url_decode(str_from(pairs[i][1]), back, sizeof(back), &len));
        assert_text(((struct str){ back, len }), pairs[i][0]);
    }
}

static void base64url_has_one_spelling(void **state UNUSED)
{
    static const char *const bad[] = { "Z", "Zh", "Zm9", "Zg==", "Zm9v\n", "+/8", "Zm9vZ", "Z g" };
    char back[6];
    size_t len = 77;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(base64url_decode(str_from(bad[i]), back, sizeof(back), &len));
    assert_false(base64url_decode(STR("Zm9vYmFyZg"), back, sizeof(back), &len));
    assert_int_equal(len, 77);
}

static void base64url_takes_every_length(void **state UNUSED)
{
    struct random r;
    unsigned char bytes[64], back[64];
    char text[BASE64URL_TEXT_SIZE(64)];
    random_init_seed(&r, 3);
    for (size_t len = 0; len <= 64; len++) {
        size_t got;
        random_fill(&r, bytes, len);
        struct str s = base64url_encode(text, bytes, len);
        assert_int_equal(s.len + 1, BASE64URL_TEXT_SIZE(len));
        assert_true(base64url_decode(s, back, len, &got));
        assert_int_equal(got, len);
        assert_memory_equal(back, bytes, len);
    }
}

/* RFC 4231, cases 2 and 6. */
static void hmac_matches_the_rfc(void **state UNUSED)
{
    char out[SIGN_TEXT_SIZE], key[131];
    assert_text(sign_hmac(out, STR("Jefe"), STR("what do ya want for nothing?")),
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    memset(key, 0xaa, sizeof(key));
    assert_text(sign_hmac(out, (struct str){ key, sizeof(key) },
                          STR("Test Using Larger Than Block-Size Key - Hash Key First")),
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

static void signatures_are_checked_whole(void **state UNUSED)
{
    char out[SIGN_TEXT_SIZE];
    struct str key = STR("secret"), body = STR("{\"paid\":true}");
    struct str good = sign_hmac(out, key, body);
    assert_true(sign_check(key, body, good));
    assert_false(sign_check(key, STR("{\"paid\":false}"), good));
    assert_false(sign_check(STR("secreT"), body, good));
    assert_false(sign_check(key, body, str_slice(good, 0, 63)));
    assert_false(sign_check(key, body, str_slice(good, 0, 0)));
    assert_false(sign_check((struct str){ 0 }, body, good));
    for (size_t i = 0; i < 64; i++) {
        char old = out[i];
        out[i] = old == '0' ? '1' : '0';
        assert_false(sign_check(key, body, good));
        out[i] = old;
    }
    assert_true(sign_check(key, body, good));
}

static void hashes_are_blake2b(void **state UNUSED)
{
    char out[SIGN_TEXT_SIZE];
    assert_text(sign_hash_text(out, STR("")),
                "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    assert_text(sign_hash_text(out, (struct str){ 0 }),
                "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    assert_text(sign_hash_text(out, STR("abc")),
                "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hex_there_and_back),
        cmocka_unit_test(base64url_matches_the_rfc),
        cmocka_unit_test(base64url_has_one_spelling),
        cmocka_unit_test(base64url_takes_every_length),
        cmocka_unit_test(hmac_matches_the_rfc),
        cmocka_unit_test(signatures_are_checked_whole),
        cmocka_unit_test(hashes_are_blake2b),
    };
    if (sodium_init() < 0)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
