/* Followers: every fact once, in order, whatever fails, restarts or commits late. */
#include "unit/event/kit.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "event/follower.h"
#include "store/stmt.h"

/* -- a follower that remembers ids in memory, and one that adds up in a table -- */

#define SEEN_MAX 20000

struct memory {
    int64_t ids[SEEN_MAX];
    size_t n;
    int64_t fail_at; /* fails when it has seen that many; 0 = never */
    int failures, resets;
};

static int memory_learn(struct db *db, void *ctx, const struct event_row *rows, size_t n,
                        struct err *err)
{
    struct memory *m = ctx;
    assert_false(db_can_write(db));
    if (m->fail_at > 0 && m->n + n > (size_t)m->fail_at) {
        m->failures++;
        return err_detail(err, ERR_INTERNAL, "asked to fail");
    }
    assert_true(m->n + n <= SEEN_MAX);
    for (size_t i = 0; i < n; i++)
        m->ids[m->n++] = rows[i].id;
    return 0;
}

static int memory_reset(struct db *db, void *ctx, struct err *err)
{
    struct memory *m = ctx;
    (void)db;
    (void)err;
    m->n = 0;
    m->resets++;
    return 0;
}

static struct follower memory_follower(struct memory *m)
{
    return (struct follower){ "memory", false, memory_learn, memory_reset, m };
}

#define TYPES(...) ((const uint8_t[]){ __VA_ARGS__ })

static const struct stmt_def sum_add = {
    .name = "sum_add",
    .room = "test",
    .sqlite = "insert into seen(kind, n, total) values (?1, 1, ?2) on conflict (kind) do update"
              " set n = seen.n + 1, total = seen.total + ?2",
    .postgres = "insert into seen(kind, n, total) values ($1, 1, $2) on conflict (kind) do update"
                " set n = seen.n + 1, total = seen.total + $2",
    .index = -1,
    .writes = true,
    .n_args = 2,
    .args = TYPES(DB_INT, DB_INT),
};

static const struct stmt_def sum_clear = {
    .name = "sum_clear",
    .room = "test",
    .sqlite = "delete from seen",
    .postgres = "delete from seen",
    .index = -1,
    .writes = true,
};

static const struct stmt_def sum_get = {
    .name = "sum_get",
    .room = "test",
    .sqlite = "select n, total from seen where kind = ?1",
    .postgres = "select n, total from seen where kind = $1",
    .index = -1,
    .n_args = 1,
    .args = TYPES(DB_INT),
    .n_cols = 2,
    .cols = TYPES(DB_INT, DB_INT),
};

static void sum_schema(struct test_store *t)
{
    test_store_schema(t, "create table seen (kind integer primary key, n integer, total integer)",
                      "create table seen (kind bigint primary key, n bigint, total bigint)");
}

static int run(struct db *db, const struct stmt_def *def, const struct db_val *args,
               struct err *err)
{
    struct db_cursor c;
    int rc = db_start(db, def, args, &c, err);
    if (rc == 0)
        rc = db_step(&c, err);
    db_finish(&c);
    return rc < 0 ? rc : 0;
}

static int sum_learn(struct db *db, void *ctx, const struct event_row *rows, size_t n,
                     struct err *err)
{
    const bool *fail = ctx;
    int rc = 0;
    for (size_t i = 0; i < n && rc == 0; i++) {
        const struct db_val args[] = { { .number = rows[i].kind }, { .number = rows[i].object } };
        rc = run(db, &sum_add, args, err);
    }
    if (rc == 0 && fail && *fail)
        return err_detail(err, ERR_INTERNAL, "asked to fail");
    return rc;
}

static int sum_reset(struct db *db, void *ctx, struct err *err)
{
    (void)ctx;
    return run(db, &sum_clear, NULL, err);
}

static struct follower sum_follower(bool *fail)
{
    return (struct follower){ "sum", true, sum_learn, sum_reset, fail };
}

struct sums {
    int64_t kind, n, total;
};

