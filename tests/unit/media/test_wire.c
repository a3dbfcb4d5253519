/* media/wire.h: what is written reads back; anything else is refused. */
#include "unit/unit.h"

#include <string.h>

#include "media/wire.h"

static struct wire_answer good_answer(void)
{
    struct wire_answer a = { .status = WIRE_OK,
                             .kind = MEDIA_PHOTO,
                             .machine = MARK_PARTLY,
                             .credentials = true,
                             .width = 1500,
                             .height = 1000,
                             .colour = 0xc81e1e };
    for (int r = 0; r < RENDITIONS; r++) {
        int64_t w, h;
        assert_true(rendition_size((enum rendition)r, a.width, a.height, &w, &h));
        a.outputs[r] = (struct wire_output){ (uint32_t)w, (uint32_t)h, 1000 };
    }
    return a;
}

static void requests_read_back(void **state UNUSED)
{
    uint8_t bytes[WIRE_MAX];
    struct wire_request in = { 20971520, 40000000 }, out;
    size_t len = wire_put_request(bytes, &in);
    assert_true(wire_get_request(bytes, len, &out));
    assert_int_equal(out.max_bytes, in.max_bytes);
    assert_int_equal(out.max_pixels, in.max_pixels);
    struct wire_answer answer;
    assert_false(wire_get_answer(bytes, len, &answer));
    for (size_t cut = 0; cut < len; cut++)
        assert_false(wire_get_request(bytes, cut, &out));
}

static void answers_read_back(void **state UNUSED)
{
    uint8_t bytes[WIRE_MAX];
    struct wire_answer in = good_answer(), out;
    size_t len = wire_put_answer(bytes, &in);
    assert_true(wire_get_answer(bytes, len, &out));
    assert_int_equal(out.status, WIRE_OK);
    assert_int_equal(out.machine, MARK_PARTLY);
    assert_true(out.credentials);
    assert_int_equal(out.colour, 0xc81e1e);
    assert_memory_equal(out.outputs, in.outputs, sizeof(in.outputs));
    for (size_t cut = 0; cut < len; cut++)
        assert_false(wire_get_answer(bytes, cut, &out));
}

static void refusals_carry_a_clean_detail(void **state UNUSED)
{
    uint8_t bytes[WIRE_MAX];
    struct wire_answer in = { .status = WIRE_DAMAGED }, out;
    memset(in.detail, 'x', WIRE_DETAIL_MAX);
    in.detail[0] = '\n';
    size_t len = wire_put_answer(bytes, &in);
    assert_true(wire_get_answer(bytes, len, &out));
    assert_int_equal(out.status, WIRE_DAMAGED);
    assert_int_equal(strlen(out.detail), WIRE_DETAIL_MAX);
    assert_int_equal(out.detail[0], '?');
}

static void assert_refused(const struct wire_answer *answer)
{
    uint8_t bytes[WIRE_MAX];
    struct wire_answer out;
    size_t len = wire_put_answer(bytes, answer);
    assert_false(wire_get_answer(bytes, len, &out));
}

static void answers_that_cannot_be_are_refused(void **state UNUSED)
{
    struct wire_answer a = good_answer();
    a.width = 0;
    assert_refused(&a);
    a = good_answer();
    a.outputs[RENDITION_LARGE].width++;
    assert_refused(&a);
    a = good_answer();
    a.outputs[RENDITION_SMALL].bytes = 0;
    assert_refused(&a);
    a = good_answer();
    a.kind = MEDIA_VIDEO;
    assert_refused(&a);
    a = good_answer();
    a.colour = 0x1000000;
    assert_refused(&a);
    a = good_answer();
    a.machine = MARKS;
    assert_refused(&a);
    a = good_answer();
    a.status = WIRE_STATUSES;
    assert_refused(&a);
    a = good_answer();
    a.outputs[RENDITION_CARD].bytes = UINT64_MAX;
    assert_refused(&a);
}

static void head_and_length_are_checked(void **state UNUSED)
{
    uint8_t bytes[WIRE_MAX + 1] = { 0 };
    struct wire_request in = { 1, 1 }, out;
    size_t len = wire_put_request(bytes, &in);
    assert_false(wire_get_request(bytes, len + 1, &out)); /* something behind it */
    for (size_t i = 0; i < 6; i++) {
        bytes[i] ^= 0x40;
        assert_false(wire_get_request(bytes, len, &out));
        bytes[i] ^= 0x40;
    }
    assert_true(wire_get_request(bytes, len, &out));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests_read_back),
        cmocka_unit_test(answers_read_back),
        cmocka_unit_test(refusals_carry_a_clean_detail),
        cmocka_unit_test(answers_that_cannot_be_are_refused),
        cmocka_unit_test(head_and_length_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
