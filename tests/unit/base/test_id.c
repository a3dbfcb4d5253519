/* base/id.h: growth, nodes, text, threads. */
#include "unit/unit.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/id.h"

#define NOW (INT64_C(1767225600) * TIME_SECOND) /* 2026-01-01 */

static void ids_grow_even_when_the_clock_steps_back(void **state UNUSED)
{
    struct id_source s;
    id_source_init(&s, 3, 0);
    int64_t last = 0;
    for (int i = 0; i < 100000; i++) {
        int64_t id = id_next(&s, NOW - i % 7 * TIME_SECOND);
        assert_true(id > last);
        last = id;
    }
    int64_t later = id_next(&s, NOW + TIME_HOUR);
    assert_true(later > last);
    assert_true(id_time(later) == NOW + TIME_HOUR);
    assert_int_equal(later >> 14 & 255, 3);
    assert_true(id_at(NOW + TIME_HOUR) < later && id_at(NOW + TIME_HOUR) > last);
    assert_true(id_at(NOW + TIME_HOUR + TIME_MILLISECOND) > later);
    assert_int_equal(id_at(-1), 0);
    id_source_init(&s, 0, 0);
    assert_true(id_next(&s, 0) > 0); /* a clock that was never set */
}

static void ids_start_above_what_is_stored(void **state UNUSED)
{
    struct id_source high, low;
    id_source_init(&high, ID_NODE_MAX, 0);
    int64_t stored = id_next(&high, NOW);
    id_source_init(&low, 0, stored);
    assert_true(id_next(&low, NOW) > stored);
    assert_true(id_next(&low, NOW - TIME_DAY) > stored);
}

static void nodes_never_meet(void **state UNUSED)
{
    struct id_source a, b;
    id_source_init(&a, 1, 0);
    id_source_init(&b, 2, 0);
    for (int i = 0; i < 1000; i++)
        assert_true(id_next(&a, NOW) != id_next(&b, NOW));
}

static void text_reads_back(void **state UNUSED)
{
    char out[ID_TEXT_MAX];
    int64_t ids[] = { 1, 31, 32, NOW, INT64_MAX }, id;
    for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
        struct str text = id_text(out, "note", ids[i]);
        assert_int_equal(text.len, 18);
        assert_int_equal(out[18], 0);
        assert_true(id_parse(text, "note", &id));
        assert_true(id == ids[i]);
    }
    assert_text(id_text(out, "note", 33), "note_0000000000011");
    assert_text(id_text(out, "order", INT64_MAX), "order_7zzzzzzzzzzzz");
}

static void other_spellings_are_refused(void **state UNUSED)
{
    static const char *const bad[] = { "",
                                       "note",
                                       "note_",
                                       "note_000000000001",
                                       "note_00000000000011",
                                       "order_0000000000011",
                                       "note-0000000000011",
                                       "Note_0000000000011",
                                       "note_000000000001I",
                                       "note_000000000001l",
                                       "note_000000000001A",
                                       "note_000000000001u",
                                       "note_000000000001 ",
                                       "note_8000000000000",
                                       "note_zzzzzzzzzzzzz",
                                       "note_0000000000000" };
    int64_t id = 7;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(id_parse(str_from(bad[i]), "note", &id));
    assert_false(id_parse(STR("note_000000000001\0"), "note", &id));
    assert_int_equal(id, 7);
}

#define PER_THREAD 20000

struct drawer {
    struct id_source *source;
    int64_t ids[PER_THREAD];
};

static void *draw(void *ctx)
{
    struct drawer *d = ctx;
    for (int i = 0; i < PER_THREAD; i++)
        d->ids[i] = id_next(d->source, NOW);
    return NULL;
}

static int by_value(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void threads_never_share_an_id(void **state UNUSED)
{
    static struct drawer drawers[4];
    static int64_t all[4 * PER_THREAD];
    struct id_source source;
    pthread_t threads[4];
    id_source_init(&source, 0, 0);
    for (int i = 0; i < 4; i++) {
        drawers[i].source = &source;
        assert_int_equal(pthread_create(&threads[i], NULL, draw, &drawers[i]), 0);
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        memcpy(all + i * PER_THREAD, drawers[i].ids, sizeof(drawers[i].ids));
    }
    qsort(all, ARRAY_LEN(all), sizeof(all[0]), by_value);
    for (size_t i = 1; i < ARRAY_LEN(all); i++)
        assert_true(all[i - 1] < all[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_grow_even_when_the_clock_steps_back),
        cmocka_unit_test(ids_start_above_what_is_stored),
        cmocka_unit_test(nodes_never_meet),
        cmocka_unit_test(text_reads_back),
        cmocka_unit_test(other_spellings_are_refused),
        cmocka_unit_test(threads_never_share_an_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
