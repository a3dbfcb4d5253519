/* codec/cookie.h: what is found lies in the header; what is written is found. */
#include "fuzz/fuzz.h"

#include "codec/cookie.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str s = fuzz_input(data, size);
    FUZZ_CHECK(fuzz_within(cookie_find(s, "session"), s));
    FUZZ_CHECK(fuzz_within(cookie_find(s, ""), s));
    struct buf b;
    struct cookie c = { .name = "session", .value = s, .max_age = (int64_t)size - 3 };
    buf_init(&b, size + 200);
    if (cookie_write(&b, &c, NULL) == 0) {
        FUZZ_CHECK(!buf_overflowed(&b) && str_eq(cookie_find(buf_str(&b), "session"), s));
        FUZZ_CHECK(str_index(buf_str(&b), '\n') < 0 && str_index(buf_str(&b), '\r') < 0);
    } else {
        FUZZ_CHECK(buf_str(&b).len == 0);
    }
    buf_release(&b);
    return 0;
}
