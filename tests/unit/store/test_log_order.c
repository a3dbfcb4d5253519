/* test_log_order.c - a follower of a log misses nothing that commits late.
 *
 * Eight writers draw an id, wait by chance, and one in ten rolls back. On
 * PostgreSQL ids then become visible out of order: a follower that remembers
 * the last id misses rows (the control shows it), one that reads in order of
 * (tx, id) below the horizon of running transactions misses none. On SQLite
 * ids are drawn inside the one writer and both are right.
 */
#include "unit/store/kit.h"

#include <stdatomic.h>
#include <time.h>

#include "base/random.h"

#define TYPES(...) ((const uint8_t[]){ __VA_ARGS__ })
#define WRITERS    8
#define EACH       60

static const struct stmt_def entry_add = {
    .name = "entry_add",
    .sqlite = "insert into entry (id) values (?1)",
    .postgres = "insert into entry (id) values ($1)",
    .index = 40,
    .writes = true,
    .n_args = 1,
    .args = TYPES(DB_INT),
};

static const struct stmt_def entry_page = {
    .name = "entry_page",
    .sqlite = "select id, tx from entry where (tx, id) > (?1, ?2) order by tx, id limit 50",
    .postgres = "select id, tx from entry where (tx, id) > ($1, $2) and tx <"
                " cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint)"
                " order by tx, id limit 50",
    .index = 41,
    .n_args = 2,
    .args = TYPES(DB_INT, DB_INT),
    .n_cols = 2,
    .cols = TYPES(DB_INT, DB_INT),
};

static const struct stmt_def entry_naive = {
    .name = "entry_naive",
    .sqlite = "select id, tx from entry where ?1 is not null and id > ?2 order by id limit 50",
    .postgres = "select id, tx from entry where $1 is not null and id > $2 order by id limit 50",
    .index = 42,
    .n_args = 2,
    .args = TYPES(DB_INT, DB_INT),
    .n_cols = 2,
    .cols = TYPES(DB_INT, DB_INT),
};

struct writer {
    pthread_t thread;
    struct store *store;
    struct random chance;
    int64_t id;
    int kept;
    bool roll_back;
    int wait_us;
};

static void nap(int us)
{
    nanosleep(&(struct timespec){ 0, us * 1000L }, NULL);
}

static int write_fn(struct db *db, void *ctx, struct err *err)
{
    struct writer *w = ctx;
    int rc = kit_run(db, &entry_add, &(struct db_val){ .number = db_new_id(db) }, err);
    if (rc < 0)
        return rc;
    nap(w->wait_us);
    return w->roll_back ? err_detail(err, ERR_FORBIDDEN, "by chance") : 0;
}

static void *write_all(void *ctx)
{
    struct writer *w = ctx;
    for (int i = 0; i < EACH; i++) {
        struct err err;
        w->roll_back = random_below(&w->chance, 10) == 0;
        w->wait_us = (int)random_below(&w->chance, 8000);
        int rc = store_write(w->store, write_fn, w, &err);
        assert_rc(rc, w->roll_back ? ERR_FORBIDDEN : 0, &err);
        w->kept += rc == 0;
    }
    return NULL;
}

struct follower {
    pthread_t thread;
    struct store *store;
    const struct stmt_def *page;
    int64_t tx, id; /* the cursor */
    int seen;
    _Atomic int wanted; /* how many there are, once that is known */
    int64_t patience;   /* how long it waits for them: another database's open
                           transaction holds back what is settled, for a while */
    _Atomic bool stop;
};

static int follow_fn(struct db *db, void *ctx, struct err *err)
{
    struct follower *f = ctx;
    const struct db_val args[] = { { .number = f->tx }, { .number = f->id } };
    struct db_cursor c;
    int rc = db_start(db, f->page, args, &c, err);
    while (rc == 0 && (rc = db_step(&c, err)) == 1) {
        f->seen++;
        f->id = db_int(&c, 0);
        f->tx = db_int(&c, 1);
        rc = 0;
    }
    db_finish(&c);
    return rc;
}

static void *follow(void *ctx)
{
    struct follower *f = ctx;
    int64_t until = 0;
    for (;;) {
        bool last = f->stop;
        if (last && until == 0)
            until = clock_monotonic() + f->patience;
        int before = f->seen;
        struct err err;
        assert_rc(store_read(f->store, follow_fn, f, &err), 0, &err);
        bool waiting = f->seen < f->wanted && clock_monotonic() < until;
        if (last && f->seen == before && !waiting)
            return NULL;
        nap(1000);
    }
}

static void test_nothing_is_missed(void **state)
{
    const struct store_config config = { .pool_threads = WRITERS + 2 };
    struct test_store *t = test_store_new(*state, &config);
    test_store_schema(t,
                      "create table entry (id integer primary key, tx integer not null default 0)"
                      " strict; create index entry_tx on entry (tx, id);",
                      "create table entry (id bigint primary key, tx bigint not null default"
                      " cast(cast(pg_current_xact_id() as text) as bigint));"
                      "create index entry_tx on entry (tx, id);");
    struct writer writers[WRITERS];
    struct follower right = { .store = t->store,
                              .page = &entry_page,
                              .patience = 20 * TIME_SECOND };
    struct follower naive = { .store = t->store, .page = &entry_naive };
    pthread_create(&right.thread, NULL, follow, &right);
    pthread_create(&naive.thread, NULL, follow, &naive);
    int kept = 0;
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = (struct writer){ .store = t->store };
        random_init_seed(&writers[i].chance, (uint64_t)i + 1);
        pthread_create(&writers[i].thread, NULL, write_all, &writers[i]);
    }
    for (int i = 0; i < WRITERS; i++) {
        pthread_join(writers[i].thread, NULL);
        kept += writers[i].kept;
    }
    right.wanted = kept;
    right.stop = naive.stop = true;
    pthread_join(right.thread, NULL);
    pthread_join(naive.thread, NULL);
    print_message("%d rows committed, the follower saw %d, the naive one %d\n", kept, right.seen,
                  naive.seen);
    assert_int_equal(right.seen, kept);
    if (t->postgres)
        assert_true(naive.seen < kept);
    else
        assert_int_equal(naive.seen, kept);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = { ON_BOTH(test_nothing_is_missed) };
    return cmocka_run_group_tests_name("log_order", tests, NULL, NULL);
}
