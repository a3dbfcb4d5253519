/* insight/board/board_web.h - the doors of the loop board. */
#ifndef SWARD_INSIGHT_BOARD_BOARD_WEB_H
#define SWARD_INSIGHT_BOARD_BOARD_WEB_H

#include <stdbool.h>

#include "event/event.h"
#include "insight/board/board.h"
#include "web/route.h"

struct board_page {
    struct board board;
    int64_t days;     /* 0 = all */
    bool exposure_on; /* whether sight is counted at all */
    bool may_drill;   /* the operator sees the events behind an arrow */
};

/* The events behind one arrow. */
struct drill_page {
    const struct board_arrow *arrow; /* kinds without counts */
    const struct event_row *rows;
    size_t n;
    struct str more; /* address of the next page; empty = none */
};

/* "Relevancy → Response" and so on, as a catalogue message. */
const char *board_arrow_label(enum event_arrow arrow);

/* What an account kind of the ledger is called, as a catalogue message. */
const char *board_money_label(int64_t kind);

extern const struct route board_routes[];

#endif
