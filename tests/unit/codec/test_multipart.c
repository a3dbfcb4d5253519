/* codec/multipart.h: forms in pieces of every size, and forms that are refused. */
#include "unit/unit.h"

#include <string.h>

#include "base/buf.h"
#include "codec/multipart.h"

#define TYPE "multipart/form-data; boundary=XyZ"

static struct multipart form;
static struct buf seen; /* what the callbacks were told */
static struct err err;
static int stop_at; /* the call that shall fail, 0 = none */
static int calls;

static int maybe_stop(void)
{
    return ++calls == stop_at ? err_detail(&err, ERR_FULL, "stopped") : 0;
}

static int on_begin(void *ctx UNUSED, const struct multipart_part *part, struct err *e UNUSED)
{
    buf_printf(&seen, "[%.*s", STR_ARG(part->name));
    if (part->is_file)
        buf_printf(&seen, " file=%.*s type=%.*s", STR_ARG(part->filename),
                   STR_ARG(part->content_type));
    buf_put_char(&seen, ':');
    return maybe_stop();
}

static int on_data(void *ctx UNUSED, struct str bytes, struct err *e UNUSED)
{
    buf_put_str(&seen, bytes);
    return maybe_stop();
}

static int on_end(void *ctx UNUSED, struct err *e UNUSED)
{
    buf_put_char(&seen, ']');
    return maybe_stop();
}

static const struct multipart_handler handler = { on_begin, on_data, on_end };

/* Feeds a body in pieces of `step` bytes. */
static int run(struct str body, size_t step)
{
    calls = 0;
    buf_clear(&seen);
    err_clear(&err);
    int rc = multipart_init(&form, STR(TYPE), &handler, NULL, &err);
    for (size_t at = 0; at < body.len && !rc; at += step)
        rc = multipart_feed(&form, str_slice(body, at, step), &err);
    return rc ? rc : multipart_finish(&form, &err);
}

#define HEAD(name) "Content-Disposition: form-data; name=\"" name "\"\r\n\r\n"
#define FILE_HEAD(name, file)                                                                      \
    "Content-Disposition: form-data; name=\"" name "\"; filename=\"" file "\"\r\n"

static void forms_are_read_in_pieces_of_any_size(void **state UNUSED)
{
    static const struct {
        struct str body;
        const char *want;
    } cases[] = {
        { STR("--XyZ--\r\n"), "" },
        { STR("--XyZ--"), "" },
        { STR("--XyZ\r\n" HEAD("a") "1\r\n--XyZ--\r\nepilogue"), "[a:1]" },
        { STR("--XyZ\r\n" HEAD("a") "\r\n--XyZ\r\n" HEAD("b") "2\r\n--XyZ--\r\n"), "[a:][b:2]" },
        { STR("--XyZ\r\n" HEAD("a") "\r\r\n--Xy\r\n--XyZZ-\r\n-\n\r\n--XyZ--\r\n"), NULL },
        { STR("--XyZ\r\n" HEAD("a") "x\r\r\n--Xy\r\n\r\n--\r\n--XyY\r\n--XyZ--\r\n"),
          "[a:x\r\r\n--Xy\r\n\r\n--\r\n--XyY]" },
        { STR("--XyZ\r\n" FILE_HEAD("p", "茶.jpg") "content-TYPE: image/jpeg\r\nX-Other: 1\r\n\r\n"
                                                   "\xff\xd8\r\n--XyZ--\r\n"),
          "[p file=茶.jpg type=image/jpeg:\xff\xd8]" },
        { STR("--XyZ\r\n" FILE_HEAD("p", "") "\r\n\r\n--XyZ--\r\n"), "[p file= type=:]" },
        { STR("--XyZ\r\n" FILE_HEAD("p", "C:\\x\\y.jpg") "\r\n\r\n--XyZ--\r\n"),
          "[p file=y.jpg type=:]" },
        { STR("--XyZ\r\n" FILE_HEAD("p", "../../etc/a\\\"b") "\r\n\r\n--XyZ--\r\n"),
          "[p file=a\"b type=:]" },
        { STR("--XyZ\r\nContent-Disposition: FORM-DATA ;  Name=plain ; x=\"a;b\"\r\n\r\n1\r\n"
              "--XyZ--\r\n"),
          "[plain:1]" },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        for (size_t step = 1; step <= cases[i].body.len; step++) {
            int rc = run(cases[i].body, step);
            if (!cases[i].want) {
                assert_int_equal(rc, ERR_MALFORMED);
                continue;
            }
            assert_int_equal(rc, 0);
            assert_text(buf_str(&seen), cases[i].want);
        }
    }
}

