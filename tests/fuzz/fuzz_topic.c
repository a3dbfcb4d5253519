/* codec/topic.h over any bytes. */
#include "fuzz/fuzz.h"

#include "codec/topic.h"
#include "codec/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str s = fuzz_input(data, size);
    struct topic_found found[TOPIC_COUNT_MAX];
    struct topic t;
    struct arena a;
    size_t at = 0, last = 0;
    int all = 0;
    while (topic_next(s, &at, &t)) {
        FUZZ_CHECK(last <= t.from && t.from < t.to && t.to == at && at <= size);
        FUZZ_CHECK(t.name.len > 0 && fuzz_within(t.name, str_slice(s, t.from, t.to - t.from)));
        FUZZ_CHECK(utf8_valid(t.name) && utf8_count(t.name) <= TOPIC_POINTS_MAX);
        last = t.to;
        all++;
    }
    arena_init(&a, 1 << 20);
    int n = topic_find(&a, s, found);
    FUZZ_CHECK(n <= TOPIC_COUNT_MAX && n <= all && (n > 0) == (all > 0));
    for (int i = 0; i < n; i++) {
        FUZZ_CHECK(str_eq_nocase(found[i].name, found[i].key));
        for (int k = 0; k < i; k++)
            FUZZ_CHECK(!str_eq(found[i].key, found[k].key));
    }
    arena_release(&a);
    return 0;
}
