/* test_statement.c - every type of value both ways, the latch, refused writes. */
#include "unit/store/kit.h"

#include <math.h>
#include <string.h>

#define TYPES(...) ((const uint8_t[]){ __VA_ARGS__ })

static const struct stmt_def item_full = {
    .name = "item_full",
    .sqlite = "insert into item (id, owner, title, data, size, sold)"
              " values (?1, ?2, ?3, ?4, ?5, ?6)",
    .postgres = "insert into item (id, owner, title, data, size, sold)"
                " values ($1, $2, $3, $4, $5, $6)",
    .index = 20,
    .writes = true,
    .n_args = 6,
    .args = TYPES(DB_INT, DB_INT, DB_TEXT, DB_BYTES, DB_REAL, DB_BOOL),
};

static const struct stmt_def item_get = {
    .name = "item_get",
    .sqlite = "select owner, title, data, size, sold from item where id = ?1",
    .postgres = "select owner, title, data, size, sold from item where id = $1",
    .index = 21,
    .n_args = 1,
    .args = TYPES(DB_INT),
    .n_cols = 5,
    .cols = TYPES(DB_INT, DB_TEXT, DB_BYTES, DB_REAL, DB_BOOL),
};

static const struct stmt_def item_of = {
    .name = "item_of",
    .sqlite = "select id from item where id in (select value from json_each(?1)) order by id",
    .postgres = "select id from item where id = any($1) order by id",
    .index = 22,
    .n_args = 1,
    .args = TYPES(DB_IDS),
    .n_cols = 1,
    .cols = TYPES(DB_INT),
};

static const struct stmt_def items_delete = {
    .name = "items_delete",
    .sqlite = "delete from item where id >= ?1",
    .postgres = "delete from item where id >= $1",
    .index = 23,
    .writes = true,
    .n_args = 1,
    .args = TYPES(DB_INT),
};

/* A statement that only one engine refuses to prepare would be a trap. */
static const struct stmt_def nonsense = {
    .name = "nonsense",
    .sqlite = "select nothing from nowhere",
    .postgres = "select nothing from nowhere",
    .index = 24,
    .n_cols = 1,
    .cols = TYPES(DB_INT),
};

static const struct stmt_def null_asked = {
    .name = "null_asked",
    .sqlite = "select ?1 is null or ?1 = 7",
    .postgres = "select $1 is null or $1 = 7",
    .index = 25,
    .n_args = 1,
    .args = TYPES(DB_INT),
    .n_cols = 1,
    .cols = TYPES(DB_BOOL),
};

struct full {
    struct arena arena;
    int64_t owner;
    struct str title, data;
    double size;
    bool sold;
    bool nulls[5];
    bool found;
};

static int get_full(struct db *db, void *ctx, struct err *err)
{
    struct full *f = ctx;
    struct db_cursor c;
    int rc = db_start(db, &item_get, &(struct db_val){ .number = f->owner }, &c, err);
    if (rc == 0)
        rc = db_step(&c, err);
    f->found = rc == 1;
    if (rc == 1) {
        for (int i = 0; i < 5; i++)
            f->nulls[i] = db_is_null(&c, i);
        f->owner = db_int(&c, 0);
        f->title = db_text(&c, 1, &f->arena);
        f->data = db_text(&c, 2, &f->arena);
        f->size = db_real(&c, 3);
        f->sold = db_int(&c, 4);
        rc = db_step(&c, err);
    }
    db_finish(&c);
    return rc;
}

static int put_full(struct db *db, void *ctx UNUSED, struct err *err)
{
    const struct db_val extreme[] = {
        { .number = INT64_MIN },       { .number = INT64_MAX }, { .text = STR("Grüße, 你好 🌱") },
        { .text = STR("\0\1\xff\0") }, { .real = -0.1 },        { .number = 1 },
    };
    const struct db_val nulls[] = {
        { .number = 2 },  { .null = true }, { .text = { 0 } },
        { .null = true }, { .null = true }, { .null = true },
    };
    const struct db_val empty[] = {
        { .number = 3 },   { .number = 0 },   { .text = STR("x") },
        { .text = { 0 } }, { .real = 1e308 }, { .number = 0 },
    };
    const struct db_val *rows[] = { extreme, nulls, empty };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct db_cursor c;
        int rc = db_start(db, &item_full, rows[i], &c, err);
        if (rc < 0)
            return rc;
        assert_int_equal(db_step(&c, err), 0);
        assert_int_equal(db_changed(&c), 1);
        db_finish(&c);
    }
    return 0;
}

