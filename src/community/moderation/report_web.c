/* Reporting: the link on every page, the form, and what came of it. */
#include "base/id.h"
#include "codec/date.h"
#include "community/moderation/moderation_web.h"
#include "gen/moderation_sql.h"
#include "gen/moderation_views.h"
#include "web/page.h"
#include "words/message.h"
#include "words/text.h"

#define REPORT_PAGE 20

/* ---- the link ---- */

static int link_fill(struct req *rq, enum thing_kind kind, const char *prefix, const int64_t *ids,
                     size_t n, struct part *ret_parts, struct err *err)
{
    char id[ID_TEXT_MAX];
    for (size_t i = 0; i < n; i++) {
        struct report_link *link = arena_new(rq->arena, struct report_link);
        if (!link)
            return err_detail(err, ERR_NOMEM, "arena full");
        *link = (struct report_link){ str_from(thing_word(kind)),
                                      arena_str(rq->arena, id_text(id, prefix, ids[i])) };
        ret_parts[i] = (struct part){ report_link_view_any, NULL, link };
    }
    return 0;
}

int report_note_fill(struct req *rq, struct db *db UNUSED, const int64_t *ids, size_t n,
                     struct part *ret_parts, struct err *err)
{
    return link_fill(rq, THING_NOTE, "note", ids, n, ret_parts, err);
}

int report_comment_fill(struct req *rq, struct db *db UNUSED, const int64_t *ids, size_t n,
                        struct part *ret_parts, struct err *err)
{
    return link_fill(rq, THING_COMMENT, "cmt", ids, n, ret_parts, err);
}

int report_product_fill(struct req *rq, struct db *db UNUSED, const int64_t *ids, size_t n,
                        struct part *ret_parts, struct err *err)
{
    return link_fill(rq, THING_PRODUCT, "prod", ids, n, ret_parts, err);
}

int report_message_fill(struct req *rq, struct db *db UNUSED, const int64_t *ids, size_t n,
                        struct part *ret_parts, struct err *err)
{
    return link_fill(rq, THING_MESSAGE, "msg", ids, n, ret_parts, err);
}

/* People and topics are named in addresses, and their numbers stay inside. */
static int named_fill(struct req *rq, struct db *db, enum thing_kind kind, const int64_t *ids,
                      size_t n, struct part *ret_parts, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        struct thing_shown t = { 0 };
        struct report_link *link = arena_new(rq->arena, struct report_link);
        if (!link)
            return err_detail(err, ERR_NOMEM, "arena full");
        rc = thing_of_case(rq, db, kind, ids[i], &t, err);
        if (rc < 0 || t.gone || (kind == THING_PERSON && ids[i] == rq->viewer.actor))
            continue;
        *link = (struct report_link){ str_from(thing_word(kind)), t.id };
        ret_parts[i] = (struct part){ report_link_view_any, NULL, link };
    }
    return rc;
}

int report_person_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                       struct part *ret_parts, struct err *err)
{
    return named_fill(rq, db, THING_PERSON, ids, n, ret_parts, err);
}

int report_topic_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                      struct part *ret_parts, struct err *err)
{
    return named_fill(rq, db, THING_TOPIC, ids, n, ret_parts, err);
}

/* ---- the form ---- */

static int find_thing(struct req *rq, struct db *db, struct thing_shown *ret_thing, struct err *err)
{
    enum thing_kind kind;
    if (rq->viewer.actor == 0 && !rq->settings->visitor_reports)
        return err_set(err, ERR_UNAUTHENTIC, N_("Sign in to report something here."));
    if (!thing_named(req_text(rq, "kind"), &kind))
        return err_set(err, ERR_NOT_FOUND, N_("This is not there any more."));
    return thing_find(rq, db, kind, req_text(rq, "id"), ret_thing, err);
}

static void form_json(struct json_out *j, const void *data)
{
    const struct report_page *page = data;
    json_begin_object(j);
    json_member_str(j, "kind", page->kind);
    json_member_str(j, "id", page->thing.id);
    json_key(j, "harms");
    json_begin_array(j);
    for (int i = HARM_SPAM; i <= HARM_OTHER; i++)
        json_c(j, harm_word((enum harm)i));
    json_end_array(j);
    json_end_object(j);
}

static const struct shape form_shape = { .html = report_page_view_any, .json = form_json };

