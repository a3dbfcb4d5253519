#include "insight/feed/feed_web.h"

#include "account/person/person.h"
#include "gen/feed_sql.h"
#include "gen/feed_views.h"
#include "gen/note_views.h"
#include "insight/feed/feed.h"
#include "web/page.h"
#include "words/message.h"

#define CARDS 20

static void feed_json(struct json_out *j, const void *data)
{
    const struct feed_page *page = data;
    json_begin_object(j);
    json_member_bool(j, "newest", page->newest);
    json_member_bool(j, "all_seen", page->all_seen && page->grid.n == 0);
    json_key(j, "notes");
    note_grid_json(j, &page->grid);
    json_end_object(j);
}

/* htmx asks for more of the list: cards alone. */
static void feed_more(struct view *v, const void *data)
{
    const struct feed_page *page = data;
    note_grid_more(v, &page->grid);
}

static const struct shape feed_shape = { .html = feed_page_view_any,
                                         .fragment = feed_more,
                                         .json = feed_json };

/* Turn ids into cards, in their order. */
static int fill_grid(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                     struct feed_page *page, struct err *err)
{
    return note_grid_of(rq, db, ids, n, page->follow ? "follow" : "explore", false, &page->grid,
                        err);
}

static int fill_head(struct req *rq, struct db *db, struct feed_page *page, struct err *err)
{
    page->signed_in = rq->viewer.actor != 0;
    return note_sections(db, rq->arena, rq->lang, &page->sections, &page->n_sections, err);
}

int feed_query_of(struct req *rq, struct db *db, struct feed_query *ret_query, struct err *err)
{
    struct taste *taste = arena_new(rq->arena, struct taste);
    struct feed_query query = { .taste = taste };
    if (!taste)
        return err_detail(err, ERR_NOMEM, "arena full");
    query.newest =
        str_eq_c(req_text(rq, "order"), "new") || (rq->viewer.actor && !rq->viewer.personalised);
    query.seen_too = req_on(rq, "seen") || !rq->viewer.exposure_ok;
    int rc = person_interests_of(db, rq->arena, rq->viewer.actor, &query.interests, err);
    if (rc == 0 && !query.newest)
        rc = taste_of(db, rq->arena, rq->viewer.actor, taste, err);
    if (rc == 0)
        *ret_query = query;
    return rc;
}

static int explore(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct feed_page *page = arena_new(rq->arena, struct feed_page);
    struct page cursor = { 0 };
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = fill_head(rq, db, page, err);
    if (rc == 0)
        rc = page_read(rq, 4, CARDS, &cursor, err);
    if (rc < 0)
        return rc;
    struct feed_query query = { 0 };
    rc = feed_query_of(rq, db, &query, err);
    if (rc < 0)
        return rc;
    query.limit = cursor.limit > HEAT_WINDOW ? HEAT_WINDOW : (size_t)cursor.limit;
    if (cursor.has)
        query.from =
            (struct feed_cursor){ cursor.key[0], cursor.key[1], cursor.key[2], cursor.key[3] };
    int64_t ids[HEAT_WINDOW];
    size_t n = 0;
    struct feed_cursor next = { 0 };
    rc = feed_explore(db, rq->arena, &query, ids, &n, &next, err);
    if (rc == 0)
        rc = fill_grid(rq, db, ids, n, page, err);
    if (rc == 0 && !cursor.has)
        rc = slot_fill(rq, db, "explore.pinned", &rq->viewer.actor, 1, &page->pinned, err);
    if (rc < 0)
        return rc;
    page->newest = query.newest;
    page->all_seen = !query.newest && !query.seen_too && query.taste && query.taste->n > 1;
    const int64_t keys[] = { next.heat, next.note, next.offset, next.since };
    page->grid.more = page_next(rq, &cursor, next.note ? (size_t)cursor.limit + 1 : 0, keys);
    answer_page(ret, &feed_shape, page, message_text(rq->lang, N_("Explore")));
    ret->head.tab = "explore";
    ret->head.canonical = STR("/");
    return 0;
}

/* Say of those that stand here for a topic alone, for which. */
static int fill_marks(struct req *rq, struct db *db, struct note_grid *grid, struct err *err)
{
    struct feed_by_topic_rows rows = { 0 };
    struct note_card_mark *marks = arena_new_array(rq->arena, grid->n + 1, struct note_card_mark);
    if (!marks)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = grid->n ? feed_by_topic(db, rq->arena, rq->viewer.actor,
                                     (struct id_list){ grid->ids, grid->n }, &rows, err)
                     : 0;
    for (size_t i = 0; i < grid->n; i++) {
        marks[i] = (struct note_card_mark){ STR(""), STR("") };
        for (size_t k = 0; rc == 0 && k < rows.n; k++)
            if (rows.v[k].note == grid->ids[i])
                marks[i] = (struct note_card_mark){ rows.v[k].key, rows.v[k].name };
    }
    grid->marks = marks;
    return rc;
}

static int follow(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct feed_page *page = arena_new(rq->arena, struct feed_page);
    struct page cursor = { 0 };
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = fill_head(rq, db, page, err);
    if (rc == 0)
        rc = page_read(rq, 1, CARDS, &cursor, err);
    if (rc < 0)
        return rc;
    int64_t ids[PAGE_LIMIT_MAX + 1];
    size_t found = 0;
    rc = feed_of_followed(db, rq->arena, rq->viewer.actor, cursor.has ? cursor.key[0] : INT64_MAX,
                          (size_t)cursor.limit + 1, ids, &found, err);
    if (rc < 0)
        return rc;
    size_t n = found > (size_t)cursor.limit ? (size_t)cursor.limit : found;
    page->follow = true;
    rc = fill_grid(rq, db, ids, n, page, err);
    if (rc == 0 && !rq->json)
        rc = fill_marks(rq, db, &page->grid, err);
    if (rc < 0)
        return rc;
    if (n)
        page->grid.more = page_next(rq, &cursor, found, &ids[n - 1]);
    answer_page(ret, &feed_shape, page, message_text(rq->lang, N_("Following")));
    ret->head.tab = "explore";
    ret->head.noindex = true;
    return 0;
}

const struct route feed_routes[] = {
    { METHOD_GET, "/", explore, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_GET, "/follow", follow, WHO_MEMBER, RUNS_READ, RATE_READ },
    { 0 },
};