static struct full read_full(struct store *store, int64_t id)
{
    struct full f = { .owner = id };
    arena_init(&f.arena, 1 << 16);
    struct err err;
    assert_rc(store_read(store, get_full, &f, &err), 0, &err);
    return f;
}

static void test_types(void **state)
{
    struct test_store *t = test_store_new(*state, NULL);
    kit_schema(t);
    struct err err;
    assert_rc(store_write(t->store, put_full, NULL, &err), 0, &err);

    struct full f = read_full(t->store, INT64_MIN);
    assert_true(f.found);
    assert_int_equal(f.owner, INT64_MAX);
    assert_text(f.title, "Grüße, 你好 🌱");
    assert_int_equal(f.title.ptr[f.title.len], '\0');
    assert_int_equal(f.data.len, 4);
    assert_memory_equal(f.data.ptr, "\0\1\xff\0", 4);
    assert_true(f.size == -0.1);
    assert_true(f.sold);
    arena_release(&f.arena);

    f = read_full(t->store, 2);
    assert_true(f.nulls[0] && !f.nulls[1] && f.nulls[2] && f.nulls[3] && f.nulls[4]);
    assert_int_equal(f.owner, 0);
    assert_non_null(f.title.ptr); /* '' is not null */
    assert_int_equal(f.title.len, 0);
    assert_null(f.data.ptr);
    assert_true(f.size == 0 && !f.sold);
    arena_release(&f.arena);

    f = read_full(t->store, 3);
    assert_non_null(f.data.ptr);
    assert_int_equal(f.data.len, 0);
    assert_true(f.size == 1e308 && !f.sold && !f.nulls[4]);
    arena_release(&f.arena);

    assert_false(read_full(t->store, 4).found);
    test_store_free(t);
}

static int add_ten(struct db *db, void *ctx UNUSED, struct err *err)
{
    int rc = 0;
    for (int64_t id = 1; rc == 0 && id <= 10; id++)
        rc = kit_add(db, id, err);
    return rc;
}

static int lists(struct db *db, void *ctx UNUSED, struct err *err)
{
    static const int64_t some[] = { 9, -4, 2, INT64_MIN, INT64_MAX, 9 };
    struct db_cursor c;
    struct db_val arg = { .ids = { some, ARRAY_LEN(some) } };
    assert_int_equal(db_start(db, &item_of, &arg, &c, err), 0);
    assert_int_equal(db_step(&c, err), 1);
    assert_int_equal(db_int(&c, 0), 2);
    assert_int_equal(db_step(&c, err), 1);
    assert_int_equal(db_int(&c, 0), 9);
    assert_int_equal(c.row, 1);
    assert_int_equal(db_step(&c, err), 0);
    assert_int_equal(db_step(&c, err), 0); /* asking again starts nothing over */
    db_finish(&c);

    arg.ids = (struct id_list){ NULL, 0 };
    assert_int_equal(db_start(db, &item_of, &arg, &c, err), 0);
    assert_int_equal(db_step(&c, err), 0);
    db_finish(&c);
    db_finish(&c);

    int64_t yes;
    assert_int_equal(kit_number(db, &null_asked, &(struct db_val){ .null = true }, &yes, err), 0);
    assert_int_equal(yes, 1);
    assert_int_equal(kit_number(db, &null_asked, &(struct db_val){ .number = 8 }, &yes, err), 0);
    assert_int_equal(yes, 0);
    return 0;
}

static int delete_some(struct db *db, void *ctx, struct err *err)
{
    struct db_cursor c;
    int rc = db_start(db, &items_delete, &(struct db_val){ .number = 8 }, &c, err);
    if (rc == 0)
        rc = db_step(&c, err);
    *(int64_t *)ctx = rc == 0 ? db_changed(&c) : -1;
    db_finish(&c);
    return rc;
}

static void test_lists_and_changes(void **state)
{
    struct test_store *t = test_store_new(*state, NULL);
    kit_schema(t);
    struct err err;
    assert_rc(store_write(t->store, add_ten, NULL, &err), 0, &err);
    assert_rc(store_read(t->store, lists, NULL, &err), 0, &err);
    int64_t changed = 0;
    assert_rc(store_write(t->store, delete_some, &changed, &err), 0, &err);
    assert_int_equal(changed, 3);
    assert_rc(store_write(t->store, delete_some, &changed, &err), 0, &err);
    assert_int_equal(changed, 0);
    assert_int_equal(kit_count(t->store), 7);
    test_store_free(t);
}

