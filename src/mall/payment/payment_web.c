#include "mall/payment/payment_web.h"

#include "base/id.h"
#include "codec/json_out.h"
#include "gen/payment_sql.h"
#include "gen/payment_views.h"
#include "mall/order/order.h"
#include "mall/payment/payment_provider.h"
#include "words/message.h"

static const char *state_name(enum payment_state state)
{
    static const char *const names[] = { "", "open", "paid", "failed", "refunded" };
    return state >= PAYMENT_OPEN && state <= PAYMENT_REFUNDED ? names[state] : "";
}

static const char *charge_name(enum test_charge_state state)
{
    static const char *const names[] = { "", "open", "paid", "declined" };
    return state >= TEST_OPEN && state <= TEST_DECLINED ? names[state] : "";
}

static void pay_json(struct json_out *j, const void *data)
{
    const struct pay_page *page = data;
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "pay", page->payment));
    json_member_str(j, "provider", STR("test"));
    json_member_str(j, "state", str_from(charge_name(page->state)));
    json_member_int(j, "amount", page->amount.minor);
    json_member_str(j, "currency", str_from(page->amount.currency));
    json_member_str(j, "back", page->back);
    json_end_object(j);
}

static const struct shape pay_shape = { .html = pay_page_view_any, .json = pay_json };

/* The payment that the path names, if the reader is who it was opened for. */
static int payment_of_reader(struct req *rq, struct db *db, struct payment_row_row *ret_payment,
                             struct err *err)
{
    int64_t id;
    struct purchase_brief purchase = { 0 };
    int rc = req_id(rq, "payment", "pay", &id, err);
    if (rc == 0)
        rc = payment_row(db, rq->arena, id, ret_payment, err);
    if (rc == 0)
        rc = order_purchase(db, rq->arena, ret_payment->purchase, &purchase, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && purchase.buyer != rq->viewer.actor))
        return err_set(err, ERR_NOT_FOUND, N_("There is no such payment."));
    return rc;
}

static int charge_of_reader(struct req *rq, struct db *db, struct test_charge *ret_charge,
                            struct err *err)
{
    struct payment_row_row payment = { 0 };
    int rc = payment_of_reader(rq, db, &payment, err);
    return rc < 0 ? rc : test_charge_find(db, rq->arena, payment.id, ret_charge, err);
}

static int pay_show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct test_charge charge = { 0 };
    struct pay_page *page = arena_new(rq->arena, struct pay_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = charge_of_reader(rq, db, &charge, err);
    if (rc < 0)
        return rc;
    *page = (struct pay_page){ .payment = charge.payment,
                               .shop = rq->settings->name,
                               .amount = money(charge.amount, charge.currency),
                               .state = charge.state,
                               .back = charge.back };
    answer_page(ret, &pay_shape, page, message_text(rq->lang, N_("Test payment")));
    ret->head.noindex = true;
    return 0;
}

static int pay_decide(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct test_charge charge = { 0 };
    struct str choice = req_text(rq, "choice");
    bool pay = str_eq_c(choice, "pay");
    int rc = charge_of_reader(rq, db, &charge, err);
    if (rc == 0 && !pay && !str_eq_c(choice, "decline"))
        rc = err_field(err, "choice", N_("Pay or decline?"));
    if (rc == 0)
        rc = test_charge_decide(db, rq->arena, rq->settings, charge.payment, pay, err);
    if (rc == 0)
        answer_see_other(ret, charge.back);
    return rc;
}

/* ---- the pages of the other providers ---- */

static void other_json(struct json_out *j, const void *data)
{
    const struct pay_other *page = data;
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "pay", page->payment));
    json_member_str(j, "provider", page->provider);
    json_member_str(j, "state", str_from(state_name(page->state)));
    json_member_int(j, "amount", page->amount.minor);
    json_member_int(j, "missing", page->missing.minor);
    json_member_str(j, "currency", str_from(page->amount.currency));
    json_member_str(j, "back", page->back);
    if (page->instructions.len)
        json_member_str(j, "instructions", page->instructions);
    if (page->address.len)
        json_member_str(j, "address", page->address);
    json_end_object(j);
}

static const struct shape manual_shape = { .html = pay_manual_view_any, .json = other_json };
static const struct shape stripe_shape = { .html = pay_stripe_view_any, .json = other_json };

static int back_path(struct req *rq, struct db *db, int64_t purchase, struct str *ret_path,
                     struct err *err);

static int other_page(struct req *rq, struct db *db, const struct payment_provider *provider,
                      struct pay_other **ret_page, struct err *err)
{
    struct payment_row_row row = { 0 };
    struct pay_other *page = arena_new(rq->arena, struct pay_other);
    int rc = page ? payment_of_reader(rq, db, &row, err) : err_detail(err, ERR_NOMEM, "arena full");
    if (rc == 0 && !str_eq_c(row.provider, provider->name))
        return err_set(err, ERR_NOT_FOUND, N_("There is no such payment."));
    if (rc < 0)
        return rc;
    int64_t missing = row.amount > row.received ? row.amount - row.received : 0;
    *page = (struct pay_other){ .payment = row.id,
                                .provider = row.provider,
                                .shop = rq->settings->name,
                                .state = (enum payment_state)row.state,
                                .amount = money(row.amount, row.currency),
                                .missing = money(missing, row.currency),
                                .some = row.received > 0,
                                .address = row.address,
                                .instructions = rq->settings->payment_instructions };
    rc = back_path(rq, db, row.purchase, &page->back, err);
    if (rc == 0)
        *ret_page = page;
    return rc;
}

