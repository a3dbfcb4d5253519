/* job/runner.c - taking jobs that are due and doing them. */
#include "job/runner.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "gen/job_sql.h"

#define POLL          (TIME_SECOND / 4)
#define THREADS_MOST  16
#define TAKE_MOST     8 /* jobs taken at once; the last of them alone may be a call */
#define TRIES_DEFAULT 8
#define PAUSE_DEFAULT TIME_SECOND
#define PAUSE_MOST    TIME_HOUR
#define EVERY_KEY     "every"

/* Memory of one job: its body and what it builds. */
#define JOB_BYTES (16 * 1024 * 1024)

struct jobs {
    struct store *store;
    const struct job_kind *const *tables;
    const struct settings *settings;
    _Atomic bool regular; /* the jobs that come again are there */
    _Atomic int64_t done, failed, given_up;

    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool stop, kicked;
    bool looking; /* one thread at a time looks for jobs */
    int n_threads;
    pthread_t threads[THREADS_MOST];
};

/* Jobs that this worker has. */
struct hand {
    struct jobs *jobs;
    struct arena arena; /* of the rows */
    struct job_ready_rows ready;
    bool taken[TAKE_MOST];
    int64_t lease;
};

/* One try of one job. */
struct job_attempt {
    struct jobs *jobs;
    const struct job_kind *kind; /* NULL: the program knows no such kind */
    struct job job;
    struct arena arena;
    int64_t lease;
    bool lost; /* the lease ran out and another worker has the job, or it was cancelled */
    bool given_up;
    int64_t renewed; /* what job_hold is making of the lease */
    int64_t later;   /* put off by job_later: not before this */
    char why[240];   /* of a failure */
};

static const struct job_kind *kind_find(const struct jobs *j, struct str name)
{
    for (const struct job_kind *const *table = j->tables; *table; table++)
        for (const struct job_kind *k = *table; k->name; k++)
            if (str_eq_c(name, k->name))
                return k;
    return NULL;
}

static void check_kinds(const struct jobs *j)
{
    for (const struct job_kind *const *table = j->tables; *table; table++)
        for (const struct job_kind *k = *table; k->name; k++) {
            BUG_ON(!k->write == !k->call);
            BUG_ON(kind_find(j, str_from(k->name)) != k);
        }
}

/* Make sure that the jobs that come again are there. */
static int add_regular(struct db *db, void *ctx, struct err *err)
{
    const struct jobs *j = ctx;
    int rc = 0;
    for (const struct job_kind *const *table = j->tables; *table; table++)
        for (const struct job_kind *k = *table; k->name && rc == 0; k++)
            if (k->every > 0)
                rc = job_add(db, k->name, STR(EVERY_KEY), db_now(db), STR(""), err);
    return rc;
}

static int read_ready(struct db *db, void *ctx, struct err *err)
{
    struct hand *h = ctx;
    arena_clear(&h->arena);
    return job_ready(db, &h->arena, db_now(db), TAKE_MOST, &h->ready, err);
}

/* Take what read_ready found, as far as nobody was faster. A call may take
 * long, so it is taken alone and the jobs behind it are left to others. */
static int take(struct db *db, void *ctx, struct err *err)
{
    struct hand *h = ctx;
    memset(h->taken, 0, sizeof(h->taken));
    h->lease = db_now(db) + JOB_LEASE;
    for (size_t i = 0; i < h->ready.n; i++) {
        const struct job_kind *kind = kind_find(h->jobs, h->ready.v[i].kind);
        bool call = kind && kind->call;
        if (call && i > 0)
            return 0;
        int64_t changed = 0;
        int rc = job_lease(db, h->ready.v[i].id, db_now(db), h->lease, &changed, err);
        if (rc)
            return rc;
        h->taken[i] = changed > 0;
        if (call)
            return 0;
    }
    return 0;
}

