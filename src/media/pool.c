/* media/pool.c - hands jobs to helper processes and minds them. */
#include "media/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "media/channel.h"
#include "media/helper.h"

/* A helper that did this many jobs is replaced: whatever it leaks or learnt
 * from the photos it saw ends with it. */
#define JOBS_PER_LIFE 200

struct pool {
    struct pool_config config;
    char *worker;
    pthread_mutex_t lock;
    pthread_cond_t freed;
    struct helper helpers[POOL_WORKERS_MAX];
    bool busy[POOL_WORKERS_MAX]; /* guarded by lock; the helper then belongs to its job */
};

int pool_open(const struct pool_config *config, struct pool **ret_pool, struct err *err)
{
    BUG_ON(config->workers < 1 || config->workers > POOL_WORKERS_MAX);
    if (access(config->worker, X_OK) < 0)
        return err_detail(err, ERR_IO, "photo helper %s: %s", config->worker, strerror(errno));
    size_t len = strlen(config->worker) + 1;
    struct pool *pool = mem_alloc(sizeof(*pool));
    char *worker = mem_alloc(len);
    if (!pool || !worker) {
        mem_free(pool);
        mem_free(worker);
        return err_detail(err, ERR_NOMEM, "photo helpers");
    }
    memset(pool, 0, sizeof(*pool));
    memcpy(worker, config->worker, len);
    pool->config = *config;
    pool->worker = worker;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&pool->freed, &attr);
    pthread_condattr_destroy(&attr);
    for (int i = 0; i < POOL_WORKERS_MAX; i++)
        helper_init(&pool->helpers[i]);
    *ret_pool = pool;
    return 0;
}

void pool_close(struct pool *pool)
{
    if (!pool)
        return;
    for (int i = 0; i < pool->config.workers; i++) {
        BUG_ON(pool->busy[i]);
        helper_end(&pool->helpers[i], false);
    }
    pthread_cond_destroy(&pool->freed);
    pthread_mutex_destroy(&pool->lock);
    mem_free(pool->worker);
    mem_free(pool);
}

int pool_helper_pid(struct pool *pool, int i)
{
    pthread_mutex_lock(&pool->lock);
    int pid = pool->helpers[i].pid;
    pthread_mutex_unlock(&pool->lock);
    return pid;
}

/* A free helper's number, one that runs already before one that does not; -1. */
static int pick(const struct pool *pool)
{
    int found = -1;
    for (int i = 0; i < pool->config.workers; i++) {
        if (pool->busy[i])
            continue;
        if (pool->helpers[i].pid != 0)
            return i;
        if (found < 0)
            found = i;
    }
    return found;
}

static int take_helper(struct pool *pool, int *ret_i, struct err *err)
{
    int64_t until = clock_monotonic() + pool->config.wait_ms * TIME_MILLISECOND;
    struct timespec deadline = { (time_t)(until / TIME_SECOND),
                                 (long)(until % TIME_SECOND) * 1000 };
    pthread_mutex_lock(&pool->lock);
    int i = pick(pool);
    while (i < 0 && pthread_cond_timedwait(&pool->freed, &pool->lock, &deadline) != ETIMEDOUT)
        i = pick(pool);
    if (i < 0)
        i = pick(pool);
    if (i >= 0)
        pool->busy[i] = true;
    pthread_mutex_unlock(&pool->lock);
    if (i < 0)
        return err_detail(err, ERR_BUSY, "no photo helper was free");
    *ret_i = i;
    return 0;
}

static void give_helper(struct pool *pool, int i)
{
    pthread_mutex_lock(&pool->lock);
    pool->busy[i] = false;
    pthread_cond_signal(&pool->freed);
    pthread_mutex_unlock(&pool->lock);
}

/* One memory file for each rendition. */
static int make_outputs(int fds[RENDITIONS], struct err *err)
{
    for (int r = 0; r < RENDITIONS; r++) {
        fds[r] = memfd_create("sward-rendition", MFD_CLOEXEC | MFD_ALLOW_SEALING);
        if (fds[r] >= 0)
            continue;
        int rc = err_detail(err, ERR_IO, "memfd_create: %s", strerror(errno));
        while (--r >= 0)
            close(fds[r]);
        return rc;
    }
    return 0;
}

static bool begins_right(struct str bytes, enum rendition r)
{
    if (r == RENDITION_CARD)
        return str_starts(bytes, STR("\xff\xd8\xff"));
    return str_starts(bytes, STR("RIFF")) && str_eq_c(str_slice(bytes, 8, 4), "WEBP");
}

