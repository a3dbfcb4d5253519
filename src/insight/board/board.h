/* insight/board/board.h - the closed loop as numbers that anybody can recompute.
 *
 * Figure 1 of the 4R paper drawn from data: customer, relevancy, response,
 * relation, return, customer; and the two edges by which a return feeds the
 * next round (money pays for better interaction, content brings new people).
 * For each arrow, over a window of whole UTC days:
 *
 *   count   events of the arrow's kinds (event/kinds.def)
 *   actors  different actors behind them; the shop itself (actor 0) is none
 *   rate    actors / actors who did anything at all in the window, in
 *           hundredths of a percent, rounded down
 *
 * Besides: money by account and currency (from the ledger), seeds (a note
 * saved) and sales (an order paid that a note led to) for each 1,000 cards
 * seen (from the exposure stream, of those who agreed to be counted).
 *
 * A measure is a kind's number; MEASURE_SOLD_BY_NOTE is an order paid whose
 * event names a note.
 *
 * The deeds are learnt from the log by a shared follower. A second program
 * recomputes every number from the exported log and ledger in a test.
 *
 * Memory: the arena given. Threads: no state.
 * Source: capabilities 1, 2, 6, 9, 13, 20, 158; section 1N.
 */
#ifndef SWARD_INSIGHT_BOARD_BOARD_H
#define SWARD_INSIGHT_BOARD_BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "event/follower.h"
#include "event/kind.h"
#include "job/job.h"
#include "store/db.h"

#define MEASURE_SOLD_BY_NOTE (10000 + EVENT_ORDER_PAID)

/* Most kinds that count for one arrow. */
#define BOARD_KINDS_MAX 32

struct board_kind {
    const struct event_kind_info *info;
    int64_t count;
    int64_t actors;
};

struct board_arrow {
    enum event_arrow arrow;
    int64_t count;
    int64_t actors;
    int64_t rate; /* hundredths of a percent */
    size_t n_kinds;
    struct board_kind kinds[BOARD_KINDS_MAX];
};

/* Money on accounts of one kind in one currency. */
struct board_money {
    int64_t kind; /* enum ledger_kind */
    struct str currency;
    int64_t total; /* minor units; what is owed or earned is positive */
    int64_t n;     /* postings */
};

struct board {
    int64_t since, until;                   /* microseconds UTC, whole days */
    int64_t active;                         /* actors who did anything */
    struct board_arrow arrows[ARROW_COUNT]; /* [0] is not used */
    const struct board_money *money;
    size_t n_money;
    int64_t seen;  /* cards of notes seen */
    int64_t seeds; /* notes saved */
    int64_t sales; /* orders paid that a note led to */
};

/* The board over `days` whole days that end with the day of `now`; days 0 =
 * all that was ever learnt. */
NODISCARD int board_read(struct db *db, struct arena *a, int64_t now, int64_t days,
                         struct board *ret_board, struct err *err);

/* part for each 1,000 of whole, rounded down; -1 when whole is 0. */
int64_t board_per_thousand(int64_t part, int64_t whole);

extern const struct follower board_follower;

/* "board.outlived", once a day: forgets days of more than 400 days ago. */
extern const struct job_kind board_privacy_jobs[];

#endif
