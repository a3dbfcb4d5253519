/* codec/html.h: nothing that was escaped can end its place. */
#include "fuzz/fuzz.h"

#include "codec/html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str s = fuzz_input(data, size);
    struct buf b;
    buf_init(&b, size * 6);
    html_put_text(&b, s);
    FUZZ_CHECK(!buf_overflowed(&b));
    FUZZ_CHECK(str_index(buf_str(&b), '<') < 0 && str_index(buf_str(&b), '>') < 0);
    buf_clear(&b);
    html_put_attr(&b, s);
    FUZZ_CHECK(!buf_overflowed(&b));
    FUZZ_CHECK(str_index(buf_str(&b), '<') < 0 && str_index(buf_str(&b), '"') < 0);
    FUZZ_CHECK(str_index(buf_str(&b), '\'') < 0);
    buf_release(&b);
    struct str url = html_url(s);
    FUZZ_CHECK(url.len > 0 && (str_eq_c(url, "#") || str_eq(url, s)));
    /* A local address starts with one slash and is a good address. */
    if (html_url_is_local(s)) {
        FUZZ_CHECK(s.ptr[0] == '/' && str_eq(url, s));
        FUZZ_CHECK(s.len == 1 || (s.ptr[1] != '/' && s.ptr[1] != '\\'));
    }
    return 0;
}