/* Seal a rendition and map it. False when it is not what was said. */
static bool take_output(int fd, const struct wire_output *said, enum rendition r,
                        struct str *ret_bytes)
{
    const int seals = F_SEAL_SEAL | F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK;
    struct stat st;
    if (said->bytes == 0)
        return true;
    if (fcntl(fd, F_ADD_SEALS, seals) < 0 || fstat(fd, &st) < 0 ||
        (uint64_t)st.st_size != said->bytes)
        return false;
    void *bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
    if (bytes == MAP_FAILED)
        return false;
    ret_bytes->ptr = bytes;
    ret_bytes->len = (size_t)st.st_size;
    return begins_right(*ret_bytes, r);
}

void pool_result_release(struct pool_result *r)
{
    for (int i = 0; i < RENDITIONS; i++)
        if (r->outputs[i].len > 0)
            munmap((void *)(uintptr_t)r->outputs[i].ptr, r->outputs[i].len);
    memset(r, 0, sizeof(*r));
}

/* End a helper that this thread holds; its place is then empty. */
static void end_helper(struct pool *pool, struct helper *h, bool lost)
{
    struct helper ending = *h;
    pthread_mutex_lock(&pool->lock);
    helper_init(h);
    pthread_mutex_unlock(&pool->lock);
    helper_end(&ending, lost);
}

/* Send the job, starting the helper when it does not run or died while idle. */
static int send_job(struct pool *pool, struct helper *h, const struct wire_request *request,
                    const int fds[WIRE_FDS], struct err *err)
{
    uint8_t packet[WIRE_MAX];
    size_t len = wire_put_request(packet, request);
    for (int try = 0; try < 2; try++) {
        if (h->pid == 0) {
            struct helper fresh;
            int rc = helper_start(&fresh, pool->worker, err);
            if (rc < 0)
                return rc;
            pthread_mutex_lock(&pool->lock);
            *h = fresh;
            pthread_mutex_unlock(&pool->lock);
        }
        if (channel_send(h->socket, packet, len, fds, WIRE_FDS) == 0)
            return 0;
        end_helper(pool, h, true);
    }
    return err_detail(err, ERR_IO, "the photo helper does not stay up");
}

/* Wait for the answer until the job's time is over. */
static int receive_answer(struct pool *pool, struct helper *h, struct wire_answer *ret,
                          struct err *err)
{
    int64_t until = clock_monotonic() + pool->config.job_ms * TIME_MILLISECOND;
    for (;;) {
        int64_t left = (until - clock_monotonic()) / TIME_MILLISECOND;
        struct pollfd ready = { h->socket, POLLIN, 0 };
        int n = left > 0 ? poll(&ready, 1, (int)left) : 0;
        if (n < 0 && errno == EINTR)
            continue;
        if (n > 0)
            break;
        return err_detail(err, ERR_INVALID, "photo helper took more than %lld ms",
                          (long long)pool->config.job_ms);
    }
    uint8_t packet[WIRE_MAX];
    ssize_t len = channel_receive(h->socket, packet, NULL);
    if (len <= 0)
        return err_detail(err, ERR_INVALID, "photo helper ended in mid-job");
    if (!wire_get_answer(packet, (size_t)len, ret))
        return err_detail(err, ERR_INVALID, "photo helper's answer makes no sense");
    return 0;
}

static int take_outputs(struct pool_result *ret, const int outputs[RENDITIONS], struct err *err)
{
    if (ret->answer.status != WIRE_OK)
        return 0;
    for (int r = 0; r < RENDITIONS; r++)
        if (!take_output(outputs[r], &ret->answer.outputs[r], (enum rendition)r, &ret->outputs[r]))
            return err_detail(err, ERR_INVALID, "photo helper's rendition %d is not one", r);
    return 0;
}

int pool_run(struct pool *pool, int photo, const struct wire_request *request,
             struct pool_result *ret, struct err *err)
{
    int fds[WIRE_FDS] = { photo };
    int i = 0;
    memset(ret, 0, sizeof(*ret));
    int rc = take_helper(pool, &i, err);
    if (rc < 0)
        return rc;
    struct helper *h = &pool->helpers[i];
    rc = make_outputs(fds + 1, err);
    if (rc == 0) {
        rc = send_job(pool, h, request, fds, err);
        if (rc == 0) {
            rc = receive_answer(pool, h, &ret->answer, err);
            if (rc == 0)
                rc = take_outputs(ret, fds + 1, err);
            /* After a failure it cannot be known what state it is in. */
            if (rc < 0 || ++h->jobs >= JOBS_PER_LIFE)
                end_helper(pool, h, rc < 0);
        }
        for (int r = 0; r < RENDITIONS; r++)
            close(fds[1 + r]);
    }
    give_helper(pool, i);
    if (rc < 0)
        pool_result_release(ret);
    return rc;
}
