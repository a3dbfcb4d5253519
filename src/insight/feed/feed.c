#include "insight/feed/feed.h"

#include <math.h>
#include <stdlib.h>

#include "account/person/person.h"
#include "base/clock.h"
#include "base/id.h"
#include "codec/json_in.h"
#include "community/note/note.h"
#include "gen/feed_sql.h"

/* 2026-01-01 00:00 UTC, from which hours are counted. */
#define EPOCH INT64_C(1767225600000000)

int64_t feed_heat(int64_t at, int64_t weight)
{
    /* Whole seconds first: the same note has the same heat on every machine. */
    int64_t age = (at - EPOCH) / TIME_SECOND * HEAT_ONE / (HEAT_HOURS * 3600);
    double gain = log2(1.0 + (double)(weight > 0 ? weight : 0));
    return age + (int64_t)llround(gain * (double)HEAT_ONE);
}

/* A candidate of a window, and its warmth for this reader. */
struct candidate {
    int64_t note;
    int64_t warmth;
};

static int warmer_first(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    if (a->warmth != b->warmth)
        return a->warmth < b->warmth ? 1 : -1;
    return a->note < b->note ? 1 : a->note > b->note ? -1 : 0;
}

static int explore_newest(struct db *db, struct arena *a, const struct feed_query *query,
                          int64_t *ret_ids, size_t *ret_n, struct feed_cursor *ret_next,
                          struct err *err)
{
    int64_t before = query->from.note ? query->from.note : INT64_MAX;
    size_t n;
    int rc = note_newest(db, a, 0, STR(""), before, query->limit, ret_ids, &n, err);
    if (rc < 0)
        return rc;
    *ret_n = n;
    *ret_next = (struct feed_cursor){ 0 };
    if (n == query->limit)
        ret_next->note = ret_ids[n - 1];
    return 0;
}

/* Order one window for a reader: what they chose counts as warmer. */
static void order_window(const struct feed_window_rows *rows, struct str interests,
                         struct candidate *out)
{
    for (size_t i = 0; i < rows->n; i++) {
        bool chosen = interests.len && person_interested(interests, rows->v[i].section);
        out[i].note = rows->v[i].note;
        out[i].warmth = rows->v[i].heat + (chosen ? HEAT_INTEREST : 0);
    }
    qsort(out, rows->n, sizeof(*out), warmer_first);
}

/* What is published while somebody reads on would move everything by one: the
 * list is of the notes there are now. */
static int begin_reading(struct db *db, struct arena *a, struct feed_cursor *from, struct err *err)
{
    struct feed_newest_row newest = { 0 };
    int rc = feed_newest(db, a, &newest, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        rc = 0;
    }
    from->since = newest.note + 1;
    return rc;
}

int feed_explore(struct db *db, struct arena *a, const struct feed_query *query, int64_t *ret_ids,
                 size_t *ret_n, struct feed_cursor *ret_next, struct err *err)
{
    if (query->newest)
        return explore_newest(db, a, query, ret_ids, ret_n, ret_next, err);
    struct feed_cursor from = query->from;
    if (from.note == 0)
        from = (struct feed_cursor){ INT64_MAX, INT64_MAX, 0, 0 };
    struct feed_window_rows rows = { 0 };
    int rc = from.since ? 0 : begin_reading(db, a, &from, err);
    if (rc == 0)
        rc = feed_window(db, a, from.since, from.heat, from.note, HEAT_WINDOW, &rows, err);
    if (rc < 0)
        return rc;
    struct candidate *window = arena_new_array(a, HEAT_WINDOW, struct candidate);
    if (!window)
        return err_detail(err, ERR_NOMEM, "arena full");
    order_window(&rows, query->interests, window);
    size_t start = from.offset < 0 ? 0 : (size_t)from.offset, n = 0;
    for (size_t i = start; i < rows.n && n < query->limit; i++)
        ret_ids[n++] = window[i].note;
    *ret_n = n;
    *ret_next = (struct feed_cursor){ 0 };
    if (start + n < rows.n)
        *ret_next = (struct feed_cursor){ from.heat, from.note, (int64_t)(start + n), from.since };
    else if (rows.n == HEAT_WINDOW)
        *ret_next =
            (struct feed_cursor){ rows.v[rows.n - 1].heat, rows.v[rows.n - 1].note, 0, from.since };
    return 0;
}

/* --- learning from the log --- */

static int learn_published(struct db *db, const struct event_row *row, struct err *err)
{
    struct arena a;
    struct params body;
    arena_init(&a, 64 * 1024);
    params_init(&body, &a);
    int rc = json_in_parse(row->body, &body, err);
    if (rc == 0)
        rc = feed_note_insert(db, row->object, params_get(&body, "section"), feed_heat(row->at, 0),
                              NULL, err);
    arena_release(&a);
    return rc;
}

/* giver: whose like, save or comment it is; the author's own do not count. */
static int learn_weight(struct db *db, const struct event_row *row, int64_t giver, int64_t change,
                        struct err *err)
{
    if (giver == row->about)
        return 0;
    struct feed_note_weight_row old;
    int rc = feed_note_weight(db, NULL, row->object, &old, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        return 0;
    }
    if (rc < 0)
        return rc;
    int64_t weight = old.weight + change;
    return feed_note_set(db, row->object, weight, feed_heat(id_time(row->object), weight), NULL,
                         err);
}

/* A comment may be deleted by the note's author: the body says who wrote it. */
static int learn_uncommented(struct db *db, const struct event_row *row, struct err *err)
{
    struct arena a;
    struct params body;
    int64_t giver;
    arena_init(&a, 64 * 1024);
    params_init(&body, &a);
    int rc = json_in_parse(row->body, &body, err);
    if (rc == 0) {
        if (!params_int(&body, "author", &giver))
            giver = row->actor;
        rc = learn_weight(db, row, giver, -WEIGHT_COMMENT, err);
    }
    arena_release(&a);
    return rc;
}

static int learn_one(struct db *db, const struct event_row *row, struct err *err)
{
    switch (row->kind) {
    case EVENT_NOTE_PUBLISHED:
        return learn_published(db, row, err);
    case EVENT_NOTE_DELETED:
        return feed_note_delete(db, row->object, NULL, err);
    case EVENT_NOTE_LIKED:
        return learn_weight(db, row, row->actor, WEIGHT_LIKE, err);
    case EVENT_NOTE_UNLIKED:
        return learn_weight(db, row, row->actor, -WEIGHT_LIKE, err);
    case EVENT_NOTE_SAVED:
        return learn_weight(db, row, row->actor, WEIGHT_SAVE, err);
    case EVENT_NOTE_UNSAVED:
        return learn_weight(db, row, row->actor, -WEIGHT_SAVE, err);
    case EVENT_COMMENT_WRITTEN:
        return learn_weight(db, row, row->actor, WEIGHT_COMMENT, err);
    case EVENT_COMMENT_DELETED:
        return learn_uncommented(db, row, err);
    default:
        return 0;
    }
}

static int learn(struct db *db, void *ctx UNUSED, const struct event_row *rows, size_t n,
                 struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = learn_one(db, &rows[i], err);
    return rc;
}

static int reset(struct db *db, void *ctx UNUSED, struct err *err)
{
    return feed_reset(db, NULL, err);
}

const struct follower feed_follower = {
    .name = "feed", .shared = true, .learn = learn, .reset = reset
};
