/* store/stmt.h - what a compiled statement is, and the values it takes and gives.
 *
 * The query compiler writes one struct stmt_def for each statement of the
 * queries.sql files, and one typed C function around it. Rooms call those
 * functions (gen/<room>_sql.h); only generated code and store/ use this file.
 *
 * Memory: definitions are constant data of the program.
 */
#ifndef SWARD_STORE_STMT_H
#define SWARD_STORE_STMT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/* A number that may be absent: a nullable argument or column. */
struct opt_int {
    bool has;
    int64_t value;
};

struct opt_real {
    bool has;
    double value;
};

#define OPT_INT(v) ((struct opt_int){ true, (v) })
#define OPT_NONE   ((struct opt_int){ false, 0 })

/* A list of ids: the argument of `in @ids`. */
struct id_list {
    const int64_t *v;
    size_t n;
};

/* How a value travels between C and an engine. id, int, time and money
 * columns are all DB_INT. */
enum db_type { DB_INT, DB_BOOL, DB_REAL, DB_TEXT, DB_BYTES, DB_IDS };

/* What a remembered statement is made from, or what a write changes: a subject
 * of store/memo.h and the argument that says which one. */
struct stmt_subject {
    const char *what;
    int8_t arg; /* place among the arguments, an id or ids; -1 = there is only one */
};

struct stmt_def {
    const char *name;     /* unique in the program, e.g. "note_by_id" */
    const char *room;     /* the room whose queries.sql holds it */
    const char *sqlite;   /* text with ?N parameters */
    const char *postgres; /* text with $N parameters */
    int index;            /* place in store_statements[] (gen/statements.h), where each
                             connection keeps it prepared; -1 = prepared at each use */
    bool writes;
    uint8_t n_args;
    uint8_t n_cols;
    const uint8_t *args; /* enum db_type each */
    const uint8_t *cols; /* enum db_type each */

    /* Of a select: its rows may be remembered until one of these changes. What
     * is asked `one` of and not there is asked again each time: people can name
     * things that are not there without end. */
    bool one;
    const struct stmt_subject *remembered;
    uint8_t n_remembered;
    /* Of a write: what was remembered about these is wrong from the commit on. */
    const struct stmt_subject *changes;
    uint8_t n_changes;
};

/* One bound argument. Text, bytes and lists are not copied: they stay where
 * they are until db_finish. `null` binds SQL's null whatever else is set; a
 * text or bytes whose ptr is NULL is otherwise the empty one. */
struct db_val {
    bool null;
    int64_t number; /* DB_INT, DB_BOOL */
    double real;
    struct str text; /* DB_TEXT, DB_BYTES */
    struct id_list ids;
};

struct db;

/* A running statement. One at a time on a handle: a generated function
 * reads all rows and finishes before it returns. */
struct db_cursor {
    struct db *db;
    const struct stmt_def *def;
    void *engine;            /* the engine's statement or result */
    struct remembered *kept; /* or rows that were remembered (store/remember.h) */
    int row;                 /* current row, counted from 0 */
};

/* Start a statement: binds, and runs it as far as its first row, so what can
 * fail mostly fails here on both engines.
 *   args        def->n_args values, which need not outlive the cursor's end
 *   ret_cursor  OUT: ended with db_finish; after an error it is empty, and
 *               db_finish on it does nothing
 * A writing statement on a read handle is refused (ERR_INTERNAL). After the
 * handle's first SQL error every statement is refused with that same error.
 * Returns ERR_CONFLICT on a broken unique, check or foreign key constraint,
 * ERR_RETRY on a serialisation failure, ERR_BUSY when a lock or the time ran
 * out, ERR_FULL, ERR_NOMEM, ERR_IO, or ERR_DB for all else (a null where none
 * may be, a statement that does not compile). Only err->detail is filled. */
NODISCARD int db_start(struct db *db, const struct stmt_def *def, const struct db_val *args,
                       struct db_cursor *ret_cursor, struct err *err);

/* Go to the next row: 1 = there is one, 0 = no more, negative = error. */
NODISCARD int db_step(struct db_cursor *c, struct err *err);

/* Values of the current row. A null reads as 0, or as a text whose ptr is
 * NULL; text and bytes are copied to the arena and end in a NUL that does not
 * count. */
bool db_is_null(struct db_cursor *c, int col);
int64_t db_int(struct db_cursor *c, int col);
double db_real(struct db_cursor *c, int col);
struct str db_text(struct db_cursor *c, int col, struct arena *a);

/* Rows changed by a `run` statement, after db_step has said 0. */
int64_t db_changed(struct db_cursor *c);

/* End the statement; safe after an error. */
void db_finish(struct db_cursor *c);

#endif