static int manual_show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct pay_other *page;
    int rc = other_page(rq, db, &provider_manual, &page, err);
    if (rc < 0)
        return rc;
    page->address = STR("");
    answer_page(ret, &manual_shape, page, message_text(rq->lang, N_("How to pay")));
    ret->head.noindex = true;
    return 0;
}

/* Checkout is opened by a job; until its page is known the buyer waits here. */
static int stripe_show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct pay_other *page;
    int rc = other_page(rq, db, &provider_stripe, &page, err);
    if (rc < 0)
        return rc;
    page->instructions = STR("");
    if (page->state == PAYMENT_OPEN && page->address.len && !rq->json) {
        answer_see_other(ret, page->address);
        return 0;
    }
    answer_page(ret, &stripe_shape, page, message_text(rq->lang, N_("To the payment page")));
    ret->head.noindex = true;
    if (page->state == PAYMENT_OPEN)
        answer_header(ret, "Refresh", STR("1"));
    return 0;
}

/* The page of what was bought: the order, or all of them. */
static int back_path(struct req *rq, struct db *db, int64_t purchase, struct str *ret_path,
                     struct err *err)
{
    const int64_t *orders;
    size_t n;
    char id[ID_TEXT_MAX];
    int rc = order_ids_of_purchase(db, rq->arena, purchase, &orders, &n, err);
    if (rc < 0)
        return rc;
    struct str text = id_text(id, "ord", orders[0]);
    *ret_path = n == 1 ? arena_printf(rq->arena, "/orders/%.*s", STR_ARG(text)) : STR("/orders");
    return 0;
}

/* Where a buyer pays: the page of the payment that is open already, so that
 * nobody pays twice by tapping twice; else that of a new one. */
static int pay_again(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t id;
    struct purchase_brief purchase = { 0 };
    struct payment_brief newest = { 0 };
    struct str back, address;
    int rc = req_id(rq, "purchase", "buy", &id, err);
    if (rc == 0)
        rc = order_purchase(db, rq->arena, id, &purchase, err);
    if (rc == 0 && purchase.buyer != rq->viewer.actor)
        rc = err_set(err, ERR_NOT_FOUND, N_("There is no such order."));
    if (rc < 0)
        return rc;
    rc = payment_of_purchase(db, rq->arena, id, &newest, err);
    if (rc == 0 && newest.state == PAYMENT_OPEN && purchase.state == PURCHASE_OPEN) {
        answer_see_other(ret, payment_path(rq->arena, newest.provider, newest.id));
        return 0;
    }
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        rc = 0;
    }
    if (rc == 0)
        rc = back_path(rq, db, id, &back, err);
    if (rc == 0)
        rc = payment_open(db, rq->arena, rq->settings, id, back, &address, err);
    if (rc == 0)
        answer_see_other(ret, address);
    return rc;
}

static void part_json(struct json_out *j, const void *data)
{
    const struct payment_part *part = data;
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_int(j, "amount", part->amount.minor);
    json_member_str(j, "currency", str_from(part->amount.currency));
    json_member_bool(j, "payable", part->payable);
    if (part->payment) {
        json_member_str(j, "id", id_text(id, "pay", part->payment));
        json_member_str(j, "state", str_from(state_name(part->state)));
        json_member_bool(j, "decided", part->decided);
    }
    json_end_object(j);
}

/* Whether the buyer has told the provider, and it has yet to tell us. */
static int find_decided(struct req *rq, struct db *db, struct payment_part *part, struct err *err)
{
    struct test_charge charge = { 0 };
    if (part->state != PAYMENT_OPEN || !str_eq_c(str_from(part->provider), provider_test.name))
        return 0;
    int rc = test_charge_find(db, rq->arena, part->payment, &charge, err);
    if (rc == 0)
        part->decided = charge.state != TEST_OPEN;
    return rc;
}

static int fill_part(struct req *rq, struct db *db, int64_t order, struct part *ret_part,
                     struct err *err)
{
    struct order_brief brief;
    struct purchase_brief purchase = { 0 };
    struct payment_brief newest = { 0 };
    int rc = order_brief(db, rq->arena, order, &brief, err);
    if (rc < 0 || brief.buyer != rq->viewer.actor)
        return rc;
    rc = order_purchase(db, rq->arena, brief.purchase, &purchase, err);
    if (rc < 0)
        return rc;
    struct payment_part *part = arena_new(rq->arena, struct payment_part);
    if (!part)
        return err_detail(err, ERR_NOMEM, "arena full");
    *part = (struct payment_part){ .purchase = purchase.id,
                                   .amount = money(purchase.total, purchase.currency),
                                   .payable = purchase.state == PURCHASE_OPEN,
                                   .bought = purchase.state == PURCHASE_PAID };
    rc = payment_of_purchase(db, rq->arena, purchase.id, &newest, err);
    if (rc == 0) {
        part->payment = newest.id;
        part->state = newest.state;
        part->provider = newest.provider;
        rc = find_decided(rq, db, part, err);
    } else if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        rc = 0;
    }
    *ret_part = (struct part){ payment_part_view_any, part_json, part };
    return rc;
}

int payment_slot(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                 struct part *ret_parts, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = fill_part(rq, db, ids[i], &ret_parts[i], err);
    return rc;
}

const struct route payment_routes[] = {
    { METHOD_GET, "/pay/test/:payment", pay_show, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/pay/test/:payment", pay_decide, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = pay_show },
    { METHOD_POST, "/purchases/:purchase/pay", pay_again, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_GET, "/pay/manual/:payment", manual_show, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_GET, "/pay/stripe/:payment", stripe_show, WHO_MEMBER, RUNS_READ, RATE_READ },
    { 0 },
};
