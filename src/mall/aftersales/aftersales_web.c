#include "mall/aftersales/aftersales_web.h"

#include "base/id.h"
#include "codec/json_out.h"
#include "gen/aftersales_sql.h"
#include "gen/aftersales_views.h"
#include "mall/order/order.h"
#include "web/idempotency.h"
#include "web/page.h"
#include "words/message.h"

#define PAGE_ROWS 20

/* ---- one case ---- */

static void entry_json(struct json_out *j, const struct after_entry *e)
{
    static const char *const roles[] = { "shop", "buyer", "supplier", "", "operator" };
    json_begin_object(j);
    json_member_str(j, "act", str_from(after_act_name(e->act)));
    json_member_str(j, "role", str_from(roles[e->role <= AFTER_STAFF ? e->role : 0]));
    json_member_int(j, "at", id_time(e->id));
    json_member_str(j, "words", e->words);
    if (e->carrier.len)
        json_member_str(j, "carrier", e->carrier);
    if (e->tracking.len)
        json_member_str(j, "tracking", e->tracking);
    if (e->amount.minor)
        json_member_int(j, "amount", e->amount.minor);
    if (e->photo.src.len) {
        json_key(j, "photo");
        media_img_json(j, &e->photo);
    }
    json_end_object(j);
}

static void case_json(struct json_out *j, const void *data)
{
    const struct after_page *p = data;
    const struct aftercase *c = &p->c;
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "case", c->id));
    json_member_str(j, "order", id_text(id, "ord", c->order));
    json_member_int(j, "line", c->position);
    json_member_str(j, "kind", str_from(c->kind == AFTER_EXCHANGE ? "exchange" : "return"));
    json_member_str(j, "state", str_from(after_state_name(c->state)));
    json_member_str(j, "reason", str_from(after_reason_name(c->reason)));
    json_member_int(j, "quantity", c->quantity);
    json_member_int(j, "value", c->value);
    json_member_int(j, "difference", c->difference);
    json_member_int(j, "refunded", c->refunded);
    json_member_str(j, "currency", c->currency);
    json_member_bool(j, "disputed", c->disputed);
    if (p->pay_order)
        json_member_str(j, "pay_order", id_text(id, "ord", p->pay_order));
    json_key(j, "may");
    json_begin_array(j);
    for (int i = 1; i < AFTER_ACTS; i++)
        if (p->may & (UINT32_C(1) << i))
            json_str(j, str_from(after_act_name((enum after_act)i)));
    json_end_array(j);
    json_key(j, "entries");
    json_begin_array(j);
    for (size_t i = 0; i < p->n_entries; i++)
        entry_json(j, &p->entries[i]);
    json_end_array(j);
    json_end_object(j);
}

static const struct shape case_shape = { .html = after_page_view_any, .json = case_json };

static int roles_of(const struct req *rq, const struct aftercase *c)
{
    int64_t me = rq->viewer.actor;
    int roles = (rq->viewer.roles & ROLE_OPERATOR) ? AFTER_STAFF : 0;
    if (me && me == c->buyer)
        roles |= AFTER_BUYER;
    if (me && me == c->supplier)
        roles |= AFTER_SUPPLIER;
    return roles;
}

/* A case that the reader may see: to others there is none. */
static int find_case(struct req *rq, struct db *db, struct aftercase *ret_case, int *ret_roles,
                     struct err *err)
{
    int64_t id;
    int rc = req_id(rq, "case", "case", &id, err);
    if (rc == 0)
        rc = after_find(db, rq->arena, id, ret_case, err);
    if (rc < 0)
        return rc;
    *ret_roles = roles_of(rq, ret_case);
    return *ret_roles ? 0 : err_set(err, ERR_NOT_FOUND, N_("There is no such case."));
}

static int fill_entries(struct req *rq, struct db *db, struct after_page *page, struct err *err)
{
    struct aftercase_entries_rows rows = { 0 };
    int rc = aftercase_entries(db, rq->arena, page->c.id, &rows, err);
    size_t room = rows.n ? rows.n : 1;
    struct after_entry *list = arena_new_array(rq->arena, room, struct after_entry);
    int64_t *actors = arena_new_array(rq->arena, room, int64_t);
    struct person_card *cards = arena_new_array(rq->arena, room, struct person_card);
    if (rc == 0 && (!list || !actors || !cards))
        rc = err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        actors[i] = rows.v[i].actor;
    if (rc == 0)
        rc = person_cards(db, rq->arena, actors, rows.n, cards, err);
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct aftercase_entries_row *row = &rows.v[i];
        list[i] = (struct after_entry){ .id = row->id,
                                        .act = (enum after_act)row->act,
                                        .role = (enum after_role)row->role,
                                        .who = cards[i],
                                        .words = row->words,
                                        .carrier = row->carrier,
                                        .tracking = row->tracking,
                                        .amount = money(row->amount, page->c.currency) };
        if (row->hash.len)
            list[i].photo = media_img_of(rq->arena, row->hash, row->width.value, row->height.value,
                                         row->colour.value, row->alt);
    }
    page->entries = list;
    page->n_entries = rows.n;
    return rc;
}

