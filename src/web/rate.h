/* web/rate.h - how often one client may call.
 *
 * A token bucket for each client and class: it holds `burst` tokens and gains
 * `per_minute`. A client is the signed-in actor, or the address of a visitor
 * (an IPv6 client is its /64). The setting rate_factor scales all of it; 0
 * switches it off.
 *
 *   class    per minute   burst
 *   read        600        300
 *   write       120         60
 *   heavy        20         20
 *   auth         10         10    always by address
 *   stream      240        120
 *
 * The table is bounded: where there is no room, the bucket that was used
 * longest ago, and so is most likely full again, makes way.
 *
 * Memory: one block, allocated at start. Threads: any; a lock per shard.
 */
#ifndef SWARD_WEB_RATE_H
#define SWARD_WEB_RATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"
#include "web/route.h"

struct rate_table;

/* Memory for the buckets; NULL when there is none.
 *   factor  percent; 0 = no limits */
struct rate_table *rate_new(int64_t factor);
void rate_free(struct rate_table *table);

/* Who is counted: an actor when that is not 0, else an address. */
uint64_t rate_key(int64_t actor, struct str client);

/* Take one token.
 *   now  microseconds, of a clock that never goes back
 * 0 when there was one; else seconds until there will be. */
int rate_take(struct rate_table *table, enum rate class, uint64_t key, int64_t now);

#endif
