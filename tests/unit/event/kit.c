/* unit/event/kit.c - see kit.h. */
#include "unit/event/kit.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

#include "gen/schema.h"

struct test_store *kit_shop(const char *engine, int threads)
{
    struct test_store *t =
        test_store_new(engine, &(struct store_config){ .pool_threads = threads });
    struct err err = { 0 };
    assert_rc(store_migrate(t->store, schema_rooms, schema_rooms_n, NULL, &err), 0, &err);
    return t;
}

static int append_fn(struct db *db, void *ctx, struct err *err)
{
    return event_append(db, ctx, err);
}

void kit_append(struct store *store, enum event_kind kind, int64_t actor, int64_t object)
{
    struct event event = { .kind = kind, .actor = actor, .object = object };
    kit_write(store, append_fn, &event);
}

void kit_write(struct store *store, store_fn *fn, void *ctx)
{
    struct err err = { 0 };
    assert_rc(store_write(store, fn, ctx, &err), 0, &err);
}

void kit_read(struct store *store, store_fn *fn, void *ctx)
{
    struct err err = { 0 };
    assert_rc(store_read(store, fn, ctx, &err), 0, &err);
}

/* A failing assertion must happen on the test's own thread, or cmocka cannot
 * say where it was. So the store's thread lends its handle and waits. */
struct loan {
    struct test_store *t;
    sem_t lent, back;
    struct db *db;
};

static int lend(struct db *db, void *ctx, struct err *err)
{
    (void)err;
    struct loan *loan = ctx;
    loan->db = db;
    sem_post(&loan->lent);
    sem_wait(&loan->back);
    return 0;
}

static void *lender(void *arg)
{
    struct loan *loan = arg;
    struct err err = { 0 };
    if (store_write(loan->t->store, lend, loan, &err) < 0)
        abort();
    return NULL;
}

void in_write(struct test_store *t, step_fn *step)
{
    struct loan *loan = calloc(1, sizeof(*loan)); /* left behind by a step that fails */
    assert_non_null(loan);
    loan->t = t;
    pthread_t thread;
    struct arena a;
    sem_init(&loan->lent, 0, 0);
    sem_init(&loan->back, 0, 0);
    assert_int_equal(pthread_create(&thread, NULL, lender, loan), 0);
    sem_wait(&loan->lent);
    arena_init(&a, 4 * 1024 * 1024);
    step(loan->db, &a);
    arena_release(&a);
    sem_post(&loan->back);
    pthread_join(thread, NULL);
    free(loan);
}

int64_t facts(struct db *db, struct arena *a, enum event_kind kind)
{
    struct err err = { 0 };
    struct event_list list;
    int64_t kinds[] = { kind };
    assert_rc(event_newest(db, a, kinds, 1, 0, 500, &list, &err), 0, &err);
    return (int64_t)list.n;
}

static void no_line(void *ctx, struct str text)
{
    (void)ctx;
    (void)text;
}

int64_t findings(struct test_store *t, doctor_fn *check)
{
    struct err err = { 0 };
    struct doctor doctor = { .line = no_line };
    assert_rc(check(t->store, &doctor, &err), 0, &err);
    return doctor.total;
}