static int fill_goods(struct req *rq, struct db *db, struct after_page *page, struct err *err)
{
    struct aftercase_line_row line = { 0 };
    struct aftercase_sku_name_row want = { 0 };
    int rc = aftercase_line(db, rq->arena, page->c.order, page->c.position, &line, err);
    page->name = line.name;
    page->options = line.options;
    if (line.photo.len)
        page->photo = media_url(rq->arena, line.photo, RENDITION_SMALL);
    if (rc < 0 || !page->c.want_sku)
        return rc;
    rc = aftercase_sku_name(db, rq->arena, page->c.want_sku, &want, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        return 0;
    }
    page->want = want.options.len ? arena_printf(rq->arena, "%.*s · %.*s", STR_ARG(want.name),
                                                 STR_ARG(want.options))
                                  : want.name;
    return rc;
}

static int fill_sides(struct req *rq, struct db *db, struct after_page *page, struct err *err)
{
    const int64_t actors[2] = { page->c.buyer, page->c.supplier };
    struct person_card cards[2];
    const int64_t *orders = NULL;
    size_t n = 0;
    int rc = person_cards(db, rq->arena, actors, 2, cards, err);
    page->buyer = cards[0];
    page->supplier = cards[1];
    if (rc == 0 && page->c.purchase) {
        rc = order_ids_of_purchase(db, rq->arena, page->c.purchase, &orders, &n, err);
        page->pay_order = n ? orders[0] : 0;
    }
    return rc;
}

static int show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct after_page *page = arena_new(rq->arena, struct after_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = find_case(rq, db, &page->c, &page->roles, err);
    if (rc == 0)
        rc = fill_sides(rq, db, page, err);
    if (rc == 0)
        rc = fill_goods(rq, db, page, err);
    if (rc == 0)
        rc = fill_entries(rq, db, page, err);
    if (rc < 0)
        return rc;
    page->may = after_may(&page->c, page->roles, rq->now);
    page->value = money(page->c.value, page->c.currency);
    page->difference = money(page->c.difference, page->c.currency);
    page->refunded = money(page->c.refunded, page->c.currency);
    page->left = money(page->c.value - page->c.refunded, page->c.currency);
    page->key = idempotency_new_key(rq->arena, rq->now);
    answer_page(ret, &case_shape, page, message_text(rq->lang, N_("Returns and exchanges")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

/* ---- doing ---- */

/* As people write it, or in minor units. */
static int read_amount(struct req *rq, const struct aftercase *c, int64_t *ret_amount,
                       struct err *err)
{
    struct str price = req_text(rq, "price");
    struct money unit = money(0, c->currency);
    if (price.len == 0)
        return req_int(rq, "amount", 0, 0, INT64_MAX, ret_amount, err);
    if (!money_parse(price, unit.currency, ret_amount) || *ret_amount < 0)
        return err_field(err, "amount", N_("An amount such as 12.50, please."));
    return 0;
}

/* As what the reader does it: whichever of their sides may. */
static enum after_role role_for(const struct aftercase *c, int roles, enum after_act act,
                                int64_t now)
{
    static const enum after_role all[] = { AFTER_BUYER, AFTER_SUPPLIER, AFTER_STAFF };
    enum after_role first = AFTER_SHOP;
    for (size_t i = 0; i < ARRAY_LEN(all); i++) {
        if (!(roles & (int)all[i]))
            continue;
        if (after_may(c, all[i], now) & (UINT32_C(1) << act))
            return all[i];
        if (first == AFTER_SHOP)
            first = all[i];
    }
    return first;
}

static int act(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct aftercase c = { 0 };
    int roles = 0;
    char id[ID_TEXT_MAX];
    struct after_deed deed = { .act = after_act_of(req_text(rq, "act")),
                               .actor = rq->viewer.actor,
                               .words = req_raw(rq, "words"),
                               .carrier = req_text(rq, "carrier"),
                               .tracking = req_text(rq, "tracking") };
    int rc = find_case(rq, db, &c, &roles, err);
    if (rc == 0 && deed.act == 0)
        rc = err_field(err, "act", N_("Choose one of these."));
    if (rc == 0)
        rc = read_amount(rq, &c, &deed.amount, err);
    if (rc == 0)
        rc = after_photo_read(rq, db, &deed.media, err);
    if (rc < 0)
        return rc;
    deed.role = role_for(&c, roles, deed.act, rq->now);
    rc = after_do(db, rq->arena, c.id, &deed, err);
    if (rc == 0)
        answer_see_other(
            ret, arena_printf(rq->arena, "/cases/%.*s", STR_ARG(id_text(id, "case", c.id))));
    return rc;
}

/* ---- lists ---- */

static void list_json(struct json_out *j, const void *data)
{
    const struct after_list *list = data;
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < list->n; i++) {
        const struct after_row *r = &list->rows[i];
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "case", r->id));
        json_member_str(j, "order", id_text(id, "ord", r->order));
        json_member_str(j, "kind", str_from(r->kind == AFTER_EXCHANGE ? "exchange" : "return"));
        json_member_str(j, "state", str_from(after_state_name(r->state)));
        json_member_str(j, "reason", str_from(after_reason_name(r->reason)));
        json_member_str(j, "name", r->name);
        json_member_int(j, "quantity", r->quantity);
        json_member_int(j, "value", r->value.minor);
        json_end_object(j);
    }
    json_end_array(j);
    if (list->more.len)
        json_member_str(j, "more", list->more);
    json_end_object(j);
}

