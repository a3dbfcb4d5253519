/* The moderators' doors: what waits, one case, what is done about it. */
#include "base/clock.h"
#include "base/id.h"
#include "codec/date.h"
#include "community/moderation/case.h"
#include "community/moderation/moderation_web.h"
#include "gen/moderation_views.h"
#include "web/page.h"
#include "words/message.h"
#include "words/text.h"

#define QUEUE_PAGE 20
#define SAID_MAX   90 /* graphemes of a thing on its card */

/* ---- the queue ---- */

/* Both lists have the same columns; the queue's rows stand for either. */
static int find_rows(struct req *rq, struct db *db, const struct moderator *m,
                     const struct page *page, bool done, struct case_queue_rows *ret_rows,
                     struct err *err)
{
    if (!done) {
        const struct case_queue_args args = {
            .everywhere = m->everywhere,
            .moderator = m->actor,
            .now = rq->now,
            .rank = page->has ? page->key[0] : -1,
            .opened = page->has ? page->key[1] : 0,
            .id = page->has ? page->key[2] : 0,
            .n = page->limit + 1,
        };
        return case_queue(db, rq->arena, &args, ret_rows, err);
    }
    struct case_done_rows rows = { 0 };
    int rc = case_done(db, rq->arena, m->everywhere, m->actor, page->has ? page->key[2] : INT64_MAX,
                       rq->now, page->limit + 1, &rows, err);
    if (rc < 0)
        return rc;
    ret_rows->v = arena_new_array(rq->arena, rows.n + 1, struct case_queue_row);
    if (!ret_rows->v)
        return err_detail(err, ERR_NOMEM, "arena full");
    ret_rows->n = rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        const struct case_done_row *r = &rows.v[i];
        ret_rows->v[i] = (struct case_queue_row){
            .id = r->id,
            .kind = r->kind,
            .object = r->object,
            .owner = r->owner,
            .section = r->section,
            .complaint = r->complaint,
            .state = r->state,
            .rank = r->rank,
            .round = r->round,
            .opened = r->opened,
            .due = r->due,
            .corrected = r->corrected,
            .held = r->held,
            .holder = r->holder,
            .held_until = r->held_until,
            .title = r->title,
            .seen = r->seen,
            .reports = r->reports,
            .brands = r->brands,
        };
    }
    return 0;
}

/* Owners (places 0..n-1) and holders (n..2n-1). */
static int fill_cards(struct req *rq, struct db *db, const struct case_queue_rows *rows, size_t n,
                      struct queue_page *page, struct err *err)
{
    const struct note_section *sections;
    size_t n_sections;
    struct case_card *cards = arena_new_array(rq->arena, n + 1, struct case_card);
    struct person_card *people = arena_new_array(rq->arena, 2 * n + 1, struct person_card);
    int64_t *actors = arena_new_array(rq->arena, 2 * n + 1, int64_t);
    if (!cards || !people || !actors)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++) {
        actors[i] = rows->v[i].owner;
        actors[n + i] = rows->v[i].held_until > rq->now ? rows->v[i].holder : 0;
    }
    int rc = note_sections(db, rq->arena, rq->lang, &sections, &n_sections, err);
    if (rc == 0 && n)
        rc = person_cards(db, rq->arena, actors, 2 * n, people, err);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        const struct case_queue_row *r = &rows->v[i];
        cards[i] = (struct case_card){
            .id = r->id,
            .kind = (enum thing_kind)r->kind,
            .state = (enum case_state)r->state,
            .urgent = r->rank == 0,
            .complaint = r->complaint,
            .corrected = r->corrected,
            .held = r->held,
            .overdue = r->due.has && r->due.value < rq->now,
            .title = r->title,
            .said = text_shorten(rq->arena, r->seen, SAID_MAX),
            .section = section_name(sections, n_sections, r->section),
            .owner = people[i],
            .reports = r->reports,
            .brands = r->brands,
            .opened = r->opened,
            .holder = people[n + i].name,
            .mine = actors[n + i] != 0 && actors[n + i] == rq->viewer.actor,
        };
    }
    page->v = cards;
    page->n = n;
    return rc;
}

