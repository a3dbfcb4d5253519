#include "mall/tax/tax_web.h"

#include "account/staff/staff.h"
#include "base/id.h"
#include "base/money.h"
#include "codec/json_out.h"
#include "gen/tax_views.h"
#include "words/message.h"
#include "words/text.h"

static void page_json(struct json_out *j, const void *data)
{
    const struct tax_page *page = data;
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++) {
        const struct tax_rule *rule = &page->rules[i];
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "tax", rule->id));
        json_member_str(j, "country", rule->country);
        json_member_str(j, "category", rule->category);
        json_member_int(j, "rate", rule->rate);
        json_member_bool(j, "added", rule->added);
        json_member_int(j, "since", rule->since);
        if (rule->ended.has)
            json_member_int(j, "ended", rule->ended.value);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static const struct shape page_shape = { .html = tax_page_view_any, .json = page_json };

static int show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct tax_page *page = arena_new(rq->arena, struct tax_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = tax_rules(db, rq->arena, &page->rules, &page->n, err);
    if (rc == 0)
        rc = country_list(rq->arena, rq->lang, &page->countries, &page->n_countries, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &page_shape, page, message_text(rq->lang, N_("Tax rules")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static int set(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct tax_rule rule = { .country = req_text(rq, "country"),
                             .added = req_on(rq, "added"),
                             .since = rq->now };
    int64_t id;
    int rc = text_clean(rq->arena, req_text(rq, "category"), TEXT_LINE, &rule.category, err);
    /* "7.5" percent are 750 parts of ten thousand: two digits, as of a currency. */
    if (rc == 0 && !money_parse(req_text(rq, "rate"), "EUR", &rule.rate))
        rc = err_field(err, "rate", N_("Between 0 and 100 percent, please."));
    if (rc == 0)
        rc = tax_set(db, &rule, &id, err);
    if (rc == 0)
        rc = staff_note(db,
                        &(struct staff_act){ .actor = rq->viewer.actor,
                                             .act = "tax.set",
                                             .object_kind = "tax",
                                             .object = id,
                                             .name = rule.country },
                        err);
    if (rc == 0)
        answer_see_other(ret, STR("/operator/taxes"));
    return rc;
}

static int end(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t id;
    int rc = req_id(rq, "tax", "tax", &id, err);
    if (rc == 0)
        rc = tax_end(db, id, err);
    if (rc == 0)
        rc = staff_note(
            db,
            &(struct staff_act){
                .actor = rq->viewer.actor, .act = "tax.ended", .object_kind = "tax", .object = id },
            err);
    if (rc == 0)
        answer_see_other(ret, STR("/operator/taxes"));
    return rc;
}

const struct route tax_routes[] = {
    { METHOD_GET, "/operator/taxes", show, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { METHOD_POST, "/operator/taxes", set, WHO_OPERATOR, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = show },
    { METHOD_POST, "/operator/taxes/:tax/end", end, WHO_OPERATOR, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { 0 },
};
