/* test_writer.c - pieces, batches, bounds, order, the queue and its end. */
#include "unit/store/gate.h"

#include <stdatomic.h>

/* A piece of work that keeps account of itself. */
struct piece {
    struct store_work work;
    int64_t id;   /* the item it adds */
    int fails;    /* returned after adding; 0 = it stays */
    bool clashes; /* adds the item twice */
    int runs;     /* times fn ran */
    int place;    /* in the order of running */
    _Atomic int dones;
    _Atomic int *left; /* counts down with each done */
};

static _Atomic int running_place;

static int piece_fn(struct db *db, void *ctx, struct err *err)
{
    struct piece *p = ctx;
    p->runs++;
    p->place = ++running_place;
    int rc = kit_add(db, p->id, err);
    if (rc == 0 && p->clashes)
        rc = kit_add(db, p->id, err);
    if (rc == 0 && p->fails)
        return err_set(err, p->fails, N_("You may not do this."));
    return rc;
}

static void piece_done(struct store_work *work)
{
    struct piece *p = work->ctx;
    p->dones++;
    --*p->left;
}

static void piece_init(struct piece *p, int64_t id, _Atomic int *left)
{
    *p = (struct piece){ .id = id, .left = left };
    p->work = (struct store_work){ .fn = piece_fn, .ctx = p, .done = piece_done };
}

static void wait_zero(_Atomic int *left)
{
    while (*left > 0)
        sched_yield();
}

static int64_t batches(struct store *store)
{
    struct store_stats stats;
    store_stats(store, &stats);
    return stats.batches;
}

/* Ten pieces in one batch, two of which fail in different ways. */
static void test_piece_fails_alone(void **state)
{
    const struct store_config config = { .batch_us = GATE_BATCH_US };
    struct test_store *t = test_store_new(*state, &config);
    kit_schema(t);
    struct gate gate;
    struct piece pieces[10];
    _Atomic int left = 10;
    struct err err;
    int64_t before = batches(t->store);
    gate_close(&gate, t->store, STORE_WRITE);
    for (int i = 0; i < 10; i++) {
        piece_init(&pieces[i], i + 1, &left);
        pieces[i].fails = i == 3 ? ERR_FORBIDDEN : 0;
        pieces[i].clashes = i == 6;
        assert_rc(store_submit(t->store, STORE_WRITE, &pieces[i].work, &err), 0, &err);
    }
    gate_open(&gate);
    wait_zero(&left);
    for (int i = 0; i < 10; i++) {
        int want = i == 3 ? ERR_FORBIDDEN : i == 6 ? ERR_CONFLICT : 0;
        assert_rc(pieces[i].work.rc, want, &pieces[i].work.err);
        assert_int_equal(pieces[i].work.err.code, want);
        assert_int_equal(pieces[i].dones, 1);
        assert_false(pieces[i].work.unknown);
        assert_int_equal(kit_has(t->store, i + 1), want == 0);
    }
    assert_string_equal(pieces[3].work.err.message, "You may not do this.");
    if (!t->postgres)
        assert_int_equal(batches(t->store) - before, 1);
    test_store_free(t);
}

/* SQLite: pieces run in the order they came, in batches of at most batch_max. */
static void test_order_and_bound(void **state)
{
    const struct store_config config = { .batch_max = 4, .batch_us = GATE_BATCH_US };
    struct test_store *t = test_store_new(*state, &config);
    kit_schema(t);
    struct gate gate;
    struct piece pieces[10];
    _Atomic int left = 10;
    struct err err;
    int64_t before = batches(t->store);
    gate_close(&gate, t->store, STORE_WRITE);
    for (int i = 0; i < 10; i++) {
        piece_init(&pieces[i], 100 - i, &left);
        assert_rc(store_submit(t->store, STORE_WRITE, &pieces[i].work, &err), 0, &err);
    }
    gate_open(&gate);
    wait_zero(&left);
    for (int i = 1; i < 10; i++)
        assert_int_equal(pieces[i].place, pieces[i - 1].place + 1);
    assert_int_equal(batches(t->store) - before, 3); /* the gate and 3, 4, 3 */
    test_store_free(t);
}

