/* unit/event/kit.h - a store with every room's tables, and short verbs for
 * tests of the floors above store/.
 */
#ifndef SWARD_TESTS_UNIT_EVENT_KIT_H
#define SWARD_TESTS_UNIT_EVENT_KIT_H

#include "support/test_store.h"

#include "event/event.h"

/* A fresh database that was migrated.
 *   threads  of the pool; 0 = its default */
struct test_store *kit_shop(const char *engine, int threads);

/* Append one fact in a transaction of its own. */
void kit_append(struct store *store, enum event_kind kind, int64_t actor, int64_t object);

/* Run fn and demand success. */
void kit_write(struct store *store, store_fn *fn, void *ctx);
void kit_read(struct store *store, store_fn *fn, void *ctx);

#endif
