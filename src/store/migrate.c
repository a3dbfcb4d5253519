/* store/migrate.c - the schema's steps: which have run, which must.
 *
 * store_step holds one row for each step that ran, with a hash of its text: a
 * step that was changed after it ran would leave two databases of one version
 * that differ. Rooms that the database knows and the program does not (a room
 * that was switched off) are left alone.
 */
#include "store/engine.h"

static const char own_schema_sqlite[] =
    "create table if not exists store_step (room text not null, step integer not null,"
    " hash integer not null, ran integer not null, primary key (room, step)) strict, without rowid;"
    "create table if not exists store_meta (name text primary key, value integer not null) strict;";

static const char own_schema_postgres[] =
    "create table if not exists store_step (room text collate \"C\" not null, step bigint not null,"
    " hash bigint not null, ran bigint not null, primary key (room, step));"
    "create table if not exists store_meta (name text collate \"C\" primary key,"
    " value bigint not null);";

static const struct stmt_def tables_exist = {
    .name = "store_tables_exist",
    .sqlite = "select count(*) from sqlite_master where type = 'table' and name = 'store_step'",
    .postgres = "select count(*) from pg_class where oid = to_regclass('store_step')",
    .index = -1,
    .n_cols = 1,
    .cols = (const uint8_t[]){ DB_INT },
};

static const struct stmt_def steps_of_room = {
    .name = "store_steps_of_room",
    .sqlite = "select step, hash from store_step where room = ?1 order by step",
    .postgres = "select step, hash from store_step where room = $1 order by step",
    .index = -1,
    .n_args = 1,
    .args = (const uint8_t[]){ DB_TEXT },
    .n_cols = 2,
    .cols = (const uint8_t[]){ DB_INT, DB_INT },
};

static const struct stmt_def step_add = {
    .name = "store_step_add",
    .sqlite = "insert into store_step (room, step, hash, ran) values (?1, ?2, ?3, ?4)",
    .postgres = "insert into store_step (room, step, hash, ran) values ($1, $2, $3, $4)",
    .index = -1,
    .writes = true,
    .n_args = 4,
    .args = (const uint8_t[]){ DB_TEXT, DB_INT, DB_INT, DB_INT },
};

struct migration {
    const struct schema_room *rooms;
    size_t n_rooms;
    bool check_only;
    int ran;
};

static const char *step_text(struct db *db, const struct schema_step *step)
{
    return db_is_postgres(db) ? step->postgres : step->sqlite;
}

/* FNV-1a: the same on every machine and for ever. */
static int64_t step_hash(const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (const char *p = text; *p; p++)
        hash = (hash ^ (unsigned char)*p) * UINT64_C(1099511628211);
    return (int64_t)hash;
}

/* Compare what ran with what the program knows; returns the number of steps
 * that ran. */
static int room_done(struct db *db, const struct schema_room *room, struct err *err)
{
    struct db_val arg = { .text = str_from(room->name) };
    struct db_cursor c;
    int rc = db_start(db, &steps_of_room, &arg, &c, err);
    int done = 0;
    while (rc == 0 && (rc = db_step(&c, err)) == 1) {
        int64_t step = db_int(&c, 0);
        if (step > room->n_steps)
            rc = err_detail(err, ERR_CONFLICT,
                            "%s: the database is at step %d or later, this program knows %d",
                            room->name, (int)step, room->n_steps);
        else if (step != done + 1)
            rc = err_detail(err, ERR_CONFLICT, "%s: step %d is missing", room->name, done + 1);
        else if (db_int(&c, 1) != step_hash(step_text(db, &room->steps[done])))
            rc = err_detail(err, ERR_CONFLICT, "%s: step %d was changed after it ran", room->name,
                            (int)step);
        else
            rc = 0;
        done++;
    }
    db_finish(&c);
    return rc < 0 ? rc : done;
}

static int run_step(struct db *db, const struct schema_room *room, int i, struct err *err)
{
    const char *text = step_text(db, &room->steps[i]);
    int rc = db->store->engine->exec(db, text, err);
    if (rc < 0)
        return db_latch(db, err);
    struct db_val args[] = {
        { .text = str_from(room->name) },
        { .number = i + 1 },
        { .number = step_hash(text) },
        { .number = db_now(db) },
    };
    struct db_cursor c;
    rc = db_start(db, &step_add, args, &c, err);
    db_finish(&c);
    return rc;
}

static int do_room(struct db *db, const struct schema_room *room, struct migration *m,
                   struct err *err)
{
    int done = room_done(db, room, err);
    if (done < 0)
        return done;
    if (m->check_only && done < room->n_steps)
        return err_detail(err, ERR_CONFLICT, "%s: %d of %d schema steps have run: migrate first",
                          room->name, done, room->n_steps);
    for (int i = done; i < room->n_steps; i++) {
        int rc = run_step(db, room, i, err);
        if (rc < 0)
            return rc;
        m->ran++;
    }
    return 0;
}

static int have_tables(struct db *db, struct err *err)
{
    struct db_cursor c;
    int rc = db_start(db, &tables_exist, NULL, &c, err);
    if (rc == 0)
        rc = db_step(&c, err);
    if (rc == 1)
        rc = db_int(&c, 0) > 0;
    db_finish(&c);
    return rc;
}

static int migrate_fn(struct db *db, void *ctx, struct err *err)
{
    struct migration *m = ctx;
    m->ran = 0;
    int rc = 0;
    if (m->check_only) {
        rc = have_tables(db, err);
        if (rc == 0)
            return err_detail(err, ERR_CONFLICT, "the database is empty: migrate first");
    } else {
        rc = db->store->engine->exec(
            db, db_is_postgres(db) ? own_schema_postgres : own_schema_sqlite, err);
        if (rc < 0)
            return db_latch(db, err);
    }
    rc = rc < 0 ? rc : 0;
    for (size_t i = 0; rc == 0 && i < m->n_rooms; i++)
        rc = do_room(db, &m->rooms[i], m, err);
    return rc;
}

int store_migrate(struct store *store, const struct schema_room *rooms, size_t n_rooms,
                  int *ret_ran, struct err *err)
{
    struct err own = { 0 };
    err = err ? err : &own;
    struct migration m = { .rooms = rooms, .n_rooms = n_rooms };
    int rc = store->engine->migrate(store, migrate_fn, &m, err);
    if (rc == 0 && ret_ran)
        *ret_ran = m.ran;
    return rc;
}

int store_check(struct store *store, const struct schema_room *rooms, size_t n_rooms,
                struct err *err)
{
    struct migration m = { .rooms = rooms, .n_rooms = n_rooms, .check_only = true };
    return store_read(store, migrate_fn, &m, err);
}
