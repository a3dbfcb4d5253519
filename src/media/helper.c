/* media/helper.c - starts and ends helper processes. */
#include "media/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"

/* The descriptor that worker/main.c expects. */
#define WORKER_SOCKET 3

/* Enough for a helper that is idle to see that its socket is closed. */
#define END_PAUSE_US 2000
#define END_PAUSES   50

void helper_init(struct helper *h)
{
    *h = (struct helper){ .socket = -1 };
}

static int fill_actions(posix_spawn_file_actions_t *actions, int socket)
{
    int rc = posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);
    if (rc == 0)
        rc = posix_spawn_file_actions_addopen(actions, 1, "/dev/null", O_WRONLY, 0);
    if (rc == 0)
        rc = posix_spawn_file_actions_addopen(actions, 2, "/dev/null", O_WRONLY, 0);
    if (rc == 0)
        rc = posix_spawn_file_actions_adddup2(actions, socket, WORKER_SOCKET);
    if (rc == 0)
        rc = posix_spawn_file_actions_addclosefrom_np(actions, WORKER_SOCKET + 1);
    return rc;
}

/* Spawned with no signal blocked or ignored, in a process group of its own, so
 * that an interrupt at the terminal lets running jobs finish. */
static int spawn(const char *program, int socket, pid_t *ret_pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attr;
    int rc = posix_spawn_file_actions_init(&actions);
    if (rc != 0)
        return rc;
    rc = posix_spawnattr_init(&attr);
    if (rc != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return rc;
    }
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attr, &none);
    posix_spawnattr_setsigdefault(&attr, &all);
    posix_spawnattr_setpgroup(&attr, 0);
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                        POSIX_SPAWN_SETPGROUP);
    rc = fill_actions(&actions, socket);
    if (rc == 0) {
        char name[] = "sward-media";
        char *const args[] = { name, NULL };
        char *const environment[] = { NULL };
        rc = posix_spawn(ret_pid, program, &actions, &attr, args, environment);
    }
    posix_spawnattr_destroy(&attr);
    posix_spawn_file_actions_destroy(&actions);
    return rc;
}

int helper_start(struct helper *ret_helper, const char *program, struct err *err)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
        return err_detail(err, ERR_IO, "socketpair: %s", strerror(errno));
    pid_t pid;
    int rc = spawn(program, pair[1], &pid);
    close(pair[1]);
    if (rc != 0) {
        close(pair[0]);
        return err_detail(err, ERR_IO, "start of %s: %s", program, strerror(rc));
    }
    *ret_helper = (struct helper){ pid, pair[0], 0 };
    return 0;
}

/* True when it ended within END_PAUSES. */
static bool ended_by_itself(pid_t pid, int *ret_status)
{
    for (int i = 0; i < END_PAUSES; i++) {
        pid_t ended = waitpid(pid, ret_status, WNOHANG);
        if (ended == pid || (ended < 0 && errno != EINTR))
            return true;
        usleep(END_PAUSE_US);
    }
    return false;
}

void helper_end(struct helper *h, bool kill_it)
{
    if (h->pid == 0)
        return;
    int status = 0;
    close(h->socket);
    /* A pause also lets one that died on its own show how: a kill would hide it. */
    if (!ended_by_itself(h->pid, &status)) {
        kill(h->pid, SIGKILL);
        while (waitpid(h->pid, &status, 0) < 0 && errno == EINTR)
            ;
    }
    if (kill_it)
        log_at(LOG_WARN, "media.helper_lost",
               LOG_F_INT("signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0),
               LOG_F_INT("exit", WIFEXITED(status) ? WEXITSTATUS(status) : 0),
               LOG_F_INT("jobs", h->jobs));
    helper_init(h);
}
