/* community/topic/topic_web.h - the door of topics: GET /t/:topic, its notes newest first. */
#ifndef SWARD_COMMUNITY_TOPIC_TOPIC_WEB_H
#define SWARD_COMMUNITY_TOPIC_TOPIC_WEB_H

#include <stdint.h>

#include "community/note/note.h"
#include "web/route.h"
#include "web/slot.h"

struct topic_page {
    struct str key;
    struct str name;
    int64_t notes; /* bound to it */
    struct note_grid grid;
    struct part report; /* "report.topic" */
};

extern const struct route topic_routes[];

#endif