static void malformed_forms_are_refused(void **state UNUSED)
{
    static const struct str bad[] = {
        STR(""),
        STR("preamble\r\n--XyZ--\r\n"),
        STR("\r\n--XyZ--\r\n"),
        STR("--XyY--\r\n"),
        STR("--XyZ"),
        STR("--XyZ-\r\n"),
        STR("--XyZ \r\n" HEAD("a") "1\r\n--XyZ--\r\n"),
        STR("--XyZ\n" HEAD("a") "1\r\n--XyZ--\r\n"),
        STR("--XyZ\r\n" HEAD("a") "1\r\n--XyZ\r\n"),
        STR("--XyZ\r\n" HEAD("a") "1\r\n"),
        STR("--XyZ\r\n\r\n1\r\n--XyZ--\r\n"),
        STR("--XyZ\r\nX: y\r\n\r\n1\r\n--XyZ--\r\n"),
        STR("--XyZ\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--XyZ--\r\n"),
        STR("--XyZ\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XyZ--\r\n"),
        STR("--XyZ\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n1\r\n--XyZ--\r\n"),
        STR("--XyZ\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--XyZ--\r\n"),
        STR("--XyZ\r\nContent-Disposition: form-data; name\r\n\r\n1\r\n--XyZ--\r\n"),
        STR("--XyZ\r\nContent-Disposition: form-data; name=\"a\"b\r\n\r\n1\r\n--XyZ--\r\n"),
        STR("--XyZ\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\n\r\n--XyZ--"),
        STR("--XyZ\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\n1\r\n--XyZ--\r\n"),
        STR("--XyZ\r\nContent-Disposition: form-data; name=\"a\0b\"\r\n\r\n1\r\n--XyZ--\r\n"),
        STR("--XyZ\r\n" FILE_HEAD("a", "x\ny") "\r\n1\r\n--XyZ--\r\n"),
        STR("--XyZ\r\nContent-Disposition: form-data;\r\n name=\"a\"\r\n\r\n1\r\n--XyZ--\r\n"),
        STR("--XyZ\r\nno colon\r\n" HEAD("a") "1\r\n--XyZ--\r\n"),
        STR("--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n" HEAD("b") "\r\n--XyZ--"),
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        assert_int_equal(run(bad[i], 1), ERR_MALFORMED);
        assert_int_equal(run(bad[i], 4096), ERR_MALFORMED);
        assert_int_equal(err.code, ERR_MALFORMED);
    }
}

static void heads_and_parts_have_ceilings(void **state UNUSED)
{
    struct buf body;
    buf_init(&body, 1 << 20);
    BUF_PUT_LIT(&body, "--XyZ\r\nX-Long: ");
    for (int i = 0; i < MULTIPART_HEAD_MAX; i++)
        buf_put_char(&body, 'x');
    assert_int_equal(run(buf_str(&body), 100), ERR_TOO_LARGE);
    buf_clear(&body);
    for (int i = 0; i <= MULTIPART_PARTS_MAX; i++)
        BUF_PUT_LIT(&body, "--XyZ\r\n" HEAD("a") "\r\n");
    BUF_PUT_LIT(&body, "--XyZ--\r\n");
    assert_int_equal(run(buf_str(&body), 4096), ERR_TOO_LARGE);
    buf_release(&body);
}

static void a_callback_stops_the_form_for_good(void **state UNUSED)
{
    struct str body = STR("--XyZ\r\n" HEAD("a") "1\r\n--XyZ--\r\n");
    for (stop_at = 1; stop_at <= 3; stop_at++) {
        assert_int_equal(run(body, body.len), ERR_FULL);
        int before = calls;
        assert_int_equal(multipart_feed(&form, body, &err), ERR_FULL);
        assert_int_equal(multipart_finish(&form, &err), ERR_FULL);
        assert_int_equal(calls, before);
    }
    stop_at = 0;
}

static void the_boundary_comes_from_the_type(void **state UNUSED)
{
    static const char *const bad[] = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=\"a\"b\"",
        "multipart/form-data; boundary=a\x01",
        ("multipart/form-data; boundary=0123456789012345678901234567890123456789"
         "0123456789012345678901234567890"),
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_int_equal(multipart_init(&form, str_from(bad[i]), &handler, NULL, &err),
                         ERR_MALFORMED);
    assert_int_equal(multipart_feed(&form, STR("--x--"), &err), ERR_MALFORMED);
    assert_int_equal(multipart_init(&form, STR("text/plain; boundary=x"), &handler, NULL, &err),
                     ERR_UNSUPPORTED);
    assert_int_equal(
        multipart_init(&form, STR("Multipart/Form-Data;boundary=\"x:y\""), &handler, NULL, &err),
        0);
    assert_int_equal(multipart_feed(&form, STR("--x:y--"), &err), 0);
    assert_int_equal(multipart_finish(&form, &err), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_are_read_in_pieces_of_any_size),
        cmocka_unit_test(malformed_forms_are_refused),
        cmocka_unit_test(heads_and_parts_have_ceilings),
        cmocka_unit_test(a_callback_stops_the_form_for_good),
        cmocka_unit_test(the_boundary_comes_from_the_type),
    };
    buf_init(&seen, 1 << 20);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    buf_release(&seen);
    return failed;
}
