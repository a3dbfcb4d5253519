/* test_crash.c - what was acknowledged is there after the power went.
 *
 * A child process writes through CRASH_VFS and reports each acknowledged id
 * through a pipe; the power goes at some write or sync, and what was not
 * synced is gone (kill -9 would not do that: the kernel keeps it). The parent
 * then opens what the disk holds. The control is the same run on a disk that
 * only says it has synced: it must lose something, or this test proves nothing.
 */
#include "unit/store/kit.h"

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/random.h"
#include "support/crash_vfs.h"

#define WRITERS 4
#define ROUNDS  25
#define ACK_MAX 200000

struct cut {
    int after;
    int keep_percent;
    uint64_t seed;
    bool lies;
};

struct child {
    struct store *store;
    int pipe;
};

static int draw_and_add(struct db *db, void *ctx, struct err *err)
{
    int64_t *id = ctx;
    *id = db_new_id(db);
    return kit_add(db, *id, err);
}

static void *write_on(void *ctx)
{
    struct child *c = ctx;
    for (;;) {
        int64_t id;
        struct err err;
        if (store_write(c->store, draw_and_add, &id, &err) < 0 ||
            write(c->pipe, &id, sizeof(id)) != sizeof(id))
            _exit(3);
    }
    return NULL;
}

static void run_child(struct test_store *t, const struct cut *cut, int pipe)
{
    crash_vfs_register();
    struct store_config config = t->config;
    config.vfs = CRASH_VFS;
    struct child c = { .pipe = pipe };
    struct err err;
    if (store_open(&config, &c.store, &err) < 0)
        _exit(2);
    crash_vfs_lie(cut->lies);
    crash_vfs_power_cut(cut->after, cut->keep_percent, cut->seed);
    pthread_t threads[WRITERS];
    for (int i = 0; i < WRITERS; i++)
        pthread_create(&threads[i], NULL, write_on, &c);
    for (int i = 0; i < WRITERS; i++)
        pthread_join(threads[i], NULL);
    _exit(4);
}

static int64_t acks[ACK_MAX];

/* Run one child until its power goes; adds to acks. Returns the new count. */
static int run_until_cut(struct test_store *t, const struct cut *cut, int n_acks)
{
    int pipes[2];
    assert_int_equal(pipe(pipes), 0);
    pid_t child = fork();
    if (child == 0) {
        close(pipes[0]);
        run_child(t, cut, pipes[1]);
    }
    close(pipes[1]);
    while (n_acks < ACK_MAX && read(pipes[0], &acks[n_acks], sizeof(acks[0])) == sizeof(acks[0]))
        n_acks++;
    close(pipes[0]);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), CRASH_STATUS);
    return n_acks;
}

static void assert_sound(const char *path)
{
    sqlite3 *h = NULL;
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_open(path, &h), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(h, "pragma integrity_check", -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(stmt, 0), "ok");
    sqlite3_finalize(stmt);
    sqlite3_close(h);
}

static int count_lost(struct store *store, int n_acks)
{
    int lost = 0;
    for (int i = 0; i < n_acks; i++)
        lost += !kit_has(store, acks[i]);
    return lost;
}

static void test_acknowledged_survives(void **state UNUSED)
{
    struct test_store *t = test_store_new(TEST_STORE_SQLITE, NULL);
    kit_schema(t);
    test_store_close(t);
    struct random chance;
    random_init_seed(&chance, 20260101);
    int n_acks = 0;
    for (int round = 0; round < ROUNDS; round++) {
        /* Long runs also meet checkpoints, short ones the first commits. */
        uint64_t most = round % 3 == 0 ? 8000 : 400;
        const struct cut cut = {
            .after = (int)random_below(&chance, most),
            .keep_percent = (int[]){ 0, 50, 95 }[round % 3 == 0 ? round / 3 % 3 : round % 3],
            .seed = (uint64_t)round,
        };
        n_acks = run_until_cut(t, &cut, n_acks);
        assert_sound(t->path);
    }
    test_store_open(t);
    assert_true(n_acks > 1000);
    assert_int_equal(count_lost(t->store, n_acks), 0);
    print_message("%d acknowledged writes, %d cuts, 0 lost\n", n_acks, ROUNDS);
    test_store_free(t);
}

/* The control. */
static void test_lying_disk_loses(void **state UNUSED)
{
    struct test_store *t = test_store_new(TEST_STORE_SQLITE, NULL);
    kit_schema(t);
    test_store_close(t);
    const struct cut cut = { .after = 600, .lies = true };
    int n_acks = run_until_cut(t, &cut, 0);
    assert_true(n_acks > 10);
    test_store_open(t);
    int lost = count_lost(t->store, n_acks);
    print_message("a disk that lies: %d of %d acknowledged writes lost\n", lost, n_acks);
    assert_true(lost > 0);
    test_store_free(t);
}

struct traced {
    struct store_work work;
    int64_t id;
    int64_t syncs; /* of the log when the piece ran */
    bool early;    /* answered before its bytes were on the disk */
    _Atomic int *left;
};

static int traced_fn(struct db *db, void *ctx, struct err *err)
{
    struct traced *p = ctx;
    p->syncs = crash_vfs_syncs("-wal");
    return kit_add(db, p->id, err);
}

/* Runs on the writer, which writes nothing between a commit and its answers:
 * any unsynced byte of the log belongs to what is being answered. */
static void traced_done(struct store_work *work)
{
    struct traced *p = work->ctx;
    p->early = crash_vfs_syncs("-wal") <= p->syncs || crash_vfs_unsynced("-wal") > 0;
    --*p->left;
}

static int count_early(bool lies)
{
    crash_vfs_register();
    crash_vfs_reset();
    const struct store_config config = { .vfs = CRASH_VFS };
    struct test_store *t = test_store_new(TEST_STORE_SQLITE, &config);
    kit_schema(t);
    crash_vfs_lie(lies);
    static struct traced pieces[2000];
    _Atomic int left = ARRAY_LEN(pieces);
    struct err err;
    for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
        struct traced *p = &pieces[i];
        *p = (struct traced){ .id = (int64_t)i + 1, .left = &left };
        p->work = (struct store_work){ .fn = traced_fn, .ctx = p, .done = traced_done };
        assert_rc(store_submit(t->store, STORE_WRITE, &p->work, &err), 0, &err);
        if (i % 7 == 0)
            sched_yield();
    }
    while (left > 0)
        sched_yield();
    int early = 0;
    for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
        assert_rc(pieces[i].work.rc, 0, &pieces[i].work.err);
        early += pieces[i].early;
    }
    test_store_free(t);
    crash_vfs_reset();
    return early;
}

/* No answer leaves before its bytes are synced; on a disk that lies the same
 * count finds every answer early. */
static void test_no_answer_before_fsync(void **state UNUSED)
{
    assert_int_equal(count_early(false), 0);
    assert_int_equal(count_early(true), 2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_acknowledged_survives),
        cmocka_unit_test(test_lying_disk_loses),
        cmocka_unit_test(test_no_answer_before_fsync),
    };
    return cmocka_run_group_tests_name("crash", tests, NULL, NULL);
}
