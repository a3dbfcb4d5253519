/* Jobs: done when due, once, again after a failure, by whoever is alive. */
#include "unit/event/kit.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "gen/job_sql.h"
#include "job/runner.h"

#define BEGIN (INT64_C(30000) * TIME_DAY)

/* What the jobs below do to the world, and what they find there. */
static struct world {
    struct store *store;
    char log[400]; /* names of the jobs that ran, in order */
    int fail_times;
    int calls;
    bool add_again;
} world;

static void note(const struct job *job)
{
    size_t at = strlen(world.log);
    snprintf(world.log + at, sizeof(world.log) - at, "%.*s%lld ", STR_ARG(job->body),
             (long long)job->tries);
}

static int write_fn(struct db *db, struct arena *a, const struct job *job, void *ctx,
                    struct err *err)
{
    (void)a;
    assert_ptr_equal(ctx, &world);
    if (world.fail_times > 0) {
        world.fail_times--;
        return err_detail(err, ERR_INTERNAL, "asked to fail");
    }
    note(job);
    if (world.add_again) {
        world.add_again = false;
        int rc = job_add(db, "w", job->key, db_now(db), STR("again"), err);
        if (rc)
            return rc;
    }
    return event_append(db, &(struct event){ .kind = EVENT_NOTE_LIKED, .actor = 1 }, err);
}

static int call_fn(struct store *store, struct arena *a, const struct job *job, void *ctx,
                   struct err *err)
{
    (void)a;
    (void)ctx;
    assert_ptr_equal(store, world.store);
    world.calls++;
    if (world.fail_times > 0) {
        world.fail_times--;
        return err_detail(err, ERR_IO, "the other side is down");
    }
    note(job);
    return 0;
}

static const struct job_kind some_kinds[] = {
    { .name = "w", .write = write_fn, .ctx = &world, .max_tries = 3, .pause = 10 * TIME_SECOND },
    { .name = "c", .call = call_fn, .max_tries = 2 },
    { 0 },
};
static const struct job_kind hourly_kinds[] = {
    { .name = "hourly", .call = call_fn, .every = TIME_HOUR },
    { 0 },
};
static const struct job_kind *const some[] = { some_kinds, NULL };
static const struct job_kind *const hourly[] = { some_kinds, hourly_kinds, NULL };

struct added {
    const char *kind, *key, *body;
    int64_t due;
    int rc;
};

static int add_fn(struct db *db, void *ctx, struct err *err)
{
    const struct added *a = ctx;
    int rc = job_add(db, a->kind, str_from(a->key), a->due, str_from(a->body), err);
    return rc ? rc : a->rc;
}

static void add(struct test_store *t, const char *kind, const char *key, int64_t due,
                const char *body)
{
    kit_write(t->store, add_fn, &(struct added){ kind, key, body, due, 0 });
}

static int figures_fn(struct db *db, void *ctx, struct err *err)
{
    return job_figures(db, ctx, err);
}

static void assert_figures(struct test_store *t, int64_t waiting, int64_t due, int64_t failed)
{
    struct job_figures f;
    kit_read(t->store, figures_fn, &f);
    assert_int_equal(f.waiting, waiting);
    assert_int_equal(f.due, due);
    assert_int_equal(f.failed, failed);
}

static struct test_store *job_shop(const char *engine)
{
    struct test_store *t = kit_shop(engine, 0);
    clock_init_manual(&t->clock, BEGIN);
    world = (struct world){ .store = t->store };
    return t;
}

static struct jobs *runner(struct test_store *t, const struct job_kind *const *tables)
{
    struct jobs *j = NULL;
    struct err err = { 0 };
    assert_rc(jobs_open(t->store, tables, NULL, &j, &err), 0, &err);
    return j;
}

static int64_t run_due(struct jobs *j)
{
    int64_t done = -1;
    struct err err = { 0 };
    assert_rc(jobs_run_due(j, &done, &err), 0, &err);
    return done;
}

