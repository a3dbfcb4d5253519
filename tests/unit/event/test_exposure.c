/* What people saw: taken in, added up by day, forgotten in time. */
#include "unit/event/kit.h"

#include "base/clock.h"
#include "event/exposure.h"
#include "gen/event_sql.h"

/* A day far enough ahead that the clock of the machine is behind it. */
#define DAY_ONE (INT64_C(30000) * TIME_DAY)

static struct test_store *exposure_shop(const char *engine)
{
    struct test_store *t = kit_shop(engine, 0);
    clock_init_manual(&t->clock, DAY_ONE + 12 * TIME_HOUR);
    return t;
}

struct batch {
    int64_t who, batch;
    struct exposure rows[EXPOSURE_BATCH_MAX];
    size_t n;
    bool fresh;
};

static int take_fn(struct db *db, void *ctx, struct err *err)
{
    struct batch *b = ctx;
    return exposure_take(db, b->who, b->batch, b->rows, b->n, &b->fresh, err);
}

static int add_fn(struct db *db, void *ctx, struct err *err)
{
    const struct batch *b = ctx;
    return exposure_add(db, b->rows, b->n, err);
}

static void add_one(struct test_store *t, int64_t who, enum exposure_kind kind, int64_t thing,
                    int64_t ago, int64_t dwell)
{
    struct batch b = { .n = 1 };
    b.rows[0] = (struct exposure){ who, kind, thing, PLACE_EXPLORE, 3, ago, dwell };
    kit_write(t->store, add_fn, &b);
}

struct raw {
    int64_t day;
    struct arena arena;
    struct exposure_sums_rows sums;
    struct exposure_day_list_rows days;
};

static int raw_fn(struct db *db, void *ctx, struct err *err)
{
    struct raw *r = ctx;
    int rc = exposure_sums(db, &r->arena, r->day, r->day + TIME_DAY, INT64_MIN, INT64_MIN,
                           INT64_MIN, 100, &r->sums, err);
    if (rc)
        return rc;
    return exposure_day_list(db, &r->arena, r->day, INT64_MIN, INT64_MIN, INT64_MIN, 100, &r->days,
                             err);
}

/* What is kept of a day: singles added up now, and the sums that stay. */
static struct raw kept(struct test_store *t, int64_t day)
{
    struct raw r = { .day = day };
    static struct arena arena;
    arena_release(&arena);
    arena_init(&arena, 1 << 18);
    r.arena = arena;
    kit_read(t->store, raw_fn, &r);
    arena = r.arena;
    return r;
}

static void tidy(struct test_store *t, int keep_days)
{
    struct err err = { 0 };
    assert_rc(exposure_tidy(t->store, clock_now(&t->clock), keep_days, &err), 0, &err);
}

static void names_are_read(void **state)
{
    (void)state;
    for (int i = EXPOSURE_CARD; i <= EXPOSURE_KIND_MAX; i++) {
        enum exposure_kind kind = 0;
        assert_true(exposure_kind_named(str_from(exposure_kind_name(i)), &kind));
        assert_int_equal(kind, i);
    }
    for (int i = 0; i < PLACE_COUNT; i++) {
        enum exposure_place place = PLACE_COUNT;
        assert_true(exposure_place_named(str_from(exposure_place_name(i)), &place));
        assert_int_equal(place, i);
    }
    enum exposure_kind kind = EXPOSURE_CARD;
    enum exposure_place place = PLACE_MALL;
    assert_false(exposure_kind_named(STR(""), &kind));
    assert_false(exposure_kind_named(STR("cards"), &kind));
    assert_false(exposure_place_named(STR("nowhere"), &place));
    assert_int_equal(kind, EXPOSURE_CARD);
    assert_int_equal(place, PLACE_MALL);
}

static void a_batch_counts_once(void **state)
{
    struct test_store *t = exposure_shop(*state);
    struct batch b = { .who = 7, .batch = 100, .n = 2 };
    b.rows[0] = (struct exposure){ 0, EXPOSURE_CARD, 50, PLACE_EXPLORE, 0, 500, 0 };
    b.rows[1] = (struct exposure){ 0, EXPOSURE_DWELL, 51, PLACE_NOTE, 1, 400, 1200 };
    kit_write(t->store, take_fn, &b);
    assert_true(b.fresh);
    clock_set(&t->clock, clock_now(&t->clock) + TIME_MINUTE);
    kit_write(t->store, take_fn, &b);
    assert_false(b.fresh);
    b.who = 8; /* another browser may have drawn the same number */
    kit_write(t->store, take_fn, &b);
    assert_true(b.fresh);
    struct raw r = kept(t, DAY_ONE);
    assert_int_equal(r.sums.n, 2);
    assert_int_equal(r.sums.v[0].kind, EXPOSURE_CARD);
    assert_int_equal(r.sums.v[0].seen, 2);
    assert_int_equal(r.sums.v[0].people, 2);
    assert_int_equal(r.sums.v[1].dwell, 2400);
    test_store_free(t);
}

