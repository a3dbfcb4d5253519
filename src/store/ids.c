/* store/ids.c - see ids.h. */
#include "store/ids.h"

/* Ids of one millisecond differ in the low 22 bits (base/id.h). */
#define IDS_MS_SHIFT 22

void ids_init(struct ids *ids)
{
    pthread_mutex_init(&ids->lock, NULL);
    id_source_init(&ids->source, 0, 0);
    ids->mark = -1;
    ids->last = 0;
}

void ids_release(struct ids *ids)
{
    pthread_mutex_destroy(&ids->lock);
}

int64_t ids_mark(struct ids *ids)
{
    pthread_mutex_lock(&ids->lock);
    int64_t mark = ids->mark;
    pthread_mutex_unlock(&ids->lock);
    return mark;
}

void ids_set_mark(struct ids *ids, int64_t mark)
{
    pthread_mutex_lock(&ids->lock);
    ids->mark = mark;
    pthread_mutex_unlock(&ids->lock);
}

int64_t ids_restart(struct ids *ids, int node, int64_t mark, int64_t now)
{
    id_source_init(&ids->source, node, mark > ids->last ? mark : ids->last);
    return id_next(&ids->source, now);
}

int64_t ids_ahead(int64_t id, int64_t seconds)
{
    return id + ((seconds * 1000) << IDS_MS_SHIFT);
}

int64_t db_new_id(struct db *db)
{
    BUG_ON(!db->can_write);
    struct ids *ids = &db->store->ids;
    pthread_mutex_lock(&ids->lock);
    int64_t id = id_next(&ids->source, db->now);
    if (id > ids->mark && db->first.code == 0) {
        struct err err;
        err_clear(&err);
        if (db->store->engine->reserve(db, &id, &err) < 0)
            db_latch(db, &err);
    }
    if (id > ids->last)
        ids->last = id;
    pthread_mutex_unlock(&ids->lock);
    return id;
}