static void jobs_are_done_when_due_in_order(void **state)
{
    struct test_store *t = job_shop(*state);
    struct jobs *j = runner(t, some);
    add(t, "w", "", BEGIN + 3 * TIME_MINUTE, "c");
    add(t, "w", "", BEGIN + 1 * TIME_MINUTE, "a");
    add(t, "c", "", BEGIN + 2 * TIME_MINUTE, "b");
    add(t, "w", "", BEGIN + TIME_HOUR, "d");
    assert_int_equal(run_due(j), 0);
    clock_set(&t->clock, BEGIN + 3 * TIME_MINUTE);
    assert_figures(t, 4, 3, 0);
    assert_int_equal(run_due(j), 3);
    assert_string_equal(world.log, "a1 b1 c1 ");
    assert_int_equal(run_due(j), 0);
    assert_figures(t, 1, 0, 0);
    for (int i = 0; i < 20; i++)
        add(t, i % 3 == 1 ? "c" : "w", "", BEGIN + TIME_HOUR + i, "x");
    clock_set(&t->clock, BEGIN + 2 * TIME_HOUR);
    assert_int_equal(run_due(j), 21);
    assert_figures(t, 0, 0, 0);
    struct jobs_stats stats;
    jobs_stats(j, &stats);
    assert_int_equal(stats.done, 24);
    assert_int_equal(stats.failed, 0);
    jobs_close(j);
    test_store_free(t);
}

static void a_key_is_there_once_while_it_waits(void **state)
{
    struct test_store *t = job_shop(*state);
    struct jobs *j = runner(t, some);
    add(t, "w", "k", BEGIN, "a");
    add(t, "w", "k", BEGIN, "b");
    add(t, "w", "other", BEGIN, "c");
    add(t, "c", "k", BEGIN, "d");
    assert_figures(t, 3, 3, 0);
    world.add_again = true; /* from within, its own key is free */
    assert_int_equal(run_due(j), 4);
    assert_string_equal(world.log, "a1 c1 d1 again1 ");
    struct err err = { 0 };
    struct added undone = { "w", "k", "e", BEGIN, ERR_CONFLICT };
    assert_rc(store_write(t->store, add_fn, &undone, &err), ERR_CONFLICT, &err);
    assert_figures(t, 0, 0, 0); /* it went with its transaction */
    jobs_close(j);
    test_store_free(t);
}

static int cancel_fn(struct db *db, void *ctx, struct err *err)
{
    (void)ctx;
    return job_cancel(db, "w", STR("k"), err);
}

static void a_waiting_job_can_be_cancelled(void **state)
{
    struct test_store *t = job_shop(*state);
    struct jobs *j = runner(t, some);
    kit_write(t->store, cancel_fn, NULL);
    add(t, "w", "k", BEGIN, "a");
    add(t, "c", "k", BEGIN, "b");
    kit_write(t->store, cancel_fn, NULL);
    assert_int_equal(run_due(j), 1);
    assert_string_equal(world.log, "b1 ");
    jobs_close(j);
    test_store_free(t);
}

struct failures {
    struct arena arena;
    struct job_failure *list;
    size_t n;
    int64_t id;
};

static int failures_fn(struct db *db, void *ctx, struct err *err)
{
    struct failures *f = ctx;
    return job_failures(db, &f->arena, 0, 10, &f->list, &f->n, err);
}

static int retry_fn(struct db *db, void *ctx, struct err *err)
{
    return job_retry(db, ((struct failures *)ctx)->id, err);
}

static int forget_fn(struct db *db, void *ctx, struct err *err)
{
    return job_forget(db, ((struct failures *)ctx)->id, err);
}

