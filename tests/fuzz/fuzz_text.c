/* words/text.h: cleaning is done once and for all, and cuts leave valid text. */
#include "fuzz/fuzz.h"

#include "codec/utf8.h"
#include "words/text.h"

static void check(struct arena *a, struct str s, enum text_kind kind)
{
    struct str clean, again;
    struct err err;
    err_clear(&err);
    if (text_clean(a, s, kind, &clean, &err) != 0)
        return;
    FUZZ_CHECK(utf8_valid(clean));
    FUZZ_CHECK(str_eq(str_trim(clean), clean));
    FUZZ_CHECK(kind == TEXT_LINES || str_index(clean, '\n') < 0);
    if (text_clean(a, clean, kind, &again, &err) == 0)
        FUZZ_CHECK(str_eq(clean, again));
    size_t n = text_count(clean);
    FUZZ_CHECK(n <= utf8_count(clean));
    struct str cut = text_cut(clean, n / 2);
    FUZZ_CHECK(utf8_valid(cut) && fuzz_within(cut, clean) && text_count(cut) == n / 2);
    FUZZ_CHECK(text_cut(clean, n).len == clean.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str s = fuzz_input(data, size);
    struct arena a;
    if (size > 4096 || !utf8_valid(s))
        return 0;
    arena_init(&a, 1 << 20);
    check(&a, s, TEXT_LINE);
    check(&a, s, TEXT_LINES);
    arena_release(&a);
    return 0;
}