static const struct shape list_shape = { .html = after_list_view_any,
                                         .fragment = after_list_more_any,
                                         .json = list_json };

/* The three lists give rows of the same columns. */
static int read_rows(struct req *rq, struct db *db, enum after_side side, int64_t before, int64_t n,
                     struct aftercases_of_buyer_rows *ret, struct err *err)
{
    struct aftercases_of_supplier_rows shop = { 0 };
    struct aftercases_in_dispute_rows disputes = { 0 };
    int rc = 0;
    if (side == AFTER_SIDE_MINE)
        return aftercases_of_buyer(db, rq->arena, rq->viewer.actor, before, n, ret, err);
    if (side == AFTER_SIDE_SHOP)
        rc = aftercases_of_supplier(db, rq->arena, rq->viewer.actor, before, n, &shop, err);
    else
        rc = aftercases_in_dispute(db, rq->arena, before, n, &disputes, err);
    ret->n = shop.n + disputes.n;
    ret->v = arena_new_array(rq->arena, ret->n ? ret->n : 1, struct aftercases_of_buyer_row);
    if (rc == 0 && !ret->v)
        rc = err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < ret->n; i++) {
        const struct aftercases_of_supplier_row *s = i < shop.n ? &shop.v[i] : NULL;
        const struct aftercases_in_dispute_row *d = s ? NULL : &disputes.v[i - shop.n];
        ret->v[i] =
            s ? (struct aftercases_of_buyer_row){ s->id,     s->shop_order, s->kind,     s->state,
                                                  s->reason, s->quantity,   s->currency, s->value,
                                                  s->name,   s->options }
              : (struct aftercases_of_buyer_row){ d->id,     d->shop_order, d->kind,     d->state,
                                                  d->reason, d->quantity,   d->currency, d->value,
                                                  d->name,   d->options };
    }
    return rc;
}

static int cases(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct after_list *list = arena_new(rq->arena, struct after_list);
    struct aftercases_of_buyer_rows rows = { 0 };
    struct page at;
    if (!list)
        return err_detail(err, ERR_NOMEM, "arena full");
    list->shop = rq->viewer.roles & ROLE_SUPPLIER;
    list->staff = rq->viewer.roles & ROLE_OPERATOR;
    struct str side = req_text(rq, "side");
    if (str_eq_c(side, "shop"))
        list->side = AFTER_SIDE_SHOP;
    if (str_eq_c(side, "disputes") && list->staff)
        list->side = AFTER_SIDE_DISPUTES;
    int rc = page_read(rq, 1, PAGE_ROWS, &at, err);
    if (rc == 0)
        rc =
            read_rows(rq, db, list->side, at.has ? at.key[0] : INT64_MAX, at.limit + 1, &rows, err);
    if (rc < 0)
        return rc;
    list->n = rows.n > (size_t)at.limit ? (size_t)at.limit : rows.n;
    struct after_row *out = arena_new_array(rq->arena, list->n ? list->n : 1, struct after_row);
    if (!out)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < list->n; i++)
        out[i] = (struct after_row){ .id = rows.v[i].id,
                                     .order = rows.v[i].shop_order,
                                     .quantity = rows.v[i].quantity,
                                     .kind = (enum after_kind)rows.v[i].kind,
                                     .state = (enum after_state)rows.v[i].state,
                                     .reason = (enum after_reason)rows.v[i].reason,
                                     .value = money(rows.v[i].value, rows.v[i].currency),
                                     .name = rows.v[i].name,
                                     .options = rows.v[i].options };
    list->rows = out;
    if (list->n)
        list->more = page_next(rq, &at, rows.n, &out[list->n - 1].id);
    answer_page(ret, &list_shape, list, message_text(rq->lang, N_("Returns and exchanges")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

const struct route aftersales_routes[] = {
    { METHOD_GET, "/orders/:order/return", after_form_show, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/orders/:order/return", after_form_send, WHO_MEMBER, RUNS_WRITE, RATE_HEAVY,
      .body_max = ROUTE_BODY_PHOTO, .prepare = after_photo_prepare, .form = after_form_show },
    { METHOD_GET, "/cases", cases, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_GET, "/cases/:case", show, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/cases/:case", act, WHO_MEMBER, RUNS_WRITE, RATE_HEAVY,
      .body_max = ROUTE_BODY_PHOTO, .prepare = after_photo_prepare, .form = show },
    { 0 },
};
