/* store/queue.h - the line where pieces of work wait for a thread.
 *
 * Private to store/. One queue stands before the SQLite writer, one before
 * the pool. Work is linked through its own `next`, so putting never allocates
 * and never fails but for the bound. Each mode has its own line inside; the
 * taker goes round them, so that many tasks can't starve reads and writes,
 * and at most `tasks_max` tasks are out at once.
 *
 * Threads: any.
 */
#ifndef SWARD_STORE_QUEUE_H
#define SWARD_STORE_QUEUE_H

#include <pthread.h>
#include <stdbool.h>

#include "store/store.h"

#define QUEUE_MODES 3 /* enum store_mode */

struct queue_line {
    struct store_work *head;
    struct store_work *tail;
};

struct queue {
    pthread_mutex_t lock;
    pthread_cond_t ready;
    struct queue_line lines[QUEUE_MODES];
    int turn;      /* the mode to look at first next time */
    int n;         /* pieces waiting */
    int max;       /* most pieces waiting */
    int tasks;     /* tasks taken and not given back */
    int tasks_max; /* most tasks taken at once */
    bool closed;   /* nothing more comes in */
};

/* Start an empty queue.
 *   max        most pieces waiting
 *   tasks_max  most STORE_TASK pieces taken at once, > 0 */
void queue_init(struct queue *q, int max, int tasks_max);

/* Give the queue's resources back; it must be empty and nobody may wait on it. */
void queue_release(struct queue *q);

/* Put work at the end of its mode's line; false when full or closed. */
NODISCARD bool queue_put(struct queue *q, enum store_mode mode, struct store_work *work);

/* Take the next piece.
 *   wait      sleep until there is one
 *   ret_mode  OUT: which line it stood in
 * Returns NULL when there is none (wait false) or, waiting, when the queue is
 * closed and empty. A taken task is given back with queue_task_over. */
struct store_work *queue_take(struct queue *q, bool wait, enum store_mode *ret_mode);
void queue_task_over(struct queue *q);

/* Let nothing more in and wake all who wait; what waits is still taken. */
void queue_close(struct queue *q);

/* Pieces waiting now. */
int queue_depth(struct queue *q);

#endif
