/* media/video_run.c - starts, hears and ends one run of ffmpeg. */
#include "media/video_run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

#define ARGS_MAX   160
#define LINE_BYTES 512
#define COMPLAINT  160 /* bytes of its complaint that are kept */
#define LISTEN_MS  1000

static bool is_program(const char *path)
{
    return access(path, X_OK) == 0;
}

static const char *find_program(const char *const *places)
{
    for (; *places; places++)
        if (is_program(*places))
            return *places;
    return NULL;
}

bool video_tools_find(const char *beside, struct video_tools *ret_tools)
{
    static const char *const ffmpegs[] = { "/usr/bin/ffmpeg", "/usr/local/bin/ffmpeg", NULL };
    static const char *const ffprobes[] = { "/usr/bin/ffprobe", "/usr/local/bin/ffprobe", NULL };
    static const char *const places[] = { "sward-video", "../libexec/sward/sward-video",
                                          "../media/sward-video", "src/media/sward-video" };
    char self[PATH_MAX];
    ssize_t len = beside ? snprintf(self, sizeof(self), "%s", beside)
                         : readlink("/proc/self/exe", self, sizeof(self) - 1);
    if (len <= 0 || (size_t)len >= sizeof(self))
        return false;
    self[len] = '\0';
    char *name = strrchr(self, '/');
    if (!name)
        return false;
    *name = '\0';
    ret_tools->ffmpeg = find_program(ffmpegs);
    ret_tools->ffprobe = find_program(ffprobes);
    if (!ret_tools->ffmpeg || !ret_tools->ffprobe)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(places); i++) {
        int n = snprintf(ret_tools->cell, sizeof(ret_tools->cell), "%s/%s", self, places[i]);
        if (n > 0 && (size_t)n < sizeof(ret_tools->cell) && is_program(ret_tools->cell))
            return true;
    }
    return false;
}

/* A run in progress. */
struct running {
    const struct video_run *run;
    pid_t pid;
    int out;               /* what it prints */
    int complaint;         /* a memory file with what it complains of */
    char line[LINE_BYTES]; /* the one that is being read */
    size_t len;
    bool ended; /* it prints no more */
};

static int fill_actions(posix_spawn_file_actions_t *actions, const char *folder, int out,
                        int complaint)
{
    int rc = posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);
    if (rc == 0)
        rc = posix_spawn_file_actions_adddup2(actions, out, 1);
    if (rc == 0)
        rc = posix_spawn_file_actions_adddup2(actions, complaint, 2);
    if (rc == 0)
        rc = posix_spawn_file_actions_addclosefrom_np(actions, 3);
    if (rc == 0)
        rc = posix_spawn_file_actions_addchdir_np(actions, folder);
    return rc;
}

/* With no signal blocked or ignored, in a group of its own. */
static int spawn(const char *cell, char **args, const char *folder, int out, int complaint,
                 pid_t *ret_pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attr;
    sigset_t none, all;
    int rc = posix_spawn_file_actions_init(&actions);
    if (rc != 0)
        return rc;
    rc = posix_spawnattr_init(&attr);
    if (rc != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return rc;
    }
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attr, &none);
    posix_spawnattr_setsigdefault(&attr, &all);
    posix_spawnattr_setpgroup(&attr, 0);
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                        POSIX_SPAWN_SETPGROUP);
    rc = fill_actions(&actions, folder, out, complaint);
    if (rc == 0) {
        char *const environment[] = { NULL };
        rc = posix_spawn(ret_pid, cell, &actions, &attr, args, environment);
    }
    posix_spawnattr_destroy(&attr);
    posix_spawn_file_actions_destroy(&actions);
    return rc;
}

