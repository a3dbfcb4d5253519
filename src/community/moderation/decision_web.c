/* The author's doors: what was decided, correcting, answering. */
#include "base/id.h"
#include "codec/date.h"
#include "community/moderation/case.h"
#include "community/moderation/moderation_web.h"
#include "gen/moderation_views.h"
#include "web/page.h"
#include "words/message.h"
#include "words/text.h"

#define DECISION_PAGE 20

static void one_json(struct json_out *j, const struct case_page *page)
{
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "case", page->card.id));
    json_member_str(j, "kind", str_from(thing_word(page->card.kind)));
    json_member_int(j, "state", page->card.state);
    json_member_str(j, "title", page->seen_title);
    json_member_bool(j, "may_answer", page->may_answer);
    json_key(j, "acts");
    json_begin_array(j);
    for (size_t i = 0; i < page->n_acts; i++) {
        json_begin_object(j);
        json_member_str(j, "act", str_from(action_word(page->acts[i].action)));
        if (page->acts[i].rule)
            json_member_str(j, "rule", str_from(harm_word(page->acts[i].rule)));
        json_member_str(j, "body", page->acts[i].body);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static void list_json(struct json_out *j, const void *data)
{
    const struct decisions_page *page = data;
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++)
        one_json(j, &page->v[i]);
    json_end_array(j);
    if (page->more.len)
        json_member_str(j, "more", page->more);
    json_end_object(j);
}

static void decision_json(struct json_out *j, const void *data)
{
    one_json(j, data);
}

static const struct shape list_shape = { .html = decisions_page_view_any, .json = list_json };
static const struct shape decision_shape = { .html = decision_page_view_any,
                                             .json = decision_json };

/* What the author is shown of a case: not who acted, nor what others said. */
static int fill_own(struct req *rq, struct db *db, const struct case_row_row *row,
                    struct case_page *page, struct err *err)
{
    int rc = case_fill(rq, db, row, page, err);
    page->n_reports = 0;
    page->n_harms = 0;
    return rc;
}

/* The list's rows have the columns of one case. */
static struct case_row_row row_of(const struct case_owned_row *r)
{
    return (struct case_row_row){
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
        .first_act = r->first_act,
        .due = r->due,
        .corrected = r->corrected,
        .hidden = r->hidden,
        .held = r->held,
        .holder = r->holder,
        .held_until = r->held_until,
        .title = r->title,
        .seen = r->seen,
    };
}

static int list(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct decisions_page *out = arena_new(rq->arena, struct decisions_page);
    struct case_owned_rows rows = { 0 };
    struct page page;
    if (!out)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = page_read(rq, 1, DECISION_PAGE, &page, err);
    if (rc == 0)
        rc = case_owned(db, rq->arena, rq->viewer.actor, page.has ? page.key[0] : INT64_MAX,
                        page.limit + 1, &rows, err);
    if (rc < 0)
        return rc;
    size_t n = rows.n > (size_t)page.limit ? (size_t)page.limit : rows.n;
    struct case_page *pages = arena_new_array(rq->arena, n + 1, struct case_page);
    if (!pages)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < n; i++) {
        struct case_row_row row = row_of(&rows.v[i]);
        rc = fill_own(rq, db, &row, &pages[i], err);
    }
    if (rc < 0)
        return rc;
    *out = (struct decisions_page){ .v = pages, .n = n };
    if (n)
        out->more = page_next(rq, &page, rows.n, &rows.v[n - 1].id);
    answer_page(ret, &list_shape, out, message_text(rq->lang, N_("Decisions")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static int show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct case_page *page = arena_new(rq->arena, struct case_page);
    struct case_row_row row = { 0 };
    int64_t id;
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = req_id(rq, "case", "case", &id, err);
    if (rc == 0)
        rc = case_row(db, rq->arena, id, &row, err);
    if (rc == 0 && row.owner != rq->viewer.actor)
        rc = err_set(err, ERR_NOT_FOUND, N_("There is no such decision about you."));
    if (rc == 0)
        rc = fill_own(rq, db, &row, page, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &decision_shape, page, message_text(rq->lang, N_("Decision")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static int go_back(struct req *rq, struct db *db, int64_t id, struct answer *ret, struct err *err)
{
    char text[ID_TEXT_MAX];
    if (rq->json)
        return show(rq, db, ret, err);
    answer_see_other(
        ret, arena_printf(rq->arena, "/me/decisions/%.*s", STR_ARG(id_text(text, "case", id))));
    return 0;
}

static int corrected(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t id;
    int rc = req_id(rq, "case", "case", &id, err);
    if (rc == 0)
        rc = moderation_corrected(db, rq->arena, id, rq->viewer.actor, err);
    return rc < 0 ? rc : go_back(rq, db, id, ret, err);
}

static int answer(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct str text;
    int64_t id;
    int rc = req_id(rq, "case", "case", &id, err);
    if (rc == 0)
        rc = text_clean(rq->arena, req_raw(rq, "body"), TEXT_LINES, &text, err);
    if (rc == 0)
        rc = moderation_answer(db, rq->arena, id, rq->viewer.actor, text, err);
    return rc < 0 ? rc : go_back(rq, db, id, ret, err);
}

/* ---- on the note's own page ---- */

static int notice_of(struct req *rq, struct db *db, int64_t note, struct part *ret_part,
                     struct err *err)
{
    struct note_notice *notice = arena_new(rq->arena, struct note_notice);
    struct mod_act_sanction_row last = { 0 };
    struct mod_act_asked_row asked = { 0 };
    struct case_of_row row = { 0 };
    if (!notice)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = case_of(db, rq->arena, THING_NOTE, note, &row, err);
    if (rc < 0 || row.owner != rq->viewer.actor)
        return rc == ERR_NOT_FOUND ? 0 : rc;
    *notice = (struct note_notice){
        .id = row.id, .state = (enum case_state)row.state, .held = row.held, .due = row.due
    };
    if (row.state == CASE_CORRECTING)
        rc = mod_act_asked(db, rq->arena, row.id, row.round, &asked, err);
    else
        rc = mod_act_sanction(db, rq->arena, row.id, row.round, &last, err);
    if (rc < 0 && rc != ERR_NOT_FOUND)
        return rc;
    notice->rule = (enum harm)(asked.id ? asked.rule : last.rule);
    notice->body = asked.id ? asked.body : last.body;
    if (row.held || row.hidden || row.state == CASE_CORRECTING)
        *ret_part = (struct part){ note_notice_view_any, NULL, notice };
    return 0;
}

int moderation_note_notice(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                           struct part *ret_parts, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && rq->viewer.actor && i < n; i++)
        rc = notice_of(rq, db, ids[i], &ret_parts[i], err);
    return rc;
}

const struct route decision_routes[] = {
    { METHOD_GET, "/me/decisions", list, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_GET, "/me/decisions/:case", show, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/me/decisions/:case/corrected", corrected, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .suspended_may = true },
    { METHOD_POST, "/me/decisions/:case/answer", answer, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = show, .suspended_may = true },
    { 0 },
};
