/* insight/feed/feed_web.h - the doors of the feeds: Explore and Follow. */
#ifndef SWARD_INSIGHT_FEED_FEED_WEB_H
#define SWARD_INSIGHT_FEED_FEED_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "community/note/note.h"
#include "web/route.h"

struct feed_page {
    bool follow; /* the Follow feed, else Explore */
    bool newest; /* shown newest first */
    bool signed_in;
    const struct note_section *sections;
    size_t n_sections;
    struct note_grid grid;
};

extern const struct route feed_routes[];

#endif
