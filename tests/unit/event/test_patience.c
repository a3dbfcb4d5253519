/* Patient followers: they let people go first, not for ever, and nobody waits for them. */
#include "unit/event/kit.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "event/follower.h"

#define FOR_EVER (INT64_MAX / 2)
#define DEADLINE (60 * TIME_SECOND)

static int count(struct db *db UNUSED, void *ctx, const struct event_row *rows UNUSED, size_t n,
                 struct err *err UNUSED)
{
    atomic_fetch_add((_Atomic int64_t *)ctx, (int64_t)n);
    return 0;
}

static int forget(struct db *db UNUSED, void *ctx, struct err *err UNUSED)
{
    atomic_store((_Atomic int64_t *)ctx, 0);
    return 0;
}

static void pause_a_little(void)
{
    struct timespec ms = { 0, 5 * 1000 * 1000 };
    nanosleep(&ms, NULL);
}

static void wait_for(_Atomic int64_t *counted, int64_t n)
{
    int64_t deadline = clock_monotonic() + DEADLINE;
    while (atomic_load(counted) < n) {
        assert_true(clock_monotonic() < deadline);
        pause_a_little();
    }
}

static struct followers *start(struct test_store *t, const struct follower *list, size_t n)
{
    struct followers *f = NULL;
    struct err err = { 0 };
    assert_rc(followers_open(t->store, list, n, &f, &err), 0, &err);
    assert_rc(followers_start(f, &err), 0, &err);
    return f;
}

/* A limit of -1 is over at any rate: so time plays no part here. */
static void patience_ends(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    struct err err = { 0 };
    _Atomic int64_t waits = 0, ends = 0, eager = 0, idle = 0;
    const struct follower list[] = {
        { "waits", false, count, forget, &waits, true, -1, FOR_EVER },
        { "ends", false, count, forget, &ends, true, -1, 1 },
        { "eager", false, count, forget, &eager, false, -1, FOR_EVER },
        { "idle", false, count, forget, &idle, true, 0, FOR_EVER }, /* few writes: no waiting */
    };
    kit_append(t->store, EVENT_NOTE_LIKED, 1, 2);
    struct followers *f = start(t, list, ARRAY_LEN(list));
    for (int64_t n = 1; n <= 3; n++) {
        wait_for(&ends, n);
        wait_for(&eager, n);
        wait_for(&idle, n);
        kit_append(t->store, EVENT_NOTE_LIKED, 1, 2);
        followers_kick(f);
    }
    assert_int_equal(atomic_load(&waits), 0);
    assert_rc(followers_drain(f, &err), 0, &err); /* who asks is not kept waiting */
    assert_int_equal(atomic_load(&waits), 4);
    followers_close(f);
    test_store_free(t);
}

struct people {
    struct test_store *t;
    _Atomic bool stop;
    _Atomic int64_t written;
};

static void *write_on(void *ctx)
{
    struct people *p = ctx;
    while (!atomic_load(&p->stop)) {
        kit_append(p->t->store, EVENT_NOTE_LIKED, 1, 2);
        atomic_fetch_add(&p->written, 1);
    }
    return NULL;
}

/* True when the patient one stood still while the eager one read so many more. */
static bool stood_still(_Atomic int64_t *patient, _Atomic int64_t *eager, int64_t more)
{
    int64_t stood = atomic_load(patient);
    wait_for(eager, atomic_load(eager) + more);
    return atomic_load(patient) == stood;
}

/* More than two writes a second are much here, so the slowest machine is busy. */
static void people_go_first(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    struct people people = { .t = t };
    _Atomic int64_t patient = 0, eager = 0;
    const struct follower list[] = {
        { "patient", false, count, forget, &patient, true, 2, FOR_EVER },
        { "eager", false, count, forget, &eager, false },
    };
    pthread_t thread;
    struct followers *f = start(t, list, ARRAY_LEN(list));
    assert_int_equal(pthread_create(&thread, NULL, write_on, &people), 0);
    int64_t deadline = clock_monotonic() + DEADLINE;
    while (!stood_still(&patient, &eager, 100))
        assert_true(clock_monotonic() < deadline);
    atomic_store(&people.stop, true);
    pthread_join(thread, NULL);
    wait_for(&patient, atomic_load(&people.written)); /* now it is quiet */
    wait_for(&eager, atomic_load(&people.written));
    assert_int_equal(atomic_load(&patient), atomic_load(&eager));
    followers_close(f);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(patience_ends),
        ON_BOTH(people_go_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
