/* unit/store/gate.h - holds the writer still while a test queues work behind it.
 *
 * gate_close queues one write that waits inside the writer; everything queued
 * after it lies in the queue until gate_open. It is part of the batch of what
 * follows it, so such tests give the store a long batch_us (GATE_BATCH_US).
 */
#ifndef SWARD_TESTS_UNIT_STORE_GATE_H
#define SWARD_TESTS_UNIT_STORE_GATE_H

#include "unit/store/kit.h"

#include <semaphore.h>

#define GATE_BATCH_US (30 * TIME_SECOND)

struct gate {
    struct store_work work;
    sem_t reached, opened, over;
    bool passed; /* run again (its batch died, PostgreSQL retried it), it does not wait */
};

/* Returns when the writer (or a pool thread) stands at the gate. */
void gate_close(struct gate *g, struct store *store, enum store_mode mode);

/* Let it go, and wait until the gate's own work was answered. */
void gate_open(struct gate *g);

/* The same in two: let it go, and wait. */
void gate_release(struct gate *g);
void gate_wait(struct gate *g);

#endif
