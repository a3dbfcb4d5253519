#include "mall/payment/desk_web.h"

#include "account/staff/staff.h"
#include "base/id.h"
#include "codec/json_out.h"
#include "gen/payment_sql.h"
#include "gen/payment_views.h"
#include "mall/ledger/ledger.h"
#include "mall/payment/payment_provider.h"
#include "words/message.h"
#include "words/text.h"

#define SHOWN 100

static void desk_json(struct json_out *j, const void *data)
{
    const struct desk_page *page = data;
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_key(j, "payments");
    json_begin_array(j);
    for (size_t i = 0; i < page->n_payments; i++) {
        const struct desk_payment *p = &page->payments[i];
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "pay", p->payment));
        json_member_int(j, "amount", p->amount.minor);
        json_member_int(j, "missing", p->missing.minor);
        json_member_str(j, "currency", str_from(p->amount.currency));
        json_end_object(j);
    }
    json_end_array(j);
    json_key(j, "refunds");
    json_begin_array(j);
    for (size_t i = 0; i < page->n_refunds; i++) {
        const struct desk_refund *r = &page->refunds[i];
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "rfd", r->refund));
        if (r->order)
            json_member_str(j, "order", id_text(id, "ord", r->order));
        json_member_str(j, "state", r->state == REFUND_FAILED ? STR("failed") : STR("asked"));
        json_member_int(j, "amount", r->amount.minor);
        json_member_str(j, "currency", str_from(r->amount.currency));
        json_end_object(j);
    }
    json_end_array(j);
    json_key(j, "apart");
    json_begin_array(j);
    for (size_t i = 0; i < page->apart.n; i++) {
        const struct reconcile_line *l = &page->apart.lines[i];
        json_begin_object(j);
        json_member_str(
            j, "id", l->payment ? id_text(id, "pay", l->payment) : id_text(id, "rfd", l->refund));
        json_member_int(j, "ours", l->ours.minor);
        json_member_int(j, "theirs", l->theirs.minor);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static const struct shape desk_shape = { .html = desk_page_view_any, .json = desk_json };

static int fill_payments(struct req *rq, struct db *db, struct desk_page *page, struct err *err)
{
    struct payment_by_hand_rows rows = { 0 };
    int rc = payment_by_hand(db, rq->arena, INT64_MAX, SHOWN, &rows, err);
    struct desk_payment *list = arena_new_array(rq->arena, rows.n + 1, struct desk_payment);
    if (rc == 0 && !list)
        rc = err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        list[i] = (struct desk_payment){
            rows.v[i].id, rows.v[i].purchase, money(rows.v[i].amount, rows.v[i].currency),
            money(rows.v[i].amount - rows.v[i].received, rows.v[i].currency)
        };
    page->payments = list;
    page->n_payments = rows.n;
    return rc;
}

static int fill_refunds(struct req *rq, struct db *db, struct desk_page *page, struct err *err)
{
    struct refunds_open_rows rows = { 0 };
    int rc = refunds_open(db, rq->arena, INT64_MAX, SHOWN, &rows, err);
    struct desk_refund *list = arena_new_array(rq->arena, rows.n + 1, struct desk_refund);
    if (rc == 0 && !list)
        rc = err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct refunds_open_row *row = &rows.v[i];
        list[i] = (struct desk_refund){ .refund = row->id,
                                        .order = row->shop_order,
                                        .state = (enum refund_state)row->state,
                                        .amount = money(row->amount, row->currency),
                                        .asked = row->asked,
                                        .by_hand = str_eq_c(row->provider, provider_manual.name) ||
                                                   row->state == REFUND_FAILED };
    }
    page->refunds = list;
    page->n_refunds = rows.n;
    return rc;
}

