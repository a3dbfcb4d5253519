/* store/db.h - one piece of work's handle to the database.
 *
 * A struct db is a transaction that store/store.h opened: a read transaction
 * for a page, or a write that is part of the writer's batch (SQLite) or a
 * SERIALIZABLE transaction of its own (PostgreSQL). Work cannot tell which
 * engine it is on. It never begins, commits or rolls back: it returns 0 and
 * its changes stay, or it returns an error and they go.
 *
 * The first SQL error latches the handle: later statements fail at once with
 * that error, on both engines alike, and work that swallows it fails with it. So a rule that
 * expects a duplicate writes `on conflict do nothing` and looks at the row count; it does not try
 * and catch.
 *
 * A write may be run more than once (PostgreSQL retries it, the SQLite writer
 * runs a dead batch's work again alone): it must have no effect outside the
 * database and must build what it returns afresh each time.
 *
 * Threads: a handle belongs to the thread that runs the work.
 */
#ifndef SWARD_STORE_DB_H
#define SWARD_STORE_DB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct db;

/* The time of this piece of work, microseconds UTC: it stands still while the
 * work runs and comes from the store's clock. */
int64_t db_now(const struct db *db);

/* A new id, greater than every id given before it on this database file
 * (SQLite) or by this process (PostgreSQL, where processes never give the same
 * one), whatever the clock did and however the process ended. Failing to
 * reserve ids latches the handle. A bug on a read handle. */
int64_t db_new_id(struct db *db);

/* True when the handle may write. */
bool db_can_write(const struct db *db);

/* True on PostgreSQL; for the few tests that must know, never for rules. */
bool db_is_postgres(const struct db *db);

#endif