static void a_failing_job_is_put_off_then_given_up(void **state)
{
    struct test_store *t = job_shop(*state);
    struct jobs *j = runner(t, some);
    world.fail_times = 100;
    add(t, "w", "k", BEGIN, "a");
    assert_int_equal(run_due(j), 1);
    clock_set(&t->clock, BEGIN + 10 * TIME_SECOND - 1);
    assert_int_equal(run_due(j), 0);
    clock_set(&t->clock, BEGIN + 10 * TIME_SECOND);
    assert_int_equal(run_due(j), 1);
    clock_set(&t->clock, BEGIN + 30 * TIME_SECOND - 1);
    assert_int_equal(run_due(j), 0);
    clock_set(&t->clock, BEGIN + 30 * TIME_SECOND);
    assert_int_equal(run_due(j), 1);
    assert_figures(t, 0, 0, 1);
    clock_set(&t->clock, BEGIN + TIME_DAY);
    assert_int_equal(run_due(j), 0);

    struct failures f = { .n = 0 };
    arena_init(&f.arena, 1 << 16);
    kit_read(t->store, failures_fn, &f);
    assert_int_equal(f.n, 1);
    assert_text(f.list[0].error, "internal: asked to fail");
    assert_text(f.list[0].kind, "w");
    assert_text(f.list[0].body, "a");
    assert_int_equal(f.list[0].tries, 3);
    assert_int_equal(f.list[0].failed, BEGIN + 30 * TIME_SECOND);

    world.fail_times = 0;
    add(t, "w", "k", BEGIN + 2 * TIME_DAY, "b"); /* a failed one does not hold its key */
    f.id = f.list[0].id;
    struct err err = { 0 };
    assert_rc(store_write(t->store, retry_fn, &f, &err), ERR_CONFLICT, &err);
    kit_write(t->store, cancel_fn, NULL);
    kit_write(t->store, retry_fn, &f);
    assert_int_equal(run_due(j), 1);
    assert_string_equal(world.log, "a1 ");
    assert_rc(store_write(t->store, forget_fn, &f, &err), ERR_NOT_FOUND, &err);
    struct jobs_stats stats;
    jobs_stats(j, &stats);
    assert_int_equal(stats.failed, 3);
    assert_int_equal(stats.given_up, 1);
    arena_release(&f.arena);
    jobs_close(j);
    test_store_free(t);
}

/* A worker took the job and did not live to say what came of it. */
static int die_at_it_fn(struct db *db, void *ctx, struct err *err)
{
    struct job_ready_rows rows;
    struct arena a;
    (void)ctx;
    arena_init(&a, 1 << 16);
    int rc = job_ready(db, &a, db_now(db), 1, &rows, err);
    if (rc == 0 && rows.n == 1)
        rc = job_lease(db, rows.v[0].id, db_now(db), db_now(db), NULL, err);
    arena_release(&a);
    return rc;
}

static void a_job_that_kills_its_workers_is_given_up(void **state)
{
    struct test_store *t = job_shop(*state);
    struct jobs *j = runner(t, some);
    add(t, "w", "", BEGIN, "a");
    for (int i = 0; i < 3; i++)
        kit_write(t->store, die_at_it_fn, NULL);
    assert_figures(t, 1, 1, 0);
    assert_int_equal(run_due(j), 1);
    assert_string_equal(world.log, "");
    assert_figures(t, 0, 0, 1);
    jobs_close(j);
    test_store_free(t);
}

static void an_unknown_kind_ends_as_failed(void **state)
{
    struct test_store *t = job_shop(*state);
    struct jobs *j = runner(t, some);
    add(t, "from.tomorrow", "", BEGIN, "");
    for (int i = 0; i < 12; i++) {
        run_due(j);
        clock_set(&t->clock, clock_now(&t->clock) + TIME_HOUR);
    }
    assert_figures(t, 0, 0, 1);
    struct failures f = { .n = 0 };
    arena_init(&f.arena, 1 << 16);
    kit_read(t->store, failures_fn, &f);
    f.id = f.list[0].id;
    kit_write(t->store, forget_fn, &f);
    assert_figures(t, 0, 0, 0);
    arena_release(&f.arena);
    jobs_close(j);
    test_store_free(t);
}

