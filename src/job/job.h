/* job/job.h - work that must be done: later, or again until it succeeds.
 *
 * A rule that decides that something must follow (let a reservation go after
 * fifteen minutes, tell another shop that an order was paid) adds a job in the
 * same transaction: the decision and the job stand or fall together. The
 * runner (job/runner.h) does it when it is due, and again after a growing
 * pause when it failed, until its kind's tries are used up. Then it stays,
 * marked as failed, for the operator to see.
 *
 * A job is done at least once. One of kind `write` acts exactly once: what it
 * changes and its removal are one transaction. One of kind `call` may have
 * acted before a crash; give the other side the job's id to know it by.
 *
 * Memory: texts given are copied by the database; rows live in the arena.
 * Threads: as the db handle's.
 */
#ifndef SWARD_JOB_JOB_H
#define SWARD_JOB_JOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/settings.h"
#include "base/str.h"
#include "store/db.h"
#include "store/store.h"

/* Most bytes of a body, and of a key. */
#define JOB_BODY_MAX (64 * 1024)
#define JOB_KEY_MAX  200

/* A job that is being done. */
struct job {
    int64_t id; /* the same at every try */
    struct str kind;
    struct str key;  /* empty = none */
    int64_t due;     /* when it should have begun: microseconds UTC */
    int64_t tries;   /* how often it was begun, this time included */
    struct str body; /* what job_add was given */
    const struct settings *settings;
    struct job_attempt *attempt; /* the runner's */
};

/* Do the job with a database alone, inside its one transaction. May be run
 * again after a failed try, as any write.
 *   a    for this try
 *   ctx  the kind's */
typedef int job_write_fn(struct db *db, struct arena *a, const struct job *job, void *ctx,
                         struct err *err);

/* Do the job outside any transaction: call others, take time (less than
 * JOB_LEASE, or with job_hold). It may use store_read and store_write for what
 * it must know or keep. ERR_BUSY gives it back untouched, as if it had not been
 * begun. */
typedef int job_call_fn(struct store *store, struct arena *a, const struct job *job, void *ctx,
                        struct err *err);

/* How jobs of one kind are done: exactly one of write and call. Rooms list
 * theirs in a table ended by a zero row, which app/ hands to the runner. */
struct job_kind {
    const char *name; /* "reservation.expire"; stands in the database for ever */
    job_write_fn *write;
    job_call_fn *call;
    void *ctx;
    int max_tries; /* 0 = 8 */
    int64_t pause; /* microseconds before the second try, doubled from then on up to an hour;
                      0 = one second */
    int64_t every; /* microseconds: the job is there from the start on and comes again, never
                      given up; 0 = done once */
};

/* How long a worker has a job before another may take it. */
#define JOB_LEASE (60 * INT64_C(1000000))

/* For a call that takes longer: keep the job for another JOB_LEASE from now on.
 * Asks the store only when a part of the lease is over, so call it as often as
 * every second. A failure says that the call must end, and is what it returns:
 * ERR_BUSY when the runner stops, ERR_CONFLICT when the job is no longer ours.
 * (job/runner.c) */
NODISCARD int job_hold(const struct job *job, struct err *err);

/* For a call that cannot begin yet: returns ERR_BUSY, which the call returns,
 * and the job comes again after `pause` microseconds. (job/runner.c) */
NODISCARD int job_later(const struct job *job, int64_t pause, struct err *err);

/* Add a job, in the caller's transaction.
 *   kind  name of a job_kind
 *   key   at most one waiting job has this kind and key: adding it again
 *         changes nothing; empty = any number
 *   due   not before this: microseconds UTC
 * ERR_INTERNAL when key or body is too long. */
NODISCARD int job_add(struct db *db, const char *kind, struct str key, int64_t due, struct str body,
                      struct err *err);

/* Remove the waiting job of that kind and key; nothing happens when there is
 * none. One that is being done is not stopped, but what it writes is undone. */
NODISCARD int job_cancel(struct db *db, const char *kind, struct str key, struct err *err);

/* How many jobs there are. */
struct job_figures {
    int64_t waiting; /* due ones included */
    int64_t due;
    int64_t failed; /* for good */
};
NODISCARD int job_figures(struct db *db, struct job_figures *ret_figures, struct err *err);

/* A job that was given up. */
struct job_failure {
    int64_t id;
    struct str kind, key, body;
    int64_t due, failed; /* microseconds UTC */
    int64_t tries;
    struct str error; /* for the operator */
};

/* Jobs that were given up, newest first.
 *   before   only ids below this; 0 = from the newest on
 *   n        at most this many, 1..500
 *   ret_list, ret_n  OUT: in the arena */
NODISCARD int job_failures(struct db *db, struct arena *a, int64_t before, int n,
                           struct job_failure **ret_list, size_t *ret_n, struct err *err);

/* Try a job again that was given up, as if it were new; or forget it.
 * ERR_NOT_FOUND when it is not among the failed, ERR_CONFLICT when another
 * with its key waits already. */
NODISCARD int job_retry(struct db *db, int64_t id, struct err *err);
NODISCARD int job_forget(struct db *db, int64_t id, struct err *err);

#endif
