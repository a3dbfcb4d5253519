/* The doors of comments, and how they are shown below a note. */

#include "account/bond/bond.h"
#include "account/limit/limit.h"
#include "base/id.h"
#include "community/note/note.h"
#include "community/social/social_web.h"
#include "gen/social_sql.h"
#include "gen/social_views.h"
#include "web/idempotency.h"
#include "web/page.h"
#include "words/message.h"
#include "words/text.h"

int comment_form_of(struct req *rq, struct db *db, int64_t note, struct comment_form *ret_form,
                    struct err *err)
{
    struct comment_form form = { .note = note, .key = idempotency_new_key(rq->arena, rq->now) };
    struct str asked = req_text(rq, "parent").len ? req_text(rq, "parent") : req_text(rq, "reply");
    struct comment_row_row row = { 0 };
    struct person_card card = { 0 };
    bool apart = false;
    int rc = ERR_NOT_FOUND;
    if (id_parse(asked, "cmt", &form.parent))
        rc = comment_row(db, rq->arena, form.parent, &row, err);
    if (rc == 0)
        rc = bond_blocked(db, rq->viewer.actor, row.author, &apart, err);
    bool there =
        rc == 0 && !apart && row.note == note && !row.deleted && row.state == COMMENT_SHOWN;
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

/* A page of threads, or of the answers in one: ?sort=liked, ?thread=… */
static int ask_of(struct req *rq, struct page *cursor, struct comment_ask *ret_ask, struct err *err)
{
    *ret_ask = (struct comment_ask){ .liked = str_eq_c(req_text(rq, "sort"), "liked") };
    if (req_text(rq, "thread").len && !id_parse(req_text(rq, "thread"), "cmt", &ret_ask->thread))
        return err_set(err, ERR_NOT_FOUND, N_("This comment is not there any more."));
    int rc = page_read(rq, 2, COMMENT_PAGE, cursor, err);
    ret_ask->after = cursor->has ? cursor->key : NULL;
    ret_ask->limit = cursor->limit;
    return rc;
}

static int list(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct comment_ask ask;
    struct comment_list *page = arena_new(rq->arena, struct comment_list);
    struct page cursor;
    struct note_brief note;
    int64_t id;
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = req_id(rq, "note", "note", &id, err);
    if (rc == 0)
        rc = ask_of(rq, &cursor, &ask, err);
    if (rc == 0)
        rc = note_brief(db, rq->arena, id, rq->viewer.actor, &note, err);
    if (rc == 0)
        rc = comment_list_of(rq, db, &note, &ask, page, err);
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
    c->shown.by_author = c->by_author;
    struct comment_row_row row;
    int rc = comment_row(db, rq->arena, c->shown.id, &row, err);
    if (rc < 0)
        return rc;
    c->shown.waits = row.state != COMMENT_SHOWN;
    return person_cards(db, rq->arena, &rq->viewer.actor, 1, &c->shown.author, err);
}

static int is_by_author(struct req *rq, struct db *db, int64_t note, bool *ret_is, struct err *err)
{
    struct note_brief brief;
    int rc = note_brief(db, rq->arena, note, rq->viewer.actor, &brief, err);
    if (rc == 0)
        *ret_is = brief.author == rq->viewer.actor;
    return rc;
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
        rc = limit_take(
            db,
            &(struct limit_ask){
                .settings = rq->settings, .actor = who.key, .deed = LIMIT_COMMENT, .text = body },
            err);
    if (rc == 0)
        rc = social_comment(db, rq->arena, &who, note, c->parent, body, &c->shown.id, &c->count,
                            err);
    if (rc == 0 && rq->htmx)
        rc = is_by_author(rq, db, note, &c->by_author, err);
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

/* ---- likes of comments ---- */

static void like_json(struct json_out *j, const void *data)
{
    const struct comment_shown *c = data;
    json_begin_object(j);
    json_member_bool(j, "on", c->liked);
    json_member_int(j, "count", c->likes);
    json_end_object(j);
}

static const struct shape like_shape = { .html = comment_like_button_any, .json = like_json };

static int like(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct comment_shown *c = arena_new(rq->arena, struct comment_shown);
    struct social_actor who = { rq->viewer.actor, rq->viewer.simulated };
    struct social_state state = { 0 };
    if (!c)
        return err_detail(err, ERR_NOMEM, "arena full");
    bool on = req_text(rq, "on").len == 0 || req_on(rq, "on");
    int rc = req_id(rq, "comment", "cmt", &c->id, err);
    if (rc == 0)
        rc = social_like_comment(db, rq->arena, &who, c->id, on, &state, err);
    if (rc < 0)
        return rc;
    c->liked = state.on;
    c->likes = state.count;
    if (rq->htmx || rq->json)
        answer_page(ret, &like_shape, c, STR(""));
    else
        answer_see_other(ret, note_next(rq, req_came_from(rq)));
    return 0;
}

const struct route comment_routes[] = {
    { METHOD_POST, "/c/:comment/like", like, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_GET, "/n/:note/comments", list, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_POST, "/n/:note/comments", comment, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = comment_again },
    { METHOD_POST, "/c/:comment/delete", uncomment, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { 0 },
};
