/* store/ids.h - new ids that stay new over restarts, crashes and wrong clocks.
 *
 * Private to store/. An id is made from the clock (base/id.h), so a clock that
 * went back while the server was down could make old ids again. Therefore the
 * database keeps a mark: no id above it was ever given. Before the first id
 * above the mark, the mark is moved some seconds ahead, which costs one small
 * row every few seconds; a store that opens starts above the mark.
 *
 * The mark is also a fence. Whoever finds another mark than the one it left
 * there knows that somebody else has used the row, and starts anew above what
 * it finds. So two processes never share a range, whatever locks were lost.
 *
 * SQLite moves the mark in the write's own transaction; when that rolls back,
 * ids_set_mark puts the old one back here too. PostgreSQL has one mark per
 * node number and moves it in a transaction of its own (pg_node.c).
 */
#ifndef SWARD_STORE_IDS_H
#define SWARD_STORE_IDS_H

#include "store/engine.h"

void ids_init(struct ids *ids);
void ids_release(struct ids *ids);

/* The mark now, and putting an earlier one back after a rollback. */
int64_t ids_mark(struct ids *ids);
void ids_set_mark(struct ids *ids, int64_t mark);

/* For engine->reserve, with the lock held. */

/* Start above `mark` (found in the database) as `node`, and draw one id. */
int64_t ids_restart(struct ids *ids, int node, int64_t mark, int64_t now);

/* Where the mark goes when `id` is the next one to give. */
int64_t ids_ahead(int64_t id, int64_t seconds);

#endif
