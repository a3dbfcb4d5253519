#include "community/topic/topic_web.h"

#include "account/bond/bond.h"
#include "base/buf.h"
#include "codec/percent.h"
#include "codec/topic.h"
#include "community/note/note_web.h"
#include "community/topic/topic.h"
#include "gen/note_views.h"
#include "gen/topic_sql.h"
#include "gen/topic_views.h"
#include "web/page.h"
#include "words/text.h"

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
    json_member_str(j, "intro", page->intro);
    json_member_bool(j, "followed", page->follow.on);
    json_member_int(j, "followers", page->follow.followers);
    json_key(j, "notes");
    note_grid_json(j, &page->grid);
    json_end_object(j);
}

static const struct shape topic_shape = { .html = topic_page_view_any,
                                          .fragment = topic_more,
                                          .json = topic_json };

/* A page of ids: the newest, or those that readers gave most. The cursor is
 * the last note's worth (0 in the newest) and id, and how many stood before
 * the next one. */
static int ids_of(struct req *rq, struct db *db, int64_t topic, bool best, const struct page *at,
                  int64_t *ids, int64_t *worths, size_t *ret_n, struct err *err)
{
    struct topic_newest_rows newest = { 0 };
    struct topic_best_rows rows = { 0 };
    int64_t worth = at->has ? at->key[0] : INT64_MAX, before = at->has ? at->key[1] : INT64_MAX;
    int rc = best ? topic_best(db, rq->arena, topic, worth, before, at->limit + 1, &rows, err)
                  : topic_newest(db, rq->arena, topic, before, at->limit + 1, &newest, err);
    if (rc < 0)
        return rc;
    *ret_n = best ? rows.n : newest.n;
    for (size_t i = 0; i < *ret_n; i++) {
        ids[i] = best ? rows.v[i].note : newest.v[i].note;
        worths[i] = best ? rows.v[i].worth : 0;
    }
    return 0;
}

static int fill_grid(struct req *rq, struct db *db, int64_t topic, bool best,
                     struct note_grid *ret_grid, struct err *err)
{
    struct page page;
    int64_t ids[PAGE_LIMIT_MAX + 1], worths[PAGE_LIMIT_MAX + 1];
    size_t found = 0;
    int rc = page_read(rq, 3, NOTE_PAGE_CARDS, &page, err);
    if (rc == 0)
        rc = ids_of(rq, db, topic, best, &page, ids, worths, &found, err);
    if (rc < 0)
        return rc;
    size_t n = found > (size_t)page.limit ? (size_t)page.limit : found;
    rc = note_grid_of(rq, db, ids, n, "topic", false, ret_grid, err);
    if (rc < 0)
        return rc;
    ret_grid->first = page.has ? page.key[2] : 0;
    if (n) {
        int64_t keys[] = { worths[n - 1], ids[n - 1], ret_grid->first + (int64_t)n };
        ret_grid->more = page_next(rq, &page, found, keys);
    }
    return 0;
}

/* What the head says: the operator's words, else the note that readers gave most. */
static int fill_head(struct req *rq, struct db *db, const struct topic_by_key_row *row,
                     struct topic_page *page, struct err *err)
{
    struct topic_followers_row follow = { 0 };
    struct topic_best_rows best = { 0 };
    const int64_t *hidden = NULL;
    size_t found = 0, n_hidden = 0;
    page->key = row->key;
    page->name = row->name;
    page->notes = row->notes;
    page->intro_en = row->intro_en;
    page->intro_zh = row->intro_zh;
    page->intro = rq->lang == LANG_ZH ? row->intro_zh : row->intro_en;
    if (!page->intro.len)
        page->intro = rq->lang == LANG_ZH ? row->intro_en : row->intro_zh;
    page->operator=(rq->viewer.roles & ROLE_OPERATOR) != 0;
    int rc = topic_followers(db, rq->arena, row->id, rq->viewer.actor, &follow, err);
    page->follow = (struct topic_mark){ row->key, follow.followed, follow.followers };
    if (rc == 0 && !page->intro.len)
        rc = topic_best(db, rq->arena, row->id, INT64_MAX, INT64_MAX, 1, &best, err);
    if (rc < 0 || best.n == 0 || best.v[0].worth == 0)
        return rc;
    struct note_card first;
    rc = note_cards(db, rq->arena, &best.v[0].note, 1, rq->viewer.actor, &first, &found, err);
    if (rc == 0)
        rc = bond_hidden(db, rq->arena, rq->viewer.actor, &hidden, &n_hidden, err);
    if (rc == 0 && found && !bond_among(hidden, n_hidden, first.author_key))
        page->first = first;
    return rc;
}

