#include "insight/board/board.h"

#include <stdlib.h>

#include "base/clock.h"
#include "gen/board_sql.h"

int64_t board_per_thousand(int64_t part, int64_t whole)
{
    return whole > 0 ? part * 1000 / whole : -1;
}

/* Put the sums of the kinds where their arrows are. */
static void place_kinds(const struct board_sums_rows *sums, struct board *board)
{
    size_t n;
    const struct event_kind_info *kinds = event_kinds(&n);
    for (size_t i = 0; i < n; i++) {
        struct board_arrow *arrow = &board->arrows[kinds[i].arrow];
        if (kinds[i].arrow == ARROW_NO_ARROW)
            continue;
        BUG_ON(arrow->n_kinds == BOARD_KINDS_MAX);
        struct board_kind *kind = &arrow->kinds[arrow->n_kinds++];
        kind->info = &kinds[i];
        for (size_t k = 0; k < sums->n; k++)
            if (sums->v[k].measure == (int64_t)kinds[i].kind) {
                kind->count = sums->v[k].n;
                kind->actors = sums->v[k].actors;
            }
        arrow->count += kind->count;
    }
    for (size_t k = 0; k < sums->n; k++) {
        if (sums->v[k].measure == MEASURE_SOLD_BY_NOTE)
            board->sales = sums->v[k].n;
        if (sums->v[k].measure == EVENT_NOTE_SAVED)
            board->seeds = sums->v[k].n;
    }
}

static int count_actors(struct db *db, struct arena *a, struct board *board, struct err *err)
{
    struct board_active_row active;
    int rc = board_active(db, a, board->since, board->until, &active, err);
    if (rc < 0)
        return rc;
    board->active = active.actors;
    for (int i = 1; rc == 0 && i < ARROW_COUNT; i++) {
        struct board_arrow *arrow = &board->arrows[i];
        int64_t measures[BOARD_KINDS_MAX];
        struct board_actors_of_row row;
        arrow->arrow = (enum event_arrow)i;
        for (size_t k = 0; k < arrow->n_kinds; k++)
            measures[k] = arrow->kinds[k].info->kind;
        rc = board_actors_of(db, a, (struct id_list){ measures, arrow->n_kinds }, board->since,
                             board->until, &row, err);
        if (rc == 0) {
            arrow->actors = row.actors;
            arrow->rate = board->active ? row.actors * 10000 / board->active : 0;
        }
    }
    return rc;
}

static int read_money(struct db *db, struct arena *a, struct board *board, struct err *err)
{
    struct board_money_rows rows;
    int rc = board_money(db, a, board->since, board->until, &rows, err);
    if (rc < 0)
        return rc;
    struct board_money *money = arena_new_array(a, rows.n ? rows.n : 1, struct board_money);
    if (!money)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        money[i] = (struct board_money){ rows.v[i].kind, rows.v[i].currency, rows.v[i].total,
                                         rows.v[i].n };
    board->money = money;
    board->n_money = rows.n;
    return 0;
}

int board_read(struct db *db, struct arena *a, int64_t now, int64_t days, struct board *ret_board,
               struct err *err)
{
    struct board *board = arena_new(a, struct board);
    struct board_sums_rows sums;
    struct board_seen_row seen = { 0 };
    if (!board)
        return err_detail(err, ERR_NOMEM, "arena full");
    board->until = time_day(now) + TIME_DAY;
    board->since = days > 0 ? board->until - days * TIME_DAY : 0;
    int rc = board_sums(db, a, board->since, board->until, &sums, err);
    if (rc < 0)
        return rc;
    place_kinds(&sums, board);
    rc = count_actors(db, a, board, err);
    if (rc == 0)
        rc = read_money(db, a, board, err);
    if (rc == 0)
        rc = board_seen(db, a, board->since, board->until, &seen, err);
    if (rc < 0)
        return rc;
    board->seen = seen.n;
    *ret_board = *board;
    return 0;
}

/* --- learning from the log --- */

/* The deeds of one batch: summed, so that a busy actor is one row and not
 * many, and in the order of the table. */
struct deed {
    int64_t day, actor, measure, n;
};

struct deeds {
    struct deed v[2 * FOLLOWER_BATCH];
    size_t n;
};

static void add(struct deeds *deeds, int64_t day, int64_t measure, int64_t actor)
{
    BUG_ON(deeds->n == ARRAY_LEN(deeds->v));
    deeds->v[deeds->n++] = (struct deed){ day, actor, measure, 1 };
}

static int by_key(const void *a, const void *b)
{
    const struct deed *l = a, *r = b;
    if (l->day != r->day)
        return l->day < r->day ? -1 : 1;
    if (l->actor != r->actor)
        return l->actor < r->actor ? -1 : 1;
    return (l->measure > r->measure) - (l->measure < r->measure);
}

static void sum(struct deeds *deeds)
{
    size_t n = 0;
    qsort(deeds->v, deeds->n, sizeof(*deeds->v), by_key);
    for (size_t i = 0; i < deeds->n; i++) {
        if (n > 0 && by_key(&deeds->v[n - 1], &deeds->v[i]) == 0)
            deeds->v[n - 1].n++;
        else
            deeds->v[n++] = deeds->v[i];
    }
    deeds->n = n;
}

static int learn(struct db *db, void *ctx UNUSED, const struct event_row *rows, size_t n,
                 struct err *err)
{
    struct deeds deeds;
    deeds.n = 0; /* the rest is written before it is read */
    BUG_ON(n > FOLLOWER_BATCH);
    for (size_t i = 0; i < n; i++) {
        int64_t day = time_day(rows[i].at);
        add(&deeds, day, rows[i].kind, rows[i].actor);
        if (rows[i].kind == EVENT_ORDER_PAID && rows[i].about)
            add(&deeds, day, MEASURE_SOLD_BY_NOTE, rows[i].actor);
    }
    sum(&deeds);
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < deeds.n; i++)
        rc = board_deed_add(db, deeds.v[i].day, deeds.v[i].measure, deeds.v[i].actor, deeds.v[i].n,
                            NULL, err);
    return rc;
}

static int reset(struct db *db, void *ctx UNUSED, struct err *err)
{
    return board_reset(db, NULL, err);
}

const struct follower board_follower = {
    .name = "board", .shared = true, .patient = true, .learn = learn, .reset = reset
};
