/* The table of kinds, and what an appended fact looks like afterwards. */
#include "unit/event/kit.h"

#include <string.h>

static void kinds_are_in_order_and_whole(void **state)
{
    (void)state;
    size_t n;
    const struct event_kind_info *kinds = event_kinds(&n);
    assert_true(n > 40);
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            assert_true(kinds[i - 1].kind < kinds[i].kind);
        assert_ptr_equal(event_kind_find(kinds[i].kind), &kinds[i]);
        assert_ptr_equal(event_kind_named(str_from(kinds[i].name)), &kinds[i]);
        assert_true(strlen(kinds[i].meaning) > 5);
        assert_non_null(strchr(kinds[i].name, '.'));
    }
    assert_null(event_kind_find(0));
    assert_null(event_kind_find(-1));
    assert_null(event_kind_find(100));
    assert_null(event_kind_find(INT64_MAX));
    assert_null(event_kind_find((int64_t)EVENT_NOTE_LIKED + (INT64_C(1) << 32)));
    assert_null(event_kind_named(STR("note.eaten")));
}

static void every_arrow_has_a_kind(void **state)
{
    (void)state;
    size_t n;
    const struct event_kind_info *kinds = event_kinds(&n);
    for (int arrow = 0; arrow < ARROW_COUNT; arrow++) {
        int counted = 0;
        for (size_t i = 0; i < n; i++)
            counted += kinds[i].arrow == (enum event_arrow)arrow;
        if (counted == 0)
            fail_msg("no kind counts for the arrow %s", event_arrow_name(arrow));
    }
    assert_string_equal(event_arrow_name(ARROW_CONTENT_NEWUSERS), "content-newusers");
    assert_string_equal(event_context_name(CONTEXT_SOCIAL), "social");
}

static void numbers_never_change(void **state)
{
    (void)state;
    assert_int_equal(EVENT_ACCOUNT_CREATED, 101);
    assert_int_equal(EVENT_ACCOUNT_ARRIVED_BY_NOTE, 102);
    assert_int_equal(EVENT_NOTE_PUBLISHED, 201);
    assert_int_equal(EVENT_NOTE_LIKED, 301);
    assert_int_equal(EVENT_PERSON_FOLLOWED, 307);
    assert_int_equal(EVENT_REFERRAL_FOLLOWED, 503);
    assert_int_equal(EVENT_ORDER_PAID, 612);
    assert_int_equal(EVENT_COMMISSION_EARNED, 712);
    assert_int_equal(EVENT_FUNDS_REINVESTED, 713);
}

struct look {
    struct arena arena;
    const int64_t *kinds;
    size_t n_kinds;
    int64_t before;
    int n;
    struct event_list list;
};

static int newest_fn(struct db *db, void *ctx, struct err *err)
{
    struct look *l = ctx;
    return event_newest(db, &l->arena, l->kinds, l->n_kinds, l->before, l->n, &l->list, err);
}

static int append_fn(struct db *db, void *ctx, struct err *err)
{
    return event_append(db, ctx, err);
}

static void a_fact_is_kept_as_told(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    struct event event = { .kind = EVENT_COMMENT_WRITTEN,
                           .actor = 11,
                           .object = 22,
                           .about = 33,
                           .simulated = true,
                           .body = STR("{\"comment\":44}") };
    int64_t before = clock_now(&t->clock);
    kit_write(t->store, append_fn, &event);
    kit_append(t->store, EVENT_NOTE_LIKED, 12, 22);
    kit_append(t->store, EVENT_ORDER_PAID, 12, 55);

    int64_t kinds[] = { EVENT_COMMENT_WRITTEN, EVENT_NOTE_LIKED };
    struct look l = { .kinds = kinds, .n_kinds = 2, .n = 10 };
    arena_init(&l.arena, 1 << 16);
    kit_read(t->store, newest_fn, &l);
    assert_int_equal(l.list.n, 2);
    assert_int_equal(l.list.v[0].kind, EVENT_NOTE_LIKED);
    const struct event_row *row = &l.list.v[1];
    assert_int_equal(row->kind, EVENT_COMMENT_WRITTEN);
    assert_int_equal(row->actor, 11);
    assert_int_equal(row->object, 22);
    assert_int_equal(row->about, 33);
    assert_true(row->simulated);
    assert_false(l.list.v[0].simulated);
    assert_text(row->body, "{\"comment\":44}");
    assert_true(row->at >= before && row->at <= clock_now(&t->clock));

    l.before = l.list.v[0].id;
    kit_read(t->store, newest_fn, &l);
    assert_int_equal(l.list.n, 1);
    l.n_kinds = 0;
    kit_read(t->store, newest_fn, &l);
    assert_int_equal(l.list.n, 0);
    arena_release(&l.arena);
    test_store_free(t);
}

static int append_and_fail_fn(struct db *db, void *ctx, struct err *err)
{
    int rc = event_append(db, ctx, err);
    return rc ? rc : err_set(err, ERR_CONFLICT, NULL);
}

static void a_rule_that_fails_tells_nothing(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    struct event event = { .kind = EVENT_NOTE_LIKED, .actor = 1, .object = 2 };
    struct err err = { 0 };
    assert_rc(store_write(t->store, append_and_fail_fn, &event, &err), ERR_CONFLICT, &err);

    static char long_body[EVENT_BODY_MAX + 1];
    memset(long_body, ' ', sizeof(long_body));
    event.body = (struct str){ long_body, sizeof(long_body) };
    err_clear(&err);
    assert_rc(store_write(t->store, append_fn, &event, &err), ERR_INTERNAL, &err);
    event.body.len = EVENT_BODY_MAX;
    kit_write(t->store, append_fn, &event);

    int64_t kind = EVENT_NOTE_LIKED;
    struct look l = { .kinds = &kind, .n_kinds = 1, .n = 10 };
    arena_init(&l.arena, 1 << 16);
    kit_read(t->store, newest_fn, &l);
    assert_int_equal(l.list.n, 1);
    assert_int_equal(l.list.v[0].body.len, EVENT_BODY_MAX);
    arena_release(&l.arena);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_are_in_order_and_whole), cmocka_unit_test(every_arrow_has_a_kind),
        cmocka_unit_test(numbers_never_change),         ON_BOTH(a_fact_is_kept_as_told),
        ON_BOTH(a_rule_that_fails_tells_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