static void a_regular_job_comes_again(void **state)
{
    struct test_store *t = job_shop(*state);
    struct jobs *j = runner(t, hourly);
    assert_int_equal(run_due(j), 1);
    assert_int_equal(run_due(j), 0);
    clock_set(&t->clock, BEGIN + TIME_HOUR);
    assert_int_equal(run_due(j), 1);
    clock_set(&t->clock, BEGIN + 5 * TIME_HOUR + TIME_MINUTE); /* missed rounds are left out */
    assert_int_equal(run_due(j), 1);
    clock_set(&t->clock, BEGIN + 6 * TIME_HOUR - 1);
    assert_int_equal(run_due(j), 0);
    world.fail_times = 50; /* it is never given up */
    for (int i = 0; i < 50; i++) {
        clock_set(&t->clock, clock_now(&t->clock) + TIME_HOUR);
        assert_int_equal(run_due(j), 1);
    }
    assert_figures(t, 1, 0, 0);
    jobs_close(j);

    j = runner(t, hourly); /* a new start finds it and adds no second one */
    clock_set(&t->clock, clock_now(&t->clock) + 2 * TIME_HOUR);
    assert_int_equal(run_due(j), 1);
    assert_figures(t, 1, 0, 0);
    jobs_close(j);
    test_store_free(t);
}

/* -- threads, and workers that die -- */

static _Atomic int together;

static int count_fn(struct db *db, struct arena *a, const struct job *job, void *ctx,
                    struct err *err)
{
    (void)a;
    (void)job;
    (void)ctx;
    return event_append(db, &(struct event){ .kind = EVENT_NOTE_SAVED, .actor = 1 }, err);
}

static int slow_fn(struct store *store, struct arena *a, const struct job *job, void *ctx,
                   struct err *err)
{
    (void)store;
    (void)a;
    (void)job;
    (void)ctx;
    (void)err;
    usleep(2000);
    together++;
    return 0;
}

static const struct job_kind busy_kinds[] = {
    { .name = "count", .write = count_fn },
    { .name = "slow", .call = slow_fn },
    { 0 },
};
static const struct job_kind *const busy[] = { busy_kinds, NULL };

static int add_many_fn(struct db *db, void *ctx, struct err *err)
{
    const int *n = ctx;
    int rc = 0;
    for (int i = 0; i < *n && rc == 0; i++)
        rc = job_add(db, i % 4 ? "count" : "slow", STR(""), BEGIN + i, STR(""), err);
    return rc;
}

static int saved_fn(struct db *db, void *ctx, struct err *err)
{
    int64_t kind = EVENT_NOTE_SAVED;
    struct arena a;
    struct event_list list;
    arena_init(&a, 1 << 20);
    int rc = event_newest(db, &a, &kind, 1, 0, 500, &list, err);
    *(size_t *)ctx = rc ? 0 : list.n;
    arena_release(&a);
    return rc;
}

static void many_workers_do_each_job_once(void **state)
{
    struct test_store *t = job_shop(*state);
    struct store *other = t->store;
    struct err err = { 0 };
    if (t->postgres)
        assert_rc(store_open(&t->config, &other, &err), 0, &err);
    together = 0;
    struct jobs *a = runner(t, busy), *b = NULL;
    assert_rc(jobs_open(other, busy, NULL, &b, &err), 0, &err);
    assert_rc(jobs_start(a, 3, &err), 0, &err);
    assert_rc(jobs_start(b, 3, &err), 0, &err);
    int n = 200;
    kit_write(t->store, add_many_fn, &n);
    jobs_kick(a);
    jobs_kick(b);
    struct job_figures f = { .waiting = 1 };
    clock_set(&t->clock, BEGIN + TIME_SECOND);
    for (int i = 0; i < 1000 && f.waiting > 0; i++) {
        usleep(20 * 1000);
        kit_read(t->store, figures_fn, &f);
    }
    assert_int_equal(f.waiting, 0);
    assert_int_equal(f.failed, 0);
    jobs_close(a);
    jobs_close(b);
    size_t saved = 0;
    kit_read(t->store, saved_fn, &saved);
    assert_int_equal(saved, 150);
    assert_int_equal(together, 50);
    if (t->postgres)
        store_close(other);
    test_store_free(t);
}

static _Atomic bool hang;

static int hang_fn(struct store *store, struct arena *a, const struct job *job, void *ctx,
                   struct err *err)
{
    (void)store;
    (void)a;
    (void)ctx;
    (void)err;
    if (job->tries == 1) {
        hang = true;
        while (hang)
            usleep(1000);
    }
    world.calls++;
    return 0;
}

