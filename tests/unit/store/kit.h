/* unit/store/kit.h - hand-written statements and short verbs for the store's tests.
 *
 * The query compiler writes such definitions for rooms; here they are written
 * by hand, so that the store is tested without it.
 */
#ifndef SWARD_TESTS_UNIT_STORE_KIT_H
#define SWARD_TESTS_UNIT_STORE_KIT_H

#include "support/test_store.h"

#include <pthread.h>
#include <sched.h>

#include "store/db.h"
#include "store/stmt.h"

/* A table `item(id, owner, title, blob, size, sold)` with title unique, and a
 * table `tally(id, n)` with one row (1, 0). */
void kit_schema(struct test_store *t);

extern const struct stmt_def kit_item_add;   /* id, title */
extern const struct stmt_def kit_item_count; /* -> int */
extern const struct stmt_def kit_item_has;   /* id -> int */
extern const struct stmt_def kit_item_blob;  /* id, bytes: adds an item with bytes */
extern const struct stmt_def kit_tally_add;  /* -> n after adding one */
extern const struct stmt_def kit_tally_get;  /* -> int */

/* Run a statement that gives no rows; the error as it comes. */
int kit_run(struct db *db, const struct stmt_def *def, const struct db_val *args, struct err *err);

/* Run a statement and give the first column of its first row; -1 without rows. */
int kit_number(struct db *db, const struct stmt_def *def, const struct db_val *args, int64_t *ret,
               struct err *err);

/* Add an item whose title is made from the id. */
int kit_add(struct db *db, int64_t id, struct err *err);

/* Items in the store, read in a transaction of its own; and whether one is there. */
int64_t kit_count(struct store *store);
bool kit_has(struct store *store, int64_t id);
int64_t kit_tally(struct store *store);

#endif
