#include "mall/order/policy_web.h"

#include "codec/json_out.h"
#include "gen/order_sql.h"
#include "gen/order_views.h"
#include "mall/catalog/catalog.h"
#include "words/message.h"
#include "words/text.h"

#define VERSIONS_SHOWN 50

static const char *const way_names[] = { "", "buyer", "supplier", "platform" };

const char *way_back_name(enum way_back way)
{
    return way >= WAY_BACK_BUYER && way <= WAY_BACK_PLATFORM ? way_names[way] : "";
}

const char *way_back_words(enum way_back way)
{
    static const char *const words[] = { "", N_("The buyer pays the way back."),
                                         N_("The shop pays the way back."),
                                         N_("The platform pays the way back.") };
    return way >= WAY_BACK_BUYER && way <= WAY_BACK_PLATFORM ? words[way] : "";
}

static void shown_json(struct json_out *j, const struct policy_shown *s)
{
    json_begin_object(j);
    json_member_int(j, "id", s->policy.id);
    json_member_int(j, "since", s->policy.since);
    if (s->policy.supplier)
        json_member_str(j, "supplier", s->supplier.handle);
    json_member_int(j, "return_days", s->days);
    json_member_str(j, "way_back", str_from(way_back_name(s->policy.way_back)));
    json_member_int(j, "fee_rule", s->policy.fee_rule);
    json_member_str(j, "note", s->policy.note);
    json_member_bool(j, "in_force", s->in_force);
    json_key(j, "excluded");
    json_begin_array(j);
    for (size_t i = 0; i < s->policy.n_excluded; i++)
        json_str(j, s->policy.excluded[i]);
    json_end_array(j);
    json_end_object(j);
}

static void page_json(struct json_out *j, const void *data)
{
    const struct policy_page *page = data;
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++)
        shown_json(j, &page->list[i]);
    json_end_array(j);
    json_end_object(j);
}

static const struct shape page_shape = { .html = policy_page_view_any, .json = page_json };

/* A version holds when none that is newer is for the same shops. */
static bool holds(const struct order_policy *list, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (list[k].supplier == list[i].supplier)
            return false;
    return true;
}

static struct str by_commas(struct arena *a, const struct order_policy *p)
{
    struct str all = STR("");
    for (size_t i = 0; i < p->n_excluded; i++)
        all = arena_printf(a, "%.*s%s%.*s", STR_ARG(all), i ? ", " : "", STR_ARG(p->excluded[i]));
    return all;
}

static int fill_versions(struct req *rq, struct db *db, struct policy_page *page, struct err *err)
{
    struct order_policy *list = NULL;
    size_t n = 0;
    int rc = order_policy_list(db, rq->arena, INT64_MAX, VERSIONS_SHOWN, &list, &n, err);
    if (rc < 0)
        return rc;
    struct policy_shown *shown = arena_new_array(rq->arena, n ? n : 1, struct policy_shown);
    int64_t *actors = arena_new_array(rq->arena, n ? n : 1, int64_t);
    struct person_card *cards = arena_new_array(rq->arena, n ? n : 1, struct person_card);
    if (!shown || !actors || !cards)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++)
        actors[i] = list[i].supplier;
    rc = person_cards(db, rq->arena, actors, n, cards, err);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        shown[i] = (struct policy_shown){
            .policy = list[i],
            .days = order_policy_days(&list[i], rq->settings->return_days),
            .supplier = cards[i],
            .in_force = holds(list, i),
        };
        if (shown[i].in_force && list[i].supplier == 0) {
            page->excluded = by_commas(rq->arena, &list[i]);
            page->way_back = list[i].way_back;
            page->days = shown[i].days;
        }
    }
    page->list = shown;
    page->n = n;
    page->setting = rq->settings->return_days;
    return rc;
}

