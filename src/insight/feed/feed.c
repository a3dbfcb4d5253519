#include "insight/feed/feed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "account/person/person.h"
#include "base/clock.h"
#include "base/id.h"
#include "codec/json_in.h"
#include "community/note/note.h"
#include "gen/feed_sql.h"
#include "store/memo.h"

/* 2026-01-01 00:00 UTC, from which hours are counted. */
#define EPOCH INT64_C(1767225600000000)

int64_t feed_heat(int64_t at, int64_t weight)
{
    /* Whole seconds first: the same note has the same heat on every machine. */
    int64_t age = (at - EPOCH) / TIME_SECOND * HEAT_ONE / (HEAT_HOURS * 3600);
    double gain = log2(1.0 + (double)(weight > 0 ? weight : 0));
    return age + (int64_t)llround(gain * (double)HEAT_ONE);
}

/* The warmest notes below a place in the list, the same for every reader. It
 * has no pointers, for the first window of all is remembered as it stands. */
struct window {
    int64_t since; /* of notes with ids below this */
    int64_t n;
    struct {
        int64_t note, heat, author;
        char section[SECTION_KEY_MAX + 1];
    } v[HEAT_WINDOW];
};

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
    int rc = note_newest(db, a, STR(""), before, query->limit, ret_ids, &n, err);
    if (rc < 0)
        return rc;
    *ret_n = n;
    *ret_next = (struct feed_cursor){ 0 };
    if (n == query->limit)
        ret_next->note = ret_ids[n - 1];
    return 0;
}

/* Order one window for a reader: what they chose counts as warmer, what they
 * sent away sets back its like. */
static void order_window(const struct window *w, const struct feed_query *query,
                         struct candidate *out)
{
    struct str interests = query->interests;
    bool cool = query->taste && query->taste->n > 1;
    for (int64_t i = 0; i < w->n; i++) {
        bool chosen = interests.len && person_interested(interests, str_from(w->v[i].section));
        out[i].note = w->v[i].note;
        out[i].warmth = w->v[i].heat + (chosen ? HEAT_INTEREST : 0);
        if (cool)
            out[i].warmth -=
                taste_cool(query->taste, w->v[i].note, w->v[i].author, str_from(w->v[i].section));
    }
    if (interests.len || cool)
        qsort(out, (size_t)w->n, sizeof(*out), warmer_first);
}

/* What is published while somebody reads on would move everything by one: the
 * list is of the notes there are now. */
static int begin_reading(struct db *db, struct arena *a, int64_t *ret_since, struct err *err)
{
    struct feed_newest_row newest = { 0 };
    int rc = feed_newest(db, a, &newest, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        rc = 0;
    }
    if (rc == 0)
        *ret_since = newest.note + 1;
    return rc;
}

static int window_read(struct db *db, struct arena *a, const struct feed_cursor *from,
                       struct window *w, struct err *err)
{
    struct feed_window_rows rows = { 0 };
    int rc = from->since ? 0 : begin_reading(db, a, &w->since, err);
    if (from->since)
        w->since = from->since;
    if (rc == 0)
        rc = feed_window(db, a, w->since, from->heat, from->note, HEAT_WINDOW, &rows, err);
    if (rc < 0)
        return rc;
    w->n = (int64_t)rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        w->v[i].note = rows.v[i].note;
        w->v[i].heat = rows.v[i].heat;
        w->v[i].author = rows.v[i].author;
        struct str section = rows.v[i].section;
        memcpy(w->v[i].section, section.ptr,
               section.len < SECTION_KEY_MAX ? section.len : SECTION_KEY_MAX);
    }
    return 0;
}

/* The window below a place; the first of all, which everybody asks for, from memory. */
static int window_at(struct db *db, struct arena *a, const struct feed_cursor *from,
                     const struct window **ret_window, struct err *err)
{
    static const struct memo_key key = { "feed.window", 0, 0 }, about = { "feed", 0, 0 };
    struct str bytes;
    bool first = from->since == 0;
    if (first && memo_get(db, &key, a, &bytes)) {
        *ret_window = (const void *)bytes.ptr;
        return 0;
    }
    struct window *w = arena_new(a, struct window);
    if (!w)
        return err_detail(err, ERR_NOMEM, "arena full");
    memset(w, 0, sizeof(*w));
    int rc = window_read(db, a, from, w, err);
    if (rc < 0)
        return rc;
    if (first)
        memo_put(db, &key, &about, 1, (struct str){ (const char *)w, sizeof(*w) });
    *ret_window = w;
    return 0;
}

static bool left_out(const struct feed_query *query, int64_t note)
{
    const struct taste *t = query->taste;
    return t && t->n > 1 &&
           (taste_has(t, TASTE_AWAY, note) || (!query->seen_too && taste_has(t, TASTE_SEEN, note)));
}

/* Take what is to be shown of one window, from a place on.
 *   ret_next  OUT: the place behind the last one looked at; all zero = there is nothing beyond */
static int take_window(struct db *db, struct arena *a, const struct feed_query *query,
                       const struct feed_cursor *from, struct candidate *ordered, int64_t *ret_ids,
                       size_t *ret_n, struct feed_cursor *ret_next, struct err *err)
{
    const struct window *w = NULL;
    int rc = window_at(db, a, from, &w, err);
    if (rc < 0)
        return rc;
    order_window(w, query, ordered);
    int64_t i = from->offset < 0 ? 0 : from->offset;
    for (; i < w->n && *ret_n < query->limit; i++)
        if (!left_out(query, ordered[i].note))
            ret_ids[(*ret_n)++] = ordered[i].note;
    *ret_next = (struct feed_cursor){ 0 };
    if (i < w->n)
        *ret_next = (struct feed_cursor){ from->heat, from->note, i, w->since };
    else if (w->n == HEAT_WINDOW)
        *ret_next = (struct feed_cursor){ w->v[w->n - 1].heat, w->v[w->n - 1].note, 0, w->since };
    return 0;
}

