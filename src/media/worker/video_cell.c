/* media/worker/video_cell.c - limits, namespaces, Landlock and the filter for ffmpeg. */
#include "media/worker/video_cell.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MEMORY_MAX  (UINT64_C(2) << 30) /* address space; 4K HEVC and two encoders take 1.2 GB */
#define CPU_SECONDS 7200
#define FILE_MAX    (UINT64_C(512) << 20) /* one output */
#define FILES_MAX   64
#define TASKS_MAX   512 /* of this user; of this process alone where it has a namespace */
#define NICE        10

static int limit(int what, uint64_t value)
{
    struct rlimit bound = { value, value };
    return setrlimit((__rlimit_resource_t)what, &bound) == 0 ? 0 : -errno;
}

int video_cell_limit(void)
{
    static const struct {
        int what;
        uint64_t value;
    } limits[] = {
        { RLIMIT_AS, MEMORY_MAX },    { RLIMIT_CPU, CPU_SECONDS }, { RLIMIT_FSIZE, FILE_MAX },
        { RLIMIT_NOFILE, FILES_MAX }, { RLIMIT_CORE, 0 },          { RLIMIT_MEMLOCK, 0 },
    };
    for (size_t i = 0; i < ARRAY_LEN(limits); i++) {
        int rc = limit(limits[i].what, limits[i].value);
        if (rc < 0)
            return rc;
    }
    if (setpriority(PRIO_PROCESS, 0, NICE) < 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return -errno;
    return 0;
}

#define READS (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE)
#define MAKES                                                                                      \
    (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG)

static void allow_below(int rules, const char *path, uint64_t access)
{
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return; /* what is not there needs no permission */
    struct landlock_path_beneath_attr rule = { .allowed_access = access, .parent_fd = fd };
    (void)syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(fd);
}

/* The first version of Landlock is enough: it is in every kernel since 5.13. */
static void shut_files(const char *folder)
{
    const struct landlock_ruleset_attr all = {
        .handled_access_fs = MAKES | LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_DIR |
                             LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                             LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
                             LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                             LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM,
    };
    long rules = syscall(SYS_landlock_create_ruleset, &all, sizeof(all), 0);
    if (rules < 0)
        return;
    allow_below((int)rules, "/usr", READS);
    allow_below((int)rules, "/lib", READS);
    allow_below((int)rules, "/lib64", READS);
    allow_below((int)rules, "/etc/ld.so.cache", LANDLOCK_ACCESS_FS_READ_FILE);
    allow_below((int)rules, "/dev/null",
                LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE);
    allow_below((int)rules, folder, MAKES);
    (void)syscall(SYS_landlock_restrict_self, (int)rules, 0);
    close((int)rules);
}

void video_cell_leave(const char *folder)
{
    /* Within a namespace of users the others need no privilege. */
    (void)unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS);
    (void)limit(RLIMIT_NPROC, TASKS_MAX);
    shut_files(folder);
}

/* Calls that need no look at their arguments. */
static const int plain_calls[] = {
    /* becoming the program, which cannot start another process to come back from */
    SCMP_SYS(execve),
    SCMP_SYS(arch_prctl),
    SCMP_SYS(set_tid_address),
    SCMP_SYS(prlimit64),
    SCMP_SYS(uname),
    SCMP_SYS(sysinfo),
    /* files, as far as Landlock and the user's rights let them */
    SCMP_SYS(openat),
    SCMP_SYS(open),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(stat),
    SCMP_SYS(lstat),
    SCMP_SYS(fstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(statx),
    SCMP_SYS(statfs),
    SCMP_SYS(fstatfs),
    SCMP_SYS(getcwd),
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(pread64),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(pwrite64),
    SCMP_SYS(lseek),
    SCMP_SYS(ftruncate),
    SCMP_SYS(fadvise64),
    SCMP_SYS(fcntl),
    SCMP_SYS(dup),
    SCMP_SYS(dup2),
    SCMP_SYS(close),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(select),
    SCMP_SYS(pselect6),
    /* memory */
    SCMP_SYS(brk),
    SCMP_SYS(mmap),
    SCMP_SYS(mprotect),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    /* threads of its own */
    SCMP_SYS(futex),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(gettid),
    SCMP_SYS(getpid),
    SCMP_SYS(tgkill),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    /* time and chance */
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(getrandom),
    SCMP_SYS(getrusage),
};

static int allow_bounded(scmp_filter_ctx filter)
{
    /* A thread, never a process. clone3 hides its flags behind a pointer;
     * told that the kernel lacks it, the C library uses clone. */
    int rc = seccomp_rule_add(
        filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
        SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD | CLONE_VM, CLONE_THREAD | CLONE_VM));
    if (rc == 0)
        rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    /* Threads are given names. */
    if (rc == 0)
        rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1,
                              SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME));
    return rc;
}

int video_cell_lock(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!filter)
        return -ENOMEM;
    int rc = seccomp_attr_set(filter, SCMP_FLTATR_CTL_NNP, 1);
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(plain_calls); i++)
        rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, plain_calls[i], 0);
    if (rc == 0)
        rc = allow_bounded(filter);
    if (rc == 0)
        rc = seccomp_load(filter);
    seccomp_release(filter);
    return rc;
}
