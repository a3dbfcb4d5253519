/* codec/vtt.h: captions that are taken, and those that are not. */
#include "unit/unit.h"

#include "base/buf.h"
#include "base/err.h"
#include "codec/vtt.h"

static int clean(const char *text, char out[4096], int *ret_line)
{
    struct buf b;
    buf_init(&b, VTT_BYTES_MAX);
    int rc = vtt_clean(str_from(text), &b, ret_line);
    snprintf(out, 4096, "%.*s", STR_ARG(buf_str(&b)));
    buf_release(&b);
    return rc;
}

static void test_writes_what_it_understood(void **state UNUSED)
{
    char out[4096];
    int line;
    assert_int_equal(clean("\xef\xbb\xbfWEBVTT by hand\r\nKind: captions\r\n\r\n"
                           "STYLE\r\n::cue{}\r\n\r\nNOTE x\r\n\r\n"
                           "1\r\n00:01.000 --> 01:00:02.500 align:start region:a line:-1\r\n"
                           "<v Lin>tea\r\n&amp; more\r\n\r\n\r\n"
                           "00:02.000 -->\t00:03.000\rlast",
                           out, &line),
                     0);
    assert_string_equal(out, "WEBVTT\n\n00:00:01.000 --> 01:00:02.500 align:start line:-1\n"
                             "<v Lin>tea\n&amp; more\n\n00:00:02.000 --> 00:00:03.000\nlast\n\n");
}

static void test_refuses_and_names_the_line(void **state UNUSED)
{
    static const struct {
        const char *text;
        int line;
    } wrong[] = {
        { "", 1 },
        { "WEBVTTX\n\n00:01.000 --> 00:02.000\na", 1 },
        { "1\n00:01,000 --> 00:02,000\nSubRip\n", 1 },
        { "WEBVTT\n", 2 },
        { "WEBVTT\n00:01.000 --> 00:02.000\na\n", 2 },
        { "WEBVTT\n\n00:02.000 --> 00:01.000\nback\n", 3 },
        { "WEBVTT\n\n00:01.000 --> 00:01.000\nnothing\n", 3 },
        { "WEBVTT\n\n00:01,000 --> 00:02,000\ncomma\n", 3 },
        { "WEBVTT\n\n00:61.000 --> 00:62.000\nseconds\n", 3 },
        { "WEBVTT\n\n1:00.000 --> 1:02.000\none digit\n", 3 },
        { "WEBVTT\n\n00:05.000 --> 00:06.000\na\n\n00:04.000 --> 00:06.000\nearlier\n", 6 },
        { "WEBVTT\n\n00:01.000 --> 00:02.000\na --> b\n", 4 },
        { "WEBVTT\n\n00:01.000 --> 00:02.000 onclick:x\na\n", 3 },
        { "WEBVTT\n\n00:01.000 --> 00:02.000 align:\"x\"\na\n", 3 },
        { "WEBVTT\n\nname\nno time\n", 4 },
        { "WEBVTT\n\n00:01.000 --> 00:02.000\n\x01\n", 1 },
        { "WEBVTT\n\n00:01.000 --> 00:02.000\n\xff\n", 1 },
    };
    char out[4096];
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        int line = 0;
        assert_int_equal(clean(wrong[i].text, out, &line), ERR_MALFORMED);
        if (line != wrong[i].line)
            fail_msg("case %zu: line %d", i, line);
    }
}

static void test_has_bounds(void **state UNUSED)
{
    struct buf in, out;
    int line;
    buf_init(&in, 4 * VTT_BYTES_MAX);
    buf_init(&out, VTT_BYTES_MAX);
    buf_put_c(&in, "WEBVTT\n\n");
    for (int i = 0; i <= VTT_CUES_MAX; i++)
        buf_put_c(&in, "00:01.000 --> 00:02.000\n\n");
    assert_int_equal(vtt_clean(buf_str(&in), &out, &line), ERR_TOO_LARGE);
    while (in.len <= VTT_BYTES_MAX)
        buf_put_c(&in, "\n");
    assert_int_equal(vtt_clean(buf_str(&in), &out, &line), ERR_TOO_LARGE);
    buf_release(&in);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_writes_what_it_understood),
        cmocka_unit_test(test_refuses_and_names_the_line),
        cmocka_unit_test(test_has_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
