/* Rows that are remembered are the rows that were there, until a write says otherwise. */
#include <stdio.h>
#include <string.h>

#include "kit.h"
#include "store/stmt.h"
#include "support/test_store.h"

#define TYPES(...) ((const uint8_t[]){ __VA_ARGS__ })

/* Each kind of value, and a null. */
static const struct stmt_def look = {
    .name = "remember_look",
    .room = "test",
    .sqlite = "select id, title, data, null, 0.5, id > 1 from item where id >= ?1 or title = ?2 "
              "order by id limit 10",
    .postgres = "select id, title, data, cast(null as text), cast(0.5 as double precision), id > 1 "
                "from item where id >= $1 or title = $2 order by id limit 10",
    .index = -1,
    .n_args = 2,
    .args = TYPES(DB_INT, DB_TEXT),
    .n_cols = 6,
    .cols = TYPES(DB_INT, DB_TEXT, DB_BYTES, DB_TEXT, DB_REAL, DB_BOOL),
    .remembered = (const struct stmt_subject[]){ { "item", 0 }, { "items", -1 } },
    .n_remembered = 2,
};

/* Says nothing, as a statement in which somebody forgot it. */
static const struct stmt_def rename_silently = {
    .name = "remember_silently",
    .room = "test",
    .sqlite = "update item set title = ?2 where id = ?1",
    .postgres = "update item set title = $2 where id = $1",
    .index = -1,
    .writes = true,
    .n_args = 2,
    .args = TYPES(DB_INT, DB_TEXT),
};

static const struct stmt_def rename_aloud = {
    .name = "remember_aloud",
    .room = "test",
    .sqlite = "update item set title = ?2 where id in (select value from json_each(?1))",
    .postgres = "update item set title = $2 where id = any($1)",
    .index = -1,
    .writes = true,
    .n_args = 2,
    .args = TYPES(DB_IDS, DB_TEXT),
    .changes = (const struct stmt_subject[]){ { "item", 0 } },
    .n_changes = 1,
};

static const struct stmt_def drop_all = {
    .name = "remember_drop_all",
    .room = "test",
    .sqlite = "delete from item",
    .postgres = "delete from item",
    .index = -1,
    .writes = true,
    .changes = (const struct stmt_subject[]){ { "items", -1 } },
    .n_changes = 1,
};

/* ---- asking ---- */

struct looked {
    int64_t from;
    struct str title;
    char found[256]; /* the titles, one after the other */
    size_t rows;
};

static void check_row(struct db_cursor *c, struct arena *a, struct looked *l)
{
    struct str title = db_text(c, 1, a);
    assert_false(db_is_null(c, 0));
    assert_true(db_is_null(c, 3));
    assert_null(db_text(c, 3, a).ptr);
    assert_true(db_real(c, 4) > 0.49 && db_real(c, 4) < 0.51);
    assert_int_equal(db_int(c, 5), db_int(c, 0) > 1);
    if (db_int(c, 0) == 2) {
        struct str data = db_text(c, 2, a);
        assert_int_equal(data.len, 3);
        assert_memory_equal(data.ptr, "a\0b", 3);
    } else if (db_int(c, 0) < 10) {
        assert_true(db_is_null(c, 2));
    }
    size_t at = strlen(l->found);
    snprintf(l->found + at, sizeof(l->found) - at, "%.*s", STR_ARG(title));
    l->rows++;
}

static int ask(struct db *db, void *ctx, struct err *err)
{
    struct looked *l = ctx;
    struct arena a;
    struct db_cursor c;
    const struct db_val args[] = { { .number = l->from }, { .text = l->title } };
    arena_init(&a, 64 * 1024);
    int rc = db_start(db, &look, args, &c, err);
    while (rc == 0 && (rc = db_step(&c, err)) > 0) {
        check_row(&c, &a, l);
        rc = 0;
    }
    db_finish(&c);
    arena_release(&a);
    return rc;
}

static struct looked see_titled(struct test_store *t, int64_t from, const char *title)
{
    struct err err = { 0 };
    struct looked l = { .from = from, .title = str_from(title) };
    assert_rc(store_read(t->store, ask, &l, &err), 0, &err);
    return l;
}

static struct looked see(struct test_store *t, int64_t from)
{
    return see_titled(t, from, "none");
}

/* ---- changing ---- */

struct change {
    const struct stmt_def *def;
    const struct db_val *args;
    bool fails;
};

static int run_change(struct db *db, void *ctx, struct err *err)
{
    struct change *change = ctx;
    struct db_cursor c;
    int rc = db_start(db, change->def, change->args, &c, err);
    if (rc == 0)
        rc = db_step(&c, err);
    db_finish(&c);
    return rc == 0 && change->fails ? err_detail(err, ERR_CONFLICT, "taken back") : rc;
}

