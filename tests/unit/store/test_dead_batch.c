/* test_dead_batch.c - a disk that fills up or fails under the SQLite writer. */
#include "unit/store/gate.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "support/crash_vfs.h"

#define PIECES     6
#define BLOB_BYTES (24 << 20) /* more than the writer's cache holds */

struct piece {
    struct store_work work;
    int64_t id;
    size_t blob; /* bytes it adds; 0 = a small item */
    bool fails;
    int runs;
    int dones;
    int answered_at_second_run; /* how many of its batch were answered by then */
    struct batch *batch;
};

struct batch {
    struct piece pieces[PIECES];
    int answered;
    _Atomic int left;
};

static int add_blob(struct db *db, int64_t id, size_t size, struct err *err)
{
    char *bytes = calloc(1, size);
    assert_non_null(bytes);
    const struct db_val args[] = { { .number = id }, { .text = { bytes, size } } };
    int rc = kit_run(db, &kit_item_blob, args, err);
    free(bytes);
    return rc;
}

static int piece_fn(struct db *db, void *ctx, struct err *err)
{
    struct piece *p = ctx;
    p->runs++;
    if (p->runs == 2)
        p->answered_at_second_run = p->batch->answered;
    int rc = p->blob ? add_blob(db, p->id, p->blob, err) : kit_add(db, p->id, err);
    if (rc == 0 && p->fails)
        return err_detail(err, ERR_FORBIDDEN, "as the test wants");
    return rc;
}

static void piece_done(struct store_work *work)
{
    struct piece *p = work->ctx;
    p->dones++;
    p->batch->answered++;
    p->batch->left--;
}

/* Run PIECES in one batch. */
static void run_batch(struct test_store *t, struct batch *b)
{
    struct gate gate;
    struct err err;
    gate_close(&gate, t->store, STORE_WRITE);
    b->left = PIECES;
    b->answered = 0;
    for (int i = 0; i < PIECES; i++) {
        struct piece *p = &b->pieces[i];
        p->id = i + 1;
        p->batch = b;
        p->work = (struct store_work){ .fn = piece_fn, .ctx = p, .done = piece_done };
        assert_rc(store_submit(t->store, STORE_WRITE, &p->work, &err), 0, &err);
    }
    gate_open(&gate);
    while (b->left > 0)
        sched_yield();
}

static struct test_store *open_on_crash_vfs(void)
{
    crash_vfs_register();
    crash_vfs_reset();
    const struct store_config config = { .vfs = CRASH_VFS, .batch_us = GATE_BATCH_US };
    struct test_store *t = test_store_new(TEST_STORE_SQLITE, &config);
    kit_schema(t);
    return t;
}

static void end(struct test_store *t)
{
    test_store_free(t);
    crash_vfs_reset();
}

static void expect(struct batch *b, int i, int rc, int runs)
{
    struct piece *p = &b->pieces[i];
    assert_rc(p->work.rc, rc, &p->work.err);
    assert_int_equal(p->work.err.code, rc);
    assert_int_equal(p->dones, 1);
    assert_int_equal(p->runs, runs);
    if (runs == 2)
        assert_int_equal(p->answered_at_second_run, i);
}

/* The log can't grow at COMMIT, once: all run again alone and all go well,
 * but for the one that fails by itself. */
static void test_full_at_commit_once(void **state UNUSED)
{
    struct test_store *t = open_on_crash_vfs();
    struct batch b = { .pieces[2].fails = true };
    crash_vfs_fail(CRASH_WRITE, "-wal", 0, 1, SQLITE_FULL);
    run_batch(t, &b);
    for (int i = 0; i < PIECES; i++) {
        expect(&b, i, i == 2 ? ERR_FORBIDDEN : 0, 2);
        assert_int_equal(kit_has(t->store, i + 1), i != 2);
    }
    end(t);
}

/* The disk stays full: each is told so, once; when there is room again the
 * store works as before. */
static void test_full_for_good(void **state UNUSED)
{
    struct test_store *t = open_on_crash_vfs();
    struct batch b = { 0 };
    struct batch after = { 0 };
    crash_vfs_fail(CRASH_WRITE, "-wal", 0, -1, SQLITE_FULL);
    run_batch(t, &b);
    for (int i = 0; i < PIECES; i++)
        expect(&b, i, ERR_FULL, 2);
    assert_int_equal(kit_count(t->store), 0);
    crash_vfs_fail(CRASH_WRITE, "-wal", 0, 0, SQLITE_OK);
    run_batch(t, &after);
    for (int i = 0; i < PIECES; i++)
        expect(&after, i, 0, 1);
    test_store_reopen(t);
    assert_int_equal(kit_count(t->store), PIECES);
    end(t);
}

