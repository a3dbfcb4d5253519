/* What the query compiler refuses, and with which words: one folder of bad/ each.
 *
 *   test_sqlc_bad <sqlc> <tests/unit/sqlc>
 *
 * A case is a room, or several in folders of its own, built in order of their
 * names. expect.txt holds all that must be said, paths given from the case.
 */
#include "unit/unit.h"

#include <dirent.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"

#define CASES_MAX 400
#define ROOMS_MAX 8
#define TEXT_MAX  (1 << 20)

static const char *compiler, *folder; /* the program's arguments */
static char out_folder[] = "/tmp/sward-sqlc-XXXXXX";

static void read_fd(int fd, struct buf *out)
{
    char piece[4096];
    for (ssize_t n; (n = read(fd, piece, sizeof(piece))) > 0;)
        buf_put(out, piece, (size_t)n);
    close(fd);
    assert_false(buf_overflowed(out));
}

/* Run the compiler; what it says goes to *said. Returns its exit status. */
static int run(char *const *args, struct buf *said)
{
    int ends[2], status;
    pid_t pid;
    posix_spawn_file_actions_t actions;
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
    assert_int_equal(posix_spawn(&pid, compiler, &actions, NULL, args, NULL), 0);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    read_fd(ends[0], said);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The folders in a folder, sorted. Names are freed by the caller. */
static size_t folders_in(const char *path, char **names, size_t max)
{
    size_t n = 0;
    DIR *dir = opendir(path);
    assert_non_null(dir);
    for (struct dirent *e; (e = readdir(dir)) && n < max;)
        if (e->d_type == DT_DIR && e->d_name[0] != '.')
            names[n++] = strdup(e->d_name);
    closedir(dir);
    qsort(names, n, sizeof(*names), by_name);
    return n;
}

/* Arguments for the rooms of one case. */
static void run_case(const char *path, struct buf *said, int *ret_status)
{
    char *rooms[ROOMS_MAX], *args[ROOMS_MAX + 5] = { NULL };
    size_t n = folders_in(path, rooms, ROOMS_MAX), at = 0;
    args[at++] = strdup("sqlc");
    args[at++] = strdup("--out");
    args[at++] = strdup(out_folder);
    if (n == 0)
        assert_true(asprintf(&args[at++], "room=%s", path) > 0);
    for (size_t i = 0; i < n; i++) {
        assert_true(asprintf(&args[at++], "%s=%s/%s", rooms[i], path, rooms[i]) > 0);
        free(rooms[i]);
    }
    *ret_status = run(args, said);
    for (size_t i = 0; i < at; i++)
        free(args[i]);
}

/* Take `path/` out of the text wherever it stands. */
static void put_without(struct buf *out, struct str text, const char *path)
{
    struct str prefix = str_from(path);
    for (size_t i = 0; i < text.len;) {
        if (str_starts(str_slice(text, i, text.len), prefix)) {
            i += prefix.len + 1;
            continue;
        }
        buf_put_char(out, text.ptr[i++]);
    }
}

static size_t files_in(const char *path)
{
    size_t n = 0;
    DIR *dir = opendir(path);
    assert_non_null(dir);
    for (struct dirent *e; (e = readdir(dir));)
        n += e->d_name[0] != '.';
    closedir(dir);
    return n;
}

static void test_refused(void **state)
{
    char path[512], file[600];
    struct buf said, got, want;
    int status, fd;
    buf_init(&said, TEXT_MAX);
    buf_init(&got, TEXT_MAX);
    buf_init(&want, TEXT_MAX);
    snprintf(path, sizeof(path), "%s/bad/%s", folder, (const char *)*state);
    snprintf(file, sizeof(file), "%s/expect.txt", path);
    run_case(path, &said, &status);
    put_without(&got, buf_str(&said), path);
    fd = open(file, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    read_fd(fd, &want);
    assert_true(want.len > 0);
    assert_text(buf_str(&got), want.ptr);
    assert_int_equal(status, 1);
    assert_int_equal(files_in(out_folder), 0); /* nothing is written when something is wrong */
    buf_release(&said);
    buf_release(&got);
    buf_release(&want);
}

static void good_args(char **args, char text[2][512])
{
    snprintf(text[0], sizeof(text[0]), "shelf=%s/good/shelf", folder);
    snprintf(text[1], sizeof(text[1]), "guest=%s/good/guest", folder);
    args[3] = text[0];
    args[4] = text[1];
}

/* A second run changes no file, so that the build does nothing after it. */
static void test_untouched(void **state)
{
    (void)state;
    char text[2][512], path[600], name[] = "sqlc", out[] = "--out";
    char *args[6] = { name, out, out_folder };
    const struct timespec old[2] = { { .tv_sec = 1000 }, { .tv_sec = 1000 } };
    struct buf said;
    struct stat about;
    buf_init(&said, TEXT_MAX);
    good_args(args, text);
    assert_int_equal(run(args, &said), 0);
    assert_int_equal(files_in(out_folder), 8);
    snprintf(path, sizeof(path), "%s/shelf_sql.c", out_folder);
    assert_int_equal(utimensat(AT_FDCWD, path, old, 0), 0);
    assert_int_equal(run(args, &said), 0);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mtim.tv_sec, 1000);
    assert_int_equal(truncate(path, 10), 0);
    assert_int_equal(run(args, &said), 0);
    assert_int_equal(stat(path, &about), 0);
    assert_true(about.st_size > 10);
    assert_int_equal(said.len, 0);
    buf_release(&said);
}

static void test_usage(void **state)
{
    (void)state;
    char name[] = "sqlc", out[] = "--out", room[] = "room";
    char *no_out[] = { name, NULL }, *no_folder[] = { name, out, out_folder, room, NULL };
    struct buf said;
    buf_init(&said, TEXT_MAX);
    assert_int_equal(run(no_out, &said), 2);
    assert_int_equal(run(no_folder, &said), 2);
    assert_true(said.len > 0);
    buf_release(&said);
}

static void remove_out(void)
{
    char path[600];
    DIR *dir = opendir(out_folder);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        snprintf(path, sizeof(path), "%s/%s", out_folder, e->d_name);
        if (e->d_name[0] != '.')
            unlink(path);
    }
    if (dir)
        closedir(dir);
    rmdir(out_folder);
}

int main(int argc, char **argv)
{
    static struct CMUnitTest tests[CASES_MAX + 2];
    static char *names[CASES_MAX];
    char bad[512];
    if (argc != 3 || !mkdtemp(out_folder))
        return 2;
    compiler = argv[1];
    folder = argv[2];
    snprintf(bad, sizeof(bad), "%s/bad", folder);
    size_t n = folders_in(bad, names, CASES_MAX);
    for (size_t i = 0; i < n; i++)
        tests[i] = (struct CMUnitTest){ .name = names[i],
                                        .test_func = test_refused,
                                        .initial_state = names[i] };
    tests[n] = (struct CMUnitTest){ .name = "usage", .test_func = test_usage };
    tests[n + 1] = (struct CMUnitTest){ .name = "untouched", .test_func = test_untouched };
    int failed = n > 100 ? 0 : 1;
    failed += _cmocka_run_group_tests("sqlc", tests, n + 2, NULL, NULL);
    for (size_t i = 0; i < n; i++)
        free(names[i]);
    remove_out();
    return failed != 0;
}
