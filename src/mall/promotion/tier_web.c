/* Prices by number: the supplier's page, and the part of a product's page. */

#include "base/id.h"
#include "codec/json_out.h"
#include "gen/promotion_sql.h"
#include "gen/promotion_views.h"
#include "mall/promotion/promotion_web.h"
#include "words/message.h"

static void tiers_json(struct json_out *j, const struct tier_page *page)
{
    char id[ID_TEXT_MAX];
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++) {
        const struct price_tier *t = &page->list[i];
        json_begin_object(j);
        json_member_str(j, "sku", id_text(id, "sku", t->sku));
        json_member_str(j, "code", t->code);
        json_member_int(j, "least", t->least);
        json_member_int(j, "price", t->price.minor);
        json_member_str(j, "currency", str_from(t->price.currency));
        json_end_object(j);
    }
    json_end_array(j);
}

static void page_json(struct json_out *j, const void *data)
{
    json_begin_object(j);
    json_key(j, "items");
    tiers_json(j, data);
    json_end_object(j);
}

static void part_json(struct json_out *j, const void *data)
{
    tiers_json(j, data);
}

static const struct shape page_shape = { .html = tier_page_view_any, .json = page_json };

static int show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct tier_page *page = arena_new(rq->arena, struct tier_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = price_tiers_list(db, rq->arena, rq->viewer.actor, &page->list, &page->n, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &page_shape, page, message_text(rq->lang, N_("Prices for several")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static int set(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct price_tier tier = { .code = req_text(rq, "code") };
    struct sku_of_supplier_row sku = { 0 };
    int rc = req_int(rq, "least", 0, 0, 1000000, &tier.least, err);
    if (rc == 0)
        rc = sku_of_supplier(db, rq->arena, rq->viewer.actor, tier.code, &sku, err);
    if (rc == ERR_NOT_FOUND)
        return err_field(err, "code", N_("You sell nothing of that code."));
    if (rc < 0)
        return rc;
    tier.price = money(0, sku.currency);
    if (!money_parse(req_text(rq, "price"), tier.price.currency, &tier.price.minor))
        return err_field(err, "price", N_("This is no amount."));
    rc = price_tier_set(db, rq->arena, rq->viewer.actor, &tier, err);
    if (rc == 0)
        answer_see_other(ret, STR("/supplier/tiers"));
    return rc;
}

static int drop(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t sku, least;
    int rc = req_id(rq, "sku", "sku", &sku, err);
    if (rc == 0)
        rc = req_int(rq, "least", 0, 0, 1000000, &least, err);
    if (rc == 0)
        rc = price_tier_remove(db, rq->arena, rq->viewer.actor, sku, least, err);
    if (rc == 0)
        answer_see_other(ret, STR("/supplier/tiers"));
    return rc;
}

int promotion_product(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                      struct part *ret_parts, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        struct tier_page *page = arena_new(rq->arena, struct tier_page);
        if (!page)
            return err_detail(err, ERR_NOMEM, "arena full");
        rc = price_tiers_shown(db, rq->arena, ids[i], &page->list, &page->n, err);
        if (rc == 0 && page->n)
            ret_parts[i] = (struct part){ tier_part_view_any, part_json, page };
    }
    return rc;
}

const struct route tier_routes[] = {
    { METHOD_GET, "/supplier/tiers", show, WHO_SUPPLIER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/supplier/tiers", set, WHO_SUPPLIER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = show },
    { METHOD_POST, "/supplier/tiers/delete", drop, WHO_SUPPLIER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = show },
    { 0 },
};