int feed_explore(struct db *db, struct arena *a, const struct feed_query *query, int64_t *ret_ids,
                 size_t *ret_n, struct feed_cursor *ret_next, struct err *err)
{
    if (query->newest)
        return explore_newest(db, a, query, ret_ids, ret_n, ret_next, err);
    struct feed_cursor from = query->from;
    if (from.note == 0)
        from = (struct feed_cursor){ INT64_MAX, INT64_MAX, 0, 0 };
    struct candidate *ordered = arena_new_array(a, HEAT_WINDOW, struct candidate);
    if (!ordered)
        return err_detail(err, ERR_NOMEM, "arena full");
    size_t n = 0;
    int rc = 0;
    for (int windows = 0; windows < EXPLORE_WINDOWS; windows++) {
        struct feed_cursor next;
        rc = take_window(db, a, query, &from, ordered, ret_ids, &n, &next, err);
        if (rc < 0)
            return rc;
        from = next;
        if (n == query->limit || next.note == 0)
            break;
    }
    *ret_n = n;
    *ret_next = from;
    return 0;
}

int feed_why(struct db *db, struct arena *a, const struct feed_query *query, int64_t note,
             struct feed_why *ret_why, struct err *err)
{
    static const struct taste nothing = { 0 };
    const struct taste *t = query->taste ? query->taste : &nothing;
    struct feed_note_row_row row = { 0 };
    int rc = feed_note_row(db, a, note, &row, err);
    if (rc < 0)
        return rc;
    bool chosen = query->interests.len && person_interested(query->interests, row.section);
    int64_t all = taste_cool(t, note, row.author, row.section);
    int64_t author = taste_has(t, TASTE_AUTHOR, row.author) ? HEAT_AWAY_AUTHOR : 0;
    int64_t topic = taste_has(t, TASTE_TOPIC, note) ? HEAT_AWAY_TOPIC : 0;
    *ret_why = (struct feed_why){ .weight = row.weight,
                                  .lead = row.heat - feed_heat(id_time(note), 0),
                                  .chosen = chosen ? HEAT_INTEREST : 0,
                                  .cool_author = author,
                                  .cool_topic = topic,
                                  .cool_section = all - author - topic,
                                  .seen = taste_has(t, TASTE_SEEN, note),
                                  .away = taste_has(t, TASTE_AWAY, note) };
    return 0;
}

/* --- the people one follows --- */

/* Notes looked at one by one before each followed person is asked for theirs:
 * who follows many finds a page among them at once. */
#define LATELY 400

static int followed_read(struct db *db, struct arena *a, int64_t reader, int64_t before, size_t n,
                         int64_t *ret_ids, size_t *ret_n, struct err *err)
{
    struct feed_followed_lately_rows lately = { 0 };
    struct feed_followed_rows rows = { 0 };
    int rc = feed_followed_lately(db, a, reader, before, LATELY, (int64_t)n, &lately, err);
    if (rc == 0 && lately.n < n)
        rc = feed_followed(db, a, reader, before, (int64_t)n, &rows, err);
    if (rc < 0)
        return rc;
    *ret_n = lately.n < n ? rows.n : lately.n;
    for (size_t i = 0; i < *ret_n; i++)
        ret_ids[i] = lately.n < n ? rows.v[i].id : lately.v[i].id;
    return 0;
}

int feed_of_followed(struct db *db, struct arena *a, int64_t reader, int64_t before, size_t n,
                     int64_t *ret_ids, size_t *ret_n, struct err *err)
{
    /* The first page is remembered until somebody publishes or the reader
     * follows other people. The first number is how many follow. */
    const struct memo_key key = { "feed.followed", reader, (int)n };
    const struct memo_key about[] = { { "notes", 0, 0 }, { "follows", reader, 0 } };
    struct str bytes;
    bool first = before == INT64_MAX;
    if (first && memo_get(db, &key, a, &bytes)) {
        const int64_t *numbers = (const void *)bytes.ptr;
        *ret_n = (size_t)numbers[0];
        memcpy(ret_ids, numbers + 1, *ret_n * sizeof(*ret_ids));
        return 0;
    }
    int64_t *numbers = arena_new_array(a, n + 1, int64_t);
    size_t found = 0;
    if (!numbers)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = followed_read(db, a, reader, before, n, numbers + 1, &found, err);
    if (rc < 0)
        return rc;
    numbers[0] = (int64_t)found;
    if (first)
        memo_put(db, &key, about, 2,
                 (struct str){ (const char *)numbers, (found + 1) * sizeof(*numbers) });
    memcpy(ret_ids, numbers + 1, found * sizeof(*ret_ids));
    *ret_n = found;
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
        rc = feed_note_insert(db, row->object, params_get(&body, "section"), row->actor,
                              feed_heat(row->at, 0), NULL, err);
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
    memo_changed(db, "feed", 0);
    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = learn_one(db, &rows[i], err);
    return rc;
}

static int reset(struct db *db, void *ctx UNUSED, struct err *err)
{
    memo_changed(db, "feed", 0);
    return feed_reset(db, NULL, err);
}

const struct follower feed_follower = {
    .name = "feed", .shared = true, .learn = learn, .reset = reset
};