static int find_topic(struct req *rq, struct db *db, struct topic_by_key_row *ret_row,
                      struct err *err)
{
    int rc = topic_by_key(db, rq->arena, topic_key(rq->arena, req_text(rq, "topic")), ret_row, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("Nobody has written about this topic yet."));
    return rc;
}

static int show_topic(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct topic_page *page = arena_new(rq->arena, struct topic_page);
    struct topic_by_key_row row = { 0 };
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    page->best = str_eq_c(req_text(rq, "tab"), "best");
    int rc = find_topic(rq, db, &row, err);
    if (rc == 0)
        rc = fill_grid(rq, db, row.id, page->best, &page->grid, err);
    if (rc == 0)
        rc = fill_head(rq, db, &row, page, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "report.topic", &row.id, 1, &page->report, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &topic_shape, page, arena_printf(rq->arena, "#%.*s", STR_ARG(row.name)));
    ret->head.tab = "explore";
    ret->head.description = page->intro;
    return 0;
}

/* ---- follow ---- */

static void mark_json(struct json_out *j, const void *data)
{
    const struct topic_mark *m = data;
    json_begin_object(j);
    json_member_bool(j, "on", m->on);
    json_member_int(j, "count", m->followers);
    json_end_object(j);
}

static const struct shape mark_shape = { .html = topic_follow_button_any, .json = mark_json };

static struct str address_of(struct req *rq, struct str key)
{
    struct buf out;
    buf_init(&out, 1000);
    buf_put_c(&out, "/t/");
    percent_encode(&out, key);
    struct str address = arena_str(rq->arena, buf_str(&out));
    buf_release(&out);
    return address;
}

static int follow(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct topic_mark *m = arena_new(rq->arena, struct topic_mark);
    struct topic_by_key_row row = { 0 };
    if (!m)
        return err_detail(err, ERR_NOMEM, "arena full");
    m->on = req_text(rq, "on").len == 0 || req_on(rq, "on");
    int rc = find_topic(rq, db, &row, err);
    if (rc == 0)
        rc = topic_set_followed(db, rq->arena, rq->viewer.actor, rq->viewer.simulated, row.id,
                                m->on, &m->followers, err);
    if (rc < 0)
        return rc;
    m->key = row.key;
    if (rq->htmx || rq->json)
        answer_page(ret, &mark_shape, m, STR(""));
    else
        answer_see_other(ret, address_of(rq, row.key));
    return 0;
}

static int introduce(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct topic_by_key_row row = { 0 };
    struct str en = { 0 }, zh = { 0 };
    int rc = find_topic(rq, db, &row, err);
    if (rc == 0)
        rc = text_clean(rq->arena, req_raw(rq, "intro_en"), TEXT_LINES, &en, err);
    if (rc == 0)
        rc = text_clean(rq->arena, req_raw(rq, "intro_zh"), TEXT_LINES, &zh, err);
    if (rc == 0)
        rc = topic_set_intro(db, rq->arena, rq->viewer.actor, row.id, en, zh, err);
    if (rc == 0)
        answer_see_other(ret, address_of(rq, row.key));
    return rc;
}

const struct route topic_routes[] = {
    { METHOD_GET, "/t/:topic", show_topic, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_POST, "/t/:topic/follow", follow, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_POST, "/t/:topic/intro", introduce, WHO_OPERATOR, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = show_topic },
    { 0 },
};
