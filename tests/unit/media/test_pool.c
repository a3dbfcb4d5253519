/* media/pool.h: helpers that misbehave, and the walls around them. */
#include "unit/media/kit.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "media/pool.h"

static struct pool *pool;

static void quiet(void *ctx UNUSED, struct str line UNUSED)
{
}

static void open_pool(int workers, int64_t job_ms)
{
    struct pool_config config = { getenv("SWARD_TEST_HELPER"), workers, job_ms, 20000 };
    struct err err = { 0 };
    log_set_sink(quiet, NULL);
    assert_rc(pool_open(&config, &pool, &err), 0, &err);
}

static int set_up(void **state UNUSED)
{
    open_pool(1, 20000);
    return 0;
}

static int tear_down(void **state UNUSED)
{
    pool_close(pool);
    log_set_sink(NULL, NULL);
    return 0;
}

static const struct wire_request request = { 20971520, 40000000 };

static int run_fd(int fd, struct pool_result *ret, struct err *err)
{
    int rc = pool_run(pool, fd, &request, ret, err);
    close(fd);
    return rc;
}

/* A "photo" that makes the test helper try something. */
static int run_hook(const char *hook, struct pool_result *ret, struct err *err)
{
    int fd = memfd_create("hook", MFD_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, hook, strlen(hook)), strlen(hook));
    return run_fd(fd, ret, err);
}

