#include "mall/payment/payment_web.h"

#include "base/clock.h"
#include "base/id.h"
#include "codec/json_in.h"
#include "codec/json_out.h"
#include "codec/webhook_sign.h"
#include "gen/payment_sql.h"
#include "gen/payment_views.h"
#include "mall/order/order.h"
#include "words/message.h"

#define MESSAGE_BYTES_MAX (16 * 1024)

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

static struct str pay_path(struct arena *a, int64_t payment)
{
    char id[ID_TEXT_MAX];
    struct str text = id_text(id, "pay", payment);
    return arena_printf(a, "/pay/test/%.*s", STR_ARG(text));
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

/* The charge that the path names, if the reader is who it was opened for. */
static int charge_of_reader(struct req *rq, struct db *db, struct test_charge *ret_charge,
                            struct err *err)
{
    int64_t id;
    struct payment_row_row payment = { 0 };
    struct purchase_brief purchase = { 0 };
    int rc = req_id(rq, "payment", "pay", &id, err);
    if (rc == 0)
        rc = payment_row(db, rq->arena, id, &payment, err);
    if (rc == 0)
        rc = order_purchase(db, rq->arena, payment.purchase, &purchase, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && purchase.buyer != rq->viewer.actor))
        return err_set(err, ERR_NOT_FOUND, N_("There is no such payment."));
    if (rc == 0)
        rc = test_charge_find(db, rq->arena, id, ret_charge, err);
    return rc;
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
        rc = test_charge_decide(db, rq->arena, charge.payment, pay, err);
    if (rc == 0)
        answer_see_other(ret, charge.back);
    return rc;
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
        answer_see_other(ret, pay_path(rq->arena, newest.id));
        return 0;
    }
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        rc = 0;
    }
    if (rc == 0)
        rc = back_path(rq, db, id, &back, err);
    if (rc == 0)
        rc = payment_open(db, rq->arena, id, back, &address, err);
    if (rc == 0)
        answer_see_other(ret, address);
    return rc;
}

/* What a message was read as: of a payment or of a refund. */
struct word {
    struct payment_message payment;
    struct refund_message refund;
    bool of_refund;
};

/* The type's word; false for a message of a type that does not concern us. */
static bool word_of_type(struct str type, struct word *word)
{
    word->of_refund = str_starts(type, STR("refund."));
    word->refund.done = str_eq_c(type, "refund.done");
    word->payment.state = str_eq_c(type, "payment.paid") ? PAYMENT_PAID : PAYMENT_FAILED;
    return str_eq_c(type, "payment.paid") || str_eq_c(type, "payment.failed") ||
           word->refund.done || str_eq_c(type, "refund.failed");
}

static int read_word(struct req *rq, struct str name, struct word *word, struct err *err)
{
    struct params fields;
    params_init(&fields, rq->arena);
    int rc = json_in_parse(rq->raw_body, &fields, err);
    if (rc < 0 || !word_of_type(params_get(&fields, "type"), word))
        return rc < 0 ? rc : 0;
    int64_t amount;
    bool known = word->of_refund
                     ? id_parse(params_get(&fields, "data.refund"), "rfd", &word->refund.refund)
                     : id_parse(params_get(&fields, "data.payment"), "pay", &word->payment.payment);
    if (!known || !params_int(&fields, "data.amount", &amount))
        return err_set(err, ERR_MALFORMED, N_("The message does not say which payment it means."));
    word->payment.provider = word->refund.provider = STR("test");
    word->payment.name = word->refund.reference = arena_str(rq->arena, name);
    word->payment.amount = word->refund.amount = amount;
    word->payment.currency = word->refund.currency = params_get(&fields, "data.currency");
    rq->prepared = word;
    return 0;
}

/* Check and read a message before it takes the writer's time. prepared stays
 * NULL for a message of a type that does not concern us. */
static int told_prepare(struct req *rq, struct err *err)
{
    const struct webhook_headers headers = { .id = req_header(rq, "webhook-id"),
                                             .timestamp = req_header(rq, "webhook-timestamp"),
                                             .signature = req_header(rq, "webhook-signature") };
    int rc = webhook_check(rq->settings->payment_secret, &headers, rq->raw_body,
                           rq->now / TIME_SECOND, WEBHOOK_TOLERANCE, err);
    if (rc < 0)
        return rc;
    struct word *word = arena_new(rq->arena, struct word);
    return word ? read_word(rq, headers.id, word, err) : err_detail(err, ERR_NOMEM, "arena full");
}

static int told(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    const struct word *word = rq->prepared;
    int rc = 0;
    if (word && word->of_refund)
        rc = payment_refund_told(db, rq->arena, &word->refund, err);
    else if (word)
        rc = payment_told(db, rq->arena, &word->payment, err);
    if (rc == 0)
        answer_bytes(ret, "application/json", STR("{}"));
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
    if (part->state != PAYMENT_OPEN)
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
    { METHOD_POST, "/webhooks/test", told, WHO_SIGNED, RUNS_WRITE, RATE_NONE,
      .body_max = MESSAGE_BYTES_MAX, .prepare = told_prepare, .raw_body = true },
    { 0 },
};
