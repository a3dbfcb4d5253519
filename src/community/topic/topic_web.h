/* community/topic/topic_web.h - the doors of topics.
 *
 *   GET  /t/:topic          its notes, newest first; ?tab=best those that readers gave most
 *   POST /t/:topic/follow   on=1 or 0
 *   POST /t/:topic/intro    intro_en, intro_zh: what it is about, by an operator
 */
#ifndef SWARD_COMMUNITY_TOPIC_TOPIC_WEB_H
#define SWARD_COMMUNITY_TOPIC_TOPIC_WEB_H

#include <stdbool.h>
#include <stdint.h>

#include "community/note/note.h"
#include "web/route.h"
#include "web/slot.h"

struct privacy_part;

/* The button that follows a topic. */
struct topic_mark {
    struct str key;
    bool on;
    int64_t followers;
};

struct topic_page {
    struct str key;
    struct str name;
    int64_t notes; /* bound to it */
    struct note_grid grid;
    struct part report; /* "report.topic" */
    bool best;          /* those that readers gave most, else the newest */
    bool operator;      /* the reader may say what it is about */
    struct topic_mark follow;
    struct str intro; /* in the reader's language when it is there */
    struct str intro_en, intro_zh;
    struct note_card first; /* that readers gave most, where nobody said; id 0 = none */
};

extern const struct route topic_routes[];
extern const struct privacy_part topic_privacy;

#endif
