#include "community/social/collection.h"

#include "account/bond/bond.h"
#include "event/body.h"
#include "event/event.h"
#include "gen/social_sql.h"
#include "words/text.h"

static int not_there(struct err *err)
{
    return err_set(err, ERR_NOT_FOUND, N_("This collection is not there any more."));
}

static int check_name(struct str name, struct err *err)
{
    if (name.len == 0)
        return err_field(err, "name", N_("Name the collection, please."));
    if (text_count(name) > COLLECTION_NAME_MAX)
        return err_field_n(err, "name", N_("At most {n} characters, please."), COLLECTION_NAME_MAX);
    return 0;
}

static int taken(struct err *err)
{
    return err_field(err, "name", N_("You have a collection of this name."));
}

int collection_make(struct db *db, struct arena *a, const struct social_actor *who, struct str name,
                    bool open, int64_t *ret_id, struct err *err)
{
    struct collection_count_row count = { 0 };
    struct event_body body;
    int64_t id = db_new_id(db), rows = 0;
    int rc = check_name(name, err);
    if (rc == 0)
        rc = collection_count(db, a, who->key, &count, err);
    if (rc == 0 && count.n >= COLLECTIONS_MAX)
        rc = err_field_n(err, "name", N_("At most {n} collections, please."), COLLECTIONS_MAX);
    if (rc == 0)
        rc = collection_insert(db, id, who->key, name, open, &rows, err);
    if (rc == 0 && rows == 0)
        rc = taken(err);
    if (rc < 0)
        return rc;
    event_body_init(&body);
    json_member_bool(&body.json, "open", open);
    rc = event_append_body(db,
                           &(struct event){ .kind = EVENT_COLLECTION_MADE,
                                            .actor = who->key,
                                            .object = id,
                                            .simulated = who->simulated },
                           &body, err);
    if (rc == 0)
        *ret_id = id;
    return rc;
}

static int find_own(struct db *db, struct arena *a, int64_t actor, int64_t id, struct err *err)
{
    struct collection_row_row row;
    int rc = collection_row(db, a, id, &row, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && row.owner != actor))
        return not_there(err);
    return rc;
}

int collection_change(struct db *db, struct arena *a, int64_t actor, int64_t id, struct str name,
                      bool open, struct err *err)
{
    struct collection_named_row named = { 0 };
    int rc = find_own(db, a, actor, id, err);
    if (rc == 0)
        rc = check_name(name, err);
    if (rc < 0)
        return rc;
    rc = collection_named(db, a, actor, name, &named, err);
    if (rc == 0 && named.id != id)
        return taken(err);
    if (rc < 0 && rc != ERR_NOT_FOUND)
        return rc;
    err_clear(err);
    return collection_update(db, id, name, open, NULL, err);
}

int collection_drop(struct db *db, struct arena *a, const struct social_actor *who, int64_t id,
                    struct err *err)
{
    int rc = find_own(db, a, who->key, id, err);
    if (rc == 0)
        rc = collection_let_go(db, id, NULL, err);
    if (rc == 0)
        rc = collection_delete(db, id, NULL, err);
    if (rc < 0)
        return rc;
    return event_append(db,
                        &(struct event){ .kind = EVENT_COLLECTION_DELETED,
                                         .actor = who->key,
                                         .object = id,
                                         .simulated = who->simulated },
                        err);
}

int collection_keep(struct db *db, struct arena *a, int64_t actor, int64_t note, int64_t id,
                    struct err *err)
{
    int64_t rows = 0;
    int rc = id ? find_own(db, a, actor, id, err) : 0;
    if (rc == 0)
        rc = save_keep(db, actor, note, id, &rows, err);
    if (rc == 0 && rows == 0)
        rc = err_set(err, ERR_NOT_FOUND, N_("You have not saved this note."));
    return rc;
}

int collection_seen(struct db *db, struct arena *a, int64_t reader, int64_t id,
                    struct collection_row_row *ret_row, struct err *err)
{
    struct collection_row_row row = { 0 };
    bool apart = false;
    int rc = collection_row(db, a, id, &row, err);
    if (rc == 0)
        rc = bond_blocked(db, reader, row.owner, &apart, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && (apart || (!row.open && row.owner != reader))))
        return not_there(err);
    if (rc == 0)
        *ret_row = row;
    return rc;
}