static void card_json(struct json_out *j, const struct case_card *c)
{
    char id[ID_TEXT_MAX], at[DATE_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "case", c->id));
    json_member_str(j, "kind", str_from(thing_word(c->kind)));
    json_member_int(j, "state", c->state);
    json_member_str(j, "title", c->title);
    json_member_str(j, "section", c->section);
    json_member_str(j, "owner", c->owner.handle);
    json_member_bool(j, "urgent", c->urgent);
    json_member_bool(j, "complaint", c->complaint);
    json_member_bool(j, "corrected", c->corrected);
    json_member_bool(j, "held", c->held);
    json_member_int(j, "reports", c->reports);
    json_member_int(j, "brand_reports", c->brands);
    json_member_str(j, "opened", date_write(at, c->opened));
    json_end_object(j);
}

static void queue_json(struct json_out *j, const void *data)
{
    const struct queue_page *page = data;
    json_begin_object(j);
    json_member_int(j, "waiting", page->waiting);
    json_member_int(j, "first_act_seconds", page->took);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++)
        card_json(j, &page->v[i]);
    json_end_array(j);
    if (page->more.len)
        json_member_str(j, "more", page->more);
    json_end_object(j);
}

static const struct shape queue_shape = { .html = queue_page_view_any,
                                          .fragment = queue_items_any,
                                          .json = queue_json };

static int queue(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct queue_page *out = arena_new(rq->arena, struct queue_page);
    struct case_queue_rows rows = { 0 };
    struct case_waiting_row waiting = { 0 };
    struct moderator m;
    struct page page = { 0 };
    if (!out)
        return err_detail(err, ERR_NOMEM, "arena full");
    bool done = str_eq_c(req_text(rq, "show"), "done");
    int rc = moderator_here(rq, db, &m, err);
    if (rc == 0)
        rc = page_read(rq, 3, QUEUE_PAGE, &page, err);
    if (rc == 0)
        rc = find_rows(rq, db, &m, &page, done, &rows, err);
    if (rc == 0)
        rc = case_waiting(db, NULL, rq->now, rq->now - 28 * TIME_DAY, &waiting, err);
    if (rc < 0)
        return rc;
    size_t n = rows.n > (size_t)page.limit ? (size_t)page.limit : rows.n;
    *out = (struct queue_page){ .done = done,
                                .waiting = waiting.waiting,
                                .looked = waiting.looked,
                                .took = waiting.took / TIME_SECOND };
    rc = fill_cards(rq, db, &rows, n, out, err);
    if (rc < 0)
        return rc;
    if (rows.n) {
        const struct case_queue_row *last = &rows.v[n - 1];
        out->more = page_next(rq, &page, rows.n, (int64_t[]){ last->rank, last->opened, last->id });
    }
    answer_page(ret, &queue_shape, out, message_text(rq->lang, N_("Moderation")));
    ret->head.noindex = true;
    return 0;
}

/* For the menu of whoever moderates something. */
int moderation_me_fill(struct req *rq, struct db *db, const int64_t *ids UNUSED, size_t n UNUSED,
                       struct part *ret_parts, struct err *err)
{
    struct case_waiting_here_row *waiting = arena_new(rq->arena, struct case_waiting_here_row);
    struct err why = { 0 };
    struct moderator m;
    if (!waiting)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = moderator_here(rq, db, &m, &why);
    if (rc == ERR_FORBIDDEN)
        return 0;
    if (rc < 0) {
        *err = why;
        return rc;
    }
    rc = case_waiting_here(db, NULL, m.everywhere, m.actor, rq->now, waiting, err);
    if (rc == 0)
        ret_parts[0].data = &waiting->n;
    return rc;
}

/* ---- one case ---- */

static int find_case(struct req *rq, struct db *db, const struct moderator *m,
                     struct case_row_row *ret_row, struct err *err)
{
    int64_t id;
    bool may = false;
    int rc = req_id(rq, "case", "case", &id, err);
    if (rc == 0)
        rc = case_row(db, rq->arena, id, ret_row, err);
    if (rc == 0)
        rc = moderator_of(db, m, ret_row->section, &may, err);
    if (rc == 0 && !may)
        rc = err_set(err, ERR_FORBIDDEN, N_("This section is looked after by others."));
    return rc;
}