/* When a job that comes again is due next; rounds that were missed are left out. */
static int64_t next_round(const struct job_kind *kind, int64_t due, int64_t now)
{
    int64_t missed = now > due ? (now - due) / kind->every : 0;
    return due + (missed + 1) * kind->every;
}

/* Note success, in the transaction at hand; lost when the lease is no longer ours. */
static int finish(struct db *db, struct job_attempt *t, struct err *err)
{
    int64_t changed = 0;
    int rc = t->kind->every > 0
                 ? job_again(db, t->job.id, t->lease, next_round(t->kind, t->job.due, db_now(db)),
                             0, STR(""), &changed, err)
                 : job_finish(db, t->job.id, t->lease, &changed, err);
    t->lost = rc == 0 && changed == 0;
    return rc;
}

static int do_write(struct db *db, void *ctx, struct err *err)
{
    struct job_attempt *t = ctx;
    arena_clear(&t->arena);
    int rc = finish(db, t, err);
    if (rc || t->lost)
        return rc;
    return t->kind->write(db, &t->arena, &t->job, t->kind->ctx, err);
}

static int finish_call(struct db *db, void *ctx, struct err *err)
{
    return finish(db, ctx, err);
}

static int64_t pause_after(const struct job_kind *kind, int64_t tries)
{
    int64_t pause = kind && kind->pause > 0 ? kind->pause : PAUSE_DEFAULT;
    for (int64_t i = 1; i < tries && pause < PAUSE_MOST; i++)
        pause *= 2;
    return pause < PAUSE_MOST ? pause : PAUSE_MOST;
}

/* Most tries of a job; one that comes again is never given up. */
static int64_t tries_most(const struct job_kind *kind)
{
    if (kind && kind->every > 0)
        return INT64_MAX;
    return kind && kind->max_tries > 0 ? kind->max_tries : TRIES_DEFAULT;
}

/* Put a failed job off, or give it up. */
static int note_failure(struct db *db, void *ctx, struct err *err)
{
    struct job_attempt *t = ctx;
    t->given_up = t->job.tries >= tries_most(t->kind);
    if (t->given_up)
        return job_give_up(db, t->job.id, t->lease, db_now(db), str_from(t->why), NULL, err);
    int64_t due = db_now(db) + pause_after(t->kind, t->job.tries);
    return job_again(db, t->job.id, t->lease, due, t->job.tries, str_from(t->why), NULL, err);
}

static int give_back(struct db *db, void *ctx, struct err *err)
{
    const struct job_attempt *t = ctx;
    if (t->later)
        return job_again(db, t->job.id, t->lease, t->later, t->job.tries - 1, STR(""), NULL, err);
    return job_release(db, t->job.id, t->lease, NULL, err);
}

/* After a try that failed with rc. What can't be noted now is settled when the lease runs out. */
static void settle_failure(struct job_attempt *t, int rc, const struct err *why)
{
    struct err err = { 0 };
    if (rc == ERR_BUSY) { /* the store is full or closing: not the job's fault */
        if (store_write(t->jobs->store, give_back, t, &err) != 0)
            log_at(LOG_WARN, "job.stuck", LOG_F_INT("job", t->job.id),
                   LOG_F_STR("kind", t->job.kind));
        return;
    }
    atomic_fetch_add(&t->jobs->failed, 1);
    snprintf(t->why, sizeof(t->why), "%s: %s", err_name(rc), why->detail);
    if (store_write(t->jobs->store, note_failure, t, &err) != 0)
        log_at(LOG_WARN, "job.stuck", LOG_F_INT("job", t->job.id), LOG_F_STR("kind", t->job.kind));
    if (!t->given_up)
        return;
    atomic_fetch_add(&t->jobs->given_up, 1);
    log_at(LOG_ERROR, "job.given_up", LOG_F_INT("job", t->job.id), LOG_F_STR("kind", t->job.kind),
           LOG_F_C("why", t->why));
}

