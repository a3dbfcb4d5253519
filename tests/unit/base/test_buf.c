/* base/buf.h: growth, ceiling, latch, handing over. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "unit/torture.h"

static void appends_and_keeps_a_nul(void **state UNUSED)
{
    struct buf b;
    buf_init(&b, 1 << 20);
    assert_text(buf_str(&b), "");
    BUF_PUT_LIT(&b, "a");
    buf_put_c(&b, "bc");
    buf_put_str(&b, STR("de"));
    buf_put_str(&b, (struct str){ 0 });
    buf_put_char(&b, 'f');
    buf_put_int(&b, INT64_MIN);
    buf_put_int(&b, 0);
    buf_put_int(&b, INT64_MAX);
    buf_printf(&b, "%s/%d", "x", 7);
    assert_text(buf_str(&b), "abcdef-922337203685477580809223372036854775807x/7");
    assert_int_equal(b.ptr[b.len], 0);
    assert_false(buf_overflowed(&b));
    buf_clear(&b);
    assert_text(buf_str(&b), "");
    buf_release(&b);
    buf_release(&b);
}

static void the_ceiling_is_exact_and_latches(void **state UNUSED)
{
    struct buf b;
    buf_init(&b, 1000);
    for (int i = 0; i < 1000; i++)
        buf_put_char(&b, 'x');
    assert_false(buf_overflowed(&b));
    assert_int_equal(b.len, 1000);
    assert_true(b.cap <= 1001);
    buf_put_c(&b, "");
    assert_false(buf_overflowed(&b));
    buf_put_char(&b, 'y');
    assert_true(buf_overflowed(&b));
    assert_int_equal(b.len, 1000);
    buf_clear(&b);
    buf_put_char(&b, 'z');
    assert_text(buf_str(&b), "z");
    buf_release(&b);
}

static void after_overflow_nothing_is_appended(void **state UNUSED)
{
    struct buf b;
    buf_init(&b, 4);
    buf_put_c(&b, "ab");
    buf_put_c(&b, "cde"); /* does not fit: nothing of it */
    buf_put_c(&b, "f");   /* would fit, but the text would have a hole */
    assert_text(buf_str(&b), "ab");
    assert_true(buf_overflowed(&b));
    buf_clear(&b);
    buf_printf(&b, "%d", 12345);
    assert_text(buf_str(&b), "");
    assert_true(buf_overflowed(&b));
    buf_release(&b);
    buf_init(&b, SIZE_MAX);
    assert_null(buf_reserve(&b, SIZE_MAX));
    buf_release(&b);
}

static void reserved_room_is_filled_by_the_caller(void **state UNUSED)
{
    struct buf b;
    buf_init(&b, 10000);
    buf_put_c(&b, "<");
    char *room = buf_reserve(&b, 5000);
    assert_non_null(room);
    memset(room, 'm', 5000);
    buf_grow(&b, 3);
    assert_text(buf_str(&b), "<mmm");
    assert_int_equal(b.ptr[4], 0);
    buf_release(&b);
}

static void detach_hands_the_bytes_over(void **state UNUSED)
{
    struct buf b;
    size_t len = 99;
    buf_init(&b, 10);
    char *bytes = buf_detach(&b, &len);
    assert_non_null(bytes);
    assert_int_equal(len, 0);
    assert_string_equal(bytes, "");
    free(bytes);
    buf_put_c(&b, "leaf");
    bytes = buf_detach(&b, &len);
    assert_int_equal(len, 4);
    assert_string_equal(bytes, "leaf");
    free(bytes);
    assert_text(buf_str(&b), "");
    assert_int_equal(b.max, 10);
}

static void grow(void *ctx UNUSED)
{
    struct buf b;
    size_t len = 0;
    buf_init(&b, 1 << 16);
    for (int i = 0; i < 1000; i++)
        buf_printf(&b, "%04d", i);
    bool short_of_memory = buf_overflowed(&b);
    assert_int_equal(buf_str(&b).len % 4, 0);
    char *bytes = buf_detach(&b, &len);
    assert_true(short_of_memory || (bytes && len == 4000));
    free(bytes);
    buf_release(&b);
}

static void every_failed_allocation_latches(void **state UNUSED)
{
    assert_true(torture(grow, NULL) >= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(appends_and_keeps_a_nul),
        cmocka_unit_test(the_ceiling_is_exact_and_latches),
        cmocka_unit_test(after_overflow_nothing_is_appended),
        cmocka_unit_test(reserved_room_is_filled_by_the_caller),
        cmocka_unit_test(detach_hands_the_bytes_over),
        cmocka_unit_test(every_failed_allocation_latches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
