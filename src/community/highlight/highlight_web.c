#include "community/highlight/highlight_web.h"

#include "base/id.h"
#include "gen/highlight_sql.h"
#include "gen/highlight_views.h"
#include "store/privacy.h"
#include "web/page.h"
#include "words/message.h"

#define CHOICES 40

/* ---- on the profile ---- */

static int cards_of(struct req *rq, struct db *db, int64_t actor, struct highlights *ret,
                    struct err *err)
{
    struct highlight_of_rows rows = { 0 };
    int64_t ids[HIGHLIGHTS_MAX];
    size_t n = 0;
    int rc = highlight_of(db, rq->arena, actor, &rows, err);
    for (; rc == 0 && n < rows.n && n < HIGHLIGHTS_MAX; n++)
        ids[n] = rows.v[n].note;
    *ret = (struct highlights){ 0 };
    if (rc < 0 || n == 0)
        return rc;
    struct note_card *cards = arena_new_array(rq->arena, n, struct note_card);
    if (!cards)
        return err_detail(err, ERR_NOMEM, "arena full");
    ret->cards = cards;
    return note_cards(db, rq->arena, ids, n, rq->viewer.actor, cards, &ret->n, err);
}

static void highlights_json(struct json_out *j, const void *data)
{
    const struct highlights *h = data;
    json_begin_array(j);
    for (size_t i = 0; i < h->n; i++) {
        char id[ID_TEXT_MAX];
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "note", h->cards[i].id));
        json_member_str(j, "title", h->cards[i].title);
        json_end_object(j);
    }
    json_end_array(j);
}

static int fill(struct req *rq, struct db *db, const int64_t *ids, size_t n, bool form,
                struct part *ret_parts, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        struct highlights *h = arena_new(rq->arena, struct highlights);
        if (!h)
            return err_detail(err, ERR_NOMEM, "arena full");
        rc = cards_of(rq, db, ids[i], h, err);
        if (form)
            ret_parts[i] = (struct part){ highlights_form_any, NULL, h };
        else if (h->n > 0)
            ret_parts[i] = (struct part){ highlights_view_any, highlights_json, h };
    }
    return rc;
}

int highlight_person_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                          struct part *ret_parts, struct err *err)
{
    return fill(rq, db, ids, n, false, ret_parts, err);
}

int highlight_form_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                        struct part *ret_parts, struct err *err)
{
    return fill(rq, db, ids, n, true, ret_parts, err);
}

/* ---- choosing ---- */

static void choose_json(struct json_out *j, const void *data)
{
    const struct highlight_page *page = data;
    json_begin_object(j);
    json_key(j, "notes");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++) {
        char id[ID_TEXT_MAX];
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "note", page->choices[i].card.id));
        json_member_str(j, "title", page->choices[i].card.title);
        json_member_bool(j, "chosen", page->choices[i].chosen);
        json_end_object(j);
    }
    json_end_array(j);
    json_member_str(j, "next", page->more);
    json_end_object(j);
}

static const struct shape choose_shape = { .html = highlight_page_view_any, .json = choose_json };

/* Ids to choose from: on the first page those chosen, then the newest. */
static int ids_of(struct req *rq, struct db *db, const struct page *at, int64_t *ids, size_t *ret_n,
                  size_t *ret_chosen, struct str *ret_more, struct err *err)
{
    struct highlight_of_rows rows = { 0 };
    int64_t newest[CHOICES + 1];
    size_t n = 0, found = 0;
    int rc = highlight_of(db, rq->arena, rq->viewer.actor, &rows, err);
    if (rc == 0)
        rc = note_newest_of(db, rq->arena, rq->viewer.actor, rq->viewer.actor,
                            at->has ? at->key[0] : INT64_MAX, (size_t)at->limit + 1, newest, &found,
                            err);
    if (rc < 0)
        return rc;
    for (size_t i = 0; i < rows.n && i < HIGHLIGHTS_MAX; i++)
        ids[n++] = rows.v[i].note;
    *ret_chosen = n;
    size_t shown = found > (size_t)at->limit ? (size_t)at->limit : found;
    for (size_t i = 0; i < shown; i++) {
        bool there = false;
        for (size_t j = 0; j < *ret_chosen; j++)
            there = there || ids[j] == newest[i];
        if (!there)
            ids[n++] = newest[i];
    }
    if (shown > 0)
        *ret_more = page_next(rq, at, found, &newest[shown - 1]);
    *ret_n = n;
    return 0;
}

static int choose(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct highlight_page *page = arena_new(rq->arena, struct highlight_page);
    struct note_card *cards =
        arena_new_array(rq->arena, CHOICES + HIGHLIGHTS_MAX, struct note_card);
    struct highlight_choice *choices =
        arena_new_array(rq->arena, CHOICES + HIGHLIGHTS_MAX, struct highlight_choice);
    int64_t ids[CHOICES + HIGHLIGHTS_MAX];
    size_t n = 0, chosen = 0;
    struct page at;
    if (!page || !cards || !choices)
        return err_detail(err, ERR_NOMEM, "arena full");
    *page = (struct highlight_page){ .choices = choices };
    int rc = page_read(rq, 1, CHOICES, &at, err);
    if (rc == 0 && at.limit > CHOICES)
        at.limit = CHOICES;
    if (rc == 0)
        rc = ids_of(rq, db, &at, ids, &n, &chosen, &page->more, err);
    if (rc == 0)
        rc = note_cards(db, rq->arena, ids, n, rq->viewer.actor, cards, &page->n, err);
    if (rc < 0)
        return rc;
    for (size_t i = 0; i < page->n; i++) {
        choices[i].card = cards[i];
        for (size_t j = 0; j < chosen; j++)
            choices[i].chosen = choices[i].chosen || ids[j] == cards[i].id;
    }
    answer_page(ret, &choose_shape, page, message_text(rq->lang, N_("Notes that stand first")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static int keep(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t notes[HIGHLIGHTS_MAX + 1];
    int n = params_count(rq->body, "note"), rc = 0;
    if (n > HIGHLIGHTS_MAX + 1)
        n = HIGHLIGHTS_MAX + 1;
    for (int i = 0; rc == 0 && i < n; i++)
        if (!id_parse(params_get_nth(rq->body, "note", i), "note", &notes[i]))
            rc = err_field(err, "note", N_("Only notes of your own can stand first."));
    if (rc == 0)
        rc = highlight_set(db, rq->arena, rq->viewer.actor, notes, (size_t)n, err);
    if (rc == 0)
        answer_see_other(ret, arena_printf(rq->arena, "/u/%.*s", STR_ARG(rq->viewer.handle)));
    return rc;
}

const struct route highlight_routes[] = {
    { METHOD_GET, "/me/highlights", choose, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/me/highlights", keep, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = choose },
    { 0 },
};

/* ---- a person's data ---- */

PRIVACY_FEW(highlight_mine, "highlights")

static int gather(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                  struct err *err)
{
    return list_highlight_mine(db, a, actor, out, err);
}

static int erase(struct db *db, int64_t actor, struct err *err)
{
    return highlight_clear(db, actor, NULL, err);
}

const struct privacy_part highlight_privacy = { "highlight", "highlight", gather, erase };
