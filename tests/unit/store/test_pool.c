/* test_pool.c - tasks, reads on the pool, and both beside each other. */
#include "unit/store/gate.h"

#include <stdatomic.h>

#include "unit/torture.h"

struct task {
    struct store_work work;
    struct store *store;
    int64_t id;
    bool had_handle;
    int dones;
    _Atomic int *left;
};

/* What a prepare step does: no transaction of its own, a read, then a write. */
static int add_one(struct db *db, void *ctx, struct err *err)
{
    struct task *task = ctx;
    return kit_add(db, task->id, err);
}

static int task_fn(struct db *db, void *ctx, struct err *err)
{
    struct task *task = ctx;
    task->had_handle = db != NULL;
    int rc = store_ping(task->store, err);
    return rc < 0 ? rc : store_write(task->store, add_one, task, err);
}

static void task_done(struct store_work *work)
{
    struct task *task = work->ctx;
    task->dones++;
    --*task->left;
}

static void task_init(struct task *task, struct store *store, int64_t id, _Atomic int *left)
{
    *task = (struct task){ .store = store, .id = id, .left = left };
    task->work = (struct store_work){ .fn = task_fn, .ctx = task, .done = task_done };
}

static void test_tasks(void **state)
{
    const struct store_config config = { .pool_threads = 2 };
    struct test_store *t = test_store_new(*state, &config);
    kit_schema(t);
    static struct task tasks[40];
    _Atomic int left = ARRAY_LEN(tasks);
    struct err err;
    for (size_t i = 0; i < ARRAY_LEN(tasks); i++) {
        task_init(&tasks[i], t->store, (int64_t)i / 2 + 1, &left);
        assert_rc(store_submit(t->store, STORE_TASK, &tasks[i].work, &err), 0, &err);
    }
    while (left > 0)
        sched_yield();
    int conflicts = 0;
    for (size_t i = 0; i < ARRAY_LEN(tasks); i++) {
        assert_false(tasks[i].had_handle);
        assert_int_equal(tasks[i].dones, 1);
        assert_int_equal(tasks[i].work.err.code, tasks[i].work.rc);
        conflicts += tasks[i].work.rc == ERR_CONFLICT;
    }
    assert_int_equal(conflicts, 20);
    assert_int_equal(kit_count(t->store), 20);
    struct store_stats stats;
    store_stats(t->store, &stats);
    assert_int_equal(stats.tasks, 40);
    assert_int_equal(stats.write_errors, 20);
    test_store_free(t);
}

/* Tasks that stand still leave a thread for reads and writes. */
static void test_tasks_leave_room(void **state)
{
    const struct store_config config = { .pool_threads = 2 };
    struct test_store *t = test_store_new(*state, &config);
    kit_schema(t);
    struct gate gate;
    gate_close(&gate, t->store, STORE_TASK);
    struct task more[3];
    _Atomic int left = 3;
    struct err err;
    for (int i = 0; i < 3; i++) {
        task_init(&more[i], t->store, i + 1, &left);
        assert_rc(store_submit(t->store, STORE_TASK, &more[i].work, &err), 0, &err);
    }
    assert_rc(store_ping(t->store, &err), 0, &err);
    assert_int_equal(kit_count(t->store), 0);
    assert_int_equal(left, 3);
    gate_open(&gate);
    while (left > 0)
        sched_yield();
    assert_int_equal(kit_count(t->store), 3);
    test_store_free(t);
}

struct pages {
    struct store_work work;
    int64_t first, second;
    _Atomic bool wait, go;
    _Atomic bool over;
};

static int count_twice(struct db *db, void *ctx, struct err *err)
{
    struct pages *p = ctx;
    int rc = kit_number(db, &kit_item_count, NULL, &p->first, err);
    p->wait = true;
    while (!p->go)
        sched_yield();
    return rc < 0 ? rc : kit_number(db, &kit_item_count, NULL, &p->second, err);
}

static void pages_done(struct store_work *work)
{
    struct pages *p = work->ctx;
    p->over = true;
}

static int add_by_id(struct db *db, void *ctx, struct err *err)
{
    return kit_add(db, *(int64_t *)ctx, err);
}

/* A page sees one moment, whatever is written while it is made; the next page
 * sees what was. */
