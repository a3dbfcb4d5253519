/* codec/totp.h over any bytes: keys have one spelling, only six digits are a code. */
#include "fuzz/fuzz.h"

#include "codec/totp.h"

static void keys(struct arena *a, const uint8_t *data, size_t size)
{
    uint8_t key[TOTP_KEY_MAX];
    size_t len;
    if (totp_key_parse(fuzz_input(data, size), key, sizeof(key), &len)) {
        FUZZ_CHECK(len <= sizeof(key));
        uint8_t again[TOTP_KEY_MAX];
        size_t again_len;
        struct str text = totp_key_text(a, key, len);
        FUZZ_CHECK(totp_key_parse(text, again, sizeof(again), &again_len));
        FUZZ_CHECK(again_len == len && memcmp(again, key, len) == 0);
    }
    size_t n = size < TOTP_KEY_MAX ? size : TOTP_KEY_MAX;
    struct str text = totp_key_text(a, data, n);
    FUZZ_CHECK(totp_key_parse(text, key, sizeof(key), &len) && len == n);
    FUZZ_CHECK(memcmp(key, data, n) == 0);
    FUZZ_CHECK(n == 0 || !totp_key_parse(text, key, n - 1, &len));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 1024)
        return 0;
    struct arena a;
    arena_init(&a, 1 << 16);
    keys(&a, data, size);
    int64_t step = 1000, found = -1;
    if (totp_matches(data, size < TOTP_KEY_MAX ? size : TOTP_KEY_MAX, fuzz_input(data, size), step,
                     0, &found))
        FUZZ_CHECK(found >= step - 1 && found <= step + 1 && size >= TOTP_DIGITS);
    else
        FUZZ_CHECK(found == -1);
    struct str input = fuzz_input(data, size);
    struct str address = totp_address(&a, input, input, data, size < 20 ? size : 20);
    for (size_t i = 0; i < address.len; i++)
        FUZZ_CHECK(address.ptr[i] > ' ' && address.ptr[i] < 127);
    arena_release(&a);
    return 0;
}
