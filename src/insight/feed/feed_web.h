/* insight/feed/feed_web.h - the doors of the feeds: Explore and Follow.
 *
 *   GET  /                  Explore; ?order=new newest first; ?seen=1 with what the reader saw
 *   GET  /follow            from the people and in the topics one follows
 *   GET  /n/:note/why       why a note stands where it does: a page, or a sheet for htmx
 *   POST /n/:note/dismiss   on=1 not interested, 0 again
 *   GET  /me/dismissed      the notes that were sent away
 *
 * Slot that it leaves open: "explore.pinned", on the first page of Explore.
 * Slot that it fills: "note.feed".
 */
#ifndef SWARD_INSIGHT_FEED_FEED_WEB_H
#define SWARD_INSIGHT_FEED_FEED_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "community/note/note.h"
#include "insight/feed/feed.h"
#include "web/route.h"
#include "web/slot.h"

struct feed_page {
    bool follow; /* the Follow feed, else Explore */
    bool newest; /* shown newest first */
    bool signed_in;
    const struct note_section *sections;
    size_t n_sections;
    struct note_grid grid;
    struct part pinned; /* "explore.pinned" */
    bool all_seen;      /* nothing is left that the reader has not seen */
};

/* Why a note stands where it does, for this reader. Hours: as if the
 * note had come out so much later (twelve for HEAT_ONE). */
struct why_page {
    int64_t note;
    struct str title, lang;
    int64_t created;
    bool ranked; /* Explore knows the note; else it is not for everyone */
    bool newest; /* the reader's Explore is newest first */
    bool may_send_away;
    struct feed_why why;
    int64_t hours, chosen, cool_author, cool_topic, cool_section;
};

/* A note that was sent away. */
struct dismissed {
    struct note_card card;
};

struct dismissed_page {
    const struct dismissed *v;
    size_t n;
};

extern const struct route feed_routes[];
extern const struct route taste_routes[];

slot_fn feed_note_fill;

/* What this reader's Explore is ordered by; the taste lives in the arena. */
NODISCARD int feed_query_of(struct req *rq, struct db *db, struct feed_query *ret_query,
                            struct err *err);

#endif
