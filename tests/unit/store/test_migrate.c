/* test_migrate.c - schema steps: fresh, again, more, newer, changed, broken. */
#include "unit/store/kit.h"

#include <string.h>

static const struct schema_step note_steps[] = {
    { "create table note (id integer primary key) strict; insert into note (id) values (1);",
      "create table note (id bigint primary key); insert into note (id) values (1);" },
    { "alter table note add column title text not null default ''",
      "alter table note add column title text not null default ''" },
};

static const struct schema_step topic_steps[] = {
    { "create table topic (id integer primary key) strict",
      "create table topic (id bigint primary key)" },
};

static const struct schema_room both[] = {
    { "note", note_steps, 2 },
    { "topic", topic_steps, 1 },
};

static int migrate(struct test_store *t, const struct schema_room *rooms, size_t n, int *ret_ran,
                   struct err *err)
{
    err_clear(err);
    *ret_ran = -1;
    return store_migrate(t->store, rooms, n, ret_ran, err);
}

static void test_fresh_and_again(void **state)
{
    struct test_store *t = test_store_new(*state, NULL);
    struct err err;
    int ran;
    assert_rc(store_check(t->store, both, 2, &err), ERR_CONFLICT, &err);
    assert_rc(migrate(t, both, 2, &ran, &err), 0, &err);
    assert_int_equal(ran, 3);
    assert_rc(store_check(t->store, both, 2, &err), 0, &err);
    assert_rc(migrate(t, both, 2, &ran, &err), 0, &err);
    assert_int_equal(ran, 0);
    test_store_reopen(t);
    assert_rc(store_check(t->store, both, 2, &err), 0, &err);
    test_store_free(t);
}

static void test_one_more_step(void **state)
{
    struct test_store *t = test_store_new(*state, NULL);
    const struct schema_room before[] = { { "note", note_steps, 1 } };
    struct err err;
    int ran;
    assert_rc(migrate(t, before, 1, &ran, &err), 0, &err);
    assert_int_equal(ran, 1);
    assert_rc(store_check(t->store, both, 2, &err), ERR_CONFLICT, &err);
    assert_non_null(strstr(err.detail, "note"));
    assert_rc(migrate(t, both, 2, &ran, &err), 0, &err);
    assert_int_equal(ran, 2);

    /* The program of yesterday meets the database of today. */
    assert_rc(store_check(t->store, before, 1, &err), ERR_CONFLICT, &err);
    assert_rc(migrate(t, before, 1, &ran, &err), ERR_CONFLICT, &err);
    assert_int_equal(ran, -1);
    /* A room that was switched off is no reason to stop. */
    assert_rc(store_check(t->store, both, 1, &err), 0, &err);
    test_store_free(t);
}

static void test_changed_step(void **state)
{
    struct test_store *t = test_store_new(*state, NULL);
    struct schema_step changed[2] = { note_steps[0], note_steps[1] };
    changed[0].sqlite = "create table note (id integer primary key, x integer) strict";
    changed[0].postgres = "create table note (id bigint primary key, x bigint)";
    const struct schema_room rooms[] = { { "note", changed, 2 } };
    struct err err;
    int ran;
    assert_rc(migrate(t, both, 2, &ran, &err), 0, &err);
    assert_rc(migrate(t, rooms, 1, &ran, &err), ERR_CONFLICT, &err);
    assert_non_null(strstr(err.detail, "changed"));
    assert_rc(store_check(t->store, rooms, 1, &err), ERR_CONFLICT, &err);
    test_store_free(t);
}

/* A step that fails takes every step before it with it. */
static void test_broken_step(void **state)
{
    struct test_store *t = test_store_new(*state, NULL);
    const struct schema_step bad[] = { { "create table note", "create table note" } };
    const struct schema_room rooms[] = { both[1], { "bad", bad, 1 } };
    struct err err;
    int ran;
    assert_rc(migrate(t, rooms, 2, &ran, &err), ERR_DB, &err);
    assert_int_equal(ran, -1);
    assert_rc(migrate(t, both, 2, &ran, &err), 0, &err);
    assert_int_equal(ran, 3);
    test_store_free(t);
}

struct runner {
    struct test_store *t;
    pthread_t thread;
    struct store *store;
    int ran;
    int rc;
    struct err err;
};

static void *run_migrate(void *ctx)
{
    struct runner *r = ctx;
    r->rc = store_migrate(r->store, both, 2, &r->ran, &r->err);
    return NULL;
}

/* Four processes start at once on an empty database: the steps run once. */
static void test_all_at_once(void **state)
{
    struct test_store *t = test_store_make(*state, NULL);
    struct runner runners[4];
    struct err err;
    int ran = 0;
    for (int i = 0; i < 4; i++) {
        runners[i] = (struct runner){ .t = t };
        assert_rc(store_open(&t->config, &runners[i].store, &err), 0, &err);
    }
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&runners[i].thread, NULL, run_migrate, &runners[i]), 0);
    for (int i = 0; i < 4; i++)
        pthread_join(runners[i].thread, NULL);
    for (int i = 0; i < 4; i++) {
        assert_rc(runners[i].rc, 0, &runners[i].err);
        ran += runners[i].ran;
        store_close(runners[i].store);
    }
    assert_int_equal(ran, 3);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(test_fresh_and_again), ON_BOTH(test_one_more_step), ON_BOTH(test_changed_step),
        ON_BOTH(test_broken_step),     ON_BOTH(test_all_at_once),
    };
    return cmocka_run_group_tests_name("migrate", tests, NULL, NULL);
}
