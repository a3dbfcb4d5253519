/* What the pages of a case are filled with. */
#include "base/id.h"
#include "community/moderation/case.h"
#include "community/moderation/moderation_web.h"
#include "words/message.h"

struct str section_name(const struct note_section *sections, size_t n, struct str key)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(sections[i].key, key))
            return sections[i].name;
    return key;
}

int moderator_here(struct req *rq, struct db *db, struct moderator *ret_m, struct err *err)
{
    const struct viewer *v = &rq->viewer;
    struct section_moderator_of_row row = { 0 };
    struct moderator m = { .actor = v->actor,
                           .everywhere = (v->roles & (ROLE_MODERATOR | ROLE_OPERATOR)) != 0,
                           .operator_ = (v->roles & ROLE_OPERATOR) != 0,
                           .handle = v->handle,
                           .name = v->name };
    int rc = 0;
    if (!m.everywhere)
        rc = section_moderator_of(db, NULL, m.actor, STR(""), &row, err);
    if (rc == 0 && !m.everywhere && row.sections == 0)
        rc = err_set(err, ERR_FORBIDDEN, N_("Only moderators look here."));
    if (rc == 0)
        *ret_m = m;
    return rc;
}

static int fill_reports(struct req *rq, struct db *db, const struct case_row_row *row,
                        struct case_page *page, struct err *err)
{
    struct report_list_rows rows = { 0 };
    int rc = report_list(db, rq->arena, row->id, row->round, &rows, err);
    if (rc < 0)
        return rc;
    struct report_shown *shown = arena_new_array(rq->arena, rows.n + 1, struct report_shown);
    if (!shown)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++) {
        enum harm harm = (enum harm)rows.v[i].harm;
        int k = 0;
        while (k < page->n_harms && page->harms[k].harm != harm)
            k++;
        if (k == page->n_harms && k < HARMS)
            page->harms[page->n_harms++] = (struct harm_count){ .harm = harm };
        if (k < page->n_harms)
            page->harms[k].n++;
        shown[i] = (struct report_shown){ harm_name(harm), rows.v[i].body, rows.v[i].brand,
                                          id_time(rows.v[i].id) };
        page->card.brands += rows.v[i].brand;
    }
    page->reports = shown;
    page->n_reports = rows.n;
    page->card.reports = (int64_t)rows.n;
    return 0;
}

static int fill_acts(struct req *rq, struct db *db, const struct case_row_row *row,
                     struct case_page *page, struct err *err)
{
    struct mod_act_list_rows rows = { 0 };
    int rc = mod_act_list(db, rq->arena, row->id, &rows, err);
    if (rc < 0)
        return rc;
    struct act_line *lines = arena_new_array(rq->arena, rows.n + 1, struct act_line);
    struct person_card *by = arena_new_array(rq->arena, rows.n + 1, struct person_card);
    int64_t *actors = arena_new_array(rq->arena, rows.n + 1, int64_t);
    if (!lines || !by || !actors)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        actors[i] = rows.v[i].actor;
    rc = rows.n ? person_cards(db, rq->arena, actors, rows.n, by, err) : 0;
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        lines[i] = (struct act_line){ .at = id_time(rows.v[i].id),
                                      .action = (enum mod_action)rows.v[i].act,
                                      .rule = (enum harm)rows.v[i].rule,
                                      .body = rows.v[i].body,
                                      .until = rows.v[i].until,
                                      .by = by[i].name };
    page->acts = lines;
    page->n_acts = rows.n;
    return rc;
}

static int fill_record(struct req *rq, struct db *db, const struct case_row_row *row,
                       struct case_page *page, struct err *err)
{
    struct mod_record_row record = { 0 };
    struct mod_answer_row_row answer = { 0 };
    int rc = mod_record(db, rq->arena, row->owner, &record, err);
    if (rc == 0)
        rc = limit_of(db, row->owner, &page->limit, err);
    if (rc == 0)
        rc = mod_answer_row(db, rq->arena, row->id, row->round, &answer, err);
    bool answered = rc == 0;
    if (rc < 0 && rc != ERR_NOT_FOUND)
        return rc;
    page->corrections = record.corrections;
    page->hidden = record.hidden;
    page->restored = record.restored;
    page->warned = record.warned;
    page->limited = record.limited;
    page->since = row->owner ? id_time(row->owner) : 0;
    page->answer = answer.body;
    page->answered = answered ? answer.at : 0;
    page->may_answer = !answered && (row->state == CASE_HIDDEN || row->state == CASE_SANCTIONED);
    return 0;
}

static struct case_card card_of(const struct case_row_row *row, int64_t now)
{
    return (struct case_card){ .id = row->id,
                               .kind = (enum thing_kind)row->kind,
                               .state = (enum case_state)row->state,
                               .urgent = row->rank == 0,
                               .complaint = row->complaint,
                               .corrected = row->corrected,
                               .held = row->held,
                               .overdue = row->due.has && row->due.value < now,
                               .title = row->title,
                               .section = row->section,
                               .opened = row->opened };
}

int case_fill(struct req *rq, struct db *db, const struct case_row_row *row, struct case_page *page,
              struct err *err)
{
    *page = (struct case_page){ .card = card_of(row, rq->now), .due = row->due };
    page->seen_title = row->title;
    page->seen = row->seen;
    int rc = thing_of_case(rq, db, (enum thing_kind)row->kind, row->object, &page->thing, err);
    if (rc == 0)
        rc = fill_reports(rq, db, row, page, err);
    if (rc == 0)
        rc = fill_acts(rq, db, row, page, err);
    if (rc == 0)
        rc = fill_record(rq, db, row, page, err);
    if (rc < 0)
        return rc;
    struct thing *thing = &page->thing.thing;
    page->changed = !page->thing.gone &&
                    !(str_eq(thing->title, row->title) && str_starts(thing->text, row->seen));
    if (page->thing.gone) {
        thing->title = row->title;
        thing->text = row->seen;
    }
    page->card.owner = page->thing.owner;
    return 0;
}