static bool is_stopping(struct jobs *j)
{
    pthread_mutex_lock(&j->lock);
    bool stop = j->stop;
    pthread_mutex_unlock(&j->lock);
    return stop;
}

static int renew(struct db *db, void *ctx, struct err *err)
{
    struct job_attempt *t = ctx;
    int64_t changed = 0, lease = db_now(db) + JOB_LEASE;
    int rc = job_extend(db, t->job.id, t->lease, lease, &changed, err);
    if (rc == 0 && changed == 0)
        return err_detail(err, ERR_CONFLICT, "the job is another worker's, or was cancelled");
    t->renewed = lease;
    return rc;
}

int job_hold(const struct job *job, struct err *err)
{
    struct job_attempt *t = job->attempt;
    if (is_stopping(t->jobs))
        return err_detail(err, ERR_BUSY, "the runner stops");
    if (store_now(t->jobs->store) + JOB_LEASE / 2 < t->lease)
        return 0;
    int rc = store_write(t->jobs->store, renew, t, err);
    if (rc == 0)
        t->lease = t->renewed;
    return rc;
}

int job_later(const struct job *job, int64_t pause, struct err *err)
{
    struct job_attempt *t = job->attempt;
    t->later = store_now(t->jobs->store) + pause;
    return err_detail(err, ERR_BUSY, "put off");
}

static int attempt_call(struct job_attempt *t, struct err *err)
{
    int rc = t->kind->call(t->jobs->store, &t->arena, &t->job, t->kind->ctx, err);
    return rc ? rc : store_write(t->jobs->store, finish_call, t, err);
}

/* Do one job that this worker has. */
static void do_job(struct jobs *j, const struct job_ready_row *row, int64_t lease)
{
    struct job_attempt t = {
        .jobs = j,
        .kind = kind_find(j, row->kind),
        .job = { row->id, row->kind, row->key, row->due, row->tries + 1, row->body,
                 settings_now(j->settings), &t },
        .lease = lease,
    };
    struct err err = { 0 };
    int rc;
    arena_init(&t.arena, JOB_BYTES);
    if (!t.kind)
        rc = err_detail(&err, ERR_INTERNAL, "this program knows no such kind of job");
    else if (t.job.tries > tries_most(t.kind)) /* nobody lived to note its failures */
        rc = err_detail(&err, ERR_INTERNAL, "every worker that had it ended before it did");
    else if (t.kind->call)
        rc = attempt_call(&t, &err);
    else
        rc = store_write(j->store, do_write, &t, &err);
    if (rc)
        settle_failure(&t, rc, &err);
    else if (!t.lost)
        atomic_fetch_add(&j->done, 1);
    arena_release(&t.arena);
}

/* Look for jobs and take some.
 *   ret_n  OUT: how many were found; 0 = nothing is due */
static int look(struct jobs *j, struct hand *h, size_t *ret_n, struct err *err)
{
    if (!atomic_load(&j->regular)) {
        int rc = store_write(j->store, add_regular, j, err);
        if (rc)
            return rc;
        atomic_store(&j->regular, true);
    }
    int rc = store_read(j->store, read_ready, h, err);
    if (rc == 0 && h->ready.n > 0)
        rc = store_write(j->store, take, h, err);
    if (rc == 0)
        *ret_n = h->ready.n;
    return rc;
}

static int64_t do_hand(struct hand *h)
{
    int64_t done = 0;
    for (size_t i = 0; i < h->ready.n; i++) {
        if (!h->taken[i])
            continue;
        do_job(h->jobs, &h->ready.v[i], h->lease);
        done++;
    }
    return done;
}

static void hand_init(struct hand *h, struct jobs *j)
{
    memset(h, 0, sizeof(*h));
    h->jobs = j;
    arena_init(&h->arena, (JOB_BODY_MAX + 4096) * TAKE_MOST * 2);
}