static const struct job_kind hang_kinds[] = { { .name = "hang", .call = hang_fn }, { 0 } };
static const struct job_kind *const hangs[] = { hang_kinds, NULL };

static void a_dead_workers_lease_runs_out(void **state)
{
    struct test_store *t = job_shop(*state);
    struct jobs *dead = runner(t, hangs), *j = runner(t, hangs);
    struct err err = { 0 };
    hang = false;
    add(t, "hang", "", BEGIN, "");
    assert_rc(jobs_start(dead, 1, &err), 0, &err);
    while (!hang)
        usleep(1000);
    clock_set(&t->clock, BEGIN + JOB_LEASE - 1);
    assert_int_equal(run_due(j), 0);
    clock_set(&t->clock, BEGIN + JOB_LEASE);
    assert_int_equal(run_due(j), 1);
    assert_int_equal(world.calls, 1);
    assert_figures(t, 0, 0, 0);
    hang = false; /* the dead one wakes and finds that the job is not its own any more */
    jobs_close(dead);
    jobs_close(j);
    assert_int_equal(world.calls, 2);
    assert_figures(t, 0, 0, 0);
    test_store_free(t);
}

/* Takes three leases long, and lets another worker look in between. */
static int long_fn(struct store *store, struct arena *a, const struct job *job, void *ctx,
                   struct err *err)
{
    struct test_store *t = *(struct test_store **)ctx;
    struct jobs *other = runner(t, hangs);
    (void)store;
    (void)a;
    int rc = 0;
    for (int i = 1; rc == 0 && i <= 9; i++) {
        clock_set(&t->clock, BEGIN + i * JOB_LEASE / 3);
        rc = job_hold(job, err);
        assert_int_equal(run_due(other), 0);
    }
    jobs_close(other);
    world.calls++;
    return rc;
}

/* Does not begin before the second time. */
static int later_fn(struct store *store, struct arena *a, const struct job *job, void *ctx,
                    struct err *err)
{
    (void)store;
    (void)a;
    (void)ctx;
    assert_int_equal(job->tries, 1); /* what was put off is no try */
    return world.calls++ == 0 ? job_later(job, TIME_MINUTE, err) : 0;
}

static struct test_store *long_store;
static const struct job_kind long_kinds[] = {
    { .name = "hang", .call = long_fn, .ctx = &long_store },
    { .name = "later", .call = later_fn },
    { 0 },
};
static const struct job_kind *const longs[] = { long_kinds, NULL };

static void a_long_job_keeps_its_lease(void **state)
{
    struct test_store *t = long_store = job_shop(*state);
    struct jobs *j = runner(t, longs);
    add(t, "hang", "", BEGIN, "");
    assert_int_equal(run_due(j), 1);
    assert_int_equal(world.calls, 1);
    assert_figures(t, 0, 0, 0);
    jobs_close(j);
    test_store_free(t);
}

static void a_job_can_be_put_off(void **state)
{
    struct test_store *t = job_shop(*state);
    struct jobs *j = runner(t, longs);
    add(t, "later", "", BEGIN, "");
    run_due(j);
    assert_figures(t, 1, 0, 0);
    run_due(j);
    assert_int_equal(world.calls, 1);
    clock_set(&t->clock, BEGIN + TIME_MINUTE);
    run_due(j);
    assert_int_equal(world.calls, 2);
    assert_figures(t, 0, 0, 0);
    jobs_close(j);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(jobs_are_done_when_due_in_order),
        ON_BOTH(a_key_is_there_once_while_it_waits),
        ON_BOTH(a_waiting_job_can_be_cancelled),
        ON_BOTH(a_failing_job_is_put_off_then_given_up),
        ON_BOTH(a_job_that_kills_its_workers_is_given_up),
        ON_BOTH(an_unknown_kind_ends_as_failed),
        ON_BOTH(a_regular_job_comes_again),
        ON_BOTH(many_workers_do_each_job_once),
        ON_BOTH(a_dead_workers_lease_runs_out),
        ON_BOTH(a_long_job_keeps_its_lease),
        ON_BOTH(a_job_can_be_put_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
