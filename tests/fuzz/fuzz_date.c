/* codec/date.h: what is read is written back to the same moment, any number
 * is a date. */
#include "fuzz/fuzz.h"

#include "codec/date.h"

static void check_moment(int64_t at)
{
    char out[DATE_TEXT_MAX];
    int64_t back;
    struct civil c = civil_from_time(at);
    FUZZ_CHECK(civil_to_time(c, &back));
    FUZZ_CHECK(at < DATE_MIN ? back == DATE_MIN : at > DATE_MAX ? back == DATE_MAX : back == at);
    FUZZ_CHECK(civil_weekday(at) >= 0 && civil_weekday(at) < 7);
    FUZZ_CHECK(date_read(date_write(out, at), &back));
    FUZZ_CHECK(date_read_day(date_write_day(out, at), &back));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str s = fuzz_input(data, size);
    int64_t at;
    if (date_read(s, &at)) {
        FUZZ_CHECK(at >= DATE_MIN && at <= DATE_MAX);
        check_moment(at);
    }
    if (date_read_day(s, &at))
        check_moment(at);
    if (size >= sizeof(at)) {
        memcpy(&at, data, sizeof(at));
        check_moment(at);
    }
    return 0;
}