static int form(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct report_page *page = arena_new(rq->arena, struct report_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = find_thing(rq, db, &page->thing, err);
    if (rc < 0)
        return rc;
    page->kind = str_from(thing_word(page->thing.thing.kind));
    answer_page(ret, &form_shape, page, message_text(rq->lang, N_("Report")));
    ret->head.noindex = true;
    return 0;
}

static void thanks_json(struct json_out *j, const void *data UNUSED)
{
    json_begin_object(j);
    json_member_bool(j, "reported", true);
    json_end_object(j);
}

static const struct shape thanks_shape = { .html = report_thanks_view_any, .json = thanks_json };

static int thanks(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err UNUSED)
{
    answer_page(ret, &thanks_shape, &thanks_shape, message_text(rq->lang, N_("Thank you")));
    ret->head.noindex = true;
    return 0;
}

static int file(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct thing_shown t = { 0 };
    struct report_ask ask = { .reporter = rq->viewer.actor,
                              .visitor = rq->viewer.visitor,
                              .simulated = rq->viewer.simulated };
    int rc = find_thing(rq, db, &t, err);
    if (rc == 0)
        rc = text_clean(rq->arena, req_raw(rq, "body"), TEXT_LINES, &ask.text, err);
    if (rc == 0 && !harm_named(req_text(rq, "harm"), &ask.harm))
        ask.harm = (enum harm)0;
    if (rc == 0)
        rc = moderation_report(db, rq->arena, &t.thing, &ask, err);
    if (rc == 0 && ask.reporter)
        rc = limit_take(db,
                        &(struct limit_ask){
                            .settings = rq->settings, .actor = ask.reporter, .deed = LIMIT_REPORT },
                        err);
    if (rc < 0)
        return rc;
    if (rq->json) {
        answer_page(ret, &thanks_shape, &thanks_shape, STR(""));
        ret->status = 201;
    } else {
        answer_see_other(ret, ask.reporter ? STR("/me/reports?thanks=1") : STR("/report/thanks"));
    }
    return 0;
}

/* ---- what came of it ---- */

static const char *outcome_of(const struct report_mine_row *row)
{
    bool now = row->round == row->now_round;
    if (now && row->state == CASE_OPEN && !row->outcome.has)
        return N_("Waiting for a look");
    if (now && row->state == CASE_CORRECTING)
        return N_("The author was asked to correct it");
    switch (row->outcome.has ? row->outcome.value : 0) {
    case ACT_LEAVE:
        return N_("Looked at, and left as it is");
    case ACT_CORRECT:
        return N_("The author was asked to correct it");
    case ACT_HIDE:
        return N_("Hidden");
    case ACT_RESTORE:
        return N_("Looked at again, and brought back");
    case ACT_WARN:
    case ACT_LIMIT:
        return N_("We spoke to its author");
    default:
        return N_("Waiting for a look");
    }
}

static const char *kind_name(int64_t kind)
{
    static const char *const names[] = {
        [THING_NOTE] = N_("Note"),       [THING_COMMENT] = N_("Comment on a note"),
        [THING_PERSON] = N_("Person"),   [THING_PRODUCT] = N_("Product"),
        [THING_MESSAGE] = N_("Message"), [THING_TOPIC] = N_("Topic"),
    };
    return names[kind >= THING_NOTE && kind <= THING_TOPIC ? kind : THING_NOTE];
}

static void mine_json(struct json_out *j, const void *data)
{
    const struct report_list *list = data;
    char id[ID_TEXT_MAX], at[DATE_TEXT_MAX];
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < list->n; i++) {
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "rep", list->v[i].id));
        json_member_str(j, "title", list->v[i].title);
        json_member_str(j, "harm", str_from(list->v[i].harm));
        json_member_str(j, "outcome", str_from(list->v[i].outcome));
        json_member_str(j, "created", date_write(at, id_time(list->v[i].id)));
        json_end_object(j);
    }
    json_end_array(j);
    if (list->more.len)
        json_member_str(j, "more", list->more);
    json_end_object(j);
}

static const struct shape mine_shape = { .html = report_list_view_any, .json = mine_json };

static int mine(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct report_list *list = arena_new(rq->arena, struct report_list);
    struct report_mine_rows rows = { 0 };
    struct page page;
    if (!list)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = page_read(rq, 1, REPORT_PAGE, &page, err);
    if (rc == 0)
        rc = report_mine(db, rq->arena, rq->viewer.actor, page.has ? page.key[0] : INT64_MAX,
                         page.limit + 1, &rows, err);
    if (rc < 0)
        return rc;
    size_t n = rows.n > (size_t)page.limit ? (size_t)page.limit : rows.n;
    struct report_line *lines = arena_new_array(rq->arena, n + 1, struct report_line);
    if (!lines)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++)
        lines[i] = (struct report_line){ .id = rows.v[i].id,
                                         .what = kind_name(rows.v[i].kind),
                                         .harm = harm_name((enum harm)rows.v[i].harm),
                                         .outcome = outcome_of(&rows.v[i]),
                                         .title = rows.v[i].title,
                                         .body = rows.v[i].body };
    *list = (struct report_list){ .v = lines, .n = n };
    if (n)
        list->more = page_next(rq, &page, rows.n, &rows.v[n - 1].id);
    answer_page(ret, &mine_shape, list, message_text(rq->lang, N_("My reports")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

const struct route report_routes[] = {
    { METHOD_GET, "/report", form, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_POST, "/report", file, WHO_ANYONE, RUNS_WRITE, RATE_HEAVY, .body_max = ROUTE_BODY_FORM,
      .form = form },
    { METHOD_GET, "/report/thanks", thanks, WHO_ANYONE, RUNS_PLAIN, RATE_READ },
    { METHOD_GET, "/me/reports", mine, WHO_MEMBER, RUNS_READ, RATE_READ },
    { 0 },
};