static int start(const struct video_tools *tools, struct running *r, struct err *err)
{
    char *args[ARGS_MAX];
    int pipes[2];
    size_t n = 0;
    args[n++] = (char *)(uintptr_t)tools->cell;
    args[n++] = (char *)(uintptr_t)r->run->program;
    for (const char *const *a = r->run->args; *a; a++) {
        BUG_ON(n + 1 >= ARGS_MAX);
        args[n++] = (char *)(uintptr_t)*a;
    }
    args[n] = NULL;
    r->complaint = memfd_create("sward-video", MFD_CLOEXEC);
    if (r->complaint < 0 || pipe2(pipes, O_CLOEXEC) < 0) {
        int saved = errno;
        if (r->complaint >= 0)
            close(r->complaint);
        return err_detail(err, ERR_IO, "video: %s", strerror(saved));
    }
    int rc = spawn(tools->cell, args, r->run->folder, pipes[1], r->complaint, &r->pid);
    close(pipes[1]);
    r->out = pipes[0];
    if (rc == 0)
        return 0;
    close(r->out);
    close(r->complaint);
    return err_detail(err, ERR_IO, "start of %s: %s", tools->cell, strerror(rc));
}

static int tell(struct running *r, struct str line, struct err *err)
{
    return r->run->heard ? r->run->heard(r->run->ctx, line, err) : 0;
}

/* Cut what came into lines; one that is too long is cut short. */
static int hear(struct running *r, const char *bytes, size_t n, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        if (bytes[i] == '\n') {
            rc = tell(r, (struct str){ r->line, r->len }, err);
            r->len = 0;
        } else if (r->len < sizeof(r->line)) {
            r->line[r->len++] = bytes[i];
        }
    }
    return rc;
}

/* Listen until it ends, its time is over, or the listener has enough. */
static int listen_to(struct running *r, struct err *err)
{
    int64_t until = clock_monotonic() + r->run->most_ms * TIME_MILLISECOND;
    int rc = 0;
    while (rc == 0 && !r->ended) {
        char bytes[4096];
        struct pollfd ready = { r->out, POLLIN, 0 };
        int n = poll(&ready, 1, LISTEN_MS);
        if (clock_monotonic() > until)
            return err_detail(err, ERR_INVALID, "took more than %lld ms",
                              (long long)r->run->most_ms);
        if (n < 0 && errno == EINTR)
            continue;
        if (n == 0) {
            rc = tell(r, STR(""), err);
            continue;
        }
        ssize_t got = read(r->out, bytes, sizeof(bytes));
        if (got < 0 && errno == EINTR)
            continue;
        r->ended = got <= 0;
        if (got > 0)
            rc = hear(r, bytes, (size_t)got, err);
    }
    return rc;
}

/* The end of what it complained of, on one line, for the log. */
static void read_complaint(int fd, char out[COMPLAINT + 1])
{
    off_t end = lseek(fd, 0, SEEK_END);
    off_t from = end > COMPLAINT ? end - COMPLAINT : 0;
    ssize_t n = end > 0 ? pread(fd, out, COMPLAINT, from) : 0;
    n = n < 0 ? 0 : n;
    for (ssize_t i = 0; i < n; i++)
        if (out[i] < ' ' || out[i] > '~')
            out[i] = ' ';
    out[n] = '\0';
}

/* It is gone when this returns, with all that it may have started.
 *   rc  of listening: it is killed unless that went well */
static int finish(struct running *r, int rc, struct err *err)
{
    char complaint[COMPLAINT + 1];
    int status = 0;
    if (rc < 0)
        kill(-r->pid, SIGKILL);
    while (waitpid(r->pid, &status, 0) < 0 && errno == EINTR)
        ;
    read_complaint(r->complaint, complaint);
    close(r->out);
    close(r->complaint);
    if (rc < 0)
        return rc;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return 0;
    return err_detail(err, ERR_INVALID, "%s %d: %s", WIFSIGNALED(status) ? "signal" : "exit",
                      WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status), complaint);
}

int video_run(const struct video_tools *tools, const struct video_run *run, struct err *err)
{
    struct running r = { .run = run };
    int rc = start(tools, &r, err);
    return rc < 0 ? rc : finish(&r, listen_to(&r, err), err);
}
