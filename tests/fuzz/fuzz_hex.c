/* codec/hex.h over any bytes. */
#include "fuzz/fuzz.h"

#include "codec/hex.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 4096)
        return 0;
    char *text = malloc(HEX_TEXT_SIZE(size));
    uint8_t *back = malloc(size + 1);
    if (!text || !back)
        abort();
    struct str s = hex_encode(text, data, size);
    FUZZ_CHECK(s.len == size * 2 && hex_decode(s, back, size) && memcmp(back, data, size) == 0);
    if (hex_decode(fuzz_input(data, size), back, size / 2)) {
        s = hex_encode(text, back, size / 2);
        FUZZ_CHECK(str_eq_nocase(s, fuzz_input(data, size)));
    }
    free(back);
    free(text);
    return 0;
}
