/* store/pg_stmt.h - statements on PostgreSQL, for the engine's table.
 *
 * Private to store/pg_*.c. db.c calls these through struct engine; see there
 * for what each does.
 */
#ifndef SWARD_STORE_PG_STMT_H
#define SWARD_STORE_PG_STMT_H

#include "store/engine.h"

int pg_start(struct db *db, const struct stmt_def *def, const struct db_val *args,
             struct db_cursor *c, struct err *err);
int pg_step(struct db_cursor *c, struct err *err);
bool pg_is_null(struct db_cursor *c, int col);
int64_t pg_get_int(struct db_cursor *c, int col);
double pg_get_real(struct db_cursor *c, int col);
struct str pg_get_text(struct db_cursor *c, int col);
int64_t pg_changed(struct db_cursor *c);
void pg_finish(struct db_cursor *c);
int pg_exec(struct db *db, const char *sql, struct err *err);

#endif
