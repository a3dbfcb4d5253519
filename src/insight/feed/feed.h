/* insight/feed/feed.h - which notes come first, by one rule that anybody may read.
 *
 * Explore orders public notes by heat:
 *
 *     heat = (hours from 2026-01-01 UTC to publishing) / 12 + log2(1 + weight)
 *     weight = likes + 3 * saves + 4 * comments, the author's own left out
 *
 * So twelve hours of age weigh as much as a doubling of what readers gave. A
 * note's heat changes only when somebody acts on it; money never enters.
 *
 * A reader who personalises sees the same list, read in windows of 60: within
 * each window a note of a section they chose counts as HEAT_INTEREST warmer.
 * A reader who does not, and every visitor who asks for it (?order=new), sees
 * the newest first, the same for everyone.
 *
 * Follow shows the notes of the people one follows, newest first.
 *
 * The weights are learnt from the log by a shared follower (feed_follower),
 * which keeps the table feed_note; it can be rebuilt from row one.
 *
 * Source: capabilities 30, 36, 74, 139; analytics.md "Engagement".
 */
#ifndef SWARD_INSIGHT_FEED_FEED_H
#define SWARD_INSIGHT_FEED_FEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "event/follower.h"
#include "store/db.h"
#include "web/request.h"

#define HEAT_HOURS     12
#define HEAT_ONE       INT64_C(1000000) /* heat is counted in millionths */
#define HEAT_INTEREST  (2 * HEAT_ONE)
#define HEAT_WINDOW    60
#define WEIGHT_LIKE    1
#define WEIGHT_SAVE    3
#define WEIGHT_COMMENT 4

/* Heat, in millionths, of a note that was published at `at` (microseconds UTC). */
int64_t feed_heat(int64_t at, int64_t weight);

/* Where a page of Explore begins: in the window of candidates below (heat,
 * note), after `offset` of them, of the notes there were when the reader began:
 * those with ids below `since`. All zero = at the top, of all notes. */
struct feed_cursor {
    int64_t heat, note, offset, since;
};

struct feed_query {
    bool newest;          /* no ranking: newest first */
    struct str interests; /* chosen section keys by commas; empty = none */
    struct feed_cursor from;
    size_t limit; /* 1..HEAT_WINDOW */
};

/* One page of Explore, as ids.
 *   ret_ids   OUT: room for query->limit
 *   ret_next  OUT: where the next page begins; all zero = this was the last */
NODISCARD int feed_explore(struct db *db, struct arena *a, const struct feed_query *query,
                           int64_t *ret_ids, size_t *ret_n, struct feed_cursor *ret_next,
                           struct err *err);

/* The newest notes below an id of the people somebody follows, as ids.
 *   ret_ids  OUT: room for n; ret_n OUT: how many */
NODISCARD int feed_of_followed(struct db *db, struct arena *a, int64_t reader, int64_t before,
                               size_t n, int64_t *ret_ids, size_t *ret_n, struct err *err);

extern const struct follower feed_follower;

#endif