static void numbers_out_of_bounds_are_cut(void **state)
{
    struct test_store *t = exposure_shop(*state);
    add_one(t, 1, EXPOSURE_DWELL, 5, -99, INT64_MAX);
    add_one(t, 2, EXPOSURE_DWELL, 5, 0, -4);
    add_one(t, 3, EXPOSURE_CARD, 5, EXPOSURE_LATE_MAX + 1, 0);
    add_one(t, 4, EXPOSURE_CARD, 5, INT64_MAX, 0);
    add_one(t, 0, EXPOSURE_CARD, 5, 0, 0); /* nobody */
    add_one(t, 5, EXPOSURE_CARD, 5, EXPOSURE_LATE_MAX, 0);
    struct raw r = kept(t, DAY_ONE);
    assert_int_equal(r.sums.n, 2);
    assert_int_equal(r.sums.v[0].seen, 1);
    assert_int_equal(r.sums.v[1].seen, 2);
    assert_int_equal(r.sums.v[1].dwell, EXPOSURE_DWELL_MAX);
    test_store_free(t);
}

static void days_are_added_up_and_singles_forgotten(void **state)
{
    struct test_store *t = exposure_shop(*state);
    tidy(t, 2); /* nothing there: nothing happens */
    for (int64_t who = 1; who <= 3; who++)
        for (int64_t thing = 1; thing <= 4; thing++)
            add_one(t, who, EXPOSURE_CARD, thing, who, 0);
    add_one(t, 1, EXPOSURE_CARD, 1, 100, 0);
    add_one(t, 1, EXPOSURE_DWELL, 1, 0, 700);
    clock_set(&t->clock, DAY_ONE + TIME_DAY + TIME_HOUR);
    add_one(t, 9, EXPOSURE_CARD, 1, EXPOSURE_LATE_MAX - 1, 0); /* still told of this day */
    tidy(t, 2);
    assert_int_equal(kept(t, DAY_ONE).days.n, 0); /* late reports may yet come in */

    clock_set(&t->clock, DAY_ONE + TIME_DAY + 2 * TIME_HOUR);
    tidy(t, 2);
    tidy(t, 2);
    struct raw r = kept(t, DAY_ONE);
    assert_int_equal(r.days.n, 5);
    assert_int_equal(r.sums.n, 5);
    assert_int_equal(r.days.v[0].thing, 1);
    assert_int_equal(r.days.v[0].seen, 4);
    assert_int_equal(r.days.v[0].people, 3);
    assert_int_equal(r.days.v[4].kind, EXPOSURE_DWELL);
    assert_int_equal(r.days.v[4].dwell, 700);
    assert_int_equal(r.days.v[4].place, PLACE_EXPLORE);

    clock_set(&t->clock, DAY_ONE + 3 * TIME_DAY - 1);
    tidy(t, 2);
    assert_int_equal(kept(t, DAY_ONE).sums.n, 5);
    clock_set(&t->clock, DAY_ONE + 3 * TIME_DAY);
    tidy(t, 2);
    r = kept(t, DAY_ONE);
    assert_int_equal(r.sums.n, 0);
    assert_int_equal(r.days.n, 5);
    assert_int_equal(kept(t, DAY_ONE + TIME_DAY).sums.n, 1);
    test_store_free(t);
}

static int fill_fn(struct db *db, void *ctx, struct err *err)
{
    const int64_t *from = ctx;
    for (int64_t i = 0; i < 2000; i++) {
        struct exposure row = { 1, EXPOSURE_CARD, *from + i, PLACE_EXPLORE, 0, i, 0 };
        int rc = exposure_add(db, &row, 1, err);
        if (rc)
            return rc;
    }
    return 0;
}

static int first_fn(struct db *db, void *ctx, struct err *err)
{
    return exposure_first(db, NULL, ctx, err);
}

static void a_large_day_goes_in_pages_and_steps(void **state)
{
    struct test_store *t = exposure_shop(*state);
    for (int64_t from = 1; from < 6 * 2000; from += 2000)
        kit_write(t->store, fill_fn, &from);
    clock_set(&t->clock, DAY_ONE + TIME_DAY + 3 * TIME_HOUR);
    tidy(t, 1);
    struct exposure_first_row first;
    kit_read(t->store, first_fn, &first);
    assert_true(first.at.has);
    clock_set(&t->clock, DAY_ONE + 5 * TIME_DAY);
    tidy(t, 1);
    kit_read(t->store, first_fn, &first);
    assert_false(first.at.has);
    struct raw r = kept(t, DAY_ONE);
    assert_int_equal(r.days.n, 100); /* as many as were asked for */
    assert_int_equal(r.days.v[99].thing, 100);
    test_store_free(t);
}

static void a_person_is_forgotten(void **state)
{
    struct test_store *t = exposure_shop(*state);
    struct err err = { 0 };
    assert_rc(exposure_forget_person(t->store, 1, &err), 0, &err);
    add_one(t, 1, EXPOSURE_CARD, 5, 0, 0);
    add_one(t, 2, EXPOSURE_CARD, 6, 0, 0);
    clock_set(&t->clock, DAY_ONE + 20 * TIME_HOUR);
    add_one(t, 1, EXPOSURE_NOTE, 6, 0, 0);
    assert_rc(exposure_forget_person(t->store, 1, &err), 0, &err);
    struct raw r = kept(t, DAY_ONE);
    assert_int_equal(r.sums.n, 1);
    assert_int_equal(r.sums.v[0].thing, 6);
    assert_int_equal(r.sums.v[0].kind, EXPOSURE_CARD);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_read),
        ON_BOTH(a_batch_counts_once),
        ON_BOTH(numbers_out_of_bounds_are_cut),
        ON_BOTH(days_are_added_up_and_singles_forgotten),
        ON_BOTH(a_large_day_goes_in_pages_and_steps),
        ON_BOTH(a_person_is_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