static int policies(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct policy_page *page = arena_new(rq->arena, struct policy_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = fill_versions(rq, db, page, err);
    if (rc < 0)
        return rc;
    page->saved = req_on(rq, "saved");
    answer_page(ret, &page_shape, page, message_text(rq->lang, N_("Terms of sale")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

/* Categories as they were typed: by commas of either script, or by lines. */
static int read_excluded(struct req *rq, struct order_policy *policy, struct err *err)
{
    struct str rest;
    int rc = text_clean(rq->arena, req_text(rq, "excluded"), TEXT_LINE, &rest, err);
    struct str *list = arena_new_array(rq->arena, POLICY_EXCLUDED_MAX + 1, struct str);
    if (rc == 0 && !list)
        rc = err_detail(err, ERR_NOMEM, "arena full");
    if (rc < 0)
        return rc;
    policy->excluded = list;
    struct str piece;
    while (rest.len && policy->n_excluded <= POLICY_EXCLUDED_MAX && str_next(&rest, ',', &piece)) {
        piece = str_trim(piece);
        if (piece.len)
            list[policy->n_excluded++] = piece;
    }
    return 0;
}

static int read_supplier(struct req *rq, struct db *db, struct order_policy *policy,
                         struct err *err)
{
    struct person_card card = { 0 };
    struct str handle = req_text(rq, "supplier");
    if (handle.len == 0)
        return 0;
    int rc = person_of_handle(db, rq->arena, handle, &card, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        return err_field(err, "supplier", N_("Nobody has this handle."));
    }
    policy->supplier = card.actor;
    return rc;
}

static int add(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct order_policy policy = { 0 };
    int64_t id = 0;
    int rc = req_int(rq, "return_days", POLICY_DAYS_SETTING, POLICY_DAYS_SETTING, POLICY_DAYS_MAX,
                     &policy.return_days, err);
    if (rc == 0)
        rc = read_excluded(rq, &policy, err);
    if (rc == 0)
        rc = read_supplier(rq, db, &policy, err);
    if (rc == 0)
        rc = text_clean(rq->arena, req_text(rq, "note"), TEXT_LINE, &policy.note, err);
    for (int way = WAY_BACK_BUYER; way <= WAY_BACK_PLATFORM; way++)
        if (str_eq_c(req_text(rq, "way_back"), way_names[way]))
            policy.way_back = (enum way_back)way;
    if (rc == 0)
        rc = order_policy_add(db, rq->arena, &policy, rq->viewer.actor, &id, err);
    if (rc == 0)
        answer_see_other(ret, STR("/operator/policies?saved=1"));
    return rc;
}

/* ---- what buyers see ---- */

static void returns_json(struct json_out *j, const void *data)
{
    const struct policy_shown *s = data;
    shown_json(j, s);
}

static const struct shape returns_shape = { .html = returns_page_view_any, .json = returns_json };

static int returns(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct policy_shown *shown = arena_new(rq->arena, struct policy_shown);
    if (!shown)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = order_policy_of(db, rq->arena, 0, &shown->policy, err);
    if (rc < 0)
        return rc;
    shown->days = order_policy_days(&shown->policy, rq->settings->return_days);
    shown->in_force = true;
    answer_page(ret, &returns_shape, shown, message_text(rq->lang, N_("Sending things back")));
    ret->head.tab = "mall";
    return 0;
}

static void part_json(struct json_out *j, const void *data)
{
    const struct policy_part *part = data;
    json_begin_object(j);
    json_member_int(j, "days", part->excluded ? 0 : part->days);
    json_member_bool(j, "excluded", part->excluded);
    json_member_str(j, "way_back", str_from(way_back_name(part->way_back)));
    json_end_object(j);
}

static int fill_one(struct req *rq, struct db *db, int64_t product, struct part *ret_part,
                    struct err *err)
{
    struct product_card card = { 0 };
    struct order_policy policy = { 0 };
    size_t n = 0;
    int rc = product_cards(db, rq->arena, &product, 1, &card, &n, err);
    if (rc < 0 || n == 0)
        return rc;
    rc = order_policy_of(db, rq->arena, card.supplier, &policy, err);
    struct policy_part *part = arena_new(rq->arena, struct policy_part);
    if (rc == 0 && !part)
        rc = err_detail(err, ERR_NOMEM, "arena full");
    if (rc < 0)
        return rc;
    *part = (struct policy_part){ order_policy_days(&policy, rq->settings->return_days),
                                  order_policy_excludes(&policy, card.category), policy.way_back };
    *ret_part = (struct part){ policy_part_view_any, part_json, part };
    return 0;
}

int policy_product_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                        struct part *ret_parts, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = fill_one(rq, db, ids[i], &ret_parts[i], err);
    return rc;
}

const struct route policy_routes[] = {
    { METHOD_GET, "/operator/policies", policies, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { METHOD_POST, "/operator/policies", add, WHO_OPERATOR, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = policies },
    { METHOD_GET, "/returns", returns, WHO_ANYONE, RUNS_READ, RATE_READ },
    { 0 },
};
