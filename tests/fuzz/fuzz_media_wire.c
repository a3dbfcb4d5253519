/* media/wire.h: what is accepted is within bounds, and is written again the same. */
#include "fuzz/fuzz.h"

#include "media/wire.h"

static void check_request(const uint8_t *data, size_t size)
{
    struct wire_request r;
    uint8_t again[WIRE_MAX];
    if (!wire_get_request(data, size, &r))
        return;
    FUZZ_CHECK(r.max_bytes <= INT64_MAX && r.max_pixels <= INT64_MAX);
    FUZZ_CHECK(wire_put_request(again, &r) == size && memcmp(again, data, size) == 0);
}

static void check_answer(const uint8_t *data, size_t size)
{
    struct wire_answer a, b;
    uint8_t again[WIRE_MAX];
    if (!wire_get_answer(data, size, &a))
        return;
    FUZZ_CHECK(a.status < WIRE_STATUSES && a.machine < MARKS && a.colour <= 0xffffff);
    FUZZ_CHECK(strlen(a.detail) <= WIRE_DETAIL_MAX);
    for (size_t i = 0; a.detail[i]; i++)
        FUZZ_CHECK(a.detail[i] >= ' ' && a.detail[i] < 127);
    if (a.status == WIRE_OK) {
        FUZZ_CHECK(a.kind == MEDIA_PHOTO && a.width > 0 && a.height > 0);
        for (int r = 0; r < RENDITIONS; r++)
            FUZZ_CHECK((a.outputs[r].bytes > 0) == (a.outputs[r].width > 0));
    }
    /* Only the detail may have been cleaned. */
    size_t len = wire_put_answer(again, &a);
    FUZZ_CHECK(len == size && wire_get_answer(again, len, &b));
    FUZZ_CHECK(memcmp(a.outputs, b.outputs, sizeof(a.outputs)) == 0 && a.width == b.width);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str hash;
    enum rendition r;
    check_request(data, size);
    check_answer(data, size);
    if (rendition_parse(fuzz_input(data, size), &hash, &r))
        FUZZ_CHECK(hash.len == MEDIA_HASH_LEN && fuzz_within(hash, fuzz_input(data, size)) &&
                   !memchr(data, '/', size));
    return 0;
}