static void assert_works(void)
{
    struct pool_result result;
    struct err err = { 0 };
    int fd = open(kit_photo("small.png"), O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_rc(run_fd(fd, &result, &err), 0, &err);
    assert_int_equal(result.answer.status, WIRE_OK);
    assert_int_equal(result.answer.width, 200);
    assert_true(result.outputs[RENDITION_SMALL].len > 0);
    assert_int_equal(result.outputs[RENDITION_LARGE].len, 0);
    pool_result_release(&result);
}

static void assert_hook(const char *hook, const char *want)
{
    struct pool_result result;
    struct err err = { 0 };
    assert_rc(run_hook(hook, &result, &err), 0, &err);
    assert_int_equal(result.answer.status, WIRE_FAILED);
    if (strcmp(result.answer.detail, want) != 0)
        fail_msg("%s: %s instead of %s", hook, result.answer.detail, want);
    pool_result_release(&result);
}

static void there_is_no_way_out(void **state UNUSED)
{
    assert_works(); /* the filter also holds after real work */
    assert_hook("HOOK:open", "refused EPERM");
    assert_hook("HOOK:create", "refused EPERM");
    assert_hook("HOOK:socket", "refused EPERM");
    assert_hook("HOOK:fork", "refused EPERM");
    assert_hook("HOOK:exec", "refused EPERM");
    assert_hook("HOOK:code", "refused EPERM");
    assert_hook("HOOK:memory", "refused ENOMEM");
    assert_works();
}

static int count_entries(const char *path)
{
    int n = 0;
    DIR *dir = opendir(path);
    assert_non_null(dir);
    for (struct dirent *e = readdir(dir); e; e = readdir(dir))
        n += e->d_name[0] != '.';
    closedir(dir);
    return n;
}

static void it_holds_nothing_of_ours(void **state UNUSED)
{
    int ours = open("/etc/hostname", O_RDONLY); /* not even closed on exec */
    assert_true(ours >= 0);
    setenv("SWARD_TEST_SECRET", "hidden", 1);
    assert_works();
    char path[64];
    snprintf(path, sizeof(path), "/proc/%d/fd", pool_helper_pid(pool, 0));
    assert_int_equal(count_entries(path), 4); /* three of /dev/null and its socket */
    snprintf(path, sizeof(path), "/proc/%d/environ", pool_helper_pid(pool, 0));
    FILE *f = fopen(path, "rb");
    if (f) { /* unreadable where it may not be inspected: also good */
        char text[4096];
        size_t n = fread(text, 1, sizeof(text), f);
        assert_null(memmem(text, n, "SWARD", 5));
        fclose(f);
    }
    close(ours);
}

static void frauds_are_seen(void **state UNUSED)
{
    static const char *const hooks[] = { "HOOK:lie", "HOOK:pose", "HOOK:linger" };
    for (size_t i = 0; i < ARRAY_LEN(hooks); i++) {
        struct pool_result result;
        struct err err = { 0 };
        int rc = run_hook(hooks[i], &result, &err);
        if (rc != ERR_INVALID)
            fail_msg("%s: %d %s", hooks[i], rc, err.detail);
        assert_non_null(strstr(err.detail, "is not one"));
        assert_int_equal(pool_helper_pid(pool, 0), 0);
        assert_works();
    }
}

static void one_that_crashes_is_replaced(void **state UNUSED)
{
    assert_works();
    int before = pool_helper_pid(pool, 0);
    struct pool_result result;
    struct err err = { 0 };
    assert_rc(run_hook("HOOK:crash", &result, &err), ERR_INVALID, &err);
    assert_int_equal(pool_helper_pid(pool, 0), 0);
    assert_works();
    assert_int_not_equal(pool_helper_pid(pool, 0), before);
}

static void one_that_hangs_is_killed(void **state UNUSED)
{
    pool_close(pool);
    open_pool(1, 600);
    assert_works();
    struct pool_result result;
    struct err err = { 0 };
    int64_t begin = clock_monotonic();
    assert_rc(run_hook("HOOK:hang", &result, &err), ERR_INVALID, &err);
    int64_t took = clock_monotonic() - begin;
    assert_true(took >= 500 * TIME_MILLISECOND && took < 5 * TIME_SECOND);
    assert_int_equal(pool_helper_pid(pool, 0), 0);
    assert_works();
}

static void *kill_soon(void *ctx UNUSED)
{
    int pid = 0;
    for (int i = 0; i < 2000 && pid == 0; i++) {
        pid = pool_helper_pid(pool, 0);
        usleep(1000);
    }
    usleep(200000);
    kill(pid, SIGKILL);
    return NULL;
}

static void one_killed_in_mid_job_is_replaced(void **state UNUSED)
{
    pthread_t killer;
    struct pool_result result;
    struct err err = { 0 };
    assert_int_equal(pthread_create(&killer, NULL, kill_soon, NULL), 0);
    assert_rc(run_hook("HOOK:hang", &result, &err), ERR_INVALID, &err);
    pthread_join(killer, NULL);
    assert_works();
}

static void one_killed_while_idle_is_not_noticed(void **state UNUSED)
{
    assert_works();
    int pid = pool_helper_pid(pool, 0);
    assert_int_equal(kill(pid, SIGKILL), 0);
    usleep(50000);
    assert_works();
    assert_int_not_equal(pool_helper_pid(pool, 0), pid);
}

static void *work(void *ctx UNUSED)
{
    for (int i = 0; i < 3; i++)
        assert_works();
    return NULL;
}

static void more_jobs_than_helpers(void **state UNUSED)
{
    pool_close(pool);
    open_pool(2, 20000);
    pthread_t threads[5];
    for (size_t i = 0; i < ARRAY_LEN(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, work, NULL), 0);
    for (size_t i = 0; i < ARRAY_LEN(threads); i++)
        pthread_join(threads[i], NULL);
    assert_true(pool_helper_pid(pool, 0) != pool_helper_pid(pool, 1));
}

static void a_program_that_is_not_there(void **state UNUSED)
{
    struct pool_config config = { "/nonexistent/sward-media", 1, 1000, 1000 };
    struct pool *none = NULL;
    struct err err = { 0 };
    assert_rc(pool_open(&config, &none, &err), ERR_IO, &err);
    assert_null(none);
}

static void a_program_that_is_not_a_helper(void **state UNUSED)
{
    pool_close(pool);
    struct pool_config config = { "/bin/true", 1, 1000, 1000 };
    struct pool_result result;
    struct err err = { 0 };
    assert_rc(pool_open(&config, &pool, &err), 0, &err);
    assert_true(run_hook("HOOK:open", &result, &err) < 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(there_is_no_way_out),
        TEST(it_holds_nothing_of_ours),
        TEST(frauds_are_seen),
        TEST(one_that_crashes_is_replaced),
        TEST(one_that_hangs_is_killed),
        TEST(one_killed_in_mid_job_is_replaced),
        TEST(one_killed_while_idle_is_not_noticed),
        TEST(more_jobs_than_helpers),
        TEST(a_program_that_is_not_there),
        TEST(a_program_that_is_not_a_helper),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