static void change(struct test_store *t, const struct stmt_def *def, const struct db_val *args,
                   bool fails)
{
    struct err err = { 0 };
    struct change one = { def, args, fails };
    assert_rc(store_write(t->store, run_change, &one, &err), fails ? ERR_CONFLICT : 0, &err);
}

static void add(struct test_store *t, int64_t id, const char *title)
{
    const struct db_val args[] = { { .number = id }, { .text = str_from(title) } };
    change(t, &kit_item_add, args, false);
}

static struct test_store *open_with_three(const char *engine)
{
    const struct store_config config = { .memo_bytes = 1 << 20 };
    struct test_store *t = test_store_new(engine, &config);
    kit_schema(t);
    add(t, 1, "one ");
    const struct db_val blob[] = { { .number = 2 }, { .text = { "a\0b", 3 } } };
    change(t, &kit_item_blob, blob, false);
    add(t, 3, "three ");
    return t;
}

static void rename_one(struct test_store *t, const struct stmt_def *def, int64_t id,
                       const char *title, bool fails)
{
    const struct db_val args[] = {
        { .number = id, .ids = { &id, 1 } },
        { .text = str_from(title) },
    };
    change(t, def, args, fails);
}

/* ---- tests ---- */

static void rows_come_again_as_they_were(void **state)
{
    struct test_store *t = open_with_three(*state);
    for (int i = 0; i < 3; i++) {
        assert_string_equal(see(t, 1).found, "one 2three ");
        assert_string_equal(see(t, 3).found, "three ");
        assert_int_equal(see(t, 9).rows, 0);
        assert_string_equal(see_titled(t, 9, "one ").found, "one ");
    }
    test_store_free(t);
}

static void a_silent_write_shows_that_they_are_remembered(void **state)
{
    struct test_store *t = open_with_three(*state);
    (void)see(t, 3);
    rename_one(t, &rename_silently, 3, "drei ", false);
    assert_string_equal(see(t, 3).found, t->postgres ? "drei " : "three ");
    test_store_free(t);
}

static void a_write_that_says_so_is_seen_at_once(void **state)
{
    struct test_store *t = open_with_three(*state);
    (void)see(t, 3);
    (void)see(t, 1);
    rename_one(t, &rename_aloud, 3, "drei ", false);
    assert_string_equal(see(t, 3).found, "drei ");
    /* Those of another subject stay: it is for the statement to name all it shows. */
    assert_string_equal(see(t, 1).found, t->postgres ? "one 2drei " : "one 2three ");
    change(t, &drop_all, NULL, false);
    assert_int_equal(see(t, 1).rows, 0);
    assert_int_equal(see(t, 3).rows, 0);
    test_store_free(t);
}

static void a_write_taken_back_changes_nothing(void **state)
{
    struct test_store *t = open_with_three(*state);
    rename_one(t, &rename_aloud, 3, "drei ", true);
    assert_string_equal(see(t, 3).found, "three ");
    test_store_free(t);
}

static void an_argument_too_long_to_remember_is_asked_each_time(void **state)
{
    struct test_store *t = open_with_three(*state);
    char title[600];
    memset(title, 'x', sizeof(title) - 1);
    title[sizeof(title) - 1] = '\0';
    for (int i = 0; i < 2; i++)
        assert_int_equal(see_titled(t, 9, title).rows, 0);
    add(t, 4, title);
    assert_int_equal(see_titled(t, 9, title).rows, 1);
    test_store_free(t);
}

static void rows_too_many_to_remember_are_given_too(void **state)
{
    struct test_store *t = open_with_three(*state);
    static char bytes[30 * 1024];
    for (int64_t id = 11; id <= 13; id++) {
        const struct db_val args[] = { { .number = id }, { .text = { bytes, sizeof(bytes) } } };
        change(t, &kit_item_blob, args, false);
    }
    for (int i = 0; i < 2; i++) {
        assert_int_equal(see(t, 11).rows, 3);
        assert_int_equal(see(t, 13).rows, 1);
    }
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(rows_come_again_as_they_were),
        ON_BOTH(a_silent_write_shows_that_they_are_remembered),
        ON_BOTH(a_write_that_says_so_is_seen_at_once),
        ON_BOTH(a_write_taken_back_changes_nothing),
        ON_BOTH(an_argument_too_long_to_remember_is_asked_each_time),
        ON_BOTH(rows_too_many_to_remember_are_given_too),
    };
    return cmocka_run_group_tests_name("remember", tests, NULL, NULL);
}
