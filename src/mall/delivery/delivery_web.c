#include "mall/delivery/delivery_web.h"

#include "base/id.h"
#include "codec/json_out.h"
#include "gen/delivery_views.h"
#include "words/message.h"
#include "words/text.h"

static void method_json(struct json_out *j, const struct delivery_method *m)
{
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "way", m->id));
    json_member_str(j, "name", m->name);
    json_member_str(j, "days", m->days);
    json_member_int(j, "price", m->price.minor);
    json_member_str(j, "currency", str_from(m->price.currency));
    json_member_int(j, "free_from", m->free_from);
    json_key(j, "steps");
    json_begin_array(j);
    for (size_t i = 0; i < m->n_steps; i++) {
        json_begin_object(j);
        json_member_int(j, "grams", m->steps[i].upto);
        json_member_int(j, "price", m->steps[i].price);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static void page_json(struct json_out *j, const void *data)
{
    const struct delivery_table *t = &((const struct delivery_page *)data)->table;
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < t->n_zones; i++) {
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "zone", t->zones[i].id));
        json_member_str(j, "name", t->zones[i].name);
        json_member_str(j, "countries", t->zones[i].countries);
        json_key(j, "ways");
        json_begin_array(j);
        for (size_t k = 0; k < t->n_methods; k++)
            if (t->methods[k].zone == t->zones[i].id)
                method_json(j, &t->methods[k]);
        json_end_array(j);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static const struct shape page_shape = { .html = delivery_page_view_any, .json = page_json };

static int show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct delivery_page *page = arena_new(rq->arena, struct delivery_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = delivery_table(db, rq->arena, rq->viewer.actor, &page->table, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &page_shape, page, message_text(rq->lang, N_("Delivery")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static int add_zone(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct str name;
    int64_t id;
    int rc = text_clean(rq->arena, req_text(rq, "name"), TEXT_LINE, &name, err);
    if (rc == 0)
        rc = delivery_zone_put(db, rq->arena, rq->viewer.actor, name, req_text(rq, "countries"),
                               &id, err);
    if (rc == 0)
        answer_see_other(ret, STR("/supplier/delivery"));
    return rc;
}

/* A price as it is typed; nothing is 0. */
static int read_price(struct req *rq, const char *field, const char currency[4], int64_t *ret,
                      struct err *err)
{
    struct str text = req_text(rq, field);
    *ret = 0;
    if (text.len && !money_parse(text, currency, ret))
        return err_field(err, field, N_("This is no amount."));
    return 0;
}

static int read_method(struct req *rq, struct delivery_method *m, struct err *err)
{
    struct str currency = req_text(rq, "currency");
    if (currency.len != 3)
        return err_field(err, "currency", N_("A currency has three letters."));
    m->price = money(0, currency);
    int rc = text_clean(rq->arena, req_text(rq, "name"), TEXT_LINE, &m->name, err);
    if (rc == 0)
        rc = text_clean(rq->arena, req_text(rq, "days"), TEXT_LINE, &m->days, err);
    if (rc == 0)
        rc = read_price(rq, "price", m->price.currency, &m->price.minor, err);
    if (rc == 0)
        rc = read_price(rq, "free_from", m->price.currency, &m->free_from, err);
    return rc < 0 ? rc : delivery_read_steps(req_raw(rq, "steps"), m->price.currency, m, err);
}

static int add_way(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct delivery_method method = { 0 };
    int64_t id;
    int rc = req_id(rq, "zone", "zone", &method.zone, err);
    if (rc == 0)
        rc = read_method(rq, &method, err);
    if (rc == 0)
        rc = delivery_method_put(db, rq->arena, rq->viewer.actor, &method, &id, err);
    if (rc == 0)
        answer_see_other(ret, STR("/supplier/delivery"));
    return rc;
}

static int drop_zone(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t id;
    int rc = req_id(rq, "zone", "zone", &id, err);
    if (rc == 0)
        rc = delivery_zone_remove(db, rq->viewer.actor, id, err);
    if (rc == 0)
        answer_see_other(ret, STR("/supplier/delivery"));
    return rc;
}

static int drop_way(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t id;
    int rc = req_id(rq, "way", "way", &id, err);
    if (rc == 0)
        rc = delivery_method_remove(db, rq->viewer.actor, id, err);
    if (rc == 0)
        answer_see_other(ret, STR("/supplier/delivery"));
    return rc;
}

const struct route delivery_routes[] = {
    { METHOD_GET, "/supplier/delivery", show, WHO_SUPPLIER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/supplier/delivery", add_zone, WHO_SUPPLIER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = show },
    { METHOD_POST, "/supplier/delivery/:zone", add_way, WHO_SUPPLIER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = show },
    { METHOD_POST, "/supplier/delivery/:zone/delete", drop_zone, WHO_SUPPLIER, RUNS_WRITE,
      RATE_WRITE, .body_max = ROUTE_BODY_FORM },
    { METHOD_POST, "/supplier/delivery/ways/:way/delete", drop_way, WHO_SUPPLIER, RUNS_WRITE,
      RATE_WRITE, .body_max = ROUTE_BODY_FORM },
    { 0 },
};
