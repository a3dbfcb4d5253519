/* codec/sign.h: only the right signature passes. The first byte is the length
 * of the key, 64 bytes after the key are a signature, the rest is signed. */
#include "fuzz/fuzz.h"

#include <sodium.h>

#include "codec/sign.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char good[SIGN_TEXT_SIZE];
    if (size < 1 || sodium_init() < 0)
        return 0;
    struct str all = fuzz_input(data + 1, size - 1);
    struct str key = str_slice(all, 0, data[0]);
    struct str claimed = str_slice(all, key.len, 64);
    struct str body = str_slice(all, key.len + claimed.len, all.len);
    bool passes = sign_check(key, body, claimed);
    if (key.len > 0) {
        struct str want = sign_hmac(good, key, body);
        FUZZ_CHECK(passes == str_eq_nocase(want, claimed));
        FUZZ_CHECK(sign_check(key, body, want));
    } else {
        FUZZ_CHECK(!passes);
    }
    FUZZ_CHECK(sign_hash_text(good, body).len == SIGN_TEXT_SIZE - 1);
    return 0;
}