static int slow_fn(struct db *db, void *ctx, struct err *err)
{
    int64_t end = clock_monotonic() + 4000;
    while (clock_monotonic() < end)
        sched_yield();
    return piece_fn(db, ctx, err);
}

/* SQLite: a batch also ends by time: pieces of 4 ms go two by two at most. */
static void test_time_bound(void **state)
{
    const struct store_config config = { .batch_us = 5000 };
    struct test_store *t = test_store_new(*state, &config);
    kit_schema(t);
    struct piece pieces[6];
    struct gate gate;
    _Atomic int left = 6;
    struct err err;
    int64_t before = batches(t->store);
    gate_close(&gate, t->store, STORE_WRITE);
    for (int i = 0; i < 6; i++) {
        piece_init(&pieces[i], i + 1, &left);
        pieces[i].work.fn = slow_fn;
        assert_rc(store_submit(t->store, STORE_WRITE, &pieces[i].work, &err), 0, &err);
    }
    gate_open(&gate);
    wait_zero(&left);
    assert_true(batches(t->store) - before >= 3);
    test_store_free(t);
}

static void test_queue_full(void **state)
{
    const struct store_config config = { .queue_max = 2, .pool_threads = 1 };
    struct test_store *t = test_store_new(*state, &config);
    kit_schema(t);
    struct gate gate;
    struct piece pieces[3];
    _Atomic int left = 2;
    struct err err;
    err_clear(&err);
    gate_close(&gate, t->store, STORE_WRITE);
    for (int i = 0; i < 3; i++)
        piece_init(&pieces[i], i + 1, &left);
    assert_rc(store_submit(t->store, STORE_WRITE, &pieces[0].work, &err), 0, &err);
    assert_rc(store_submit(t->store, STORE_WRITE, &pieces[1].work, &err), 0, &err);
    struct store_stats stats;
    store_stats(t->store, &stats);
    assert_int_equal(stats.queue_depth, 2);
    assert_rc(store_submit(t->store, STORE_WRITE, &pieces[2].work, &err), ERR_BUSY, &err);
    assert_true(err.retry_after > 0);
    gate_open(&gate);
    wait_zero(&left);
    assert_int_equal(pieces[2].dones, 0);
    assert_int_equal(pieces[2].runs, 0);
    assert_rc(store_submit(t->store, STORE_WRITE, &pieces[2].work, &err), 0, &err);
    left = 1;
    test_store_free(t); /* closing answers it */
    assert_int_equal(pieces[2].dones, 1);
    assert_int_equal(pieces[2].work.rc, 0);
}

static void *close_store(void *ctx)
{
    test_store_close(ctx);
    return NULL;
}

static void test_close_answers(void **state)
{
    struct test_store *t = test_store_new(*state, NULL);
    kit_schema(t);
    struct gate gate;
    struct piece pieces[50];
    _Atomic int left = 50;
    struct err err;
    gate_close(&gate, t->store, STORE_WRITE);
    for (int i = 0; i < 50; i++) {
        piece_init(&pieces[i], i + 1, &left);
        assert_rc(store_submit(t->store, STORE_WRITE, &pieces[i].work, &err), 0, &err);
    }
    pthread_t closer;
    assert_int_equal(pthread_create(&closer, NULL, close_store, t), 0);
    gate_open(&gate);
    pthread_join(closer, NULL);
    for (int i = 0; i < 50; i++) {
        assert_int_equal(pieces[i].dones, 1);
        assert_rc(pieces[i].work.rc, 0, &pieces[i].work.err);
    }
    test_store_open(t);
    assert_int_equal(kit_count(t->store), 50);
    test_store_free(t);
}