static int sums_fn(struct db *db, void *ctx, struct err *err)
{
    struct sums *s = ctx;
    struct db_cursor c;
    int rc = db_start(db, &sum_get, &(struct db_val){ .number = s->kind }, &c, err);
    if (rc == 0)
        rc = db_step(&c, err);
    s->n = rc > 0 ? db_int(&c, 0) : 0;
    s->total = rc > 0 ? db_int(&c, 1) : 0;
    db_finish(&c);
    return rc < 0 ? rc : 0;
}

static void assert_sums(struct test_store *t, enum event_kind kind, int64_t n, int64_t total)
{
    struct sums s = { .kind = kind };
    kit_read(t->store, sums_fn, &s);
    assert_int_equal(s.n, n);
    assert_int_equal(s.total, total);
}

static struct followers *open_two(struct test_store *t, struct memory *m, bool *fail)
{
    static struct follower list[2];
    list[0] = memory_follower(m);
    list[1] = sum_follower(fail);
    struct followers *f = NULL;
    struct err err = { 0 };
    assert_rc(followers_open(t->store, list, 2, &f, &err), 0, &err);
    return f;
}

static void drain(struct followers *f)
{
    struct err err = { 0 };
    assert_rc(followers_drain(f, &err), 0, &err);
}

/* -- the tests -- */

struct many {
    int n;
    enum event_kind kind;
};

static int append_many_fn(struct db *db, void *ctx, struct err *err)
{
    const struct many *m = ctx;
    int rc = 0;
    for (int i = 0; i < m->n && rc == 0; i++)
        rc = event_append(db, &(struct event){ .kind = m->kind, .actor = 1, .object = i }, err);
    return rc;
}

static void each_fact_is_learnt_once_over_restarts(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    struct memory *m = calloc(1, sizeof(*m));
    sum_schema(t);
    struct followers *f = open_two(t, m, NULL);
    drain(f);
    assert_int_equal(m->n, 0);
    kit_write(t->store, append_many_fn, &(struct many){ 600, EVENT_NOTE_LIKED });
    kit_append(t->store, EVENT_ORDER_PAID, 1, 9);
    drain(f);
    drain(f);
    assert_int_equal(m->n, 601);
    for (size_t i = 1; i < m->n; i++)
        assert_true(m->ids[i - 1] < m->ids[i]);
    assert_sums(t, EVENT_NOTE_LIKED, 600, 600 * 599 / 2);
    followers_close(f);

    /* The shared one goes on where it was, the local one begins at row one. */
    memset(m, 0, sizeof(*m));
    test_store_reopen(t);
    f = open_two(t, m, NULL);
    kit_append(t->store, EVENT_NOTE_LIKED, 1, 1000);
    drain(f);
    assert_int_equal(m->n, 602);
    assert_sums(t, EVENT_NOTE_LIKED, 601, 600 * 599 / 2 + 1000);
    assert_sums(t, EVENT_ORDER_PAID, 1, 9);

    struct follower_status status[3];
    assert_int_equal(followers_status(f, status, 3), 2);
    assert_int_equal(status[0].learnt, 602);
    assert_int_equal(status[1].learnt, 602);
    assert_string_equal(status[1].name, "sum");
    assert_true(status[1].shared);
    assert_int_equal(status[1].lag, 0);
    followers_close(f);
    free(m);
    test_store_free(t);
}

/* A fact as an import leaves it: without the number of a transaction. */
static const struct stmt_def import_one = {
    .name = "import_one",
    .room = "test",
    .sqlite = "insert into event(id, tx, kind, actor, object, about, at, simulated, body)"
              " values (?1, 0, 303, 1, ?2, 0, 0, 0, '')",
    .postgres = "insert into event(id, tx, kind, actor, object, about, at, simulated, body)"
                " values ($1, 0, 303, 1, $2, 0, 0, false, '')",
    .index = -1,
    .writes = true,
    .n_args = 2,
    .args = TYPES(DB_INT, DB_INT),
};

