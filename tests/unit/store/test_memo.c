/* What a process remembers is never older than the last answer. */
#include "store/memo.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "support/test_store.h"

static const struct memo_key about_seven = { "thing", 7, 0 };
static const struct memo_key key_seven = { "thing.card", 7, 1 };

struct asked {
    struct memo_key key;
    struct str text; /* to remember, when it is not there and not empty */
    bool had;
    char found[64];
    void (*between)(struct store *store); /* before it is remembered */
    struct store *store;
};

static int ask(struct db *db, void *ctx, struct err *err)
{
    struct asked *q = ctx;
    struct str bytes = { 0 };
    struct arena a;
    arena_init(&a, 256 * 1024);
    q->had = memo_get(db, &q->key, &a, &bytes);
    if (q->had)
        snprintf(q->found, sizeof(q->found), "%.*s", STR_ARG(bytes));
    if (q->between)
        q->between(q->store);
    if (!q->had && q->text.len)
        memo_put(db, &q->key, &about_seven, 1, q->text);
    arena_release(&a);
    (void)err;
    return 0;
}

/* Ask for a memo and leave a text when there is none; true when there was one. */
static bool remembered(struct test_store *t, struct memo_key key, const char *text,
                       void (*between)(struct store *store))
{
    struct err err = { 0 };
    struct asked q = { key, str_from(text), false, "", between, t->store };
    assert_rc(store_read(t->store, ask, &q, &err), 0, &err);
    return q.had;
}

static int change_seven(struct db *db, void *ctx, struct err *err)
{
    int times = *(int *)ctx;
    for (int i = 0; i < (times < 0 ? 1 : times); i++)
        memo_changed(db, "thing", 7 + i);
    return times < 0 ? err_detail(err, ERR_CONFLICT, "taken back") : 0;
}

static void change(struct store *store)
{
    struct err err = { 0 };
    int times = 1;
    assert_rc(store_write(store, change_seven, &times, &err), 0, &err);
}

static struct test_store *open_with(const char *engine, size_t bytes)
{
    const struct store_config config = { .memo_bytes = bytes };
    return test_store_new(engine, &config);
}

static void a_change_is_seen_by_the_next_reader(void **state)
{
    struct test_store *t = open_with(*state, 1 << 20);
    assert_false(remembered(t, key_seven, "old", NULL));
    assert_true(remembered(t, key_seven, "", NULL));
    assert_false(remembered(t, (struct memo_key){ "thing.card", 7, 2 }, "", NULL));
    change(t->store);
    assert_false(remembered(t, key_seven, "new", NULL));
    assert_true(remembered(t, key_seven, "", NULL));
    test_store_free(t);
}

static void *change_elsewhere(void *ctx)
{
    change(ctx);
    return NULL;
}

static void change_meanwhile(struct store *store)
{
    pthread_t other;
    assert_int_equal(pthread_create(&other, NULL, change_elsewhere, store), 0);
    pthread_join(other, NULL);
}

/* What was read before a change must not be remembered after it. */
static void a_reader_from_before_leaves_nothing(void **state)
{
    struct test_store *t = open_with(*state, 1 << 20);
    assert_false(remembered(t, key_seven, "old", change_meanwhile));
    assert_false(remembered(t, key_seven, "", NULL));
    test_store_free(t);
}

static void a_change_taken_back_may_cost_a_memo_only(void **state)
{
    struct test_store *t = open_with(*state, 1 << 20);
    struct err err = { 0 };
    int times = -1;
    assert_false(remembered(t, key_seven, "old", NULL));
    assert_rc(store_write(t->store, change_seven, &times, &err), ERR_CONFLICT, &err);
    change(t->store);
    assert_false(remembered(t, key_seven, "new", NULL));
    assert_true(remembered(t, key_seven, "", NULL));
    test_store_free(t);
}

static void more_changes_than_are_counted_forget_all(void **state)
{
    struct test_store *t = open_with(*state, 1 << 20);
    struct err err = { 0 };
    int times = 20000;
    assert_false(remembered(t, key_seven, "old", NULL));
    assert_rc(store_write(t->store, change_seven, &times, &err), 0, &err);
    assert_false(remembered(t, key_seven, "new", NULL));
    assert_true(remembered(t, key_seven, "", NULL));
    test_store_free(t);
}

static void memory_is_bounded(void **state)
{
    struct test_store *t = open_with(*state, 1 << 20);
    static char text[4096];
    memset(text, 'x', sizeof(text) - 1);
    for (int i = 0; i < 2000; i++)
        remembered(t, (struct memo_key){ "thing.card", i, 0 }, text, NULL);
    int kept = 0;
    for (int i = 0; i < 2000; i++)
        kept += remembered(t, (struct memo_key){ "thing.card", i, 0 }, "", NULL);
    assert_in_range(kept, 100, (1 << 20) / 4096);
    assert_true(remembered(t, (struct memo_key){ "thing.card", 1999, 0 }, "", NULL));
    test_store_free(t);
}

static void nothing_is_remembered(void **state)
{
    struct test_store *t = open_with(*state, 0);
    assert_false(remembered(t, key_seven, "old", NULL));
    assert_false(remembered(t, key_seven, "", NULL));
    change(t->store);
    test_store_free(t);
}

static void nothing_is_remembered_where_others_write_too(void **state)
{
    struct test_store *t = open_with(*state, 1 << 20);
    assert_false(remembered(t, key_seven, "old", NULL));
    assert_false(remembered(t, key_seven, "", NULL));
    change(t->store);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SQLITE(a_change_is_seen_by_the_next_reader),
        ON_SQLITE(a_reader_from_before_leaves_nothing),
        ON_SQLITE(a_change_taken_back_may_cost_a_memo_only),
        ON_SQLITE(more_changes_than_are_counted_forget_all),
        ON_SQLITE(memory_is_bounded),
        ON_SQLITE(nothing_is_remembered),
        ON_POSTGRES(nothing_is_remembered_where_others_write_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
