/* unit/event/kit.h - a store with every room's tables, and short verbs for
 * tests of the floors above store/.
 *
 * A test's steps run one after another in one write transaction each
 * (in_write), with an arena of their own.
 */
#ifndef SWARD_TESTS_UNIT_EVENT_KIT_H
#define SWARD_TESTS_UNIT_EVENT_KIT_H

#include "support/test_store.h"

#include "event/event.h"
#include "store/doctor.h"

/* A fresh database that was migrated.
 *   threads  of the pool; 0 = its default */
struct test_store *kit_shop(const char *engine, int threads);

/* Append one fact in a transaction of its own. */
void kit_append(struct store *store, enum event_kind kind, int64_t actor, int64_t object);

/* Run fn and demand success. */
void kit_write(struct store *store, store_fn *fn, void *ctx);
void kit_read(struct store *store, store_fn *fn, void *ctx);

typedef void step_fn(struct db *db, struct arena *a);

/* Run a step in a write transaction; its own assertions fail the test. */
void in_write(struct test_store *t, step_fn *step);

/* How many facts of a kind the log has. */
int64_t facts(struct db *db, struct arena *a, enum event_kind kind);

/* What a doctor finds wrong. */
int64_t findings(struct test_store *t, doctor_fn *check);

#endif
