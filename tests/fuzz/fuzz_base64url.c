/* codec/base64url.h over any bytes: one spelling per value. */
#include "fuzz/fuzz.h"

#include "codec/base64url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 4096)
        return 0;
    char *text = malloc(BASE64URL_TEXT_SIZE(size));
    uint8_t *back = malloc(size + 1);
    size_t len;
    if (!text || !back)
        abort();
    struct str s = base64url_encode(text, data, size);
    FUZZ_CHECK(base64url_decode(s, back, size, &len) && len == size);
    FUZZ_CHECK(memcmp(back, data, size) == 0);
    FUZZ_CHECK(size == 0 || !base64url_decode(s, back, size - 1, &len));
    if (base64url_decode(fuzz_input(data, size), back, size, &len))
        FUZZ_CHECK(str_eq(base64url_encode(text, back, len), fuzz_input(data, size)));
    free(back);
    free(text);
    return 0;
}
