#include "account/invite/invite_web.h"

#include <string.h>

#include "base/id.h"
#include "gen/invite_sql.h"
#include "gen/invite_views.h"
#include "web/page.h"
#include "words/message.h"
#include "words/text.h"

#define SHOWN_MAX      100
#define COOKIE_SECONDS (INT64_C(30) * 24 * 3600)
#define PAGE_ASKING    20

/* ---- by a link ---- */

static int by_link(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct invite invite = { 0 };
    int rc = invite_look(db, rq->arena, req_text(rq, "code"), &invite, err);
    if (rc < 0)
        return rc;
    if (rq->viewer.actor) {
        answer_see_other(ret, STR("/"));
        return 0;
    }
    answer_cookie(ret, INVITE_COOKIE, invite.code, COOKIE_SECONDS);
    answer_see_other(ret, arena_printf(rq->arena, "/signup?invite=%.*s", STR_ARG(invite.code)));
    return 0;
}

/* ---- a person's ---- */

static struct invite_shown shown_of(const struct req *rq, const struct invite_of_owner_row *row)
{
    bool over = row->expires.has && row->expires.value <= rq->now;
    return (struct invite_shown){
        .code = row->code,
        .address = req_url(rq, arena_printf(rq->arena, "/i/%.*s", STR_ARG(row->code))),
        .label = row->label,
        .uses = row->uses,
        .uses_max = row->uses_max,
        .created = row->created,
        .expires = row->expires.has ? row->expires.value : 0,
        .open = !row->closed && row->uses < row->uses_max && !over,
    };
}

static int list_of(struct req *rq, struct db *db, int64_t owner, struct invite_shown **ret_invites,
                   size_t *ret_n, struct err *err)
{
    struct invite_of_owner_rows rows = { 0 };
    int rc = invite_of_owner(db, rq->arena, owner, SHOWN_MAX, &rows, err);
    if (rc < 0)
        return rc;
    struct invite_shown *list = arena_new_array(rq->arena, rows.n + 1, struct invite_shown);
    if (!list)
        return err_detail(err, ERR_NOMEM, "arena full");
    size_t n = 0;
    for (size_t i = 0; i < rows.n; i++)
        if (rows.v[i].uses > 0 || !rows.v[i].closed)
            list[n++] = shown_of(rq, &rows.v[i]);
    *ret_invites = list;
    *ret_n = n;
    return 0;
}

/* Who came by which of a person's invitations. */
static int name_brought(struct req *rq, struct db *db, struct invite_shown *list, size_t n,
                        struct err *err)
{
    struct invited_of_rows rows = { 0 };
    int rc = invited_of(db, rq->arena, rq->viewer.actor, SHOWN_MAX, &rows, err);
    int64_t *actors = arena_new_array(rq->arena, rows.n + 1, int64_t);
    struct person_card *cards = arena_new_array(rq->arena, rows.n + 1, struct person_card);
    if (rc < 0)
        return rc;
    if (!actors || !cards)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        actors[i] = rows.v[i].newcomer;
    rc = person_cards(db, rq->arena, actors, rows.n, cards, err);
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        for (size_t j = 0; j < n; j++)
            if (str_eq(list[j].code, rows.v[i].code))
                list[j].brought = cards[i];
    return rc;
}

static void put_invite(struct json_out *j, const struct invite_shown *i)
{
    json_begin_object(j);
    json_member_str(j, "code", i->code);
    json_member_str(j, "address", i->address);
    json_member_str(j, "label", i->label);
    json_member_int(j, "uses", i->uses);
    json_member_int(j, "uses_max", i->uses_max);
    json_member_bool(j, "open", i->open);
    json_member_str(j, "brought", i->brought.handle);
    json_end_object(j);
}

static void put_invites(struct json_out *j, const char *key, const struct invite_shown *list,
                        size_t n)
{
    json_key(j, key);
    json_begin_array(j);
    for (size_t i = 0; i < n; i++)
        put_invite(j, &list[i]);
    json_end_array(j);
}

static void invites_json(struct json_out *j, const void *data)
{
    const struct invite_page *page = data;
    json_begin_object(j);
    json_member_int(j, "left", page->left);
    put_invites(j, "invitations", page->invites, page->n);
    json_end_object(j);
}

static const struct shape invites_shape = { .html = invite_page_view_any, .json = invites_json };

