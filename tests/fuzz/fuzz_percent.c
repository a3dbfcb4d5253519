/* codec/percent.h over any bytes. */
#include "fuzz/fuzz.h"

#include "codec/percent.h"
#include "codec/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;
    struct buf b;
    struct str s = fuzz_input(data, size), decoded, again;
    arena_init(&a, size * 4 + 16);
    buf_init(&b, size * 3);
    for (int plus = 0; plus < 2; plus++) {
        if (percent_decode(&a, s, plus, &decoded, NULL))
            continue;
        FUZZ_CHECK(utf8_valid(decoded) && decoded.len <= size);
        buf_clear(&b);
        percent_encode(&b, decoded);
        FUZZ_CHECK(!buf_overflowed(&b));
        FUZZ_CHECK(percent_decode(&a, buf_str(&b), plus, &again, NULL) == 0 || a.overflow);
        FUZZ_CHECK(a.overflow || str_eq(again, decoded));
    }
    buf_clear(&b);
    percent_encode_path(&b, s);
    FUZZ_CHECK(!buf_overflowed(&b));
    buf_release(&b);
    arena_release(&a);
    return 0;
}
