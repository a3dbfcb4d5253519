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
 * For that reader Explore leaves out what they saw already and what they said
 * they are not interested in, and reads on into the next windows until the
 * page is full; a note by an author, of a topic or of a section of what was
 * sent away in the last 30 days counts as HEAT_AWAY_AUTHOR, HEAT_AWAY_TOPIC or
 * HEAT_AWAY_SECTION colder within its window (insight/feed/taste.h). A cursor counts
 * the places of a window, shown or not, so that what is seen while somebody
 * reads on moves nothing.
 *
 * Follow shows the notes of the people and in the topics one follows, newest first.
 *
 * The weights are learnt from the log by a shared follower (feed_follower),
 * which keeps the table feed_note; it can be rebuilt from row one.
 *
 * Source: capabilities 30, 33, 36, 74, 139; analytics.md "Engagement".
 */
#ifndef SWARD_INSIGHT_FEED_FEED_H
#define SWARD_INSIGHT_FEED_FEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "event/follower.h"
#include "insight/feed/taste.h"
#include "store/db.h"
#include "web/request.h"

#define HEAT_HOURS        12
#define HEAT_ONE          INT64_C(1000000) /* heat is counted in millionths */
#define HEAT_INTEREST     (2 * HEAT_ONE)
#define HEAT_WINDOW       60
#define HEAT_AWAY_AUTHOR  (3 * HEAT_ONE)
#define HEAT_AWAY_TOPIC   (2 * HEAT_ONE)
#define HEAT_AWAY_SECTION HEAT_ONE
#define EXPLORE_WINDOWS   10 /* read for one page at most */
#define WEIGHT_LIKE       1
#define WEIGHT_SAVE       3
#define WEIGHT_COMMENT    4

/* Heat, in millionths, of a note that was published at `at` (microseconds UTC). */
int64_t feed_heat(int64_t at, int64_t weight);

/* Where a page of Explore begins: in the window of candidates below (heat,
 * note), after `offset` of them, of the notes there were when the reader began:
 * those with ids below `since`. All zero = at the top, of all notes. */
struct feed_cursor {
    int64_t heat, note, offset, since;
};

struct feed_query {
    bool newest;               /* no ranking: newest first */
    struct str interests;      /* chosen section keys by commas; empty = none */
    const struct taste *taste; /* what is left out or colder; NULL = nothing */
    bool seen_too;             /* what the reader saw as well */
    struct feed_cursor from;
    size_t limit; /* 1..HEAT_WINDOW */
};

/* One page of Explore, as ids.
 *   ret_ids   OUT: room for query->limit
 *   ret_next  OUT: where the next page begins; all zero = this was the last */
NODISCARD int feed_explore(struct db *db, struct arena *a, const struct feed_query *query,
                           int64_t *ret_ids, size_t *ret_n, struct feed_cursor *ret_next,
                           struct err *err);

/* Why a note stands where it does for a reader. */
struct feed_why {
    int64_t weight; /* what readers gave it */
    int64_t lead;   /* heat by that, in millionths */
    int64_t chosen; /* HEAT_INTEREST when its section was chosen, else 0 */
    int64_t cool_author, cool_topic, cool_section; /* set back, in millionths */
    bool seen, away;                               /* left out */
};

/* ERR_NOT_FOUND when Explore does not know the note: it is not for everyone.
 *   query  interests and taste of the reader */
NODISCARD int feed_why(struct db *db, struct arena *a, const struct feed_query *query, int64_t note,
                       struct feed_why *ret_why, struct err *err);

/* The newest notes below an id of the people and topics somebody follows, as ids.
 *   ret_ids  OUT: room for n; ret_n OUT: how many */
NODISCARD int feed_of_followed(struct db *db, struct arena *a, int64_t reader, int64_t before,
                               size_t n, int64_t *ret_ids, size_t *ret_n, struct err *err);

struct privacy_part;
extern const struct follower feed_follower;
extern const struct privacy_part feed_privacy;

#endif
