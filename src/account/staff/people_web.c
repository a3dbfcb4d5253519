/* People and what they are, for the operator. */

#include "account/staff/staff_web.h"
#include "codec/date.h"
#include "codec/html.h"
#include "codec/json_out.h"
#include "codec/query.h"
#include "gen/staff_sql.h"
#include "gen/staff_views.h"
#include "web/page.h"
#include "words/message.h"
#include "words/text.h"

#define PAGE_PEOPLE 30
#define ACTS_SHOWN  20

/* The chips over the list. */
static const struct {
    const char *key;
    int roles;
} kinds[] = {
    { "staff", ROLE_MODERATOR | ROLE_OPERATOR | ROLES_OFFICIAL },
    { "supplier", ROLE_SUPPLIER },
    { "suspended", ROLE_SUSPENDED },
    { "official", ROLES_OFFICIAL },
};

static int roles_of_kind(struct str key)
{
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (str_eq_c(key, kinds[i].key))
            return kinds[i].roles;
    return 0;
}

static void card_json(struct json_out *j, const struct person_card *card)
{
    size_t n;
    const struct people_role *roles = people_roles(&n);
    json_begin_object(j);
    json_member_str(j, "handle", card->handle);
    json_member_str(j, "name", card->name);
    json_key(j, "roles");
    json_begin_array(j);
    for (size_t i = 0; i < n; i++)
        if (card->roles & roles[i].bit)
            json_str(j, str_from(roles[i].key));
    json_end_array(j);
    json_member_bool(j, "suspended", card->roles & ROLE_SUSPENDED);
    json_end_object(j);
}

static void people_json(struct json_out *j, const void *data)
{
    const struct people_page *page = data;
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++)
        card_json(j, &page->cards[i]);
    json_end_array(j);
    if (page->more.len)
        json_member_str(j, "more", page->more);
    json_end_object(j);
}

static const struct shape people_shape = { .html = people_page_view_any,
                                           .fragment = people_more_any,
                                           .json = people_json };

