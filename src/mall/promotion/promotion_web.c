#include "mall/promotion/promotion_web.h"

#include "account/staff/staff.h"
#include "base/clock.h"
#include "base/id.h"
#include "codec/date.h"
#include "codec/json_out.h"
#include "gen/promotion_views.h"
#include "web/page.h"
#include "words/message.h"

#define PAGE_ROWS 30

const char *coupon_kind_name(enum coupon_kind kind)
{
    static const char *const names[] = { "", "amount", "percent", "delivery" };
    return kind >= COUPON_AMOUNT && kind <= COUPON_DELIVERY ? names[kind] : "";
}

static void coupon_json(struct json_out *j, const struct coupon *c)
{
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "cpn", c->id));
    json_member_str(j, "code", c->code);
    json_member_str(j, "kind", str_from(coupon_kind_name(c->kind)));
    json_member_int(j, "amount", c->amount);
    json_member_int(j, "percent", c->percent);
    json_member_str(j, "currency", c->currency);
    json_member_int(j, "minimum", c->minimum);
    json_member_int(j, "per_person", c->per_person);
    json_member_int(j, "most", c->most);
    json_member_int(j, "budget", c->budget);
    json_member_int(j, "used", c->used);
    json_member_int(j, "spent", c->spent);
    json_member_int(j, "since", c->since);
    json_member_int(j, "until", c->until);
    json_member_bool(j, "stopped", c->stopped);
    json_end_object(j);
}

static void page_json(struct json_out *j, const void *data)
{
    const struct coupon_page *page = data;
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++)
        coupon_json(j, &page->list[i]);
    json_end_array(j);
    if (page->more.len)
        json_member_str(j, "more", page->more);
    json_end_object(j);
}

static const struct shape page_shape = { .html = coupon_page_view_any, .json = page_json };

