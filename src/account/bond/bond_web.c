#include "account/bond/bond_web.h"

#include "gen/bond_sql.h"
#include "gen/bond_views.h"
#include "web/page.h"
#include "words/message.h"

#define LINES 50

static void menu_json(struct json_out *j, const void *data)
{
    const struct bond_menu *menu = data;
    json_begin_object(j);
    json_member_bool(j, "muted", menu->muted);
    json_end_object(j);
}

static const struct shape menu_shape = { .html = bond_menu_view_any, .json = menu_json };

/* Whom the address names; somebody who blocks the reader is not there, unless
 * the reader blocks them too. */
static int find_other(struct req *rq, struct db *db, struct person_card *ret_card, struct err *err)
{
    struct person_card card;
    struct bond_between_row mine = { 0 };
    bool blocked = false;
    int rc =
        person_of_handle(db, rq->arena, person_fold(rq->arena, req_text(rq, "handle")), &card, err);
    if (rc == 0)
        rc = bond_blocked(db, rq->viewer.actor, card.actor, &blocked, err);
    if (rc == 0)
        rc = bond_between(db, NULL, rq->viewer.actor, card.actor, &mine, err);
    if (rc == 0 && blocked && !mine.blocked && !mine.muted)
        rc = err_set(err, ERR_NOT_FOUND, N_("Nobody here has that name."));
    if (rc == 0)
        *ret_card = card;
    return rc;
}

static bool wants_on(const struct req *rq)
{
    return req_text(rq, "on").len == 0 || req_on(rq, "on");
}

static int set(struct req *rq, struct db *db, enum bond_kind kind, struct person_card *ret_card,
               bool *ret_changed, struct err *err)
{
    int rc = find_other(rq, db, ret_card, err);
    if (rc < 0)
        return rc;
    return bond_set(db, rq->viewer.actor, rq->viewer.simulated, ret_card->actor, kind, wants_on(rq),
                    ret_changed, err);
}

static int block(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct person_card card = { 0 };
    struct part cut;
    bool changed = false;
    int rc = set(rq, db, BOND_BLOCK, &card, &changed, err);
    if (rc == 0 && changed && wants_on(rq))
        rc = slot_fill(rq, db, "bond.blocked", &card.actor, 1, &cut, err);
    if (rc == 0)
        answer_see_other(ret, STR("/me/blocked"));
    return rc;
}

static int mute(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct bond_menu *menu = arena_new(rq->arena, struct bond_menu);
    struct person_card card = { 0 };
    if (!menu)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = set(rq, db, BOND_MUTE, &card, NULL, err);
    if (rc < 0)
        return rc;
    *menu = (struct bond_menu){ card.handle, card.name, wants_on(rq) };
    if (rq->htmx || rq->json)
        answer_page(ret, &menu_shape, menu, STR(""));
    else if (str_eq_c(req_text(rq, "next"), "/me/blocked"))
        answer_see_other(ret, STR("/me/blocked"));
    else
        answer_see_other(ret, arena_printf(rq->arena, "/u/%.*s", STR_ARG(card.handle)));
    return 0;
}

/* ---- whom the reader blocked or muted ---- */

static void lines_more(struct view *v, const void *data)
{
    bond_lines(v, data);
}

static void lines_json(struct json_out *j, const void *data)
{
    const struct bond_page *page = data;
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++) {
        json_begin_object(j);
        json_member_str(j, "handle", page->v[i].card.handle);
        json_member_str(j, "kind", page->v[i].kind == BOND_BLOCK ? STR("block") : STR("mute"));
        json_end_object(j);
    }
    json_end_array(j);
    if (page->more.len)
        json_member_str(j, "more", page->more);
    json_end_object(j);
}

static const struct shape lines_shape = { .html = bond_page_view_any,
                                          .fragment = lines_more,
                                          .json = lines_json };

static int fill_lines(struct req *rq, struct db *db, const struct bond_list_rows *rows, size_t n,
                      struct bond_page *ret_page, struct err *err)
{
    struct bond_line *lines = arena_new_array(rq->arena, n ? n : 1, struct bond_line);
    struct person_card *cards = arena_new_array(rq->arena, n ? n : 1, struct person_card);
    int64_t *actors = arena_new_array(rq->arena, n ? n : 1, int64_t);
    if (!lines || !cards || !actors)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++)
        actors[i] = rows->v[i].other;
    int rc = person_cards(db, rq->arena, actors, n, cards, err);
    for (size_t i = 0; rc == 0 && i < n; i++)
        lines[i] = (struct bond_line){ cards[i], (enum bond_kind)rows->v[i].kind, rows->v[i].at };
    if (rc == 0) {
        ret_page->v = lines;
        ret_page->n = n;
    }
    return rc;
}

static int blocked(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct bond_page *list = arena_new(rq->arena, struct bond_page);
    struct bond_list_rows rows = { 0 };
    struct page page;
    if (!list)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = page_read(rq, 3, LINES, &page, err);
    if (rc == 0)
        rc = bond_list(db, rq->arena, rq->viewer.actor, page.has ? page.key[0] : INT64_MAX,
                       page.has ? page.key[1] : INT64_MAX, page.has ? page.key[2] : INT64_MAX,
                       page.limit + 1, &rows, err);
    if (rc < 0)
        return rc;
    size_t n = rows.n < (size_t)page.limit ? rows.n : (size_t)page.limit;
    rc = fill_lines(rq, db, &rows, n, list, err);
    if (rc < 0)
        return rc;
    if (rows.n) {
        const struct bond_list_row *last = &rows.v[n - 1];
        list->more = page_next(rq, &page, rows.n, (int64_t[]){ last->at, last->other, last->kind });
    }
    answer_page(ret, &lines_shape, list, message_text(rq->lang, N_("Blocked and muted")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

/* ---- slot ---- */

int bond_person_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                     struct part *ret_parts, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        bool apart = false;
        struct bond_between_row mine = { 0 };
        struct person_card card = { 0 };
        struct bond_menu *menu = arena_new(rq->arena, struct bond_menu);
        if (!menu)
            return err_detail(err, ERR_NOMEM, "arena full");
        rc = bond_blocked(db, rq->viewer.actor, ids[i], &apart, err);
        if (rc == 0 && apart)
            return err_set(err, ERR_NOT_FOUND, N_("Nobody here has that name."));
        if (!rq->viewer.actor || rq->viewer.actor == ids[i])
            continue;
        if (rc == 0)
            rc = bond_between(db, NULL, rq->viewer.actor, ids[i], &mine, err);
        if (rc == 0)
            rc = person_cards(db, rq->arena, &ids[i], 1, &card, err);
        if (rc < 0)
            return rc;
        *menu = (struct bond_menu){ card.handle, card.name, mine.muted };
        ret_parts[i] = (struct part){ bond_menu_view_any, NULL, menu };
    }
    return rc;
}

const struct route bond_routes[] = {
    { METHOD_POST, "/u/:handle/block", block, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_POST, "/u/:handle/mute", mute, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_GET, "/me/blocked", blocked, WHO_MEMBER, RUNS_READ, RATE_READ },
    { 0 },
};