/* A piece larger than the cache meets the full disk in the middle of its
 * statement. SQLite then ends the whole transaction by itself; what came
 * before in the batch must not be lost, what comes after must not commit alone. */
static void test_full_at_statement(void **state UNUSED)
{
    struct test_store *t = open_on_crash_vfs();
    struct batch b = { .pieces[3].blob = BLOB_BYTES };
    crash_vfs_fail(CRASH_WRITE, "-wal", 100, 1, SQLITE_FULL);
    run_batch(t, &b);
    for (int i = 0; i < PIECES; i++) {
        /* the two behind the big one had not run yet when the batch died */
        expect(&b, i, 0, i <= 3 ? 2 : 1);
        assert_true(kit_has(t->store, i + 1));
    }
    end(t);
}

/* A disk with room for all but the big one: it alone is refused. */
static void test_too_big_for_the_disk(void **state UNUSED)
{
    struct test_store *t = open_on_crash_vfs();
    struct batch b = { .pieces[3].blob = BLOB_BYTES };
    crash_vfs_space(BLOB_BYTES / 4);
    run_batch(t, &b);
    for (int i = 0; i < PIECES; i++) {
        expect(&b, i, i == 3 ? ERR_FULL : 0, i <= 3 ? 2 : 1);
        assert_int_equal(kit_has(t->store, i + 1), i != 3);
    }
    end(t);
}

static void test_io_error(void **state UNUSED)
{
    struct test_store *t = open_on_crash_vfs();
    struct batch b = { 0 };
    crash_vfs_fail(CRASH_WRITE, "-wal", 0, -1, SQLITE_IOERR_WRITE);
    run_batch(t, &b);
    for (int i = 0; i < PIECES; i++)
        expect(&b, i, ERR_IO, 2);
    end(t);
}

static int draw(struct db *db, void *ctx, struct err *err)
{
    *(int64_t *)ctx = db_new_id(db);
    return kit_add(db, *(int64_t *)ctx, err);
}

/* Ids drawn in a dead batch are not given again, and the mark is still true. */
static void test_ids_after_death(void **state UNUSED)
{
    struct test_store *t = open_on_crash_vfs();
    struct err err;
    int64_t lost = 0, kept = 0, later = 0;
    crash_vfs_fail(CRASH_WRITE, "-wal", 0, -1, SQLITE_FULL);
    assert_rc(store_write(t->store, draw, &lost, &err), ERR_FULL, &err);
    crash_vfs_fail(CRASH_WRITE, "-wal", 0, 0, SQLITE_OK);
    assert_rc(store_write(t->store, draw, &kept, &err), 0, &err);
    assert_true(kept > lost);
    clock_init_manual(&t->clock, clock_now(&t->clock) - TIME_DAY);
    test_store_reopen(t);
    assert_rc(store_write(t->store, draw, &later, &err), 0, &err);
    assert_true(later > kept);
    end(t);
}

/* After a failed fsync nobody knows what the disk holds: the process ends and
 * nobody has been told anything. */
static void test_failed_fsync(void **state UNUSED)
{
    struct test_store *t = test_store_new(TEST_STORE_SQLITE, NULL);
    kit_schema(t);
    test_store_close(t);
    pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr))
            _exit(1);
        crash_vfs_register();
        t->config.vfs = CRASH_VFS;
        struct err err;
        int64_t id;
        if (store_open(&t->config, &t->store, &err) < 0 ||
            store_write(t->store, draw, &id, &err) < 0)
            _exit(2);
        crash_vfs_fail(CRASH_SYNC, "-wal", 0, 1, SQLITE_IOERR_FSYNC);
        int rc = store_write(t->store, draw, &id, &err);
        _exit(rc == 0 ? 3 : 4); /* an answer of any kind would be a lie */
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 74);
    test_store_open(t);
    assert_int_equal(kit_count(t->store), 1);
    test_store_free(t);
}

static void drop_line(void *ctx UNUSED, struct str line UNUSED)
{
}

int main(void)
{
    log_set_sink(drop_line, NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_full_at_commit_once),
        cmocka_unit_test(test_full_for_good),
        cmocka_unit_test(test_full_at_statement),
        cmocka_unit_test(test_too_big_for_the_disk),
        cmocka_unit_test(test_io_error),
        cmocka_unit_test(test_ids_after_death),
        cmocka_unit_test(test_failed_fsync),
    };
    return cmocka_run_group_tests_name("dead_batch", tests, NULL, NULL);
}
