/* test_contention.c - many at one row, two processes, lost connections. */
#include "unit/store/kit.h"

#include <libpq-fe.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define THREADS 8
#define EACH    40

struct adder {
    pthread_t thread;
    struct store *store;
    int n;
    int done;
    int64_t sum; /* of what each addition saw: each number must be seen once */
};

static const struct stmt_def tally_set = {
    .name = "tally_set",
    .sqlite = "update tally set n = ?1 where id = 1",
    .postgres = "update tally set n = $1 where id = 1",
    .index = 50,
    .writes = true,
    .n_args = 1,
    .args = (const uint8_t[]){ DB_INT },
};

/* Reads, then writes what it read and one more: wrong under anything weaker
 * than serialisable. */
static int add_fn(struct db *db, void *ctx, struct err *err)
{
    int64_t *seen = ctx;
    int rc = kit_number(db, &kit_tally_get, NULL, seen, err);
    if (rc == 0)
        rc = kit_run(db, &tally_set, &(struct db_val){ .number = *seen + 1 }, err);
    return rc;
}

static void *add_many(void *ctx)
{
    struct adder *a = ctx;
    while (a->done < a->n) {
        int64_t seen = 0;
        struct err err;
        int rc = store_write(a->store, add_fn, &seen, &err);
        /* Sixteen lost fights in a row are possible; then it is said. */
        if (rc == ERR_BUSY)
            continue;
        assert_rc(rc, 0, &err);
        a->sum += seen;
        a->done++;
    }
    return NULL;
}

static void test_counter_is_exact(void **state)
{
    const struct store_config config = { .pool_threads = THREADS };
    struct test_store *t = test_store_new(*state, &config);
    kit_schema(t);
    struct adder adders[THREADS];
    for (int i = 0; i < THREADS; i++) {
        adders[i] = (struct adder){ .store = t->store, .n = EACH };
        assert_int_equal(pthread_create(&adders[i].thread, NULL, add_many, &adders[i]), 0);
    }
    int64_t sum = 0;
    for (int i = 0; i < THREADS; i++) {
        pthread_join(adders[i].thread, NULL);
        sum += adders[i].sum;
    }
    const int64_t all = THREADS * EACH;
    assert_int_equal(kit_tally(t->store), all);
    assert_int_equal(sum, all * (all - 1) / 2);
    struct store_stats stats;
    store_stats(t->store, &stats);
    print_message("%d additions, %d retries\n", (int)all, (int)stats.retries);
    if (t->postgres)
        assert_true(stats.retries > 0);
    test_store_free(t);
}

struct only_one {
    pthread_t thread;
    struct store *store;
    int64_t id;
    int rc;
};

/* "Only when there is none yet": what two that look at once both find true,
 * unless transactions are serialisable. */
static int add_if_none(struct db *db, void *ctx, struct err *err)
{
    struct only_one *o = ctx;
    int64_t n = 0;
    int rc = kit_number(db, &kit_item_count, NULL, &n, err);
    if (rc == 0 && n > 0)
        return err_detail(err, ERR_FORBIDDEN, "there is one");
    nanosleep(&(struct timespec){ 0, 3000000 }, NULL);
    return rc < 0 ? rc : kit_add(db, o->id, err);
}

static void *run_only_one(void *ctx)
{
    struct only_one *o = ctx;
    struct err err;
    o->rc = store_write(o->store, add_if_none, o, &err);
    return NULL;
}

static void test_no_write_skew(void **state)
{
    struct test_store *t = test_store_new(*state, NULL);
    kit_schema(t);
    struct only_one each[4];
    for (int i = 0; i < 4; i++) {
        each[i] = (struct only_one){ .store = t->store, .id = i + 1 };
        assert_int_equal(pthread_create(&each[i].thread, NULL, run_only_one, &each[i]), 0);
    }
    int kept = 0;
    for (int i = 0; i < 4; i++) {
        pthread_join(each[i].thread, NULL);
        kept += each[i].rc == 0;
        assert_true(each[i].rc == 0 || each[i].rc == ERR_FORBIDDEN);
    }
    assert_int_equal(kept, 1);
    assert_int_equal(kit_count(t->store), 1);
    test_store_free(t);
}

/* Two processes on one database; on SQLite the file's own lock keeps them in
 * turn, as when the command line works beside a server. */
static void test_two_processes(void **state)
{
    struct test_store *t = test_store_new(*state, NULL);
    kit_schema(t);
    test_store_close(t);
    pid_t child = fork();
    if (child == 0) {
        struct adder a = { .n = 100 };
        struct err err;
        if (store_open(&t->config, &a.store, &err) < 0)
            _exit(1);
        add_many(&a);
        store_close(a.store);
        _exit(0);
    }
    test_store_open(t);
    struct adder a = { .store = t->store, .n = 100 };
    add_many(&a);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(kit_tally(t->store), 200);
    test_store_free(t);
}