static int show(struct req *rq, struct db *db, bool operator_page, struct answer *ret,
                struct err *err)
{
    struct page at;
    size_t n = 0;
    struct coupon_page *page = arena_new(rq->arena, struct coupon_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    page->operator_page = operator_page;
    page->base = operator_page ? STR("/operator/coupons") : STR("/supplier/coupons");
    page->now = rq->now;
    int rc = page_read(rq, 1, PAGE_ROWS, &at, err);
    if (rc == 0)
        rc = coupon_all(db, rq->arena, operator_page ? 0 : rq->viewer.actor,
                        at.has ? at.key[0] : INT64_MAX, (size_t)at.limit + 1, &page->list, &n, err);
    if (rc < 0)
        return rc;
    page->n = n > (size_t)at.limit ? (size_t)at.limit : n;
    if (page->n)
        page->more = page_next(rq, &at, n, &page->list[page->n - 1].id);
    answer_page(ret, &page_shape, page, message_text(rq->lang, N_("Coupons")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static int supplier_list(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    return show(rq, db, false, ret, err);
}

static int operator_list(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    return show(rq, db, true, ret, err);
}

static int read_amount(struct req *rq, const char *field, struct str currency, int64_t *ret,
                       struct err *err)
{
    struct str text = req_text(rq, field);
    *ret = 0;
    if (text.len && !money_parse(text, money(0, currency).currency, ret))
        return err_field(err, field, N_("This is no amount."));
    return 0;
}

/* A day; nothing is `otherwise`. The last day counts whole. */
static int read_day(struct req *rq, const char *field, bool last, int64_t otherwise, int64_t *ret,
                    struct err *err)
{
    struct str text = req_text(rq, field);
    *ret = otherwise;
    if (text.len && !date_read_day(text, ret))
        return err_field(err, field, N_("This is no day."));
    if (text.len && last)
        *ret += TIME_DAY;
    return 0;
}

static int read_coupon(struct req *rq, struct coupon *c, struct err *err)
{
    struct str kind = req_text(rq, "kind"), percent = req_text(rq, "percent");
    char *code = arena_new_array(rq->arena, COUPON_CODE_MAX + 1, char);
    struct str typed = req_text(rq, "code");
    if (!code)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < typed.len && i <= COUPON_CODE_MAX; i++)
        code[i] =
            (char)(typed.ptr[i] >= 'a' && typed.ptr[i] <= 'z' ? typed.ptr[i] - 32 : typed.ptr[i]);
    c->code = (struct str){ code, typed.len > COUPON_CODE_MAX ? COUPON_CODE_MAX + 1 : typed.len };
    for (int k = COUPON_AMOUNT; k <= COUPON_DELIVERY; k++)
        if (str_eq_c(kind, coupon_kind_name((enum coupon_kind)k)))
            c->kind = (enum coupon_kind)k;
    c->currency = arena_str_c(rq->arena, money(0, req_text(rq, "currency")).currency);
    if (req_text(rq, "currency").len != 3)
        return err_field(err, "currency", N_("A currency has three letters."));
    /* "12.5" percent are 1250 parts of ten thousand: two digits, as of a currency. */
    if (percent.len && !money_parse(percent, "EUR", &c->percent))
        return err_field(err, "percent", N_("Between 1 and 100 percent, please."));
    int rc = read_amount(rq, "amount", c->currency, &c->amount, err);
    if (rc == 0)
        rc = read_amount(rq, "minimum", c->currency, &c->minimum, err);
    if (rc == 0)
        rc = read_amount(rq, "budget", c->currency, &c->budget, err);
    if (rc == 0)
        rc = req_int(rq, "per_person", 1, 0, 1000000, &c->per_person, err);
    if (rc == 0)
        rc = req_int(rq, "most", 0, 0, 1000000000, &c->most, err);
    if (rc == 0)
        rc = read_day(rq, "since", false, rq->now, &c->since, err);
    if (rc == 0)
        rc = read_day(rq, "until", true, rq->now + 30 * TIME_DAY, &c->until, err);
    return rc;
}

static int make(struct req *rq, struct db *db, bool operator_page, struct answer *ret,
                struct err *err)
{
    struct coupon coupon = { .supplier = operator_page ? 0 : rq->viewer.actor };
    int64_t id;
    int rc = read_coupon(rq, &coupon, err);
    if (rc == 0)
        rc = coupon_make(db, &coupon, rq->viewer.actor, &id, err);
    if (rc == 0 && operator_page)
        rc = staff_note(db,
                        &(struct staff_act){ .actor = rq->viewer.actor,
                                             .act = "coupon.made",
                                             .object_kind = "coupon",
                                             .object = id,
                                             .name = coupon.code },
                        err);
    if (rc == 0)
        answer_see_other(ret, operator_page ? STR("/operator/coupons") : STR("/supplier/coupons"));
    return rc;
}

static int supplier_make(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    return make(rq, db, false, ret, err);
}

static int operator_make(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    return make(rq, db, true, ret, err);
}

static int supplier_stop(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t id;
    int rc = req_id(rq, "coupon", "cpn", &id, err);
    if (rc == 0)
        rc = coupon_end(db, rq->viewer.actor, id, rq->viewer.actor, err);
    if (rc == 0)
        answer_see_other(ret, STR("/supplier/coupons"));
    return rc;
}

static int operator_stop(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t id;
    int rc = req_id(rq, "coupon", "cpn", &id, err);
    if (rc == 0)
        rc = coupon_end(db, 0, id, rq->viewer.actor, err);
    if (rc == 0)
        rc = staff_note(db,
                        &(struct staff_act){ .actor = rq->viewer.actor,
                                             .act = "coupon.stopped",
                                             .object_kind = "coupon",
                                             .object = id },
                        err);
    if (rc == 0)
        answer_see_other(ret, STR("/operator/coupons"));
    return rc;
}

const struct route coupon_routes[] = {
    { METHOD_GET, "/supplier/coupons", supplier_list, WHO_SUPPLIER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/supplier/coupons", supplier_make, WHO_SUPPLIER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = supplier_list },
    { METHOD_POST, "/supplier/coupons/:coupon/stop", supplier_stop, WHO_SUPPLIER, RUNS_WRITE,
      RATE_WRITE, .body_max = ROUTE_BODY_FORM },
    { METHOD_GET, "/operator/coupons", operator_list, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { METHOD_POST, "/operator/coupons", operator_make, WHO_OPERATOR, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = operator_list },
    { METHOD_POST, "/operator/coupons/:coupon/stop", operator_stop, WHO_OPERATOR, RUNS_WRITE,
      RATE_WRITE, .body_max = ROUTE_BODY_FORM },
    { 0 },
};
