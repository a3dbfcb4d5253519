/* store/sqlite_stmt.h - statements on SQLite, for the engine's table.
 *
 * Private to store/sqlite_*.c. db.c calls these through struct engine; see
 * there for what each does.
 */
#ifndef SWARD_STORE_SQLITE_STMT_H
#define SWARD_STORE_SQLITE_STMT_H

#include "store/engine.h"

int sqlite_start(struct db *db, const struct stmt_def *def, const struct db_val *args,
                 struct db_cursor *c, struct err *err);
int sqlite_step(struct db_cursor *c, struct err *err);
bool sqlite_is_null(struct db_cursor *c, int col);
int64_t sqlite_get_int(struct db_cursor *c, int col);
double sqlite_get_real(struct db_cursor *c, int col);
struct str sqlite_get_text(struct db_cursor *c, int col);
int64_t sqlite_changed(struct db_cursor *c);
void sqlite_finish(struct db_cursor *c);
int sqlite_exec(struct db *db, const char *sql, struct err *err);

/* Move the mark of ids inside the write's transaction. */
int sqlite_reserve(struct db *db, int64_t *ret_id, struct err *err);

#endif