static int import_fn(struct db *db, void *ctx, struct err *err)
{
    const int *n = ctx;
    int rc = 0;
    for (int i = 0; i < *n && rc == 0; i++) {
        const struct db_val args[] = { { .number = db_new_id(db) }, { .number = i } };
        rc = run(db, &import_one, args, err);
    }
    return rc;
}

static void imported_facts_come_first(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    struct memory *m = calloc(1, sizeof(*m));
    int n = FOLLOWER_BATCH + 50;
    sum_schema(t);
    kit_write(t->store, import_fn, &n);
    kit_write(t->store, append_many_fn, &(struct many){ 300, EVENT_NOTE_LIKED });
    struct followers *f = open_two(t, m, NULL);
    drain(f);
    assert_int_equal(m->n, n + 300);
    for (size_t i = 1; i < m->n; i++)
        assert_true(m->ids[i - 1] < m->ids[i]);
    assert_sums(t, EVENT_NOTE_SAVED, n, (int64_t)n * (n - 1) / 2);
    kit_append(t->store, EVENT_NOTE_LIKED, 1, 5);
    drain(f);
    assert_sums(t, EVENT_NOTE_LIKED, 301, 300 * 299 / 2 + 5);
    followers_close(f);
    free(m);
    test_store_free(t);
}

static void a_rebuild_ends_where_reading_did(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    struct memory *m = calloc(1, sizeof(*m));
    sum_schema(t);
    struct followers *f = open_two(t, m, NULL);
    kit_write(t->store, append_many_fn, &(struct many){ 300, EVENT_NOTE_SAVED });
    drain(f);
    struct err err = { 0 };
    assert_rc(followers_rebuild(f, "sum", &err), 0, &err);
    assert_rc(followers_rebuild(f, "memory", &err), 0, &err);
    assert_sums(t, EVENT_NOTE_SAVED, 300, 300 * 299 / 2);
    assert_int_equal(m->n, 300);
    assert_int_equal(m->resets, 1);
    assert_rc(followers_rebuild(f, "summ", &err), ERR_NOT_FOUND, &err);
    followers_close(f);
    free(m);
    test_store_free(t);
}

static void a_failing_follower_keeps_its_place(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    struct memory *m = calloc(1, sizeof(*m));
    bool fail = true;
    sum_schema(t);
    struct followers *f = open_two(t, m, &fail);
    kit_write(t->store, append_many_fn, &(struct many){ 10, EVENT_NOTE_LIKED });
    struct err err = { 0 };
    assert_rc(followers_drain(f, &err), ERR_INTERNAL, &err);
    assert_string_equal(err.detail, "asked to fail");
    assert_int_equal(m->n, 10); /* the other one went on */
    assert_sums(t, EVENT_NOTE_LIKED, 0, 0);
    struct follower_status status[2];
    followers_status(f, status, 2);
    assert_true(status[1].failing);
    assert_true(status[1].lag > 0);
    assert_false(status[0].failing);
    fail = false;
    m->fail_at = 15;
    drain(f);
    assert_sums(t, EVENT_NOTE_LIKED, 10, 45);
    kit_write(t->store, append_many_fn, &(struct many){ 10, EVENT_NOTE_LIKED });
    err_clear(&err);
    assert_rc(followers_drain(f, &err), ERR_INTERNAL, &err);
    assert_int_equal(m->n, 10);
    m->fail_at = 0;
    drain(f);
    assert_int_equal(m->n, 20);
    assert_sums(t, EVENT_NOTE_LIKED, 20, 90);
    followers_close(f);
    free(m);
    test_store_free(t);
}