static struct str more_of(struct req *rq, const struct people_page *page)
{
    struct buf out;
    buf_init(&out, 4096);
    buf_put_c(&out, "/operator/people?");
    query_put(&out, "q", page->q);
    query_put(&out, "kind", page->kind);
    query_put(&out, "after", page->cards[page->n - 1].handle);
    struct str text = arena_str(rq->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

static int people(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct people_page *page = arena_new(rq->arena, struct people_page);
    struct person_card *cards = arena_new_array(rq->arena, PAGE_PEOPLE + 1, struct person_card);
    bool *second = arena_new_array(rq->arena, PAGE_PEOPLE + 1, bool);
    size_t n = 0;
    if (!page || !cards || !second)
        return err_detail(err, ERR_NOMEM, "arena full");
    page->q = req_text(rq, "q");
    page->kind = req_text(rq, "kind");
    struct str begins = person_fold(rq->arena, page->q);
    if (begins.len && begins.ptr[0] == '@')
        begins = str_slice(begins, 1, begins.len);
    int rc = people_list(db, rq->arena, begins, req_text(rq, "after"), roles_of_kind(page->kind),
                         PAGE_PEOPLE + 1, cards, second, &n, err);
    page->cards = cards;
    page->second = second;
    page->n = n > PAGE_PEOPLE ? PAGE_PEOPLE : n;
    if (rc < 0)
        return rc;
    if (n > page->n)
        page->more = more_of(rq, page);
    answer_page(ret, &people_shape, page, message_text(rq->lang, N_("People and roles")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static void one_json(struct json_out *j, const void *data)
{
    const struct people_one *one = data;
    card_json(j, &one->card);
}

static const struct shape one_shape = { .html = people_one_view_any, .json = one_json };

static int fill_acts(struct req *rq, struct db *db, struct people_one *one, struct err *err)
{
    struct staff_act_of_object_rows rows = { 0 };
    int rc =
        staff_act_of_object(db, rq->arena, STR("person"), one->card.actor, ACTS_SHOWN, &rows, err);
    if (rc < 0)
        return rc;
    struct staff_row *acts = arena_new_array(rq->arena, rows.n + 1, struct staff_row);
    struct audit_line *lines = arena_new_array(rq->arena, rows.n + 1, struct audit_line);
    if (!acts || !lines)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++) {
        const struct staff_act_of_object_row *r = &rows.v[i];
        acts[i] = (struct staff_row){ r->id,     r->actor, r->act,    r->object_kind,
                                      r->object, r->name,  r->reason, r->at };
    }
    one->acts = lines;
    one->n_acts = rows.n;
    return audit_lines(db, rq->arena, acts, rows.n, lines, err);
}

static int person(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct people_one *one = arena_new(rq->arena, struct people_one);
    if (!one)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = person_of_handle(db, rq->arena, req_text(rq, "handle"), &one->card, err);
    if (rc == 0)
        rc = people_standing(db, rq->arena, one->card.actor, &one->standing, err);
    if (rc == 0)
        rc = fill_acts(rq, db, one, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &one_shape, one, one->card.name);
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static int read_act(struct req *rq, struct people_act *act, struct err *err)
{
    *act = (struct people_act){ .by = rq->viewer.actor, .handle = req_text(rq, "handle") };
    int rc = req_int(rq, "days", 0, 0, PEOPLE_DAYS_MAX, &act->days, err);
    return rc < 0 ? rc
                  : text_clean(rq->arena, req_text(rq, "reason"), TEXT_LINES, &act->reason, err);
}

/* Back to the page about the person, or to their profile for a program. */
static void go_back(struct req *rq, struct answer *ret, struct str handle)
{
    const char *folder = rq->json ? "/u" : "/operator/people";
    answer_see_other(ret, arena_printf(rq->arena, "%s/%.*s", folder, STR_ARG(handle)));
}

static int read_roles(struct req *rq, int *ret_roles, struct err *err)
{
    int n = params_count(rq->body, "role"), bits = 0;
    for (int i = 0; i < n; i++) {
        int bit = people_role_of(params_get_nth(rq->body, "role", i));
        if (!bit)
            return err_field(err, "role", N_("There is no such role."));
        bits |= bit;
    }
    *ret_roles = bits;
    return 0;
}

static int give_roles(struct req *rq, struct db *db, bool reason, struct answer *ret,
                      struct err *err)
{
    struct people_act act;
    struct person_card card = { 0 };
    int roles = 0;
    int rc = read_act(rq, &act, err);
    if (rc == 0)
        rc = read_roles(rq, &roles, err);
    if (rc == 0)
        rc = person_of_handle(db, rq->arena, act.handle, &card, err);
    if (rc == 0 && req_on(rq, "keep"))
        roles |= card.roles & STAFF_ROLES;
    if (rc == 0 && reason && act.reason.len == 0 && roles != (card.roles & STAFF_ROLES))
        rc = err_field(err, "reason", N_("A reason, please. It stands in the list of acts."));
    if (rc == 0)
        rc = people_set_roles(db, rq->arena, &act, roles, err);
    if (rc == 0)
        go_back(rq, ret, card.handle);
    return rc;
}

static int set_roles(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    return give_roles(rq, db, true, ret, err);
}

static int set_roles_plain(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    return give_roles(rq, db, false, ret, err);
}

static int suspend(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct people_act act;
    int rc = read_act(rq, &act, err);
    if (rc == 0)
        rc = people_suspend(db, rq->arena, &act, req_on(rq, "on"), err);
    if (rc == 0)
        go_back(rq, ret, person_fold(rq->arena, act.handle));
    return rc;
}

static void standing_json(struct json_out *j, const void *data)
{
    const struct standing_page *page = data;
    char at[DATE_TEXT_MAX];
    json_begin_object(j);
    json_member_bool(j, "suspended", page->standing.since != 0);
    if (page->standing.since) {
        json_member_str(j, "since", date_write(at, page->standing.since));
        if (page->standing.until)
            json_member_str(j, "until", date_write(at, page->standing.until));
        json_member_str(j, "reason", page->standing.reason);
        json_member_bool(j, "answered", page->standing.answered != 0);
        json_member_str(j, "answer", page->standing.answer);
    }
    json_end_object(j);
}

static const struct shape standing_shape = { .html = standing_page_view_any,
                                             .json = standing_json };

static int standing(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct standing_page *page = arena_new(rq->arena, struct standing_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    answer_page(ret, &standing_shape, page, message_text(rq->lang, N_("My standing")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return people_standing(db, rq->arena, rq->viewer.actor, &page->standing, err);
}

static int answer(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct str text;
    int rc = text_clean(rq->arena, req_raw(rq, "body"), TEXT_LINES, &text, err);
    if (rc == 0)
        rc = people_answer(db, rq->arena, rq->viewer.actor, str_trim(text), err);
    if (rc == 0)
        answer_see_other(ret, STR("/me/standing"));
    return rc;
}

const struct route people_routes[] = {
    { METHOD_GET, "/operator/people", people, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { METHOD_GET, "/operator/people/:handle", person, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { METHOD_POST, "/operator/people/:handle/roles", set_roles, WHO_OPERATOR, RUNS_WRITE,
      RATE_WRITE, .body_max = ROUTE_BODY_FORM, .form = person },
    { METHOD_POST, "/operator/people/:handle/suspend", suspend, WHO_OPERATOR, RUNS_WRITE,
      RATE_WRITE, .body_max = ROUTE_BODY_FORM, .form = person },
    { METHOD_POST, "/people/:handle/roles", set_roles_plain, WHO_OPERATOR, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_GET, "/me/standing", standing, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/me/standing/answer", answer, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = standing, .suspended_may = true },
    { 0 },
};
