/* The doors of comments, and how they are shown below a note. */

#include "account/limit/limit.h"
#include "base/id.h"
#include "codec/date.h"
#include "community/note/note.h"
#include "community/social/social_web.h"
#include "gen/social_sql.h"
#include "gen/social_views.h"
#include "web/idempotency.h"
#include "web/page.h"
#include "words/message.h"
#include "words/text.h"

/* ---- showing ---- */

static void comment_json(struct json_out *j, const struct comment_shown *c)
{
    char id[ID_TEXT_MAX], at[DATE_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "cmt", c->id));
    json_member_bool(j, "deleted", c->deleted);
    if (!c->deleted) {
        json_member_str(j, "author", c->author.handle);
        json_member_str(j, "body", c->body);
    }
    json_member_bool(j, "answer", c->answer);
    json_member_bool(j, "answers", c->answers);
    json_member_bool(j, "waits", c->waits);
    json_member_str(j, "created", date_write(at, c->at));
    json_end_object(j);
}

void comment_list_json(struct json_out *j, const struct comment_list *list)
{
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < list->n; i++)
        comment_json(j, &list->v[i]);
    json_end_array(j);
    if (list->more.len)
        json_member_str(j, "more", list->more);
    json_end_object(j);
}

/* Where the rest of the comments is: a page of its own. */
static struct str more_address(struct req *rq, int64_t note, const int64_t keys[2])
{
    char id[ID_TEXT_MAX];
    struct str cursor = page_cursor(rq->arena, keys, 2);
    return arena_printf(rq->arena, "/n/%.*s/comments?after=%.*s",
                        STR_ARG(id_text(id, "note", note)), STR_ARG(cursor));
}

/* Who wrote the comments of a page (places 0..n-1), and whom they answer (n..2n-1). */
static int find_people(struct req *rq, struct db *db, const struct comment_list_rows *rows,
                       size_t n, struct person_card **ret_cards, struct err *err)
{
    struct person_card *cards = arena_new_array(rq->arena, 2 * n + 1, struct person_card);
    int64_t *actors = arena_new_array(rq->arena, 2 * n + 1, int64_t);
    if (!cards || !actors)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++) {
        actors[i] = rows->v[i].author;
        actors[n + i] = rows->v[i].answered.has ? rows->v[i].answered.value : 0;
    }
    int rc = n ? person_cards(db, rq->arena, actors, 2 * n, cards, err) : 0;
    *ret_cards = cards;
    return rc;
}

/* A way to report what somebody else wrote. */
static int fill_report(struct req *rq, struct db *db, struct comment_shown *shown, size_t n,
                       struct err *err)
{
    struct part *parts = arena_new_array(rq->arena, n + 1, struct part);
    int64_t *ids = arena_new_array(rq->arena, n + 1, int64_t);
    if (!parts || !ids)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++)
        ids[i] = shown[i].id;
    int rc = slot_fill(rq, db, "report.comment", ids, n, parts, err);
    for (size_t i = 0; rc == 0 && i < n; i++)
        if (rq->viewer.actor == 0 || shown[i].author.actor != rq->viewer.actor)
            shown[i].report = parts[i];
    return rc;
}

