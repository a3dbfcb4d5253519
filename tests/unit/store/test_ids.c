/* test_ids.c - ids grow, over restarts, rollbacks, crashes and wrong clocks. */
#include "unit/store/kit.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/id.h"

static int draw(struct db *db, void *ctx, struct err *err UNUSED)
{
    *(int64_t *)ctx = db_new_id(db);
    return 0;
}

static int draw_and_fail(struct db *db, void *ctx, struct err *err)
{
    *(int64_t *)ctx = db_new_id(db);
    return err_detail(err, ERR_FORBIDDEN, "as the test wants");
}

static int64_t next(struct store *store)
{
    int64_t id = 0;
    struct err err;
    assert_rc(store_write(store, draw, &id, &err), 0, &err);
    assert_true(id > 0);
    return id;
}

static void test_grow(void **state)
{
    struct test_store *t = test_store_new(*state, NULL);
    kit_schema(t);
    int64_t last = 0;
    for (int i = 0; i < 200; i++) {
        int64_t id = next(t->store);
        assert_true(id > last);
        last = id;
    }
    /* An id says when it was made. */
    int64_t now = clock_now(&t->clock);
    assert_true(llabs(now - id_time(last)) < 2 * TIME_SECOND);
    test_store_free(t);
}

static void test_restart_with_a_wrong_clock(void **state)
{
    struct test_store *t = test_store_make(*state, NULL);
    const int64_t noon = INT64_C(1800000000) * TIME_SECOND;
    clock_init_manual(&t->clock, noon);
    test_store_open(t);
    kit_schema(t);
    int64_t first = next(t->store);
    test_store_close(t);

    clock_init_manual(&t->clock, noon - TIME_DAY);
    test_store_open(t);
    int64_t second = next(t->store);
    assert_true(second > first);
    /* A clean end left the exact mark: the id is not from the future. */
    assert_true(id_time(second) - noon < TIME_SECOND);
    test_store_free(t);
}

/* The mark's own move is rolled back with the piece that needed it. */
static void test_rollback(void **state)
{
    struct test_store *t = test_store_make(*state, NULL);
    const int64_t noon = INT64_C(1800000000) * TIME_SECOND;
    clock_init_manual(&t->clock, noon);
    test_store_open(t);
    kit_schema(t);
    struct err err;
    int64_t lost = 0;
    assert_rc(store_write(t->store, draw_and_fail, &lost, &err), ERR_FORBIDDEN, &err);
    int64_t kept = next(t->store);
    assert_true(kept > lost);
    clock_set(&t->clock, noon + TIME_HOUR);
    assert_rc(store_write(t->store, draw_and_fail, &lost, &err), ERR_FORBIDDEN, &err);
    assert_true(lost > kept);
    kept = next(t->store);
    assert_true(kept > lost);
    test_store_close(t);
    clock_init_manual(&t->clock, noon);
    test_store_open(t);
    assert_true(next(t->store) > kept);
    test_store_free(t);
}

/* A process that is killed leaves no exact mark, but one that is high enough. */
static void test_kill(void **state)
{
    struct test_store *t = test_store_make(*state, NULL);
    const int64_t noon = INT64_C(1800000000) * TIME_SECOND;
    clock_init_manual(&t->clock, noon);
    test_store_open(t);
    kit_schema(t);
    test_store_close(t);
    int pipes[2];
    assert_int_equal(pipe(pipes), 0);
    pid_t child = fork();
    if (child == 0) {
        struct err err;
        int64_t id = 0;
        if (store_open(&t->config, &t->store, &err) < 0)
            _exit(1);
        for (int i = 0; i < 100; i++) {
            clock_set(&t->clock, noon + i * 50 * TIME_MILLISECOND);
            if (store_write(t->store, draw, &id, &err) < 0)
                _exit(2);
        }
        ssize_t sent = write(pipes[1], &id, sizeof(id));
        _exit(sent == sizeof(id) ? 0 : 3);
    }
    int status = 0;
    int64_t last = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(read(pipes[0], &last, sizeof(last)), sizeof(last));
    close(pipes[0]);
    close(pipes[1]);
    test_store_open(t);
    assert_true(next(t->store) > last);
    test_store_free(t);
}

#define STORES 3
#define DRAWN  200

struct drawer {
    pthread_t thread;
    struct store *store;
    int64_t ids[DRAWN];
};

static void *draw_many(void *ctx)
{
    struct drawer *d = ctx;
    for (int i = 0; i < DRAWN; i++)
        d->ids[i] = next(d->store);
    return NULL;
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Three stores on one database, and a clock that stands, so that only the
 * nodes and marks keep their ids apart. */
static void test_several_stores(void **state)
{
    struct test_store *t = test_store_make(*state, NULL);
    clock_init_manual(&t->clock, INT64_C(1800000000) * TIME_SECOND);
    test_store_open(t);
    kit_schema(t);
    static struct drawer drawers[STORES];
    static int64_t all[STORES * DRAWN];
    struct err err;
    for (int i = 0; i < STORES; i++)
        assert_rc(store_open(&t->config, &drawers[i].store, &err), 0, &err);
    for (int i = 0; i < STORES; i++)
        assert_int_equal(pthread_create(&drawers[i].thread, NULL, draw_many, &drawers[i]), 0);
    for (int i = 0; i < STORES; i++) {
        pthread_join(drawers[i].thread, NULL);
        store_close(drawers[i].store);
        for (int j = 0; j < DRAWN; j++)
            all[i * DRAWN + j] = drawers[i].ids[j];
    }
    qsort(all, STORES * DRAWN, sizeof(all[0]), by_value);
    for (int i = 1; i < STORES * DRAWN; i++)
        assert_true(all[i] > all[i - 1]);
    test_store_free(t);
}

/* Without a schema there is nowhere to keep the mark: the work fails, and the
 * store goes on. */
static void test_without_schema(void **state)
{
    struct test_store *t = test_store_new(*state, NULL);
    struct err err;
    int64_t id;
    assert_rc(store_write(t->store, draw, &id, &err), ERR_DB, &err);
    kit_schema(t);
    assert_true(next(t->store) > 0);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(test_grow),           ON_BOTH(test_restart_with_a_wrong_clock),
        ON_BOTH(test_rollback),       ON_BOTH(test_kill),
        ON_BOTH(test_several_stores), ON_BOTH(test_without_schema),
    };
    return cmocka_run_group_tests_name("ids", tests, NULL, NULL);
}