static void case_json(struct json_out *j, const void *data)
{
    const struct case_page *page = data;
    json_begin_object(j);
    json_key(j, "case");
    card_json(j, &page->card);
    json_member_str(j, "title", page->thing.thing.title);
    json_member_str(j, "text", page->thing.thing.text);
    json_member_bool(j, "own_matter", page->own);
    json_member_bool(j, "taken", page->taken);
    json_member_str(j, "answer", page->answer);
    json_key(j, "acts");
    json_begin_array(j);
    for (size_t i = 0; i < page->n_acts; i++) {
        json_begin_object(j);
        json_member_str(j, "act", str_from(action_word(page->acts[i].action)));
        json_member_str(j, "body", page->acts[i].body);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static const struct shape case_shape = { .html = case_page_view_any, .json = case_json };

static int show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct case_page *page = arena_new(rq->arena, struct case_page);
    struct case_row_row row = { 0 };
    struct moderator m;
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = moderator_here(rq, db, &m, err);
    if (rc == 0)
        rc = find_case(rq, db, &m, &row, err);
    if (rc == 0)
        rc = case_fill(rq, db, &row, page, err);
    if (rc == 0)
        rc = case_own_matter(db, rq->arena, &m, &row, &page->thing.thing, &page->own, err);
    if (rc < 0)
        return rc;
    page->taken = row.held_until > rq->now && row.holder != m.actor;
    page->may_limit = m.everywhere;
    answer_page(ret, &case_shape, page, message_text(rq->lang, N_("Moderation")));
    ret->head.noindex = true;
    return 0;
}

static struct str case_address(const struct req *rq, int64_t id)
{
    char text[ID_TEXT_MAX];
    return arena_printf(rq->arena, "/moderation/%.*s", STR_ARG(id_text(text, "case", id)));
}

static int claim(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct case_row_row row = { 0 };
    struct thing_shown t = { 0 };
    struct moderator m;
    int rc = moderator_here(rq, db, &m, err);
    if (rc == 0)
        rc = find_case(rq, db, &m, &row, err);
    if (rc == 0)
        rc = thing_of_case(rq, db, (enum thing_kind)row.kind, row.object, &t, err);
    if (rc == 0)
        rc = moderation_claim(db, rq->arena, &m, row.id, &t.thing, err);
    if (rc == 0)
        answer_see_other(ret, case_address(rq, row.id));
    return rc;
}

static int read_act(struct req *rq, struct act_ask *ask, struct err *err)
{
    int rc = text_clean(rq->arena, req_raw(rq, "body"), TEXT_LINES, &ask->text, err);
    if (rc == 0)
        rc = req_int(rq, "days", 0, 0, INT32_MAX, &ask->days, err);
    if (rc < 0)
        return rc;
    if (!action_named(req_text(rq, "act"), &ask->action))
        ask->action = (enum mod_action)0;
    if (!harm_named(req_text(rq, "rule"), &ask->rule))
        ask->rule = (enum harm)0;
    ask->stop = req_on(rq, "stop");
    return 0;
}

static int act(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct case_row_row row = { 0 };
    struct thing_shown t = { 0 };
    struct act_ask ask = { 0 };
    struct moderator m;
    int rc = moderator_here(rq, db, &m, err);
    if (rc == 0)
        rc = find_case(rq, db, &m, &row, err);
    if (rc == 0)
        rc = read_act(rq, &ask, err);
    if (rc == 0)
        rc = thing_of_case(rq, db, (enum thing_kind)row.kind, row.object, &t, err);
    if (rc == 0)
        rc = moderation_act(db, rq->arena, &m, row.id, &t.thing, &ask, err);
    if (rc < 0)
        return rc;
    if (rq->json)
        return show(rq, db, ret, err);
    answer_see_other(ret, STR("/moderation"));
    return 0;
}

const struct route moderation_routes[] = {
    { METHOD_GET, "/moderation", queue, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_GET, "/moderation/:case", show, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/moderation/:case", act, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = show },
    { METHOD_POST, "/moderation/:case/claim", claim, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { 0 },
};
