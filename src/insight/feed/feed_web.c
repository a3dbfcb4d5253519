#include "insight/feed/feed_web.h"

#include "account/person/person.h"
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
    struct feed_query query = { .limit = (size_t)cursor.limit };
    if (query.limit > HEAT_WINDOW)
        query.limit = HEAT_WINDOW;
    query.newest =
        str_eq_c(req_text(rq, "order"), "new") || (rq->viewer.actor && !rq->viewer.personalised);
    if (cursor.has)
        query.from =
            (struct feed_cursor){ cursor.key[0], cursor.key[1], cursor.key[2], cursor.key[3] };
    rc = person_interests_of(db, rq->arena, rq->viewer.actor, &query.interests, err);
    int64_t ids[HEAT_WINDOW];
    size_t n = 0;
    struct feed_cursor next = { 0 };
    if (rc == 0)
        rc = feed_explore(db, rq->arena, &query, ids, &n, &next, err);
    if (rc == 0)
        rc = fill_grid(rq, db, ids, n, page, err);
    if (rc < 0)
        return rc;
    page->newest = query.newest;
    const int64_t keys[] = { next.heat, next.note, next.offset, next.since };
    page->grid.more = page_next(rq, &cursor, next.note ? (size_t)cursor.limit + 1 : 0, keys);
    answer_page(ret, &feed_shape, page, message_text(rq->lang, N_("Explore")));
    ret->head.tab = "explore";
    ret->head.canonical = STR("/");
    return 0;
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