/* Makes an SQL error, goes on as if nothing were, and returns 0. */
static int swallow(struct db *db, void *ctx, struct err *err)
{
    const struct stmt_def *bad = ctx;
    int64_t n;
    assert_int_equal(kit_add(db, 50, err), 0);
    int first = bad ? kit_number(db, bad, NULL, &n, err) : kit_add(db, 50, err);
    assert_true(first < 0);
    assert_int_equal(kit_add(db, 51, err), first);
    assert_int_equal(kit_number(db, &kit_item_count, NULL, &n, err), first);
    return 0;
}

static void test_latch(void **state)
{
    struct test_store *t = test_store_new(*state, NULL);
    kit_schema(t);
    struct err err;
    assert_rc(store_write(t->store, swallow, NULL, &err), ERR_CONFLICT, &err);
    assert_int_equal(err.code, ERR_CONFLICT);
    assert_null(err.message);
    assert_non_null(strstr(err.detail, "kit_item_add"));
    struct stmt_def bad = nonsense;
    assert_rc(store_write(t->store, swallow, &bad, &err), ERR_DB, &err);
    assert_int_equal(kit_count(t->store), 0);

    /* and the connection is as good as before */
    assert_rc(store_write(t->store, add_ten, NULL, &err), 0, &err);
    assert_int_equal(err.code, 0);
    assert_int_equal(kit_count(t->store), 10);
    test_store_free(t);
}

static int check_breaks(struct db *db, void *ctx UNUSED, struct err *err)
{
    return kit_add(db, 999666, err);
}

static int null_breaks(struct db *db, void *ctx UNUSED, struct err *err)
{
    const struct db_val args[] = { { .number = 1 }, { .null = true } };
    return kit_run(db, &kit_item_add, args, err);
}

static void test_constraints(void **state)
{
    struct test_store *t = test_store_new(*state, NULL);
    kit_schema(t);
    struct err err;
    assert_rc(store_write(t->store, check_breaks, NULL, &err), ERR_CONFLICT, &err);
    assert_rc(store_write(t->store, null_breaks, NULL, &err), ERR_DB, &err);
    test_store_free(t);
}

static int write_on_read(struct db *db, void *ctx, struct err *err)
{
    assert_false(db_can_write(db));
    const struct stmt_def *def = ctx;
    const struct db_val args[] = { { .number = 1 }, { .text = STR("one") } };
    return kit_run(db, def, args, err);
}

static void test_read_handle(void **state)
{
    struct test_store *t = test_store_new(*state, NULL);
    kit_schema(t);
    struct err err;
    struct stmt_def def = kit_item_add;
    assert_rc(store_read(t->store, write_on_read, &def, &err), ERR_INTERNAL, &err);
    /* A definition that lies is stopped by the engine. */
    def.writes = false;
    assert_true(store_read(t->store, write_on_read, &def, &err) < 0);
    assert_int_equal(kit_count(t->store), 0);
    test_store_free(t);
}

/* Two definitions with one index: each runs as itself. */
static int same_index(struct db *db, void *ctx UNUSED, struct err *err)
{
    struct stmt_def other = null_asked;
    other.index = kit_item_count.index;
    int64_t n;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(kit_number(db, &kit_item_count, NULL, &n, err), 0);
        assert_int_equal(n, 0);
        assert_int_equal(kit_number(db, &other, &(struct db_val){ .number = 7 }, &n, err), 0);
        assert_int_equal(n, 1);
    }
    return 0;
}

static void test_statement_cache(void **state)
{
    struct test_store *t = test_store_new(*state, NULL);
    kit_schema(t);
    struct err err;
    assert_rc(store_read(t->store, same_index, NULL, &err), 0, &err);
    test_store_free(t);
}

static void test_ping(void **state)
{
    struct test_store *t = test_store_new(*state, NULL);
    struct err err;
    assert_rc(store_ping(t->store, &err), 0, &err);
    assert_int_equal(store_reads_here(t->store), !t->postgres);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(test_types),       ON_BOTH(test_lists_and_changes), ON_BOTH(test_latch),
        ON_BOTH(test_constraints), ON_BOTH(test_read_handle),       ON_BOTH(test_statement_cache),
        ON_BOTH(test_ping),
    };
    return cmocka_run_group_tests_name("statement", tests, NULL, NULL);
}
