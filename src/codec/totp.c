#include "codec/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

#include "base/buf.h"
#include "codec/percent.h"

#define ADDRESS_MAX 1024

static const char ALPHABET[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

int64_t totp_step(int64_t seconds)
{
    return seconds < 0 ? 0 : seconds / TOTP_SECONDS;
}

uint32_t totp_code(const uint8_t *key, size_t key_len, int64_t step)
{
    uint8_t counter[8], mac[EVP_MAX_MD_SIZE];
    unsigned int mac_len = 0;
    for (int i = 0; i < 8; i++)
        counter[i] = (uint8_t)((uint64_t)step >> (8 * (7 - i)));
    BUG_ON(key_len > TOTP_KEY_MAX);
    BUG_ON(!HMAC(EVP_sha1(), key, (int)key_len, counter, sizeof(counter), mac, &mac_len));
    /* RFC 4226, 5.3: the low four bits of the last byte say where 31 bits are taken. */
    const uint8_t *at = mac + (mac[mac_len - 1] & 15);
    uint32_t bits = (uint32_t)(at[0] & 127) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 |
                    (uint32_t)at[3];
    return bits % 1000000;
}

/* The six digits that were typed; -1 when it is anything else. */
static int64_t typed_code(struct str typed)
{
    int64_t code = 0;
    int digits = 0;
    for (size_t i = 0; i < typed.len; i++) {
        char c = typed.ptr[i];
        if (c == ' ')
            continue;
        if (c < '0' || c > '9' || ++digits > TOTP_DIGITS)
            return -1;
        code = code * 10 + (c - '0');
    }
    return digits == TOTP_DIGITS ? code : -1;
}

bool totp_matches(const uint8_t *key, size_t key_len, struct str typed, int64_t step, int64_t after,
                  int64_t *ret_step)
{
    int64_t code = typed_code(typed), found = 0;
    for (int64_t s = step - 1; s <= step + 1; s++)
        if (s > after && totp_code(key, key_len, s) == code)
            found = s;
    if (found == 0)
        return false;
    *ret_step = found;
    return true;
}

struct str totp_key_text(struct arena *a, const uint8_t *key, size_t key_len)
{
    size_t len = (key_len * 8 + 4) / 5;
    char *out = arena_alloc(a, len + 1);
    if (!out)
        return (struct str){ 0 };
    for (size_t i = 0; i < len; i++) {
        unsigned int value = 0;
        for (size_t bit = i * 5; bit < i * 5 + 5; bit++) {
            unsigned int one = bit < key_len * 8 ? (key[bit / 8] >> (7 - bit % 8)) & 1U : 0;
            value = value << 1 | one;
        }
        out[i] = ALPHABET[value];
    }
    return (struct str){ out, len };
}

static int letter_value(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 32);
    const char *at = c ? strchr(ALPHABET, c) : NULL;
    return at ? (int)(at - ALPHABET) : -1;
}

bool totp_key_parse(struct str text, uint8_t *ret_key, size_t size, size_t *ret_len)
{
    uint32_t bits = 0;
    int n_bits = 0;
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == ' ')
            continue;
        int value = letter_value(text.ptr[i]);
        if (value < 0)
            return false;
        bits = (bits << 5 | (uint32_t)value) & 0xfff;
        n_bits += 5;
        if (n_bits < 8)
            continue;
        if (len == size)
            return false;
        n_bits -= 8;
        ret_key[len++] = (uint8_t)(bits >> n_bits);
    }
    /* Bits left over are the padding of the last byte: fewer than five, and zero. */
    if (n_bits >= 5 || (bits & ((1U << n_bits) - 1)) != 0)
        return false;
    *ret_len = len;
    return true;
}

struct str totp_address(struct arena *a, struct str place, struct str account, const uint8_t *key,
                        size_t key_len)
{
    struct buf out;
    buf_init(&out, ADDRESS_MAX);
    buf_put_c(&out, "otpauth://totp/");
    percent_encode(&out, place);
    buf_put_c(&out, ":");
    percent_encode(&out, account);
    buf_put_c(&out, "?secret=");
    buf_put_str(&out, totp_key_text(a, key, key_len));
    buf_put_c(&out, "&issuer=");
    percent_encode(&out, place);
    struct str text = { 0 };
    if (!buf_overflowed(&out))
        text = arena_str(a, buf_str(&out));
    buf_release(&out);
    return text;
}
