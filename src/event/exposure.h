/* event/exposure.h - what people saw.
 *
 * Seeing changes nothing, so it is not in the log. It is a stream of compact
 * rows, reported in batches by the page's script (web/exposure_web.h) or, for
 * pages served to a browser without scripts, noted by the server. Only people
 * who agreed are counted, and only while the setting is on: the caller asks,
 * this module does not. Single rows are kept for the days of a setting; sums
 * by day stay. Boards read both through the views exposure_seen and
 * exposure_by_day, and say so when counting is off.
 *
 * Memory: none kept. Threads: as the db handle's; those that take a store may
 * be called from any thread outside of a piece of work.
 */
#ifndef SWARD_EVENT_EXPOSURE_H
#define SWARD_EVENT_EXPOSURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"
#include "store/db.h"
#include "store/store.h"

/* What was seen. The numbers stand in the database for ever. */
enum exposure_kind {
    EXPOSURE_CARD = 1,    /* at least half of a note's card, for a second; thing = note */
    EXPOSURE_NOTE = 2,    /* a note was opened; thing = note */
    EXPOSURE_DWELL = 3,   /* time spent on an opened note, while visible; thing = note */
    EXPOSURE_PRODUCT = 4, /* a product was viewed; thing = product */
    EXPOSURE_SEARCH = 5,  /* search was opened; thing = 0 */
    EXPOSURE_SHELF = 6,   /* at least half of a product's card, for a second; thing = product */
};
#define EXPOSURE_KIND_MAX EXPOSURE_SHELF

/* Where it was shown. */
enum exposure_place {
    PLACE_OTHER = 0,
    PLACE_EXPLORE = 1,
    PLACE_FOLLOW = 2,
    PLACE_SEARCH = 3,
    PLACE_NOTE = 4,
    PLACE_PRODUCT = 5,
    PLACE_PROFILE = 6,
    PLACE_TOPIC = 7,
    PLACE_SECTION = 8,
    PLACE_MALL = 9,
    PLACE_SAVED = 10,
    PLACE_SHARE = 11, /* by a link that somebody passed on */
};
#define PLACE_COUNT 12

/* "card", "explore" and so on, as the script writes them in its batches and
 * pages write them in data-place. false: there is no such word. */
NODISCARD bool exposure_kind_named(struct str name, enum exposure_kind *ret_kind);
NODISCARD bool exposure_place_named(struct str name, enum exposure_place *ret_place);
const char *exposure_kind_name(enum exposure_kind kind);
const char *exposure_place_name(enum exposure_place place);

#define EXPOSURE_BATCH_MAX    100              /* rows of one batch */
#define EXPOSURE_POSITION_MAX 10000            /* greater positions are cut to this */
#define EXPOSURE_DWELL_MAX    (30 * 60 * 1000) /* ms; a longer stay is cut to this */
#define EXPOSURE_LATE_MAX     (60 * 60 * 1000) /* ms; what was seen longer ago is not counted */

/* One thing that one person saw. */
struct exposure {
    int64_t who; /* actor, or a visitor's key */
    enum exposure_kind kind;
    int64_t thing;
    enum exposure_place place;
    int64_t position; /* which in its list, from 0 */
    int64_t ago;      /* ms before db_now; negative = now */
    int64_t dwell;    /* ms; 0 for all but a dwell */
};

/* Add rows that the server noted itself. Numbers out of bounds are cut;
 * rows longer ago than EXPOSURE_LATE_MAX are left out. */
NODISCARD int exposure_add(struct db *db, const struct exposure *rows, size_t n, struct err *err);

/* Add a batch that a browser sent; one that was taken before changes nothing.
 *   who    whose rows they all are; overrides theirs
 *   batch  the browser's number for this batch: its time in ms * 4096 + chance
 *   ret_fresh  OUT, may be NULL: false = it was taken before */
NODISCARD int exposure_take(struct db *db, int64_t who, int64_t batch, const struct exposure *rows,
                            size_t n, bool *ret_fresh, struct err *err);

/* Add up all days that ended at least two hours before `now`, then forget
 * single rows of more than keep_days whole days ago, in small steps. May be
 * stopped anywhere and begun again. */
NODISCARD int exposure_tidy(struct store *store, int64_t now, int keep_days, struct err *err);

/* Forget every single row of one person; sums stay, they name nobody. */
NODISCARD int exposure_forget_person(struct store *store, int64_t who, struct err *err);

#endif
