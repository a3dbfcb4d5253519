/* codec/vtt.h over any bytes: what was written is read again, and is the same. */
#include "fuzz/fuzz.h"

#include "codec/utf8.h"
#include "codec/vtt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str s = fuzz_input(data, size);
    struct buf once, twice;
    int line = 0;
    buf_init(&once, VTT_BYTES_MAX);
    buf_init(&twice, VTT_BYTES_MAX);
    int rc = vtt_clean(s, &once, &line);
    FUZZ_CHECK(line >= 1);
    if (rc == 0) {
        FUZZ_CHECK(utf8_valid(buf_str(&once)) && str_starts(buf_str(&once), STR("WEBVTT\n\n")));
        FUZZ_CHECK(vtt_clean(buf_str(&once), &twice, &line) == 0);
        FUZZ_CHECK(str_eq(buf_str(&once), buf_str(&twice)));
    }
    buf_release(&once);
    buf_release(&twice);
    return 0;
}