struct times {
    int64_t first, second;
};

static int look_at_time(struct db *db, void *ctx, struct err *err UNUSED)
{
    struct times *times = ctx;
    times->first = db_now(db);
    int64_t end = clock_monotonic() + 2000;
    while (clock_monotonic() < end)
        continue;
    times->second = db_now(db);
    return 0;
}

static void test_time(void **state)
{
    struct test_store *t = test_store_new(*state, NULL);
    struct times a, b;
    struct err err;
    assert_rc(store_write(t->store, look_at_time, &a, &err), 0, &err);
    assert_int_equal(a.first, a.second);
    assert_rc(store_read(t->store, look_at_time, &b, &err), 0, &err);
    assert_true(b.first > a.first);

    /* The machine's clock steps back an hour: time stands until it is reached. */
    clock_init_manual(&t->clock, b.first - TIME_HOUR);
    assert_rc(store_write(t->store, look_at_time, &a, &err), 0, &err);
    assert_int_equal(a.first, b.first);
    clock_set(&t->clock, b.first + 5);
    assert_rc(store_read(t->store, look_at_time, &a, &err), 0, &err);
    assert_int_equal(a.first, b.first + 5);
    test_store_free(t);
}

/* Writers at full speed beside readers that always hold some page open: the
 * log starts over all the same. */
struct busy_reader {
    pthread_t thread;
    struct store *store;
    _Atomic bool *stop;
};

static int long_page(struct db *db, void *ctx UNUSED, struct err *err)
{
    int64_t n;
    int rc = kit_number(db, &kit_item_count, NULL, &n, err);
    int64_t end = clock_monotonic() + 1000;
    while (clock_monotonic() < end)
        sched_yield();
    return rc;
}

static void *read_on(void *ctx)
{
    struct busy_reader *r = ctx;
    struct err err;
    while (!*r->stop)
        assert_rc(store_read(r->store, long_page, NULL, &err), 0, &err);
    return NULL;
}

#define LOG_BLOB (64 << 10)

static int add_page(struct db *db, void *ctx, struct err *err)
{
    static const char bytes[LOG_BLOB];
    const struct db_val args[] = { { .number = *(int64_t *)ctx }, { .text = { bytes, LOG_BLOB } } };
    return kit_run(db, &kit_item_blob, args, err);
}

static void test_log_starts_over(void **state)
{
    struct test_store *t = test_store_new(*state, NULL);
    kit_schema(t);
    _Atomic bool stop = false;
    struct busy_reader readers[3];
    for (int i = 0; i < 3; i++) {
        readers[i] = (struct busy_reader){ .store = t->store, .stop = &stop };
        assert_int_equal(pthread_create(&readers[i].thread, NULL, read_on, &readers[i]), 0);
    }
    int64_t most = 0, shrunk = 0, last = 0;
    for (int64_t id = 1; id <= 1500; id++) {
        struct err err;
        struct store_stats stats;
        assert_rc(store_write(t->store, add_page, &id, &err), 0, &err);
        store_stats(t->store, &stats);
        most = stats.wal_pages > most ? stats.wal_pages : most;
        shrunk += stats.wal_pages < last;
        last = stats.wal_pages;
    }
    stop = true;
    for (int i = 0; i < 3; i++)
        pthread_join(readers[i].thread, NULL);
    print_message("the log had at most %d pages and started over %d times\n", (int)most,
                  (int)shrunk);
    assert_true(shrunk >= 1);
    assert_true(most < 16000); /* of 24000 that were written */
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(test_piece_fails_alone), ON_SQLITE(test_order_and_bound),
        ON_SQLITE(test_time_bound),      ON_BOTH(test_queue_full),
        ON_BOTH(test_close_answers),     ON_BOTH(test_time),
        ON_SQLITE(test_log_starts_over),
    };
    return cmocka_run_group_tests_name("writer", tests, NULL, NULL);
}