static int invites(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct invite_page *page = arena_new(rq->arena, struct invite_page);
    struct invite_shown *list = NULL;
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    *page = (struct invite_page){ 0 };
    int rc = list_of(rq, db, rq->viewer.actor, &list, &page->n, err);
    if (rc == 0)
        rc = name_brought(rq, db, list, page->n, err);
    if (rc == 0)
        rc = invite_left(db, rq->arena, rq->settings, rq->viewer.actor, &page->left, err);
    for (size_t i = 0; rc == 0 && i < page->n && page->qr.size == 0; i++)
        if (list[i].open)
            rc = qr_make(rq->arena, list[i].address, &page->qr, err);
    if (rc < 0)
        return rc;
    page->invites = list;
    answer_page(ret, &invites_shape, page, message_text(rq->lang, N_("Invitations")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static int make(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct str code;
    int rc = invite_make(db, rq->arena, rq->settings, rq->viewer.actor, &code, err);
    if (rc == 0)
        answer_see_other(ret, STR("/me/invitations"));
    return rc;
}

static int close_mine(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    answer_see_other(ret, STR("/me/invitations"));
    return invite_close(db, req_text(rq, "code"), rq->viewer.actor, err);
}

/* ---- the place's ---- */

static const char *gate_name(enum gate gate)
{
    return gate == GATE_OPEN ? "open" : gate == GATE_APPROVAL ? "approval" : "invitation";
}

static void joining_json(struct json_out *j, const void *data)
{
    const struct joining_page *page = data;
    json_begin_object(j);
    json_member_str(j, "gate", str_from(gate_name(page->gate)));
    json_key(j, "asking");
    json_begin_array(j);
    for (size_t i = 0; i < page->n_asking; i++) {
        char id[ID_TEXT_MAX];
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "ask", page->asking[i].id));
        json_member_str(j, "handle", page->asking[i].handle);
        json_member_str(j, "name", page->asking[i].name);
        json_member_str(j, "said", page->asking[i].said);
        json_end_object(j);
    }
    json_end_array(j);
    json_member_str(j, "next", page->more);
    put_invites(j, "links", page->links, page->n_links);
    json_end_object(j);
}

static const struct shape joining_shape = { .html = joining_page_view_any, .json = joining_json };

static int fill_asking(struct req *rq, struct db *db, struct joining_page *page, struct err *err)
{
    struct asking_list_rows rows = { 0 };
    struct page at;
    int rc = page_read(rq, 1, PAGE_ASKING, &at, err);
    if (rc == 0)
        rc = asking_list(db, rq->arena, at.has ? at.key[0] : 0, at.limit + 1, &rows, err);
    struct asking_shown *list = arena_new_array(rq->arena, rows.n + 1, struct asking_shown);
    if (rc < 0)
        return rc;
    if (!list)
        return err_detail(err, ERR_NOMEM, "arena full");
    size_t n = rows.n > (size_t)at.limit ? (size_t)at.limit : rows.n;
    for (size_t i = 0; i < n; i++)
        list[i] = (struct asking_shown){ rows.v[i].id,     rows.v[i].handle, rows.v[i].name,
                                         rows.v[i].mail,   rows.v[i].said,   rows.v[i].source,
                                         rows.v[i].created };
    page->asking = list;
    page->n_asking = n;
    if (n > 0)
        page->more = page_next(rq, &at, rows.n, &list[n - 1].id);
    return 0;
}

static int joining(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct joining_page *page = arena_new(rq->arena, struct joining_page);
    struct invite_shown *links = NULL;
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    *page = (struct joining_page){ .gate = invite_gate(rq->settings) };
    int rc = fill_asking(rq, db, page, err);
    if (rc == 0)
        rc = list_of(rq, db, 0, &links, &page->n_links, err);
    if (rc < 0)
        return rc;
    page->links = links;
    answer_page(ret, &joining_shape, page, message_text(rq->lang, N_("Who joins")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static int decide(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t asking;
    int rc = req_id(rq, "asking", "ask", &asking, err);
    if (rc == 0)
        rc = invite_decide(db, rq->arena, asking, req_on(rq, "yes"), rq->viewer.actor, err);
    if (rc == 0)
        answer_see_other(ret, STR("/operator/joining"));
    return rc;
}

static int make_link(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct invite_link link = { 0 };
    struct str code;
    int rc = text_clean(rq->arena, req_text(rq, "label"), TEXT_LINE, &link.label, err);
    if (rc == 0)
        rc = req_int(rq, "uses", 100, 1, INVITE_USES_MAX, &link.uses, err);
    if (rc == 0)
        rc = req_int(rq, "days", 0, 0, INVITE_DAYS_MAX, &link.days, err);
    if (rc == 0)
        rc = invite_make_link(db, rq->arena, &link, &code, err);
    if (rc == 0)
        answer_see_other(ret, STR("/operator/joining"));
    return rc;
}

static int close_link(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    answer_see_other(ret, STR("/operator/joining"));
    return invite_close(db, req_text(rq, "code"), 0, err);
}

const struct route invite_routes[] = {
    { METHOD_GET, "/i/:code", by_link, WHO_ANYONE, RUNS_READ, RATE_AUTH },
    { METHOD_GET, "/me/invitations", invites, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/me/invitations", make, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = invites },
    { METHOD_POST, "/me/invitations/:code/close", close_mine, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_GET, "/operator/joining", joining, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { METHOD_POST, "/operator/joining/links", make_link, WHO_OPERATOR, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = joining },
    { METHOD_POST, "/operator/joining/links/:code/close", close_link, WHO_OPERATOR, RUNS_WRITE,
      RATE_WRITE, .body_max = ROUTE_BODY_FORM },
    { METHOD_POST, "/operator/joining/:asking", decide, WHO_OPERATOR, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = joining },
    { 0 },
};
