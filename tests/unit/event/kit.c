/* unit/event/kit.c - see kit.h. */
#include "unit/event/kit.h"

#include "gen/schema.h"

struct test_store *kit_shop(const char *engine, int threads)
{
    struct test_store *t =
        test_store_new(engine, &(struct store_config){ .pool_threads = threads });
    struct err err = { 0 };
    assert_rc(store_migrate(t->store, schema_rooms, schema_rooms_n, NULL, &err), 0, &err);
    return t;
}

static int append_fn(struct db *db, void *ctx, struct err *err)
{
    return event_append(db, ctx, err);
}

void kit_append(struct store *store, enum event_kind kind, int64_t actor, int64_t object)
{
    struct event event = { .kind = kind, .actor = actor, .object = object };
    kit_write(store, append_fn, &event);
}

void kit_write(struct store *store, store_fn *fn, void *ctx)
{
    struct err err = { 0 };
    assert_rc(store_write(store, fn, ctx, &err), 0, &err);
}

void kit_read(struct store *store, store_fn *fn, void *ctx)
{
    struct err err = { 0 };
    assert_rc(store_read(store, fn, ctx, &err), 0, &err);
}
