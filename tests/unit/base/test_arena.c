/* base/arena.h: ceilings, alignment, reuse, failure. */
#include "unit/unit.h"

#include <string.h>

#include "base/arena.h"
#include "unit/torture.h"

static void memory_is_zeroed_aligned_and_apart(void **state UNUSED)
{
    struct arena a;
    arena_init(&a, 1 << 20);
    char *pieces[300];
    for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
        pieces[i] = arena_alloc(&a, i);
        assert_non_null(pieces[i]);
        assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
        for (size_t b = 0; b < i; b++)
            assert_int_equal(pieces[i][b], 0);
        memset(pieces[i], (int)(i & 0x7f), i);
    }
    for (size_t i = 0; i < ARRAY_LEN(pieces); i++)
        for (size_t b = 0; b < i; b++)
            assert_int_equal(pieces[i][b], (int)(i & 0x7f));
    arena_release(&a);
    assert_int_equal(a.used, 0);
}

static void a_ceiling_refuses_and_latches(void **state UNUSED)
{
    struct arena a;
    arena_init(&a, 100);
    assert_non_null(arena_alloc(&a, 60));
    assert_false(arena_overflowed(&a));
    assert_null(arena_alloc(&a, 41));
    assert_true(arena_overflowed(&a));
    assert_non_null(arena_alloc(&a, 40)); /* what fits is still given */
    assert_true(arena_overflowed(&a));    /* but the latch stays */
    assert_null(arena_alloc(&a, 1));
    arena_clear(&a);
    assert_false(arena_overflowed(&a));
    assert_non_null(arena_alloc(&a, 100));
    arena_release(&a);
}

static void sizes_that_wrap_are_refused(void **state UNUSED)
{
    struct arena a;
    arena_init(&a, SIZE_MAX);
    assert_null(arena_alloc(&a, SIZE_MAX));
    assert_null(arena_array(&a, SIZE_MAX / 2, 3));
    assert_null(arena_array(&a, SIZE_MAX / 8, 8));
    assert_true(arena_overflowed(&a));
    assert_non_null(arena_array(&a, 0, 8));
    arena_release(&a);
}

static void clear_forgets_old_contents(void **state UNUSED)
{
    struct arena a;
    arena_init(&a, 1 << 20);
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 200; i++) {
            unsigned char *p = arena_alloc(&a, 700);
            assert_non_null(p);
            assert_int_equal(p[0] | p[699], 0);
            memset(p, 0xaa, 700);
        }
        arena_clear(&a);
        assert_int_equal(a.used, 0);
    }
    assert_non_null(arena_alloc(&a, 500000)); /* larger than any chunk */
    arena_clear(&a);
    arena_release(&a);
}

static void texts_end_in_nul(void **state UNUSED)
{
    struct arena a;
    arena_init(&a, 4096);
    struct str s = arena_str(&a, STR("leaf"));
    assert_text(s, "leaf");
    assert_int_equal(s.ptr[4], 0);
    assert_text(arena_str_c(&a, NULL), "");
    assert_string_equal(arena_cstr(&a, (struct str){ 0 }), "");
    s = arena_printf(&a, "%s-%05d", "note", 42);
    assert_text(s, "note-00042");
    assert_int_equal(s.ptr[s.len], 0);
    arena_release(&a);
}

static void overflow_gives_empty_text_never_null(void **state UNUSED)
{
    struct arena a;
    arena_init(&a, 4);
    assert_string_equal(arena_cstr(&a, STR("leaf")), "");
    assert_true(arena_overflowed(&a));
    arena_clear(&a);
    assert_text(arena_printf(&a, "%d", 123456), "");
    assert_true(arena_overflowed(&a));
    arena_release(&a);
}

static void build(void *ctx UNUSED)
{
    struct arena a;
    arena_init(&a, 1 << 20);
    for (size_t i = 1; i < 40; i++)
        assert_non_null(arena_printf(&a, "%zu", i * i * i).ptr);
    void *large = arena_alloc(&a, 200000);
    bool whole = large != NULL;
    for (int i = 0; i < 100 && whole; i++)
        whole = arena_alloc(&a, 1000) != NULL;
    if (!whole)
        assert_true(arena_overflowed(&a));
    arena_release(&a);
}

static void every_failed_allocation_latches(void **state UNUSED)
{
    assert_true(torture(build, NULL) >= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(a_ceiling_refuses_and_latches),
        cmocka_unit_test(sizes_that_wrap_are_refused),
        cmocka_unit_test(clear_forgets_old_contents),
        cmocka_unit_test(texts_end_in_nul),
        cmocka_unit_test(overflow_gives_empty_text_never_null),
        cmocka_unit_test(every_failed_allocation_latches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
