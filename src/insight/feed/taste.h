/* insight/feed/taste.h - what Explore leaves out and sets back for one reader.
 *
 * What they saw: the last FEED_SEEN_MAX cards and opened notes of the exposure
 * stream, so of those who agreed to be counted, for as long as that is kept.
 * What they said they are not interested in: that note for good; others of its
 * author, its topics and its section are colder for FEED_COOL_DAYS.
 *
 * Memory: read with one statement, remembered by store/memo; a taste lives in
 * the arena. Threads: no state. Source: capability 36.
 */
#ifndef SWARD_INSIGHT_FEED_TASTE_H
#define SWARD_INSIGHT_FEED_TASTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"
#include "store/db.h"

#define FEED_SEEN_MAX  1000
#define FEED_AWAY_MAX  500 /* notes that one reader sends away */
#define FEED_COOL_DAYS 30

/* Numbers are those of the query feed_taste. */
enum taste_kind { TASTE_SEEN = 1, TASTE_AWAY, TASTE_AUTHOR, TASTE_TOPIC, TASTE_SECTION };

struct taste_mark {
    int64_t kind, id;
};

struct taste {
    const struct taste_mark *v; /* ascending */
    size_t n;
};

/* What counts for a reader; nothing for a visitor (0). */
NODISCARD int taste_of(struct db *db, struct arena *a, int64_t reader, struct taste *ret_taste,
                       struct err *err);

/* A note (seen, away, of a cool topic) or an author. */
bool taste_has(const struct taste *t, enum taste_kind kind, int64_t id);

/* How much colder a note is for this reader, in millionths. */
int64_t taste_cool(const struct taste *t, int64_t note, int64_t author, struct str section);

/* A reader is not interested in a note that they may see, or is again.
 * ERR_NOT_FOUND; ERR_CONFLICT beyond FEED_AWAY_MAX and for one's own. */
NODISCARD int taste_dismiss(struct db *db, struct arena *a, int64_t reader, int64_t note, bool on,
                            struct err *err);

#endif
