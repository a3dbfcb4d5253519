#include "insight/feed/taste.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "community/note/note.h"
#include "gen/feed_sql.h"
#include "insight/feed/feed.h"
#include "store/memo.h"
#include "store/privacy.h"

static int in_order(const void *left, const void *right)
{
    const struct taste_mark *a = left, *b = right;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return (a->id > b->id) - (a->id < b->id);
}

/* A section as a number: FNV-1a, so that all marks are alike. */
static int64_t section_number(struct str section)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < section.len; i++)
        hash = (hash ^ (unsigned char)section.ptr[i]) * UINT64_C(1099511628211);
    return (int64_t)(hash >> 1);
}

static int read_taste(struct db *db, struct arena *a, int64_t reader, struct taste *ret,
                      struct err *err)
{
    struct feed_taste_rows rows;
    int rc = feed_taste(db, a, reader, db_now(db) - FEED_COOL_DAYS * TIME_DAY, FEED_SEEN_MAX, &rows,
                        err);
    if (rc < 0)
        return rc;
    struct taste_mark *v = arena_new_array(a, rows.n + 1, struct taste_mark);
    if (!v)
        return err_detail(err, ERR_NOMEM, "arena full");
    /* The first mark means nothing: so that a reader without any is remembered too. */
    v[0] = (struct taste_mark){ 0 };
    for (size_t i = 0; i < rows.n; i++)
        v[i + 1] = (struct taste_mark){ rows.v[i].what, rows.v[i].what == TASTE_SECTION
                                                            ? section_number(rows.v[i].section)
                                                            : rows.v[i].id };
    qsort(v, rows.n + 1, sizeof(*v), in_order);
    *ret = (struct taste){ v, rows.n + 1 };
    return 0;
}

int taste_of(struct db *db, struct arena *a, int64_t reader, struct taste *ret_taste,
             struct err *err)
{
    const struct memo_key key = { "feed.taste", reader, 0 };
    const struct memo_key about[] = { { "exposure", reader, 0 },
                                      { "dismissed", reader, 0 },
                                      { "notes", 0, 0 } };
    struct str bytes;
    *ret_taste = (struct taste){ 0 };
    if (reader == 0)
        return 0;
    if (memo_get(db, &key, a, &bytes)) {
        *ret_taste =
            (struct taste){ (const void *)bytes.ptr, bytes.len / sizeof(struct taste_mark) };
        return 0;
    }
    int rc = read_taste(db, a, reader, ret_taste, err);
    if (rc == 0)
        memo_put(db, &key, about, 3,
                 (struct str){ (const char *)ret_taste->v, ret_taste->n * sizeof(*ret_taste->v) });
    return rc;
}

bool taste_has(const struct taste *t, enum taste_kind kind, int64_t id)
{
    const struct taste_mark mark = { kind, id };
    return t->n && bsearch(&mark, t->v, t->n, sizeof(mark), in_order) != NULL;
}

int64_t taste_cool(const struct taste *t, int64_t note, int64_t author, struct str section)
{
    if (t->n <= 1)
        return 0;
    int64_t cool = taste_has(t, TASTE_AUTHOR, author) ? HEAT_AWAY_AUTHOR : 0;
    cool += taste_has(t, TASTE_TOPIC, note) ? HEAT_AWAY_TOPIC : 0;
    return cool + (taste_has(t, TASTE_SECTION, section_number(section)) ? HEAT_AWAY_SECTION : 0);
}

int taste_dismiss(struct db *db, struct arena *a, int64_t reader, int64_t note, bool on,
                  struct err *err)
{
    struct note_brief brief = { 0 };
    struct feed_dismiss_count_row count = { 0 };
    memo_changed(db, "dismissed", reader);
    if (!on)
        return feed_dismiss_remove(db, reader, note, NULL, err);
    int rc = note_brief(db, a, note, reader, &brief, err);
    if (rc == 0 && brief.author == reader)
        rc = err_set(err, ERR_CONFLICT, N_("It is your own note."));
    if (rc == 0)
        rc = feed_dismiss_count(db, a, reader, &count, err);
    if (rc == 0 && count.n >= FEED_AWAY_MAX)
        rc = err_set(err, ERR_CONFLICT, N_("The list is full: take some notes back first."));
    if (rc == 0)
        rc = feed_dismiss_add(db, reader, note, brief.author, brief.section, db_now(db), NULL, err);
    return rc;
}

PRIVACY_LIST(feed_dismiss_mine, "not interested", note)

static int gather(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                  struct err *err)
{
    return list_feed_dismiss_mine(db, a, actor, out, err);
}

static int erase(struct db *db, int64_t actor, struct err *err)
{
    memo_changed(db, "dismissed", actor);
    return feed_dismiss_erase(db, actor, NULL, err);
}

const struct privacy_part feed_privacy = { "feed", "feed_dismissed", gather, erase };
