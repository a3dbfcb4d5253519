/* job/runner.h - who does the jobs.
 *
 * A few threads look for jobs that are due, take some with a lease, and do
 * them. Any number of processes on one database share the work. A worker that
 * dies keeps nobody waiting longer than its lease (JOB_LEASE); a job that
 * always fails, or that takes its worker down with it, is given up after its
 * kind's tries.
 *
 * Time is the store's clock: on a manual one, jobs become due when it is
 * moved. jobs_run_due then does them in a fixed order, for tests and for the
 * simulator, which do not start the threads.
 *
 * Threads: everything may be called from any thread, except from a job.
 * Memory: struct jobs owns its state; the tables given must outlive it.
 */
#ifndef SWARD_JOB_RUNNER_H
#define SWARD_JOB_RUNNER_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/settings.h"
#include "job/job.h"
#include "store/store.h"

struct jobs;

/* Make a runner ready; nothing is done yet.
 *   tables    lists of kinds, each ended by a zero row; ended by NULL. Two
 *             kinds of one name, or a kind without exactly one of write and
 *             call, are a bug
 *   settings  handed to every job; may be NULL
 *   ret_jobs  OUT: freed by jobs_close */
NODISCARD int jobs_open(struct store *store, const struct job_kind *const *tables,
                        const struct settings *settings, struct jobs **ret_jobs, struct err *err);

/* Begin n threads, 1..16. */
NODISCARD int jobs_start(struct jobs *j, int n, struct err *err);

/* Let the jobs at hand end, stop, free. Before store_close. NULL is fine. */
void jobs_close(struct jobs *j);

/* There may be jobs that are due: after a commit that added one, or when a
 * manual clock was moved. Otherwise the threads look four times a second.
 * NULL is fine. */
void jobs_kick(struct jobs *j);

/* Do all jobs that are due now, one after the other, on this thread, the
 * longest due first; what they add that is due at once, too.
 *   ret_done  OUT, may be NULL: jobs that were done or failed
 * Fails only when the store does; a job that fails is put off as always. */
NODISCARD int jobs_run_due(struct jobs *j, int64_t *ret_done, struct err *err);

/* What this process did since it began; for /metrics. */
struct jobs_stats {
    int64_t done;     /* succeeded */
    int64_t failed;   /* tries that failed */
    int64_t given_up; /* jobs that failed for good */
};
void jobs_stats(struct jobs *j, struct jobs_stats *ret_stats);

#endif
