/* media/worker/marks.h and colour.h: the marks of machine-made pictures. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "media/worker/colour.h"
#include "media/worker/marks.h"

static struct marks in_xmp(const char *xmp)
{
    struct marks m = { 0 };
    marks_read_xmp(&m, str_from(xmp));
    return m;
}

static void xmp_says_so(void **state UNUSED)
{
    assert_int_equal(in_xmp("<a Iptc4xmpExt:DigitalSourceType=\"http://cv.iptc.org/newscodes/"
                            "digitalsourcetype/trainedAlgorithmicMedia\"/>")
                         .machine,
                     MARK_MADE);
    assert_int_equal(in_xmp("<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/"
                            "digitalsourcetype/compositeWithTrainedAlgorithmicMedia<")
                         .machine,
                     MARK_PARTLY);
    assert_int_equal(in_xmp("<TC260:AIGC>{\"Label\":\"1\",\"ContentProducer\":\"x\"}<").machine,
                     MARK_MADE);
    assert_int_equal(in_xmp("<TC260:AIGC>{&quot;Label&quot;:&quot;2&quot;}<").machine, MARK_MADE);
}

static void xmp_says_something_else(void **state UNUSED)
{
    assert_int_equal(in_xmp("").machine, MARK_NONE);
    assert_int_equal(in_xmp("DigitalSourceType=\"http://cv.iptc.org/newscodes/digitalsourcetype/"
                            "digitalCapture\"")
                         .machine,
                     MARK_NONE);
    assert_int_equal(in_xmp("<dc:title>about trainedAlgorithmicMedia</dc:title>").machine,
                     MARK_NONE);
    assert_int_equal(in_xmp("<TC260:AIGC>{\"Label\":\"0\"}<").machine, MARK_NONE);
    assert_int_equal(in_xmp("<dc:title>AIGC</dc:title>").machine, MARK_NONE);
    assert_int_equal(in_xmp("AIGC Label").machine, MARK_NONE);
}

static void the_stronger_mark_stays(void **state UNUSED)
{
    struct marks m = { .machine = MARK_MADE };
    marks_read_xmp(&m, STR("digitalsourcetype/compositeWithTrainedAlgorithmicMedia"));
    assert_int_equal(m.machine, MARK_MADE);
    m.machine = MARK_PARTLY;
    marks_read_xmp(&m, STR("digitalsourcetype/trainedAlgorithmicMedia"));
    assert_int_equal(m.machine, MARK_MADE);
}

static enum machine_mark in_text(const char *key, const char *value)
{
    struct marks m = { 0 };
    marks_read_text(&m, str_from(key), str_from(value));
    return m.machine;
}

static void generators_say_so_in_text(void **state UNUSED)
{
    assert_int_equal(in_text("parameters", "grass\nSteps: 20, Sampler: Euler"), MARK_MADE);
    assert_int_equal(in_text("prompt", "{\"3\": {\"class_type\": \"KSampler\"}}"), MARK_MADE);
    assert_int_equal(in_text("Dream", "grass"), MARK_MADE);
    assert_int_equal(in_text("Software", "NovelAI"), MARK_MADE);
    assert_int_equal(in_text("AIGC", "{\"Label\":\"1\"}"), MARK_MADE);
    assert_int_equal(in_text("parameters", "f/2.8, 1/250 s"), MARK_NONE);
    assert_int_equal(in_text("Software", "GIMP"), MARK_NONE);
    assert_int_equal(in_text("prompt", "write a haiku"), MARK_NONE);
}

static void exif_comments_in_any_width(void **state UNUSED)
{
    struct marks m = { 0 };
    marks_read_exif(&m, STR("ASCII\0\0\0grass Steps: 20, Sampler: Euler"));
    assert_int_equal(m.machine, MARK_MADE);
    static const char wide[] = "S\0t\0e\0p\0s\0:\0 \0"
                               "9\0,\0 \0S\0a\0m\0p\0l\0e\0r\0:\0 \0";
    m = (struct marks){ 0 };
    marks_read_exif(&m, (struct str){ wide, sizeof(wide) - 1 });
    assert_int_equal(m.machine, MARK_MADE);
    m = (struct marks){ 0 };
    marks_read_exif(&m, STR("Steps: 20"));
    assert_int_equal(m.machine, MARK_NONE);
}

#define CLAIM                                                                                      \
    "jumbc2pa.assertions digitalSourceTypexFhttp://cv.iptc.org/newscodes/digitalsourcetype/"       \
    "trainedAlgorithmicMedia"

static void put_be(struct buf *b, size_t n, int width)
{
    while (--width >= 0)
        buf_put_char(b, (char)(n >> (8 * width)));
}

static struct marks in_file(struct buf *b)
{
    struct marks m = { 0 };
    /* Every beginning of it must be safe to read; the whole must be understood. */
    for (size_t len = 0; len < b->len; len++) {
        struct marks part = { 0 };
        char *copy = malloc(len ? len : 1);
        assert_non_null(copy);
        memcpy(copy, b->ptr, len);
        marks_read_file(&part, (struct str){ copy, len });
        free(copy);
    }
    marks_read_file(&m, buf_str(b));
    buf_release(b);
    return m;
}

