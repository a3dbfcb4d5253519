/* codec/utf8.h over any bytes. */
#include "fuzz/fuzz.h"

#include "codec/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str s = fuzz_input(data, size);
    bool valid = utf8_valid(s);
    bool whole = true; /* the same, the slow way */
    size_t at = 0, points = 0;
    uint32_t code;
    while (at < s.len) {
        size_t before = at, len = utf8_length(s, at);
        FUZZ_CHECK(utf8_next(s, &at, &code));
        FUZZ_CHECK(at == before + (len ? len : 1) && at <= s.len);
        FUZZ_CHECK(len > 0 || code == UTF8_REPLACEMENT);
        whole = whole && len > 0 && code != 0;
        points++;
    }
    FUZZ_CHECK(valid == whole);
    FUZZ_CHECK(points == utf8_count(s));
    for (size_t max = 0; max <= size && max < 64; max++) {
        struct str cut = utf8_cut_bytes(s, max);
        FUZZ_CHECK(cut.len <= max && max - cut.len < 4);
        FUZZ_CHECK(!valid || utf8_valid(cut));
        FUZZ_CHECK(utf8_count(utf8_cut_points(s, max)) <= max);
    }
    struct buf b;
    buf_init(&b, size * 3);
    utf8_put_clean(&b, s);
    FUZZ_CHECK(!buf_overflowed(&b) && utf8_valid(buf_str(&b)));
    FUZZ_CHECK(!valid || str_eq(buf_str(&b), s));
    buf_release(&b);
    return 0;
}