int comment_list_of(struct req *rq, struct db *db, const struct note_brief *note,
                    int64_t thread, int64_t after, int limit, struct comment_list *ret_list,
                    struct err *err)
{
    struct comment_list_rows rows = { 0 };
    struct person_card *people = NULL;
    int64_t reader = rq->viewer.actor;
    int rc = comment_list(db, rq->arena, note->id, reader, thread, after, limit + 1, &rows, err);
    if (rc < 0)
        return rc;
    size_t n = rows.n > (size_t)limit ? (size_t)limit : rows.n;
    struct comment_shown *shown = arena_new_array(rq->arena, n + 1, struct comment_shown);
    if (!shown)
        return err_detail(err, ERR_NOMEM, "arena full");
    rc = find_people(rq, db, &rows, n, &people, err);
    if (rc < 0)
        return rc;
    for (size_t i = 0; i < n; i++) {
        const struct comment_list_row *row = &rows.v[i];
        shown[i] = (struct comment_shown){
            .id = row->id,
            .note = note->id,
            .author = people[i],
            .answered = people[n + i].name,
            .answer = row->thread != row->id,
            .body = row->body,
            .at = id_time(row->id),
            .deleted = row->deleted || (row->state == COMMENT_HIDDEN && row->author != reader),
            .may_delete = reader && (row->author == reader || note->author == reader),
            .waits = row->state == COMMENT_WAITING || row->state == COMMENT_HELD,
            .answers = note->answer == row->id,
            .may_answer = reader && note->author == reader && note_kind_asks(note->kind) &&
                          row->state == COMMENT_SHOWN,
        };
    }
    rc = fill_report(rq, db, shown, n, err);
    if (rc < 0)
        return rc;
    *ret_list = (struct comment_list){ .note = note->id, .v = shown, .n = n };
    if (rows.n > n)
        ret_list->more =
            more_address(rq, note->id, (int64_t[]){ rows.v[n - 1].thread, rows.v[n - 1].id });
    return 0;
}

int comment_form_of(struct req *rq, struct db *db, int64_t note, struct comment_form *ret_form,
                    struct err *err)
{
    struct comment_form form = { .note = note, .key = idempotency_new_key(rq->arena, rq->now) };
    struct str asked = req_text(rq, "parent").len ? req_text(rq, "parent") : req_text(rq, "reply");
    struct comment_row_row row = { 0 };
    struct person_card card = { 0 };
    int rc = ERR_NOT_FOUND;
    if (id_parse(asked, "cmt", &form.parent))
        rc = comment_row(db, rq->arena, form.parent, &row, err);
    bool there = rc == 0 && row.note == note && !row.deleted && row.state == COMMENT_SHOWN;
    if (!there)
        form.parent = 0;
    if (there)
        rc = person_cards(db, rq->arena, &row.author, 1, &card, err);
    if (rc < 0 && rc != ERR_NOT_FOUND)
        return rc;
    form.to = there ? card.name : STR("");
    *ret_form = form;
    return 0;
}

/* ---- doors ---- */

static void list_json(struct json_out *j, const void *data)
{
    comment_list_json(j, data);
}

static const struct shape list_shape = { .html = comment_list_view_any,
                                         .fragment = comment_items_any,
                                         .json = list_json };

static int list(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct comment_list *page = arena_new(rq->arena, struct comment_list);
    struct page cursor;
    struct note_brief note;
    int64_t id;
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = req_id(rq, "note", "note", &id, err);
    if (rc == 0)
        rc = page_read(rq, 2, COMMENT_PAGE, &cursor, err);
    if (rc == 0)
        rc = note_brief(db, rq->arena, id, rq->viewer.actor, &note, err);
    if (rc == 0)
        rc = comment_list_of(rq, db, &note, cursor.has ? cursor.key[0] : 0,
                             cursor.has ? cursor.key[1] : 0, cursor.limit, page, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &list_shape, page, message_text(rq->lang, N_("Comments")));
    ret->head.noindex = true;
    return 0;
}

static void new_json(struct json_out *j, const void *data)
{
    const struct comment_new *c = data;
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "cmt", c->shown.id));
    json_member_int(j, "count", c->count);
    json_end_object(j);
}

static const struct shape new_shape = { .html = comment_new_view_any, .json = new_json };

/* Where the comments of a note begin. */
static struct str comments_of(const struct req *rq, int64_t note)
{
    char id[ID_TEXT_MAX];
    return arena_printf(rq->arena, "/n/%.*s#comments", STR_ARG(id_text(id, "note", note)));
}