static void claims_in_every_container(void **state UNUSED)
{
    struct buf b;
    struct str claim = STR(CLAIM);
    buf_init(&b, 4096);

    /* JPEG, cut in the middle of the word. */
    buf_put(&b, "\xff\xd8", 2);
    size_t half = claim.len - 10;
    buf_put(&b, "\xff\xeb", 2);
    put_be(&b, 2 + 8 + half, 2);
    buf_put(&b, "JP\0\1\0\0\0\1", 8);
    buf_put(&b, claim.ptr, half);
    buf_put(&b, "\xff\xeb", 2);
    put_be(&b, 2 + 16 + claim.len - half, 2);
    buf_put(&b, "JP\0\1\0\0\0\2headhead", 16);
    buf_put(&b, claim.ptr + half, claim.len - half);
    buf_put(&b, "\xff\xda\0\2", 4);
    struct marks m = in_file(&b);
    assert_true(m.credentials);
    assert_int_equal(m.machine, MARK_MADE);

    buf_put(&b, "\x89PNG\r\n\x1a\n", 8);
    put_be(&b, claim.len, 4);
    buf_put(&b, "caBX", 4);
    buf_put_str(&b, claim);
    put_be(&b, 0, 4);
    m = in_file(&b);
    assert_true(m.credentials);
    assert_int_equal(m.machine, MARK_MADE);

    buf_put(&b, "RIFF\0\0\0\0WEBPC2PA", 16);
    buf_put_char(&b, (char)claim.len);
    buf_put(&b, "\0\0\0", 3);
    buf_put_str(&b, claim);
    m = in_file(&b);
    assert_true(m.credentials);
    assert_int_equal(m.machine, MARK_MADE);

    buf_put(&b,
            "\0\0\0\x10"
            "ftypheic\0\0\0\0",
            16);
    put_be(&b, 24 + claim.len, 4);
    buf_put(&b, "uuid\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81", 20);
    buf_put_str(&b, claim);
    m = in_file(&b);
    assert_true(m.credentials);
    assert_int_equal(m.machine, MARK_MADE);
}

static void a_camera_may_sign_too(void **state UNUSED)
{
    struct buf b;
    struct str claim = STR("jumbc2pa digitalSourceType http://cv.iptc.org/newscodes/"
                           "digitalsourcetype/digitalCapture");
    buf_init(&b, 4096);
    buf_put(&b, "\x89PNG\r\n\x1a\n", 8);
    put_be(&b, claim.len, 4);
    buf_put(&b, "caBX", 4);
    buf_put_str(&b, claim);
    put_be(&b, 0, 4);
    struct marks m = in_file(&b);
    assert_true(m.credentials);
    assert_int_equal(m.machine, MARK_NONE);
}

static void writers_refuse_what_they_do_not_know(void **state UNUSED)
{
    struct buf b;
    buf_init(&b, 4096);
    assert_false(marks_write_jpeg(&b, STR("RIFF....WEBP"), MARK_MADE));
    assert_false(marks_write_jpeg(&b, STR("\xff\xd8\xff\xe0\xff\xff..."), MARK_MADE));
    assert_false(marks_write_webp(&b, STR("\xff\xd8\xff\xe0"), MARK_MADE, 1, 1));
    assert_false(marks_write_webp(&b, STR("RIFF....WEBPVP8X\4\0\0\0xxxx"), MARK_MADE, 1, 1));
    assert_false(marks_write_webp(&b, STR("RIFF....WEBPVP8 \xff\0\0\0xxxx"), MARK_MADE, 1, 1));
    assert_int_equal(buf_str(&b).len, 0);
    buf_release(&b);
}

/* EXIF and all else that is not the pixels stays behind, marked or not. */
static void webp_is_packed_anew(void **state UNUSED)
{
    static const char file[] = "RIFF\x32\0\0\0WEBPVP8X\x0a\0\0\0\x08\0\0\0\0\0\0\0\0\0"
                               "EXIF\3\0\0\0gps\0VP8 \3\0\0\0abc\0";
    static const char bare[] = "RIFF\x10\0\0\0WEBPVP8 \3\0\0\0abc";
    struct buf b;
    buf_init(&b, 4096);
    struct str in = { file, sizeof(file) - 1 };
    assert_true(marks_write_webp(&b, in, MARK_NONE, 9, 7));
    assert_int_equal(b.len, sizeof(bare));
    assert_memory_equal(b.ptr, bare, sizeof(bare));
    buf_clear(&b);
    assert_true(marks_write_webp(&b, in, MARK_PARTLY, 9, 7));
    assert_null(memmem(b.ptr, b.len, "gps", 3));
    assert_non_null(memmem(b.ptr, b.len, "XMP ", 4));
    assert_non_null(memmem(b.ptr, b.len, "compositeWithTrainedAlgorithmicMedia", 36));
    assert_int_equal(b.len % 2, 0);
    assert_int_equal((uint8_t)b.ptr[4] + 256 * (uint8_t)b.ptr[5], b.len - 8);
    assert_memory_equal(b.ptr + 24, "\x08\0\0\x06\0\0", 6);
    buf_release(&b);
}

static void the_most_frequent_colour_wins(void **state UNUSED)
{
    const uint8_t mix[] = { 250, 10, 10, 240, 0, 20, 10, 250, 10, 245, 5, 15 };
    assert_int_equal(colour_dominant(mix, 4), 0xf5050f);
    const uint8_t one[] = { 255, 255, 255 };
    assert_int_equal(colour_dominant(one, 1), 0xffffff);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xmp_says_so),
        cmocka_unit_test(xmp_says_something_else),
        cmocka_unit_test(the_stronger_mark_stays),
        cmocka_unit_test(generators_say_so_in_text),
        cmocka_unit_test(exif_comments_in_any_width),
        cmocka_unit_test(claims_in_every_container),
        cmocka_unit_test(a_camera_may_sign_too),
        cmocka_unit_test(writers_refuse_what_they_do_not_know),
        cmocka_unit_test(webp_is_packed_anew),
        cmocka_unit_test(the_most_frequent_colour_wins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
