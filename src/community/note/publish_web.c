/* The composer, and what it sends. */

#include "account/limit/limit.h"
#include "base/id.h"
#include "codec/query.h"
#include "community/note/draft.h"
#include "community/note/form_web.h"
#include "gen/note_sql.h"
#include "gen/note_views.h"
#include "words/message.h"

static void published_json(struct json_out *j, const void *data)
{
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "note", *(const int64_t *)data));
    json_end_object(j);
}

static const struct shape published_shape = { .json = published_json };

/* The draft that the form is kept as; 0 = none. */
static int64_t draft_named(const struct req *rq)
{
    int64_t id;
    return id_parse(req_text(rq, "draft"), "draft", &id) ? id : 0;
}

/* What was kept while it was typed: a scheduled note keeps it. */
static int settle_draft(struct req *rq, struct db *db, int64_t note, int64_t due, bool later,
                        struct err *err)
{
    int64_t draft = draft_named(rq);
    struct str form;
    if (!later && !draft)
        return 0;
    if (!later) {
        int rc = draft_discard(db, rq->arena, draft, rq->viewer.actor, err);
        if (rc != ERR_NOT_FOUND)
            return rc;
        err_clear(err);
        return 0;
    }
    int rc = note_form_keep(rq, &form, err);
    if (rc == 0)
        rc = draft_save(db, rq->arena, rq->viewer.actor, draft, form, &draft, err);
    return rc < 0 ? rc : draft_bind(db, draft, note, due, err);
}

static int publish(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct note_draft draft = { 0 };
    struct note_row_row row = { 0 };
    struct part ignored;
    char id[ID_TEXT_MAX];
    int64_t *note = arena_new(rq->arena, int64_t);
    if (!note)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = note_form_read(rq, db, &draft, err);
    if (rc == 0)
        rc = limit_take(db,
                        &(struct limit_ask){ .settings = rq->settings,
                                             .actor = draft.author,
                                             .deed = LIMIT_NOTE,
                                             .text = draft.body },
                        err);
    if (rc == 0)
        rc = note_publish(db, rq->arena, &draft, note, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "note.publish", note, 1, &ignored, err);
    if (rc == 0)
        rc = note_own(db, rq->arena, *note, draft.author, &row, err);
    bool later = row.state == NOTE_SCHEDULED;
    if (rc == 0)
        rc = settle_draft(rq, db, *note, draft.due, later, err);
    if (rc < 0)
        return rc;
    struct str text = id_text(id, "note", *note);
    struct str next = later ? STR("/me/drafts") : arena_printf(rq->arena, "/n/%.*s", STR_ARG(text));
    answer_created(ret, &published_shape, note, next);
    return 0;
}

static const struct shape compose_shape = { .html = compose_page_any };

/* Fill the form with a draft, unless it is shown again after a refusal. */
static int open_draft(struct req *rq, struct db *db, struct note_compose *page, struct err *err)
{
    struct draft_row_row row;
    page->draft = draft_named(rq);
    if (rq->form_err || page->draft == 0)
        return 0;
    int rc = draft_own(db, rq->arena, page->draft, rq->viewer.actor, &row, err);
    if (rc == 0 && row.note)
        rc = err_set(err, ERR_CONFLICT, N_("This waits for its time already."));
    struct params *form = arena_new(rq->arena, struct params);
    if (rc == 0 && !form)
        rc = err_detail(err, ERR_NOMEM, "arena full");
    if (rc < 0)
        return rc;
    params_init(form, rq->arena);
    rq->filled = form;
    return query_parse(row.form, form, err);
}

static int show_compose(struct req *rq, struct db *db, struct note_compose *page,
                        struct answer *ret, struct err *err)
{
    struct draft_count_row drafts = { 0 };
    int rc = note_form_page(rq, db, page, err);
    if (rc == 0)
        rc = draft_count(db, rq->arena, rq->viewer.actor, &drafts, err);
    if (rc < 0)
        return rc;
    page->n_drafts = drafts.n - (page->draft ? 1 : 0);
    answer_page(ret, &compose_shape, page, message_text(rq->lang, N_("Write a note")));
    ret->head.tab = "publish";
    ret->head.noindex = true;
    return 0;
}

static int compose(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct note_compose *page = arena_new(rq->arena, struct note_compose);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = open_draft(rq, db, page, err);
    return rc < 0 ? rc : show_compose(rq, db, page, ret, err);
}

static int arrange(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct note_compose *page = arena_new(rq->arena, struct note_compose);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    page->draft = draft_named(rq);
    int rc = note_form_arrange(rq, db, err);
    return rc < 0 ? rc : show_compose(rq, db, page, ret, err);
}

/* The address of an arranged form, asked for by itself. */
static int arranged(struct req *rq UNUSED, struct db *db UNUSED, struct answer *ret,
                    struct err *err UNUSED)
{
    answer_see_other(ret, STR("/publish"));
    return 0;
}