static int desk(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct desk_page *page = arena_new(rq->arena, struct desk_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = fill_payments(rq, db, page, err);
    if (rc == 0)
        rc = fill_refunds(rq, db, page, err);
    if (rc == 0)
        rc = reconcile_read(db, rq->arena, SHOWN, &page->apart, err);
    if (rc < 0)
        return rc;
    page->collects_for_others = rq->settings->payment_collect_for_others;
    page->done = req_on(rq, "done");
    answer_page(ret, &desk_shape, page, message_text(rq->lang, N_("Payments")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static int did(struct req *rq, struct db *db, const char *act, int64_t object, struct str reason,
               struct answer *ret, struct err *err)
{
    int rc = staff_note(db,
                        &(struct staff_act){ .actor = rq->viewer.actor,
                                             .act = act,
                                             .object_kind = "payment",
                                             .object = object,
                                             .reason = reason },
                        err);
    if (rc == 0)
        answer_see_other(ret, STR("/operator/payments?done=1"));
    return rc;
}

/* What was written into "amount", in that currency; above 0. */
static int read_amount(struct req *rq, struct str currency, int64_t *ret_amount, struct err *err)
{
    struct money probe = money(0, currency);
    if (!money_parse(req_text(rq, "amount"), probe.currency, ret_amount) || *ret_amount == 0)
        return err_field(err, "amount", N_("An amount such as 12.50, please."));
    return 0;
}

static int read_line(struct req *rq, const char *name, struct str *ret_text, struct err *err)
{
    int rc = text_clean(rq->arena, req_text(rq, name), TEXT_LINE, ret_text, err);
    if (rc == 0 && ret_text->len == 0)
        rc = err_field(err, name, N_("Please fill this in."));
    if (rc == 0 && text_count(*ret_text) > 100)
        rc = err_field_n(err, name, N_("At most {n} characters, please."), 100);
    return rc;
}

static int received(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct payment_row_row row = { 0 };
    int64_t id, amount = 0;
    struct str reference = STR("");
    int rc = req_id(rq, "payment", "pay", &id, err);
    if (rc == 0)
        rc = payment_row(db, rq->arena, id, &row, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such payment."));
    if (rc == 0)
        rc = read_amount(rq, row.currency, &amount, err);
    if (rc == 0)
        rc = read_line(rq, "reference", &reference, err);
    if (rc == 0)
        rc = payment_received(db, rq->arena, id, amount, reference, rq->viewer.actor, err);
    return rc < 0 ? rc : did(rq, db, "payment.received", id, reference, ret, err);
}

static int refund_done(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct refund_row_row row = { 0 };
    int64_t id;
    struct str reference = STR("");
    int rc = req_id(rq, "refund", "rfd", &id, err);
    if (rc == 0)
        rc = refund_row(db, rq->arena, id, &row, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such refund."));
    if (rc == 0)
        rc = read_line(rq, "reference", &reference, err);
    if (rc < 0)
        return rc;
    if (!str_eq_c(row.provider, provider_manual.name) && row.state != REFUND_FAILED)
        return err_set(err, ERR_CONFLICT, N_("The provider gives this back by itself."));
    const struct refund_message message = { .provider = row.provider,
                                            .refund = id,
                                            .amount = row.amount,
                                            .currency = row.currency,
                                            .reference = reference,
                                            .done = true };
    rc = payment_refund_told(db, rq->arena, &message, err);
    return rc < 0 ? rc : did(rq, db, "refund.done", id, reference, ret, err);
}

static int refund_retry(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t id;
    int rc = req_id(rq, "refund", "rfd", &id, err);
    if (rc == 0)
        rc = payment_refund_again(db, id, err);
    return rc < 0 ? rc : did(rq, db, "refund.again", id, STR(""), ret, err);
}

static void given_json(struct json_out *j, const void *data)
{
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "refund", id_text(id, "rfd", *(const int64_t *)data));
    json_end_object(j);
}

static const struct shape given_shape = { .json = given_json };

/* Lines are counted from 1, as people do; without one it is the delivery. */
static int give_back(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct order_money order;
    struct payment_refund refund = { .by = rq->viewer.actor, .position = -1 };
    int64_t line = 0, *id = arena_new(rq->arena, int64_t);
    int rc = id ? req_id(rq, "order", "ord", &refund.shop_order, err)
                : err_detail(err, ERR_NOMEM, "arena full");
    if (rc == 0)
        rc = ledger_order(db, rq->arena, refund.shop_order, &order, err);
    if (rc == 0)
        rc = req_int(rq, "line", 0, 0, INT32_MAX, &line, err);
    refund.position = (int)line - 1;
    if (rc == 0)
        rc = read_amount(rq, order.currency, &refund.amount, err);
    if (rc == 0)
        rc = read_line(rq, "reason", &refund.reason_key, err);
    if (rc == 0)
        rc = payment_refund(db, rq->arena, &refund, id, err);
    if (rc == 0)
        rc = did(rq, db, "refund.given", refund.shop_order, refund.reason_key, ret, err);
    if (rc == 0) {
        ret->shape = &given_shape;
        ret->data = id;
    }
    return rc;
}

const struct route payment_desk_routes[] = {
    { METHOD_GET, "/operator/payments", desk, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { METHOD_POST, "/operator/payments/:payment/received", received, WHO_OPERATOR, RUNS_WRITE,
      RATE_WRITE, .body_max = ROUTE_BODY_FORM, .form = desk },
    { METHOD_POST, "/operator/refunds/:refund/done", refund_done, WHO_OPERATOR, RUNS_WRITE,
      RATE_WRITE, .body_max = ROUTE_BODY_FORM, .form = desk },
    { METHOD_POST, "/operator/refunds/:refund/again", refund_retry, WHO_OPERATOR, RUNS_WRITE,
      RATE_WRITE, .body_max = ROUTE_BODY_FORM, .form = desk },
    { METHOD_POST, "/operator/orders/:order/refund", give_back, WHO_OPERATOR, RUNS_WRITE,
      RATE_WRITE, .body_max = ROUTE_BODY_FORM, .form = desk },
    { 0 },
};
