/* codec/http.h: any header value is survived, and answers stay in bounds. */
#include "fuzz/fuzz.h"

#include "codec/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const tags[] = { "en", "zh", "zh-Hant" };
    struct str s = fuzz_input(data, size), value;
    int64_t first, last, at;
    int chosen = http_choose_language(s, tags, 3, 1);
    FUZZ_CHECK(chosen >= 0 && chosen < 3);
    http_choose_form(s);
    FUZZ_CHECK(fuzz_within(http_media_type(s), s));
    if (http_param(s, "boundary", &value))
        FUZZ_CHECK(fuzz_within(value, s));
    static const int64_t sizes[] = { 0, 1, 1000, INT64_MAX };
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++)
        if (http_range(s, sizes[i], &first, &last) == HTTP_RANGE_PART)
            FUZZ_CHECK(0 <= first && first <= last && last < sizes[i]);
    if (http_date_read(s, &at)) {
        char out[HTTP_DATE_SIZE];
        FUZZ_CHECK(str_eq(http_date_write(out, at), s));
    }
    http_etag_matches(s, STR("tag"));
    return 0;
}