static int show_new(struct req *rq, struct db *db, int64_t note, struct str body,
                    struct comment_new *c, struct err *err)
{
    struct str to = STR("");
    if (c->parent) {
        struct comment_form answered;
        int rc = comment_form_of(rq, db, note, &answered, err);
        if (rc < 0)
            return rc;
        to = answered.to;
    }
    c->form = (struct comment_form){ .note = note, .key = idempotency_new_key(rq->arena, rq->now) };
    c->shown.note = note;
    c->shown.body = body;
    c->shown.at = id_time(c->shown.id);
    c->shown.answer = c->parent != 0;
    c->shown.answered = to;
    c->shown.may_delete = true;
    struct comment_row_row row;
    int rc = comment_row(db, rq->arena, c->shown.id, &row, err);
    if (rc < 0)
        return rc;
    c->shown.waits = row.state != COMMENT_SHOWN;
    return person_cards(db, rq->arena, &rq->viewer.actor, 1, &c->shown.author, err);
}

static int comment(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct comment_new *c = arena_new(rq->arena, struct comment_new);
    struct social_actor who = { rq->viewer.actor, rq->viewer.simulated };
    struct str body;
    int64_t note;
    if (!c)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = req_id(rq, "note", "note", &note, err);
    if (rc == 0 && req_text(rq, "parent").len &&
        !id_parse(req_text(rq, "parent"), "cmt", &c->parent))
        rc = err_field(err, "parent", N_("The comment you answer is not there any more."));
    if (rc == 0)
        rc = text_clean(rq->arena, req_raw(rq, "body"), TEXT_LINES, &body, err);
    if (rc == 0)
        rc = limit_take(db,
                        &(struct limit_ask){ .settings = rq->settings,
                                             .actor = who.key,
                                             .deed = LIMIT_COMMENT,
                                             .text = body },
                        err);
    if (rc == 0)
        rc = social_comment(db, rq->arena, &who, note, c->parent, body, &c->shown.id, &c->count,
                            err);
    if (rc == 0 && rq->htmx)
        rc = show_new(rq, db, note, body, c, err);
    if (rc < 0)
        return rc;
    if (rq->htmx || rq->json)
        answer_page(ret, &new_shape, c, STR(""));
    else
        answer_see_other(ret, comments_of(rq, note));
    if (rq->json)
        ret->status = 201;
    return 0;
}

static const struct shape form_shape = { .html = comment_form_view_any };

/* A refused comment: the form alone for htmx, else the note's page with it. */
static int comment_again(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    if (!rq->htmx)
        return note_show(rq, db, ret, err);
    struct comment_form *form = arena_new(rq->arena, struct comment_form);
    int64_t note;
    if (!form)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = req_id(rq, "note", "note", &note, err);
    if (rc == 0)
        rc = comment_form_of(rq, db, note, form, err);
    if (rc == 0)
        answer_page(ret, &form_shape, form, STR(""));
    return rc;
}

static void left_json(struct json_out *j, const void *data)
{
    const struct comment_left *c = data;
    json_begin_object(j);
    json_member_int(j, "count", c->count);
    json_end_object(j);
}

static const struct shape left_shape = { .html = comment_left_view_any, .json = left_json };

static int uncomment(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct comment_left *c = arena_new(rq->arena, struct comment_left);
    struct social_actor who = { rq->viewer.actor, rq->viewer.simulated };
    struct comment_gone gone = { 0 };
    if (!c)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = req_id(rq, "comment", "cmt", &c->comment, err);
    if (rc == 0)
        rc = social_uncomment(db, rq->arena, &who, c->comment, &gone, err);
    if (rc < 0)
        return rc;
    c->count = gone.count;
    c->line = gone.line;
    if (rq->htmx || rq->json)
        answer_page(ret, &left_shape, c, STR(""));
    else
        answer_see_other(ret, comments_of(rq, gone.note));
    return 0;
}

const struct route comment_routes[] = {
    { METHOD_GET, "/n/:note/comments", list, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_POST, "/n/:note/comments", comment, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = comment_again },
    { METHOD_POST, "/c/:comment/delete", uncomment, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { 0 },
};