static void test_one_snapshot(void **state)
{
    struct test_store *t = test_store_new(*state, NULL);
    kit_schema(t);
    struct pages p = { 0 };
    p.work = (struct store_work){ .fn = count_twice, .ctx = &p, .done = pages_done };
    struct err err;
    assert_rc(store_submit(t->store, STORE_READ, &p.work, &err), 0, &err);
    while (!p.wait)
        sched_yield();
    int64_t id = 5;
    assert_rc(store_write(t->store, add_by_id, &id, &err), 0, &err);
    p.go = true;
    while (!p.over)
        sched_yield();
    assert_rc(p.work.rc, 0, &p.work.err);
    assert_int_equal(p.first, 0);
    assert_int_equal(p.second, 0);
    assert_int_equal(kit_count(t->store), 1);
    test_store_free(t);
}

struct reader {
    pthread_t thread;
    struct test_store *t;
    int64_t seen;
};

static void *read_some(void *ctx)
{
    struct reader *r = ctx;
    for (int i = 0; i < 20; i++)
        r->seen += kit_count(r->t->store);
    return NULL;
}

/* Threads come and go with their connections, also over a reopened store. */
static void test_threads_come_and_go(void **state)
{
    struct test_store *t = test_store_new(*state, NULL);
    kit_schema(t);
    struct err err;
    int64_t id = 5;
    assert_rc(store_write(t->store, add_by_id, &id, &err), 0, &err);
    for (int round = 0; round < 4; round++) {
        struct reader readers[6];
        for (int i = 0; i < 6; i++) {
            readers[i] = (struct reader){ .t = t };
            assert_int_equal(pthread_create(&readers[i].thread, NULL, read_some, &readers[i]), 0);
        }
        for (int i = 0; i < 6; i++) {
            pthread_join(readers[i].thread, NULL);
            assert_int_equal(readers[i].seen, 20);
        }
        assert_int_equal(kit_count(t->store), 1);
        test_store_reopen(t);
    }
    test_store_free(t);
}

/* One server for one SQLite file; the lock goes with its holder. */
static void test_server_lock(void **state)
{
    const struct store_config config = { .exclusive = true };
    struct test_store *t = test_store_new(*state, &config);
    struct store *second = NULL;
    struct err err;
    assert_rc(store_open(&t->config, &second, &err), ERR_BUSY, &err);
    assert_null(second);
    test_store_reopen(t);
    test_store_free(t);
}

static void test_nowhere(void **state UNUSED)
{
    struct clock clock;
    clock_init_system(&clock);
    struct store *store = NULL;
    struct err err;
    struct store_config config = { .database = "/nowhere/at/all.db", .clock = &clock };
    assert_rc(store_open(&config, &store, &err), ERR_IO, &err);
    config.database = "postgres:///x?host=/nowhere/at/all";
    assert_rc(store_open(&config, &store, &err), ERR_BUSY, &err);
    assert_null(store);
    store_close(NULL);
}

static int read_or_not(struct db *db, void *ctx UNUSED, struct err *err)
{
    int64_t n;
    return kit_number(db, &kit_item_count, NULL, &n, err);
}

/* Whatever allocation fails: an error or an answer, no leak, and the next
 * open works. */
static void open_use_close(void *ctx)
{
    struct test_store *t = ctx;
    struct store *store = NULL;
    struct err err;
    int64_t id = clock_monotonic();
    if (store_open(&t->config, &store, &err) < 0) {
        assert_null(store);
        return;
    }
    int rc = store_write(store, add_by_id, &id, &err);
    assert_true(rc == 0 || rc == ERR_NOMEM || rc == ERR_TOO_LARGE);
    rc = store_read(store, read_or_not, NULL, &err);
    assert_true(rc == 0 || rc == ERR_NOMEM || rc == ERR_TOO_LARGE);
    store_close(store);
}

static void test_no_memory(void **state)
{
    struct test_store *t = test_store_new(*state, NULL);
    kit_schema(t);
    assert_true(torture(open_use_close, t) >= 4);
    assert_true(kit_count(t->store) >= 1);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(test_tasks),
        ON_BOTH(test_tasks_leave_room),
        ON_BOTH(test_one_snapshot),
        ON_BOTH(test_threads_come_and_go),
        ON_BOTH(test_no_memory),
        ON_SQLITE(test_server_lock),
        cmocka_unit_test(test_nowhere),
    };
    return cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}
