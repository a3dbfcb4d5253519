/* media/worker/cell.c - resource limits and the seccomp filter. */
#include "media/worker/cell.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

/* Address space. The libraries alone map 130 MB; of 40 megapixels a progressive
 * JPEG needs 170 MB more, a HEIC in one piece 350 MB, an AVIF 420 MB. */
#define MEMORY_MAX  (UINT64_C(576) << 20)
#define CPU_SECONDS 3600 /* of a whole life; the server bounds each job by the clock */
#define FILE_MAX    (UINT64_C(16) << 20) /* one rendition */
#define FILES_MAX   32

static int limit(int what, uint64_t value)
{
    struct rlimit bound = { value, value };
    return setrlimit((__rlimit_resource_t)what, &bound) == 0 ? 0 : -errno;
}

int cell_limit(void)
{
    static const struct {
        int what;
        uint64_t value;
    } limits[] = {
        { RLIMIT_AS, MEMORY_MAX }, { RLIMIT_CPU, CPU_SECONDS },  { RLIMIT_FSIZE, FILE_MAX },
        { RLIMIT_CORE, 0 },        { RLIMIT_NOFILE, FILES_MAX }, { RLIMIT_MEMLOCK, 0 },
    };
    for (size_t i = 0; i < ARRAY_LEN(limits); i++) {
        int rc = limit(limits[i].what, limits[i].value);
        if (rc < 0)
            return rc;
    }
    /* No other process of this user may look inside. */
    return prctl(PR_SET_DUMPABLE, 0) == 0 ? 0 : -errno;
}

/* Calls that need no look at their arguments. */
static const int plain_calls[] = {
    /* the photo, the renditions, the channel: descriptors it was given */
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(pread64),
    SCMP_SYS(write),
    SCMP_SYS(pwrite64),
    SCMP_SYS(lseek),
    SCMP_SYS(fstat),
    SCMP_SYS(close),
    SCMP_SYS(recvmsg),
    SCMP_SYS(sendmsg),
    /* memory */
    SCMP_SYS(brk),
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
    /* time and chance */
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(getrandom),
    SCMP_SYS(getrusage),
};

static int allow_plain(scmp_filter_ctx filter)
{
    for (size_t i = 0; i < ARRAY_LEN(plain_calls); i++) {
        int rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, plain_calls[i], 0);
        if (rc < 0)
            return rc;
    }
    return 0;
}

/* Calls that are fine with some arguments only. */
static int allow_bounded(scmp_filter_ctx filter)
{
    /* No memory that may be run. */
    int rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                              SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    if (rc < 0)
        return rc;
    rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                          SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    if (rc < 0)
        return rc;
    /* A thread, never a process. clone3 hides its flags behind a pointer;
     * told that the kernel lacks it, the C library uses clone. */
    rc = seccomp_rule_add(
        filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
        SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD | CLONE_VM, CLONE_THREAD | CLONE_VM));
    if (rc < 0)
        return rc;
    rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    if (rc < 0)
        return rc;
    /* Threads are given names. */
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1,
                            SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME));
}

int cell_lock(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!filter)
        return -ENOMEM;
    /* Libraries may have started threads already: they get the filter too. */
    int rc = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
    if (rc == 0)
        rc = seccomp_attr_set(filter, SCMP_FLTATR_CTL_NNP, 1);
    if (rc == 0)
        rc = allow_plain(filter);
    if (rc == 0)
        rc = allow_bounded(filter);
    if (rc == 0)
        rc = seccomp_load(filter);
    seccomp_release(filter);
    return rc;
}
