/* store/remember.h - the rows of a statement, kept as a memo and given again.
 *
 * A select whose head in queries.sql says `-- remembered: person($actor)` is
 * run once; its rows are kept (store/memo.h) under the statement and its
 * arguments, and given again until a write says `-- changes: person($actor)`
 * for the same actor, or C says memo_changed. The query compiler holds that
 * every write to a table that such a select reads says what it changes.
 *
 * Private to store/: db.c asks here before it asks the engine, and the cursor
 * looks the same to whoever reads it. Rows of a write's transaction and of
 * PostgreSQL come from the engine always.
 *
 * Memory: a cursor's rows are one block of its own, until db_finish. Rows or
 * arguments that are too long are not kept. Threads: no state of its own.
 */
#ifndef SWARD_STORE_REMEMBER_H
#define SWARD_STORE_REMEMBER_H

#include <stdbool.h>

#include "store/engine.h"

/* True when this handle's rows may be remembered. */
bool remember_holds(const struct db *db);

/* Give the cursor the rows that were kept; false when there are none. */
bool remember_recall(struct db *db, const struct stmt_def *def, const struct db_val *args,
                     struct db_cursor *c);

/* Keep the rows of a cursor that the engine has just started, and give it the
 * kept ones. The engine's is finished, also after an error. */
NODISCARD int remember_keep(struct db *db, const struct stmt_def *def, const struct db_val *args,
                            struct db_cursor *c, struct err *err);

/* Say what a write that ran has changed. */
void remember_changed(struct db *db, const struct stmt_def *def, const struct db_val *args);

/* What engine->step and its sisters do, on kept rows. */
int remembered_step(struct db_cursor *c);
bool remembered_is_null(const struct db_cursor *c, int col);
int64_t remembered_int(const struct db_cursor *c, int col);
double remembered_real(const struct db_cursor *c, int col);
struct str remembered_text(const struct db_cursor *c, int col);
void remembered_free(struct db_cursor *c);

#endif
