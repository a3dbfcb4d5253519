/* store/db.c - the handle: its latch, its time, and the way to the engine.
 *
 * The latch is kept here, once, so that both engines behave alike: PostgreSQL
 * aborts a transaction at its first error by itself, SQLite does not.
 */
#include "store/engine.h"
#include "store/memo.h"
#include "store/remember.h"

/* Set while fn or the writer's `done` runs, to find those that call store_read
 * or store_write and would wait for themselves. */
static _Thread_local bool inside_work;

void db_init(struct db *db, struct store *store, void *conn, bool can_write)
{
    db->store = store;
    db->conn = conn;
    db->now = store_now(store);
    db->memo_began = 0;
    db->can_write = can_write;
    db->running = false;
    db->has_row = false;
    db->over = false;
    db->broken = false;
    err_clear(&db->first);
}

int db_latch(struct db *db, const struct err *err)
{
    if (db->first.code == 0)
        db->first = *err;
    return err->code;
}

int db_run(struct db *db, store_fn *fn, void *ctx, struct err *err)
{
    BUG_ON(inside_work);
    err_clear(err);
    inside_work = true;
    int rc = fn(db, ctx, err);
    inside_work = false;
    BUG_ON(rc > 0);
    BUG_ON(db->running);

    if (rc == 0 && db->first.code != 0) {
        *err = db->first;
        return db->first.code;
    }
    if (rc == 0)
        err_clear(err);
    else if (err->code != rc)
        err_detail(err, rc, "the work returned %d and said nothing", rc);
    return rc;
}

bool db_inside_work(void)
{
    return inside_work;
}

void db_answer(struct store_work *work)
{
    inside_work = true;
    work->done(work);
    inside_work = false;
}

int64_t db_now(const struct db *db)
{
    return db->now;
}

bool db_can_write(const struct db *db)
{
    return db->can_write;
}

bool db_is_postgres(const struct db *db)
{
    return db->store->engine->postgres;
}

/* Rows that were remembered, or are from now on; else the engine's own cursor. */
static int start(struct db *db, const struct stmt_def *def, const struct db_val *args,
                 struct db_cursor *c, struct err *err)
{
    if (def->n_remembered && remember_holds(db) && remember_recall(db, def, args, c))
        return 0;
    int rc = db->store->engine->start(db, def, args, c, err);
    if (rc == 0 && def->n_remembered && remember_holds(db))
        rc = remember_keep(db, def, args, c, err);
    if (rc == 0 && def->n_changes)
        remember_changed(db, def, args);
    return rc;
}

int db_start(struct db *db, const struct stmt_def *def, const struct db_val *args,
             struct db_cursor *ret_cursor, struct err *err)
{
    BUG_ON(db->running);
    *ret_cursor = (struct db_cursor){ 0 };
    if (db->first.code != 0) {
        *err = db->first;
        return db->first.code;
    }
    if (def->writes && !db->can_write) {
        err_detail(err, ERR_INTERNAL, "%s writes, and the handle is for reading", def->name);
        return db_latch(db, err);
    }

    struct db_cursor c = { .db = db, .def = def, .row = -1 };
    int rc = start(db, def, args, &c, err);
    if (rc < 0)
        return db_latch(db, err);
    db->running = true;
    *ret_cursor = c;
    return 0;
}

int db_step(struct db_cursor *c, struct err *err)
{
    struct db *db = c->db;
    if (db->first.code != 0) {
        *err = db->first;
        return db->first.code;
    }
    int rc = c->kept ? remembered_step(c) : db->store->engine->step(c, err);
    if (rc < 0)
        return db_latch(db, err);
    return rc;
}

bool db_is_null(struct db_cursor *c, int col)
{
    return c->kept ? remembered_is_null(c, col) : c->db->store->engine->is_null(c, col);
}

int64_t db_int(struct db_cursor *c, int col)
{
    return c->kept ? remembered_int(c, col) : c->db->store->engine->get_int(c, col);
}

double db_real(struct db_cursor *c, int col)
{
    return c->kept ? remembered_real(c, col) : c->db->store->engine->get_real(c, col);
}

struct str db_text(struct db_cursor *c, int col, struct arena *a)
{
    if (db_is_null(c, col))
        return (struct str){ 0 };
    struct str copy =
        arena_str(a, c->kept ? remembered_text(c, col) : c->db->store->engine->get_text(c, col));
    /* A NULL ptr means SQL's null; an empty text is not that. */
    return copy.ptr ? copy : STR("");
}

int64_t db_changed(struct db_cursor *c)
{
    return c->db->store->engine->changed(c);
}

void db_finish(struct db_cursor *c)
{
    if (!c->db)
        return;
    if (c->kept)
        remembered_free(c);
    else
        c->db->store->engine->finish(c);
    c->db->running = false;
    c->db = NULL;
}
