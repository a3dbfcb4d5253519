/* unit/store/kit.c - see kit.h. */
#include "unit/store/kit.h"

#define TYPES(...) ((const uint8_t[]){ __VA_ARGS__ })

void kit_schema(struct test_store *t)
{
    test_store_schema(t,
                      "create table item (id integer primary key, owner integer,"
                      " title text not null unique, data blob, size real,"
                      " sold integer check (sold in (0, 1)), check (id <> 999666)) strict;"
                      "create table tally (id integer primary key, n integer not null) strict;"
                      "insert into tally (id, n) values (1, 0);",
                      "create table item (id bigint primary key, owner bigint,"
                      " title text collate \"C\" not null unique, data bytea,"
                      " size double precision, sold boolean, check (id <> 999666));"
                      "create table tally (id bigint primary key, n bigint not null);"
                      "insert into tally (id, n) values (1, 0);");
}

const struct stmt_def kit_item_add = {
    .name = "kit_item_add",
    .room = "test",
    .sqlite = "insert into item (id, title) values (?1, ?2)",
    .postgres = "insert into item (id, title) values ($1, $2)",
    .index = 1,
    .writes = true,
    .n_args = 2,
    .args = TYPES(DB_INT, DB_TEXT),
};

const struct stmt_def kit_item_count = {
    .name = "kit_item_count",
    .room = "test",
    .sqlite = "select count(*) from item",
    .postgres = "select count(*) from item",
    .index = 2,
    .n_cols = 1,
    .cols = TYPES(DB_INT),
};

const struct stmt_def kit_item_has = {
    .name = "kit_item_has",
    .room = "test",
    .sqlite = "select count(*) from item where id = ?1",
    .postgres = "select count(*) from item where id = $1",
    .index = 3,
    .n_args = 1,
    .args = TYPES(DB_INT),
    .n_cols = 1,
    .cols = TYPES(DB_INT),
};

const struct stmt_def kit_item_blob = {
    .name = "kit_item_blob",
    .room = "test",
    .sqlite = "insert into item (id, title, data) values (?1, cast(?1 as text), ?2)",
    .postgres = "insert into item (id, title, data) values ($1, cast($1 as text), $2)",
    .index = 4,
    .writes = true,
    .n_args = 2,
    .args = TYPES(DB_INT, DB_BYTES),
};

const struct stmt_def kit_tally_add = {
    .name = "kit_tally_add",
    .room = "test",
    .sqlite = "update tally set n = n + 1 where id = 1 returning n",
    .postgres = "update tally set n = n + 1 where id = 1 returning n",
    .index = 5,
    .writes = true,
    .n_cols = 1,
    .cols = TYPES(DB_INT),
};

const struct stmt_def kit_tally_get = {
    .name = "kit_tally_get",
    .room = "test",
    .sqlite = "select n from tally where id = 1",
    .postgres = "select n from tally where id = 1",
    .index = 6,
    .n_cols = 1,
    .cols = TYPES(DB_INT),
};

int kit_run(struct db *db, const struct stmt_def *def, const struct db_val *args, struct err *err)
{
    struct db_cursor c;
    int rc = db_start(db, def, args, &c, err);
    if (rc == 0)
        rc = db_step(&c, err);
    db_finish(&c);
    return rc < 0 ? rc : 0;
}

int kit_number(struct db *db, const struct stmt_def *def, const struct db_val *args, int64_t *ret,
               struct err *err)
{
    struct db_cursor c;
    int rc = db_start(db, def, args, &c, err);
    if (rc == 0)
        rc = db_step(&c, err);
    if (rc >= 0)
        *ret = rc == 1 ? db_int(&c, 0) : -1;
    db_finish(&c);
    return rc < 0 ? rc : 0;
}

int kit_add(struct db *db, int64_t id, struct err *err)
{
    char title[32];
    snprintf(title, sizeof(title), "item %lld", (long long)id);
    const struct db_val args[] = { { .number = id }, { .text = str_from(title) } };
    return kit_run(db, &kit_item_add, args, err);
}

struct question {
    const struct stmt_def *def;
    struct db_val arg;
    int64_t answer;
};

static int ask_fn(struct db *db, void *ctx, struct err *err)
{
    struct question *q = ctx;
    return kit_number(db, q->def, &q->arg, &q->answer, err);
}

static int64_t ask(struct store *store, const struct stmt_def *def, int64_t arg)
{
    struct question q = { .def = def, .arg = { .number = arg } };
    struct err err;
    err_clear(&err);
    assert_rc(store_read(store, ask_fn, &q, &err), 0, &err);
    return q.answer;
}

int64_t kit_count(struct store *store)
{
    return ask(store, &kit_item_count, 0);
}

bool kit_has(struct store *store, int64_t id)
{
    return ask(store, &kit_item_has, id) == 1;
}

int64_t kit_tally(struct store *store)
{
    return ask(store, &kit_tally_get, 0);
}
