/* The doors of the list of conversations, and what is decided about one. */
#include "base/id.h"
#include "codec/date.h"
#include "community/message/message_web.h"
#include "gen/message_sql.h"
#include "gen/message_views.h"
#include "web/page.h"
#include "web/web.h"
#include "words/message.h"

static void line_json(struct json_out *j, const struct talk_line *line)
{
    char id[ID_TEXT_MAX], at[DATE_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "talk", line->talk));
    json_member_str(j, "with", line->other.handle);
    json_member_str(j, "name", line->other.name);
    json_member_str(j, "said", line->said);
    json_member_bool(j, "photo", line->photo);
    json_member_bool(j, "gone", line->gone);
    json_member_bool(j, "mine", line->mine);
    json_member_bool(j, "unread", line->unread);
    json_member_str(j, "at", date_write(at, line->at));
    json_end_object(j);
}

static void list_json(struct json_out *j, const void *data)
{
    const struct talk_list_page *list = data;
    json_begin_object(j);
    json_member_str(j, "folder", list->requests ? STR("requests") : STR("talks"));
    json_member_int(j, "requests", list->n_requests);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < list->n; i++)
        line_json(j, &list->v[i]);
    json_end_array(j);
    json_member_str(j, "more", list->more);
    json_end_object(j);
}

static const struct shape list_shape = { .html = talk_list_view_any,
                                         .fragment = talk_lines_any,
                                         .json = list_json };

static int list(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct talk_list_page *page = arena_new(rq->arena, struct talk_list_page);
    struct page cursor;
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = page_read(rq, 1, TALKS_PAGE, &cursor, err);
    if (rc == 0)
        rc = talk_list_of(rq, db, str_eq_c(req_text(rq, "folder"), "requests"),
                          cursor.has ? cursor.key[0] : INT64_MAX, cursor.limit, page, err);
    if (rc < 0)
        return rc;
    if (!id_parse(req_text(rq, "open"), "talk", &page->open))
        page->open = 0;
    answer_page(ret, &list_shape, page, message_text(rq->lang, N_("Messages")));
    ret->head.tab = "inbox";
    ret->head.noindex = true;
    return 0;
}

/* ---- deciding, deleting, taking back ---- */

static int find(struct req *rq, struct db *db, struct talk *talk, struct person_card *card,
                struct err *err)
{
    int rc =
        person_of_handle(db, rq->arena, person_fold(rq->arena, req_text(rq, "handle")), card, err);
    return rc < 0 ? rc : talk_find(db, rq->arena, rq->viewer.actor, card->actor, talk, err);
}

static int accept(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct person_card card = { 0 };
    struct talk talk = { 0 };
    int rc = find(rq, db, &talk, &card, err);
    if (rc == 0)
        rc = talk_accept(db, &talk, rq->viewer.simulated, err);
    if (rc == 0)
        answer_see_other(ret, arena_printf(rq->arena, "/messages/%.*s", STR_ARG(card.handle)));
    return rc;
}

static int decline(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct person_card card = { 0 };
    struct talk talk = { 0 };
    int rc = find(rq, db, &talk, &card, err);
    if (rc == 0)
        rc = talk_decline(db, &talk, rq->viewer.simulated, err);
    if (rc == 0)
        answer_see_other(ret, STR("/messages?folder=requests"));
    return rc;
}

static int clear(struct req *rq, struct db *db, const struct talk *talk, struct answer *ret,
                 struct err *err)
{
    if (!talk->id)
        return err_set(err, ERR_NOT_FOUND, N_("This conversation is not there any more."));
    answer_see_other(ret, STR("/messages"));
    return talk_clear(db, rq->arena, talk, err);
}

static int delete_with(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct person_card card = { 0 };
    struct talk talk = { 0 };
    int rc = find(rq, db, &talk, &card, err);
    return rc < 0 ? rc : clear(rq, db, &talk, ret, err);
}

static int delete_by(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct talk talk = { 0 };
    int64_t id = 0;
    int rc = req_id(rq, "talk", "talk", &id, err);
    if (rc == 0)
        rc = talk_find_by_id(db, rq->arena, rq->viewer.actor, id, &talk, err);
    return rc < 0 ? rc : clear(rq, db, &talk, ret, err);
}

static int take_back(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct talk talk = { 0 };
    struct person_card card = { 0 };
    int64_t message = 0;
    int rc = req_id(rq, "message", "msg", &message, err);
    if (rc == 0)
        rc = message_take_back(db, rq->arena, rq->viewer.actor, rq->viewer.simulated, message,
                               &talk, err);
    if (rc == 0)
        rc = person_cards(db, rq->arena, &talk.other, 1, &card, err);
    if (rc < 0)
        return rc;
    answer_see_other(ret, card.actor
                              ? arena_printf(rq->arena, "/messages/%.*s", STR_ARG(card.handle))
                              : STR("/messages"));
    return 0;
}

int message_viewer(const struct req *rq, struct db *db, struct viewer *viewer, struct err *err)
{
    int64_t n = 0;
    if (!viewer->actor || rq->method != METHOD_GET || rq->json || rq->htmx)
        return 0;
    int rc = message_unread(db, viewer->actor, &n, err);
    if (rc == 0)
        viewer->unread += n;
    return rc;
}

const struct route message_routes[] = {
    { METHOD_GET, "/messages", list, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/messages/:handle/accept", accept, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_POST, "/messages/:handle/decline", decline, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_POST, "/messages/:handle/delete", delete_with, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_POST, "/messages/by/:talk/delete", delete_by, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_POST, "/message/:message/back", take_back, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { 0 },
};
