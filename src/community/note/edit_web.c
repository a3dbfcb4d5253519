/* A note in the composer again, what it said before, and whom it is for. */

#include "account/limit/limit.h"
#include "base/id.h"
#include "community/note/form_web.h"
#include "gen/note_sql.h"
#include "gen/note_views.h"
#include "words/message.h"

static struct str note_address(const struct req *rq, int64_t note)
{
    char id[ID_TEXT_MAX];
    return arena_printf(rq->arena, "/n/%.*s", STR_ARG(id_text(id, "note", note)));
}

static int add(struct req *rq, struct params *form, const char *name, struct str value,
               struct err *err)
{
    return params_add(form, arena_str_c(rq->arena, name), value, err);
}

static int add_number(struct req *rq, struct params *form, const char *name, int64_t n,
                      struct err *err)
{
    return add(rq, form, name, arena_printf(rq->arena, "%lld", (long long)n), err);
}

static int add_photos(struct req *rq, struct db *db, struct params *form, int64_t note,
                      struct err *err)
{
    struct note_attachments_rows rows;
    char id[ID_TEXT_MAX];
    int rc = note_attachments(db, rq->arena, note, &rows, err);
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        struct str media = arena_str(rq->arena, id_text(id, "media", rows.v[i].media));
        rc = add(rq, form, "photo", media, err);
        if (rc == 0)
            rc = add(rq, form, "alt", rows.v[i].alt, err);
        if (rc == 0)
            rc = add_number(rq, form, "look", rows.v[i].look, err);
    }
    return rc;
}

static int add_about(struct req *rq, struct db *db, struct params *form,
                     const struct note_row_row *row, struct err *err)
{
    struct person_card person = { 0 };
    if (row->about_kind != ABOUT_PERSON)
        return 0;
    int rc = person_cards(db, rq->arena, &row->about, 1, &person, err);
    if (rc < 0 || person.handle.len == 0)
        return rc;
    return add(rq, form, "about", arena_printf(rq->arena, "@%.*s", STR_ARG(person.handle)), err);
}

/* The note as the composer's fields. */
static int fill_form(struct req *rq, struct db *db, const struct note_row_row *row, struct err *err)
{
    struct params *form = arena_new(rq->arena, struct params);
    struct part ignored;
    if (!form)
        return err_detail(err, ERR_NOMEM, "arena full");
    params_init(form, rq->arena);
    rq->filled = form;
    int rc = add(rq, form, "title", row->title, err);
    if (rc == 0)
        rc = add(rq, form, "body", row->body, err);
    if (rc == 0)
        rc = add(rq, form, "section", row->section, err);
    if (rc == 0)
        rc = add(rq, form, "lang", row->lang, err);
    if (rc == 0)
        rc = add_number(rq, form, "kind", row->kind, err);
    if (rc == 0)
        rc = add_number(rq, form, "audience", row->audience, err);
    if (rc == 0)
        rc = add_number(rq, form, "who_comments", row->who_comments, err);
    if (rc == 0)
        rc = add_photos(rq, db, form, row->id, err);
    if (rc == 0)
        rc = add_about(rq, db, form, row, err);
    return rc < 0 ? rc : slot_fill(rq, db, "note.form", &row->id, 1, &ignored, err);
}

static const struct shape compose_shape = { .html = compose_page_any };

static int show_form(struct req *rq, struct db *db, bool arranged, struct answer *ret,
                     struct err *err)
{
    struct note_compose *page = arena_new(rq->arena, struct note_compose);
    struct note_row_row row;
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = req_id(rq, "note", "note", &page->note, err);
    if (rc == 0)
        rc = note_own(db, rq->arena, page->note, rq->viewer.actor, &row, err);
    if (rc == 0 && row.state == NOTE_SCHEDULED)
        rc = err_set(err, ERR_CONFLICT, N_("Take it back from its time first."));
    if (rc == 0 && arranged)
        rc = note_form_arrange(rq, db, err);
    else if (rc == 0 && !rq->form_err)
        rc = fill_form(rq, db, &row, err);
    if (rc == 0)
        rc = note_form_page(rq, db, page, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &compose_shape, page, message_text(rq->lang, N_("Edit your note")));
    ret->head.tab = "publish";
    ret->head.noindex = true;
    return 0;
}