int jobs_run_due(struct jobs *j, int64_t *ret_done, struct err *err)
{
    struct hand h;
    hand_init(&h, j);
    int64_t done = 0, before;
    int rc;
    do {
        size_t n = 0;
        before = done;
        rc = look(j, &h, &n, err);
        if (rc == 0)
            done += do_hand(&h);
    } while (rc == 0 && done > before);
    arena_release(&h.arena);
    if (rc == 0 && ret_done)
        *ret_done = done;
    return rc;
}

/* Sleep until kicked, stopped or a poll is over. Called with the lock. */
static void wait_a_poll(struct jobs *j)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += POLL * 1000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    while (!j->stop && !j->kicked)
        if (pthread_cond_timedwait(&j->wake, &j->lock, &until) != 0)
            break;
    j->kicked = false;
}

/* Be the one thread that looks, until there is something to do.
 * Returns false when the runner stops. */
static bool look_until_found(struct jobs *j, struct hand *h)
{
    pthread_mutex_lock(&j->lock);
    while (!j->stop && j->looking)
        pthread_cond_wait(&j->wake, &j->lock);
    j->looking = true;
    size_t n = 0;
    while (!j->stop && n == 0) {
        pthread_mutex_unlock(&j->lock);
        struct err err = { 0 };
        int rc = look(j, h, &n, &err);
        if (rc)
            log_at(LOG_WARN, "job.look_failed", LOG_F_C("detail", err.detail));
        pthread_mutex_lock(&j->lock);
        if (n == 0 && !j->stop)
            wait_a_poll(j);
    }
    j->looking = false;
    pthread_cond_broadcast(&j->wake);
    pthread_mutex_unlock(&j->lock);
    return n > 0;
}

static void *run(void *ctx)
{
    struct jobs *j = ctx;
    struct hand h;
    hand_init(&h, j);
    while (look_until_found(j, &h))
        (void)do_hand(&h);
    arena_release(&h.arena);
    return NULL;
}

int jobs_open(struct store *store, const struct job_kind *const *tables,
              const struct settings *settings, struct jobs **ret_jobs, struct err *err)
{
    struct jobs *j = mem_alloc(sizeof(*j));
    if (!j)
        return err_detail(err, ERR_NOMEM, "no memory left for the job runner");
    memset(j, 0, sizeof(*j));
    j->store = store;
    j->tables = tables;
    j->settings = settings;
    check_kinds(j);
    pthread_mutex_init(&j->lock, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&j->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    *ret_jobs = j;
    return 0;
}

int jobs_start(struct jobs *j, int n, struct err *err)
{
    BUG_ON(n < 1 || n > THREADS_MOST || j->n_threads > 0);
    for (; j->n_threads < n; j->n_threads++)
        if (pthread_create(&j->threads[j->n_threads], NULL, run, j) != 0)
            return err_detail(err, ERR_IO, "no thread for the job runner");
    return 0;
}

void jobs_close(struct jobs *j)
{
    if (!j)
        return;
    pthread_mutex_lock(&j->lock);
    j->stop = true;
    pthread_cond_broadcast(&j->wake);
    pthread_mutex_unlock(&j->lock);
    for (int i = 0; i < j->n_threads; i++)
        pthread_join(j->threads[i], NULL);
    pthread_cond_destroy(&j->wake);
    pthread_mutex_destroy(&j->lock);
    mem_free(j);
}

void jobs_kick(struct jobs *j)
{
    if (!j)
        return;
    pthread_mutex_lock(&j->lock);
    j->kicked = true;
    pthread_cond_broadcast(&j->wake);
    pthread_mutex_unlock(&j->lock);
}

void jobs_stats(struct jobs *j, struct jobs_stats *ret_stats)
{
    *ret_stats = (struct jobs_stats){ atomic_load(&j->done), atomic_load(&j->failed),
                                      atomic_load(&j->given_up) };
}
