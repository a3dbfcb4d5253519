/* media/worker/marks.h: any bytes may be read; what is written has the shape it should. */
#include "fuzz/fuzz.h"

#include "media/worker/marks.h"

static void check_written(struct str in, enum machine_mark mark)
{
    struct buf b;
    buf_init(&b, in.len + 2048);
    if (marks_write_webp(&b, in, mark, 9, 7)) {
        struct str out = buf_str(&b);
        FUZZ_CHECK(!buf_overflowed(&b) && str_starts(out, STR("RIFF")) && out.len % 2 == 0);
        size_t said = (size_t)(uint8_t)out.ptr[4] | (size_t)(uint8_t)out.ptr[5] << 8 |
                      (size_t)(uint8_t)out.ptr[6] << 16 | (size_t)(uint8_t)out.ptr[7] << 24;
        FUZZ_CHECK(said + 8 == out.len);
    } else {
        FUZZ_CHECK(b.len == 0);
    }
    buf_clear(&b);
    if (marks_write_jpeg(&b, in, mark))
        FUZZ_CHECK(!buf_overflowed(&b) && buf_str(&b).len >= in.len);
    else
        FUZZ_CHECK(b.len == 0);
    buf_release(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str in = fuzz_input(data, size);
    struct marks m = { 0 };
    marks_read_file(&m, in);
    marks_read_xmp(&m, in);
    marks_read_exif(&m, in);
    struct str key = in, value;
    if (str_next(&key, '\n', &value))
        marks_read_text(&m, value, key);
    FUZZ_CHECK(m.machine < MARKS);
    check_written(in, MARK_NONE);
    check_written(in, MARK_MADE);
    return 0;
}