/* ---- drafts ---- */

int note_me_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n UNUSED,
                 struct part *ret_parts, struct err *err)
{
    struct draft_count_row *drafts = arena_new(rq->arena, struct draft_count_row);
    if (!drafts)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = draft_count(db, NULL, ids[0], drafts, err);
    if (rc == 0)
        ret_parts[0].data = &drafts->n;
    return rc;
}

static void kept_json(struct json_out *j, const void *data)
{
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "draft", id_text(id, "draft", *(const int64_t *)data));
    json_end_object(j);
}

static const struct shape kept_shape = { .json = kept_json };

static int keep(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t *draft = arena_new(rq->arena, int64_t);
    struct str form;
    if (!draft)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = note_form_keep(rq, &form, err);
    if (rc == 0)
        rc = draft_save(db, rq->arena, rq->viewer.actor, draft_named(rq), form, draft, err);
    if (rc < 0)
        return rc;
    if (rq->json)
        answer_page(ret, &kept_shape, draft, STR(""));
    else
        answer_see_other(ret, STR("/me/drafts"));
    return 0;
}

static void drafts_json(struct json_out *j, const void *data)
{
    const struct note_drafts *list = data;
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < list->n; i++) {
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "draft", list->v[i].id));
        if (list->v[i].note)
            json_member_str(j, "note", id_text(id, "note", list->v[i].note));
        json_member_str(j, "title", list->v[i].title);
        if (list->v[i].due)
            json_member_int(j, "due", list->v[i].due);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static const struct shape drafts_shape = { .html = note_drafts_view_any, .json = drafts_json };

static int drafts(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct note_drafts *list = arena_new(rq->arena, struct note_drafts);
    struct draft_list_rows rows;
    int rc = draft_list(db, rq->arena, rq->viewer.actor, &rows, err);
    if (rc < 0)
        return rc;
    struct note_draft_shown *v =
        arena_new_array(rq->arena, rows.n ? rows.n : 1, struct note_draft_shown);
    if (!list || !v)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++) {
        const struct draft_list_row *row = &rows.v[i];
        v[i] = (struct note_draft_shown){ .id = row->id,
                                          .note = row->note,
                                          .due = row->due,
                                          .saved = row->saved,
                                          .title = row->title };
        if (row->cover.len)
            v[i].cover = media_url(rq->arena, row->cover, RENDITION_SMALL);
    }
    *list = (struct note_drafts){ v, rows.n };
    answer_page(ret, &drafts_shape, list, message_text(rq->lang, N_("Drafts")));
    ret->head.tab = "publish";
    ret->head.noindex = true;
    return 0;
}

static int discard(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t id;
    int rc = req_id(rq, "draft", "draft", &id, err);
    if (rc == 0)
        rc = draft_discard(db, rq->arena, id, rq->viewer.actor, err);
    if (rc == 0)
        answer_see_other(ret, STR("/me/drafts"));
    return rc;
}

static int back(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct draft_row_row row;
    struct part ignored;
    char text[ID_TEXT_MAX];
    int64_t id;
    int rc = req_id(rq, "draft", "draft", &id, err);
    if (rc == 0)
        rc = draft_own(db, rq->arena, id, rq->viewer.actor, &row, err);
    if (rc == 0 && row.note == 0)
        rc = err_set(err, ERR_CONFLICT, N_("This is a draft already."));
    if (rc == 0)
        rc = slot_fill(rq, db, "note.taken_back", &row.note, 1, &ignored, err);
    if (rc == 0)
        rc = note_take_back(db, rq->arena, row.note, rq->viewer.actor, err);
    if (rc == 0)
        rc = draft_bind(db, id, 0, 0, err);
    if (rc == 0)
        answer_see_other(ret, arena_printf(rq->arena, "/publish?draft=%.*s",
                                           STR_ARG(id_text(text, "draft", id))));
    return rc;
}

const struct route publish_routes[] = {
    { METHOD_GET, "/publish", compose, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/notes", publish, WHO_MEMBER, RUNS_WRITE, RATE_HEAVY, .body_max = NOTE_FORM_MAX,
      .prepare = note_form_prepare, .form = compose },
    { METHOD_GET, "/publish/photos", arranged, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/publish/photos", arrange, WHO_MEMBER, RUNS_READ, RATE_WRITE,
      .body_max = NOTE_FORM_MAX, .prepare = note_form_prepare, .form = compose },
    { 0 },
};

const struct route draft_routes[] = {
    { METHOD_GET, "/me/drafts", drafts, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/me/drafts", keep, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = NOTE_FORM_MAX, .prepare = note_form_prepare, .form = compose },
    { METHOD_POST, "/me/drafts/:draft/discard", discard, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_POST, "/me/drafts/:draft/back", back, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { 0 },
};
