/* Where the operator says what goods must tell. */

#include "codec/json_out.h"
#include "gen/catalog_views.h"
#include "mall/catalog/goods_web.h"
#include "words/message.h"

static void needs_json(struct json_out *j, const void *data)
{
    const struct needs_page *page = data;
    json_begin_object(j);
    json_key(j, "rules");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++) {
        const struct gate_rule *r = &page->rules[i];
        json_begin_object(j);
        json_member_str(j, "category", r->category);
        json_member_str(j, "field", r->field);
        json_member_int(j, "least", r->least);
        json_member_bool(j, "needed", r->needed);
        json_member_int(j, "points", r->points);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static const struct shape needs_shape = { .html = needs_page_view_any, .json = needs_json };

static int needs(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct needs_page *page = arena_new(rq->arena, struct needs_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = gate_rules(db, rq->arena, &page->rules, &page->n, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &needs_shape, page, message_text(rq->lang, N_("What goods must tell")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static int needs_post(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct gate_rule rule = { .category = req_text(rq, "category"),
                              .field = req_text(rq, "field"),
                              .needed = req_on(rq, "needed") };
    int rc = 0;
    if (req_on(rq, "remove")) {
        rc = gate_rule_remove(db, rule.category, rule.field, err);
    } else {
        rc = req_int(rq, "least", 1, 1, 4000, &rule.least, err);
        if (rc == 0)
            rc = req_int(rq, "points", 1, 1, 100, &rule.points, err);
        if (rc == 0)
            rc = gate_rule_put(db, &rule, err);
    }
    if (rc == 0)
        answer_see_other(ret, STR("/mall/needs"));
    return rc;
}

const struct route needs_routes[] = {
    { METHOD_GET, "/mall/needs", needs, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { METHOD_POST, "/mall/needs", needs_post, WHO_OPERATOR, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = needs },
    { 0 },
};
