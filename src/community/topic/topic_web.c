#include "community/topic/topic_web.h"

#include "codec/topic.h"
#include "community/note/note_web.h"
#include "gen/note_views.h"
#include "gen/topic_sql.h"
#include "gen/topic_views.h"
#include "web/page.h"

static void topic_more(struct view *v, const void *data)
{
    const struct topic_page *page = data;
    note_grid_more(v, &page->grid);
}

static void topic_json(struct json_out *j, const void *data)
{
    const struct topic_page *page = data;
    json_begin_object(j);
    json_member_str(j, "key", page->key);
    json_member_str(j, "name", page->name);
    json_member_int(j, "count", page->notes);
    json_key(j, "notes");
    note_grid_json(j, &page->grid);
    json_end_object(j);
}

static const struct shape topic_shape = { .html = topic_page_view_any,
                                          .fragment = topic_more,
                                          .json = topic_json };

/* The cursor is the last note's id and how many stood before the next one. */
static int fill_grid(struct req *rq, struct db *db, int64_t topic, struct note_grid *ret_grid,
                     struct err *err)
{
    struct page page;
    struct topic_newest_rows rows = { 0 };
    int64_t ids[PAGE_LIMIT_MAX];
    size_t n = 0;
    int rc = page_read(rq, 2, NOTE_PAGE_CARDS, &page, err);
    if (rc == 0)
        rc = topic_newest(db, rq->arena, topic, page.has ? page.key[0] : INT64_MAX, page.limit + 1,
                          &rows, err);
    if (rc < 0)
        return rc;
    for (; n < rows.n && n < (size_t)page.limit; n++)
        ids[n] = rows.v[n].note;
    rc = note_grid_of(rq, db, ids, n, "topic", false, ret_grid, err);
    if (rc < 0)
        return rc;
    ret_grid->first = page.has ? page.key[1] : 0;
    if (n) {
        int64_t keys[] = { ids[n - 1], ret_grid->first + (int64_t)n };
        ret_grid->more = page_next(rq, &page, rows.n, keys);
    }
    return 0;
}

static int show_topic(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct topic_page *page = arena_new(rq->arena, struct topic_page);
    struct topic_by_key_row row = { 0 };
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = topic_by_key(db, rq->arena, topic_key(rq->arena, req_text(rq, "topic")), &row, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("Nobody has written about this topic yet."));
    if (rc == 0)
        rc = fill_grid(rq, db, row.id, &page->grid, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "report.topic", &row.id, 1, &page->report, err);
    if (rc < 0)
        return rc;
    page->key = row.key;
    page->name = row.name;
    page->notes = row.notes;
    answer_page(ret, &topic_shape, page, arena_printf(rq->arena, "#%.*s", STR_ARG(row.name)));
    ret->head.tab = "explore";
    return 0;
}

const struct route topic_routes[] = {
    { METHOD_GET, "/t/:topic", show_topic, WHO_ANYONE, RUNS_READ, RATE_READ },
    { 0 },
};