static void two_processes_learn_each_fact_once(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    sum_schema(t);
    /* On SQLite there is one process; its second runner plays the other one. */
    struct store *other = t->store;
    struct err err = { 0 };
    if (t->postgres)
        assert_rc(store_open(&t->config, &other, &err), 0, &err);
    struct follower list[] = { sum_follower(NULL) };
    struct followers *a = NULL, *b = NULL;
    assert_rc(followers_open(t->store, list, 1, &a, &err), 0, &err);
    assert_rc(followers_open(other, list, 1, &b, &err), 0, &err);
    assert_rc(followers_start(a, &err), 0, &err);
    assert_rc(followers_start(b, &err), 0, &err);
    for (int i = 0; i < 60; i++) {
        kit_write(t->store, append_many_fn, &(struct many){ 20, EVENT_NOTE_LIKED });
        followers_kick(a);
        followers_kick(b);
    }
    drain(a);
    drain(b);
    assert_sums(t, EVENT_NOTE_LIKED, 1200, 60 * 190);
    followers_close(b);
    kit_append(t->store, EVENT_ORDER_PAID, 1, 7);
    drain(a);
    assert_sums(t, EVENT_ORDER_PAID, 1, 7);
    followers_close(a);
    if (t->postgres)
        store_close(other);
    test_store_free(t);
}

/* -- eight writers whose transactions end in any order -- */

#define WRITERS 8
#define ROUNDS  60

struct writer {
    struct store *store;
    pthread_t thread;
    unsigned seed;
    int64_t written;
    int n;        /* facts of the transaction at hand */
    bool give_up; /* it ends with an error */
    useconds_t linger;
};

static int write_fn(struct db *db, void *ctx, struct err *err)
{
    struct writer *w = ctx;
    for (int i = 0; i < w->n; i++) {
        int rc = event_append(db, &(struct event){ .kind = EVENT_NOTE_LIKED, .object = 1 }, err);
        if (rc)
            return rc;
    }
    usleep(w->linger);
    return w->give_up ? err_set(err, ERR_CONFLICT, NULL) : 0;
}

static void *write_all(void *ctx)
{
    struct writer *w = ctx;
    for (int i = 0; i < ROUNDS; i++) {
        w->n = 1 + rand_r(&w->seed) % 4;
        w->give_up = rand_r(&w->seed) % 10 == 0;
        w->linger = (useconds_t)(rand_r(&w->seed) % 20) * 1000;
        struct err err = { 0 };
        if (store_write(w->store, write_fn, w, &err) == 0)
            w->written += w->n;
    }
    return NULL;
}

static int by_value(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void no_late_commit_is_skipped(void **state)
{
    struct test_store *t = kit_shop(*state, WRITERS + 4);
    struct memory *m = calloc(1, sizeof(*m));
    sum_schema(t);
    struct followers *f = open_two(t, m, NULL);
    struct err err = { 0 };
    assert_rc(followers_start(f, &err), 0, &err);
    struct writer writers[WRITERS] = { 0 };
    int64_t written = 0;
    for (int i = 0; i < WRITERS; i++) {
        writers[i].store = t->store;
        writers[i].seed = 7 + (unsigned)i;
        assert_int_equal(pthread_create(&writers[i].thread, NULL, write_all, &writers[i]), 0);
    }
    for (int i = 0; i < 50; i++) { /* keep it reading all the while */
        followers_kick(f);
        usleep(10 * 1000);
    }
    for (int i = 0; i < WRITERS; i++) {
        pthread_join(writers[i].thread, NULL);
        written += writers[i].written;
    }
    drain(f);
    assert_true(written > WRITERS * ROUNDS);
    assert_int_equal(m->n, written);
    assert_sums(t, EVENT_NOTE_LIKED, written, written);
    int64_t late = 0; /* facts learnt behind one with a greater id: by id alone they were missed */
    for (size_t i = 1; i < m->n; i++)
        late += m->ids[i] < m->ids[i - 1];
    if (t->postgres)
        assert_true(late > 0);
    else
        assert_int_equal(late, 0);
    qsort(m->ids, m->n, sizeof(m->ids[0]), by_value);
    for (size_t i = 1; i < m->n; i++)
        assert_true(m->ids[i - 1] != m->ids[i]);
    followers_close(f);
    free(m);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(each_fact_is_learnt_once_over_restarts),
        ON_BOTH(imported_facts_come_first),
        ON_BOTH(a_rebuild_ends_where_reading_did),
        ON_BOTH(a_failing_follower_keeps_its_place),
        ON_BOTH(two_processes_learn_each_fact_once),
        ON_BOTH(no_late_commit_is_skipped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
