/* store/pg_node.c - see pg_node.h. */
#include "store/pg_node.h"

#include <inttypes.h>
#include <stdio.h>

#include "store/ids.h"
#include "store/pg_conn.h"

#define IDS_AHEAD_S 10           /* one small transaction each ten seconds of writing */
#define NODE_LOCKS  "1937207666" /* the first number of our locks: "swar" */
#define TEXT_MAX    32

struct mark_args {
    char name[TEXT_MAX], from[TEXT_MAX], to[TEXT_MAX];
};

static void name_of(char out[TEXT_MAX], int node)
{
    snprintf(out, TEXT_MAX, "id_mark.%d", node);
}

/* Move the mark if it still stands where we left it: 1 = moved. */
static int move_mark(struct pg_conn *keeper, int node, int64_t from, int64_t to, struct err *err)
{
    struct mark_args a;
    name_of(a.name, node);
    snprintf(a.from, sizeof(a.from), "%" PRId64, from);
    snprintf(a.to, sizeof(a.to), "%" PRId64, to);
    const char *args[] = { a.name, a.from, a.to };
    return pg_conn_ask(keeper,
                       "update store_meta set value = cast($3 as bigint)"
                       " where name = $1 and value = cast($2 as bigint)",
                       args, 3, NULL, err);
}

/* The node's mark in the database, made when there is none. */
static int find_mark(struct pg_conn *keeper, int node, int64_t *ret_mark, struct err *err)
{
    char name[TEXT_MAX];
    name_of(name, node);
    const char *args[] = { name };
    int rc = pg_conn_ask(
        keeper, "insert into store_meta (name, value) values ($1, 0) on conflict (name) do nothing",
        args, 1, NULL, err);
    if (rc < 0)
        return rc;
    return pg_conn_ask(keeper, "select value from store_meta where name = $1", args, 1, ret_mark,
                       err);
}

/* 1 = the lock of this node is ours. */
static int lock_node(struct pg_conn *keeper, int node, struct err *err)
{
    char text[TEXT_MAX];
    snprintf(text, sizeof(text), "%d", node);
    const char *args[] = { text };
    int64_t got = 0;
    int rc = pg_conn_ask(keeper,
                         "select case when pg_try_advisory_lock(" NODE_LOCKS
                         ", cast($1 as integer)) then 1 else 0 end",
                         args, 1, &got, err);
    return rc < 0 ? rc : (int)got;
}

/* Become some node and draw an id above its mark. */
static int take_node(struct store *store, int64_t now, int64_t *ret_id, struct err *err)
{
    struct pg_store *pg = store->impl;
    struct ids *ids = &store->ids;
    pg->node = -1;
    int rc = pg_conn_ready(&pg->keeper, &store->config, err);
    if (rc == 0)
        rc = pg_conn_exec(&pg->keeper, "select pg_advisory_unlock_all()", err);
    for (int node = 0; rc == 0 && node <= ID_NODE_MAX; node++) {
        rc = lock_node(&pg->keeper, node, err);
        if (rc <= 0)
            continue;
        int64_t found = 0;
        rc = find_mark(&pg->keeper, node, &found, err);
        if (rc < 0)
            return rc;
        int64_t id = ids_restart(ids, node, found, now);
        int64_t mark = ids_ahead(id, IDS_AHEAD_S);
        rc = move_mark(&pg->keeper, node, found, mark, err);
        if (rc == 1) {
            pg->node = node;
            ids->mark = mark;
            *ret_id = id;
            return 0;
        }
    }
    return rc < 0 ? rc : err_detail(err, ERR_BUSY, "all %d nodes are taken", ID_NODE_MAX + 1);
}

int pg_reserve(struct db *db, int64_t *ret_id, struct err *err)
{
    struct store *store = db->store;
    struct pg_store *pg = store->impl;
    if (pg->node >= 0 && !pg_conn_lost(&pg->keeper)) {
        int64_t mark = ids_ahead(*ret_id, IDS_AHEAD_S);
        int rc = move_mark(&pg->keeper, pg->node, store->ids.mark, mark, err);
        if (rc == 1) {
            store->ids.mark = mark;
            return 0;
        }
        if (rc < 0 && !pg_conn_lost(&pg->keeper))
            return rc;
    }
    return take_node(store, db->now, ret_id, err);
}

void pg_node_leave(struct store *store)
{
    struct pg_store *pg = store->impl;
    struct ids *ids = &store->ids;
    struct err ignored;
    if (pg->node >= 0 && !pg_conn_lost(&pg->keeper) && ids->mark > ids->last &&
        move_mark(&pg->keeper, pg->node, ids->mark, ids->last, &ignored) == 1)
        ids->mark = ids->last;
}
