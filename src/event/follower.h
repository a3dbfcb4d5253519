/* event/follower.h - those who read the log in order and keep what they learn.
 *
 * A follower is given every fact once, in the log's order, in small batches.
 * A shared follower keeps what it learns in tables: it is called in a write
 * transaction, which moves its cursor too, so a fact is learnt exactly once
 * whatever crashes. Where several processes share a database, one of them at a
 * time does its work: the one that moved the cursor last, until it has stood
 * still for two seconds although facts wait. A local follower keeps what it
 * learns in memory: it is called in a read transaction, in every process, from
 * row one at each start.
 *
 * On PostgreSQL a fact becomes visible to followers when no transaction that
 * began before its own is still running (engine order: transaction, then id),
 * so none that commits late is skipped. Facts of one transaction stay in the
 * order of their ids.
 *
 * Followers write through the same writer as people. While more than
 * FOLLOWER_BUSY writes a second are served, a patient follower waits, so that
 * nobody's tap waits for somebody else's inbox; after FOLLOWER_PATIENCE it reads
 * on until it has caught up, busy or not. So it is at most that far behind, and
 * the time of a batch when little happens.
 *
 * A follower that fails is called again with the same facts after a growing
 * pause (a second at first, a minute at most); the others go on meanwhile.
 *
 * Threads: one thread for all followers of a process, begun by
 * followers_start; learn and reset run there. Before that, or when it was
 * never begun (a verb of the command line), they run on the caller's thread,
 * and only one thread may call. All functions below may be called from any
 * thread afterwards. None may be called from learn or reset.
 * Memory: struct followers owns its state; the list given must outlive it.
 */
#ifndef SWARD_EVENT_FOLLOWER_H
#define SWARD_EVENT_FOLLOWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/macros.h"
#include "event/event.h"
#include "store/db.h"
#include "store/store.h"

/* Most facts given to learn at once. */
#define FOLLOWER_BATCH 1024

/* How patient a patient follower is that does not say so itself. */
#define FOLLOWER_BUSY     500                /* writes a second */
#define FOLLOWER_PATIENCE (10 * TIME_SECOND) /* microseconds */

/* Learn n > 0 facts. Must be a function of the facts alone (and, when shared,
 * of tables that it wrote itself), so that a rebuild ends where the first
 * reading did. A shared follower's may be run again after a failed try. A local
 * follower's that fails must leave its memory as it was. */
typedef int follower_learn_fn(struct db *db, void *ctx, const struct event_row *rows, size_t n,
                              struct err *err);

/* Forget everything learnt; row one comes next. */
typedef int follower_reset_fn(struct db *db, void *ctx, struct err *err);

struct follower {
    const char *name; /* never changes; the cursor's key */
    bool shared;      /* keeps what it learns in tables; else in memory */
    follower_learn_fn *learn;
    follower_reset_fn *reset;
    void *ctx;
    bool patient;     /* lets people go first: see above */
    int64_t busy;     /* waits above so many writes a second; 0 = FOLLOWER_BUSY, -1 = always */
    int64_t patience; /* waits so long at most; 0 = FOLLOWER_PATIENCE */
};

struct followers;

/* Make followers ready. Nothing is read yet.
 *   list           n followers, with different names
 *   ret_followers  OUT: freed by followers_close */
NODISCARD int followers_open(struct store *store, const struct follower *list, size_t n,
                             struct followers **ret_followers, struct err *err);

/* Stop the thread after the batch it is at, and free. Before store_close. NULL is fine. */
void followers_close(struct followers *f);

/* Begin the thread. It looks for facts a quarter of a second after a kick,
 * and every quarter of a second without one. */
NODISCARD int followers_start(struct followers *f, struct err *err);

/* There may be new facts: call after a commit. Cheap, from any thread; NULL is fine. */
void followers_kick(struct followers *f);

/* Wait until every follower has learnt every fact that was committed before
 * the call. For tests, the simulator and the verbs; requests don't wait.
 * Returns the first follower's error, and ERR_BUSY when another transaction
 * has kept facts from being settled for five seconds. */
NODISCARD int followers_drain(struct followers *f, struct err *err);

/* Forget what one follower learnt and read the log again from row one.
 * Returns when the follower has caught up. ERR_NOT_FOUND: no such name. */
NODISCARD int followers_rebuild(struct followers *f, const char *name, struct err *err);

/* Where a follower stands. */
struct follower_status {
    const char *name;
    bool shared;
    int64_t learnt; /* facts learnt since row one */
    int64_t lag;    /* microseconds since the oldest fact it has not learnt; 0 = none waits */
    bool failing;   /* its last batch failed */
};

/* One status each, at most n. Returns how many there are.
 *   ret_status  OUT: in the order of the list */
size_t followers_status(struct followers *f, struct follower_status *ret_status, size_t n);

#endif
