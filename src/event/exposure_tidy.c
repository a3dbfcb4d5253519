/* event/exposure_tidy.c - adding up whole days and forgetting single rows.
 *
 * A day is added up by reading, page by page, and its sums are set, not
 * increased: so a page may be done twice. The mark moves when the whole day
 * stands, and rows are forgotten only behind the mark. */
#include "base/arena.h"
#include "base/clock.h"
#include "event/exposure.h"
#include "gen/event_sql.h"

/* A report may come in this long after what it tells was seen, and a bit more. */
#define DAY_SETTLES (2 * TIME_HOUR)

#define SUMS_PAGE   500
#define CLEAR_STEP  5000
#define FORGET_SPAN (6 * TIME_HOUR)

#define MARK "days"

struct tidy {
    struct arena arena;
    int64_t day; /* being added up */
    struct exposure_sums_rows sums;
    int64_t kind, thing, place; /* behind which the next page begins */
    int64_t before;             /* rows older than this may go */
    int64_t step;               /* rows older than this go now */
    int64_t who, since;
    bool none;
};

/* The first day that is not added up: by the mark, or the first there is. */
static int first_day(struct db *db, void *ctx, struct err *err)
{
    struct tidy *t = ctx;
    struct err why = { 0 };
    struct exposure_mark_get_row mark;
    int rc = exposure_mark_get(db, &t->arena, STR(MARK), &mark, &why);
    if (rc == 0) {
        t->day = mark.day;
        t->none = false;
        return 0;
    }
    if (rc != ERR_NOT_FOUND) {
        *err = why;
        return rc;
    }
    struct exposure_first_row first;
    rc = exposure_first(db, &t->arena, &first, err);
    if (rc)
        return rc;
    t->none = !first.at.has;
    t->day = time_day(first.at.value);
    return 0;
}

static int read_sums(struct db *db, void *ctx, struct err *err)
{
    struct tidy *t = ctx;
    arena_clear(&t->arena);
    return exposure_sums(db, &t->arena, t->day, t->day + TIME_DAY, t->kind, t->thing, t->place,
                         SUMS_PAGE, &t->sums, err);
}

/* Set a page of sums; behind the last page of a day, the mark. */
static int write_sums(struct db *db, void *ctx, struct err *err)
{
    const struct tidy *t = ctx;
    for (size_t i = 0; i < t->sums.n; i++) {
        const struct exposure_sums_row *s = &t->sums.v[i];
        int rc = exposure_day_put(db,
                                  &(const struct exposure_day_put_args){
                                      .day = t->day,
                                      .kind = s->kind,
                                      .thing = s->thing,
                                      .place = s->place,
                                      .seen = s->seen,
                                      .people = s->people,
                                      .dwell = s->dwell,
                                  },
                                  NULL, err);
        if (rc)
            return rc;
    }
    if (t->sums.n == SUMS_PAGE)
        return 0;
    return exposure_mark_put(db, STR(MARK), t->day + TIME_DAY, NULL, err);
}

static int add_up_day(struct store *store, struct tidy *t, struct err *err)
{
    t->kind = t->thing = t->place = INT64_MIN;
    do {
        int rc = store_read(store, read_sums, t, err);
        if (rc == 0)
            rc = store_write(store, write_sums, t, err);
        if (rc)
            return rc;
        if (t->sums.n > 0) {
            const struct exposure_sums_row *last = &t->sums.v[t->sums.n - 1];
            t->kind = last->kind;
            t->thing = last->thing;
            t->place = last->place;
        }
    } while (t->sums.n == SUMS_PAGE);
    return 0;
}

/* Where the next step of clearing ends. */
static int next_step(struct db *db, void *ctx, struct err *err)
{
    struct tidy *t = ctx;
    struct err why = { 0 };
    struct exposure_nth_row nth;
    arena_clear(&t->arena);
    int rc = exposure_nth(db, &t->arena, t->before, CLEAR_STEP, &nth, &why);
    if (rc && rc != ERR_NOT_FOUND) {
        *err = why;
        return rc;
    }
    t->none = rc == ERR_NOT_FOUND; /* fewer than a step are left */
    t->step = t->none ? t->before : nth.at + 1;
    return 0;
}

static int clear_step(struct db *db, void *ctx, struct err *err)
{
    const struct tidy *t = ctx;
    int rc = exposure_clear(db, t->step, NULL, err);
    return rc ? rc : exposure_batch_clear(db, db_now(db) - TIME_DAY, NULL, err);
}

static int clear(struct store *store, struct tidy *t, struct err *err)
{
    do {
        int rc = store_read(store, next_step, t, err);
        if (rc == 0)
            rc = store_write(store, clear_step, t, err);
        if (rc)
            return rc;
    } while (!t->none);
    return 0;
}

int exposure_tidy(struct store *store, int64_t now, int keep_days, struct err *err)
{
    struct tidy t = { .day = 0 };
    arena_init(&t.arena, 1 << 20);
    int64_t last_ended = time_day(now - DAY_SETTLES); /* the first day that may not be added up */
    int rc = store_read(store, first_day, &t, err);
    for (; rc == 0 && !t.none && t.day < last_ended; t.day += TIME_DAY)
        rc = add_up_day(store, &t, err);
    if (rc == 0 && !t.none) {
        int64_t kept_from = time_day(now) - keep_days * TIME_DAY;
        t.before = kept_from < t.day ? kept_from : t.day;
        rc = clear(store, &t, err);
    }
    arena_release(&t.arena);
    return rc;
}

static int first_kept(struct db *db, void *ctx, struct err *err)
{
    struct tidy *t = ctx;
    struct exposure_first_row first;
    int rc = exposure_first(db, &t->arena, &first, err);
    if (rc)
        return rc;
    t->since = first.at.has ? first.at.value : db_now(db);
    t->before = db_now(db) + 1;
    return 0;
}

static int forget_span(struct db *db, void *ctx, struct err *err)
{
    const struct tidy *t = ctx;
    return exposure_forget(db, t->who, t->since, t->since + FORGET_SPAN, NULL, err);
}

int exposure_forget_person(struct store *store, int64_t who, struct err *err)
{
    struct tidy t = { .who = who };
    arena_init(&t.arena, 1 << 16);
    int rc = store_read(store, first_kept, &t, err);
    for (; rc == 0 && t.since < t.before; t.since += FORGET_SPAN)
        rc = store_write(store, forget_span, &t, err);
    arena_release(&t.arena);
    return rc;
}
