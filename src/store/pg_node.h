/* store/pg_node.h - which node this process is, and its mark of ids.
 *
 * Private to store/pg_*.c. A node number is held by an advisory lock on a
 * connection kept for that; its mark stands in store_meta. See ids.h.
 */
#ifndef SWARD_STORE_PG_NODE_H
#define SWARD_STORE_PG_NODE_H

#include "store/engine.h"

/* engine->reserve: runs with ids.lock held. */
int pg_reserve(struct db *db, int64_t *ret_id, struct err *err);

/* Leave the exact mark behind; nobody draws ids any more. */
void pg_node_leave(struct store *store);

#endif