static int show_edit(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    return show_form(rq, db, false, ret, err);
}

static int arrange(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    return show_form(rq, db, true, ret, err);
}

/* The address of an arranged form, asked for by itself. */
static int arranged(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err)
{
    int64_t note;
    int rc = req_id(rq, "note", "note", &note, err);
    if (rc == 0)
        answer_see_other(ret,
                         arena_printf(rq->arena, "%.*s/edit", STR_ARG(note_address(rq, note))));
    return rc;
}

static int edit(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct note_draft draft = { 0 };
    struct part ignored;
    int64_t note;
    int rc = req_id(rq, "note", "note", &note, err);
    if (rc == 0)
        rc = note_form_read(rq, db, &draft, err);
    if (rc == 0)
        rc = limit_may_write(db, draft.author, err);
    if (rc == 0)
        rc = note_edit(db, rq->arena, note, &draft, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "note.edited", &note, 1, &ignored, err);
    if (rc == 0)
        answer_see_other(ret, note_address(rq, note));
    return rc;
}

static int set_audience(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t note, audience;
    int rc = req_id(rq, "note", "note", &note, err);
    if (rc == 0)
        rc = req_int(rq, "audience", 0, NOTE_EVERYONE, NOTE_ONLY_ME, &audience, err);
    if (rc == 0)
        rc = note_set_reach(db, rq->arena, note, rq->viewer.actor, (enum note_audience)audience,
                            err);
    if (rc == 0)
        answer_see_other(ret, note_address(rq, note));
    return rc;
}

static void history_json(struct json_out *j, const void *data)
{
    const struct note_history *h = data;
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < h->n; i++) {
        json_begin_object(j);
        json_member_int(j, "n", h->v[i].n);
        json_member_str(j, "title", h->v[i].title);
        json_member_str(j, "body", h->v[i].body);
        json_member_int(j, "until", h->v[i].at);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static const struct shape history_shape = { .html = note_history_view_any, .json = history_json };

static int history(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct note_history *page = arena_new(rq->arena, struct note_history);
    struct note_row_row row;
    struct note_versions_rows rows = { 0 };
    int64_t note;
    int rc = req_id(rq, "note", "note", &note, err);
    if (rc == 0)
        rc = note_seen(db, rq->arena, note, rq->viewer.actor, &row, err);
    if (rc == 0)
        rc = note_versions(db, rq->arena, note, &rows, err);
    if (rc < 0)
        return rc;
    struct note_version_shown *v =
        arena_new_array(rq->arena, rows.n ? rows.n : 1, struct note_version_shown);
    if (!page || !v)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        v[i] = (struct note_version_shown){ rows.v[i].n, rows.v[i].at, rows.v[i].title,
                                            rows.v[i].body };
    *page = (struct note_history){ note, row.lang, row.title, row.body, row.edited, v, rows.n };
    answer_page(ret, &history_shape, page, message_text(rq->lang, N_("What it said before")));
    ret->head.noindex = true;
    return 0;
}

const struct route edit_routes[] = {
    { METHOD_GET, "/n/:note/edit", show_edit, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/n/:note/edit", edit, WHO_MEMBER, RUNS_WRITE, RATE_HEAVY,
      .body_max = NOTE_FORM_MAX, .prepare = note_form_prepare, .form = show_edit },
    { METHOD_GET, "/n/:note/edit/photos", arranged, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/n/:note/edit/photos", arrange, WHO_MEMBER, RUNS_READ, RATE_WRITE,
      .body_max = NOTE_FORM_MAX, .prepare = note_form_prepare, .form = show_edit },
    { METHOD_GET, "/n/:note/history", history, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_POST, "/n/:note/audience", set_audience, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { 0 },
};