/* Cut every connection to the test's database. */
static void cut_connections(struct test_store *t)
{
    PGconn *h = PQconnectdb(getenv("SWARD_TEST_POSTGRES"));
    assert_int_equal(PQstatus(h), CONNECTION_OK);
    const char *args[] = { t->name };
    PGresult *r = PQexecParams(h,
                               "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                               " where datname = $1",
                               1, NULL, args, NULL, NULL, 0);
    assert_int_equal(PQresultStatus(r), PGRES_TUPLES_OK);
    PQclear(r);
    /* The server needs a moment to say so. */
    for (int i = 0; i < 1000; i++) {
        r = PQexecParams(h, "select 1 from pg_stat_activity where datname = $1", 1, NULL, args,
                         NULL, NULL, 0);
        int left = PQntuples(r);
        PQclear(r);
        if (left == 0)
            break;
        nanosleep(&(struct timespec){ 0, 2000000 }, NULL);
    }
    PQfinish(h);
}

struct cut {
    struct test_store *t;
    int64_t id;
    int runs;
    bool at_commit;
    _Atomic bool over;
};

static int add_and_cut(struct db *db, void *ctx, struct err *err)
{
    struct cut *cut = ctx;
    int rc = kit_add(db, cut->id, err);
    if (++cut->runs == 1 && !cut->at_commit)
        cut_connections(cut->t);
    int64_t n;
    return rc < 0 ? rc : kit_number(db, &kit_item_count, NULL, &n, err);
}

static void cut_before_commit(void *ctx)
{
    struct cut *cut = ctx;
    if (cut->at_commit)
        cut_connections(cut->t);
    cut->at_commit = false;
}

static void cut_done(struct store_work *work)
{
    struct cut *cut = work->ctx;
    cut->over = true;
}

static struct test_store *open_with_cut(const char *engine, struct cut *cut)
{
    const struct store_config config = { .before_commit = cut_before_commit, .hook_ctx = cut };
    struct test_store *t = test_store_new(engine, &config);
    *cut = (struct cut){ .t = t, .id = 1 };
    kit_schema(t);
    return t;
}

/* Idle connections are opened anew; a transaction cut in its middle runs again. */
static void test_lost_connection(void **state)
{
    struct cut cut = { 0 };
    struct test_store *t = open_with_cut(*state, &cut);
    struct err err;
    assert_int_equal(kit_count(t->store), 0);
    cut_connections(t);
    assert_int_equal(kit_count(t->store), 0);
    assert_rc(store_write(t->store, add_and_cut, &cut, &err), 0, &err);
    assert_int_equal(cut.runs, 2);
    assert_int_equal(kit_count(t->store), 1);
    test_store_free(t);
}

/* Lost at COMMIT: nobody knows, and the work is not run again. */
static void test_unknown_commit(void **state)
{
    struct cut cut = { 0 };
    struct test_store *t = open_with_cut(*state, &cut);
    struct store_work work = { .fn = add_and_cut, .ctx = &cut, .done = cut_done };
    struct err err;
    cut.at_commit = true;
    assert_rc(store_submit(t->store, STORE_WRITE, &work, &err), 0, &err);
    while (!cut.over)
        sched_yield();
    assert_true(work.unknown);
    assert_true(work.rc < 0);
    assert_int_equal(cut.runs, 1);
    assert_int_equal(kit_count(t->store), 0);
    test_store_free(t);
}

static int draw(struct db *db, void *ctx, struct err *err UNUSED)
{
    *(int64_t *)ctx = db_new_id(db);
    return 0;
}

/* The node's lock is lost with its connection and taken by another process:
 * both then still make ids of their own. */
static void test_lost_node(void **state)
{
    struct test_store *t = test_store_make(*state, NULL);
    clock_init_manual(&t->clock, INT64_C(1800000000) * TIME_SECOND);
    test_store_open(t);
    kit_schema(t);
    struct store *other = NULL;
    struct err err;
    int64_t ids[200];
    assert_rc(store_write(t->store, draw, &ids[0], &err), 0, &err);
    cut_connections(t);
    assert_rc(store_open(&t->config, &other, &err), 0, &err);
    for (int i = 1; i < 200; i++) {
        if (i == 100)
            clock_set(&t->clock, clock_now(&t->clock) + TIME_HOUR);
        assert_rc(store_write(i % 2 ? other : t->store, draw, &ids[i], &err), 0, &err);
        for (int j = 0; j < i; j++)
            assert_true(ids[j] != ids[i]);
    }
    store_close(other);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(test_counter_is_exact),   ON_BOTH(test_no_write_skew),
        ON_BOTH(test_two_processes),      ON_POSTGRES(test_lost_connection),
        ON_POSTGRES(test_unknown_commit), ON_POSTGRES(test_lost_node),
    };
    return cmocka_run_group_tests_name("contention", tests, NULL, NULL);
}
