#include "mall/aftersales/aftersales.h"

#include "base/clock.h"
#include "base/money.h"
#include "gen/aftersales_sql.h"
#include "mall/aftersales/aftersales_int.h"
#include "mall/order/order.h"
#include "mall/stock/stock.h"
#include "store/doctor.h"

#include <inttypes.h>

bool after_window_open(struct opt_int delivered, int64_t days, int64_t now)
{
    if (days <= 0)
        return false;
    return !delivered.has || now < delivered.value + (days + 1) * TIME_DAY;
}

int after_pieces_left(struct db *db, int64_t order, int64_t position, int64_t quantity,
                      int64_t *ret_left, struct err *err)
{
    struct aftercase_pieces_row row = { 0 };
    int rc = aftercase_pieces(db, NULL, order, position, &row, err);
    if (rc == 0)
        *ret_left = quantity - row.pieces;
    return rc;
}

int after_find(struct db *db, struct arena *a, int64_t id, struct aftercase *ret_case,
               struct err *err)
{
    struct aftercase_row_row row = { 0 };
    int rc = aftercase_row(db, a, id, &row, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such case."));
    if (rc < 0)
        return rc;
    *ret_case = (struct aftercase){ .id = row.id,
                                    .order = row.shop_order,
                                    .position = row.position,
                                    .buyer = row.buyer,
                                    .supplier = row.supplier,
                                    .kind = (enum after_kind)row.kind,
                                    .state = (enum after_state)row.state,
                                    .reason = (enum after_reason)row.reason,
                                    .quantity = row.quantity,
                                    .sku = row.sku,
                                    .want_sku = row.want_sku,
                                    .currency = row.currency,
                                    .value = row.value,
                                    .difference = row.difference,
                                    .refunded = row.refunded,
                                    .way_back = (enum way_back)row.way_back,
                                    .disposal = (enum after_disposal)row.disposal,
                                    .purchase = row.purchase,
                                    .disputed = row.disputed,
                                    .answered = row.answered,
                                    .closed = row.closed,
                                    .simulated = row.simulated };
    return 0;
}

/* ---- opening ---- */

/* What is known of what is asked for. */
struct asked {
    const struct after_request *request;
    struct order_brief order;
    struct aftercase_line_row line;
    struct aftercase_want_row want;
    int64_t left, value, difference;
};

static int read_order(struct db *db, struct arena *a, struct asked *k, struct err *err)
{
    const struct after_request *r = k->request;
    int rc = order_brief(db, a, r->order, &k->order, err);
    if (rc < 0)
        return rc;
    if (k->order.buyer != r->buyer)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such order."));
    rc = aftercase_line(db, a, r->order, r->position, &k->line, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such line in this order."));
    if (rc == 0)
        rc = after_pieces_left(db, r->order, r->position, k->line.quantity, &k->left, err);
    return rc;
}

static int check_asked(struct db *db, const struct asked *k, struct err *err)
{
    const struct after_request *r = k->request;
    if (k->order.state != ORDER_SHIPPED && k->order.state != ORDER_DELIVERED &&
        k->order.state != ORDER_CLOSED)
        return err_set(err, ERR_CONFLICT,
                       N_("Nothing to send back yet: it has not left. You can cancel it."));
    if (r->kind != AFTER_RETURN && r->kind != AFTER_EXCHANGE)
        return err_field(err, "kind", N_("Choose one of these."));
    if (r->reason < AFTER_REASON_NONE || r->reason >= AFTER_REASONS)
        return err_field(err, "reason", N_("Choose one of these."));
    if (r->quantity < 1 || r->quantity > k->left)
        return err_field(err, "quantity", N_("So many of it are not left to be sent back."));
    if (r->reason != AFTER_REASON_NONE)
        return r->words.len || r->media ? 0
                                        : err_field(err, "words", N_("Say what is wrong with it."));
    if (k->line.return_days <= 0)
        return err_set(err, ERR_CONFLICT,
                       N_("This is not taken back without a reason. Say what is wrong with it."));
    if (!after_window_open(k->order.delivered, k->line.return_days, db_now(db)))
        return err_set(err, ERR_CONFLICT,
                       N_("The time to send it back without a reason is over. If something is "
                          "wrong with it, say so."));
    return 0;
}

/* What was paid for these pieces: pieces sum to the line, whatever their order. */
static int find_value(struct db *db, struct arena *a, struct asked *k, struct err *err)
{
    int64_t paid = 0, all = k->line.quantity, used = all - k->left;
    int rc = after_line_paid(db, a, k->request->order, k->request->position, &paid, err);
    k->value = paid * (used + k->request->quantity) / all - paid * used / all;
    return rc;
}

static int find_want(struct db *db, struct arena *a, struct asked *k, struct err *err)
{
    int64_t price = 0;
    if (k->request->kind != AFTER_EXCHANGE)
        return 0;
    int rc = aftercase_want(db, a, k->request->want_sku, &k->want, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && (k->want.supplier != k->order.supplier ||
                                            !str_eq(k->want.currency, k->order.currency)))) {
        err_clear(err);
        return err_field(err, "want_sku", N_("Choose one of these."));
    }
    if (rc < 0)
        return rc;
    if (!money_multiply(k->want.price, k->request->quantity, &price))
        return err_detail(err, ERR_INTERNAL, "an exchange passes the largest amount");
    k->difference = price - k->value;
    if (k->difference > 0) /* it is asked for by the piece */
        k->difference -= k->difference % k->request->quantity;
    return 0;
}

static int insert(struct db *db, struct arena *a, const struct asked *k, int64_t id,
                  struct err *err)
{
    struct order_policy policy = { 0 };
    struct purchase_brief purchase = { 0 };
    const struct after_request *r = k->request;
    int rc = order_policy_by_id(db, a, k->line.policy, &policy, err);
    if (rc == 0)
        rc = order_purchase(db, a, k->order.purchase, &purchase, err);
    if (rc < 0)
        return rc;
    const struct aftercase_insert_args row = {
        .id = id,
        .shop_order = r->order,
        .position = r->position,
        .buyer = r->buyer,
        .supplier = k->order.supplier,
        .kind = r->kind,
        .reason = r->reason,
        .quantity = r->quantity,
        .sku = k->line.sku,
        .want_sku = r->kind == AFTER_EXCHANGE ? r->want_sku : 0,
        .currency = k->order.currency,
        .value = k->value,
        .difference = k->difference,
        .way_back = r->reason == AFTER_REASON_NONE ? policy.way_back : WAY_BACK_SUPPLIER,
        .simulated = purchase.simulated,
    };
    rc = aftercase_insert(db, &row, NULL, err);
    if (rc == 0 && r->kind == AFTER_EXCHANGE)
        rc = stock_hold(db, id, (struct stock_need){ r->want_sku, r->quantity }, err);
    return rc;
}

/* The first entry; without a reason the second is that it is accepted. */
static int begin(struct db *db, struct arena *a, const struct asked *k, int64_t id, struct err *err)
{
    const struct after_request *r = k->request;
    struct aftercase c = { 0 };
    struct after_deed deed = { .act = AFTER_DO_REQUEST,
                               .actor = r->buyer,
                               .role = AFTER_BUYER,
                               .words = r->words,
                               .carrier = STR(""),
                               .tracking = STR(""),
                               .media = r->media };
    int rc = after_find(db, a, id, &c, err);
    if (rc == 0)
        rc = after_tell(db, a, &c, &deed, EVENT_RETURN_OPENED, err);
    if (rc < 0 || r->reason != AFTER_REASON_NONE)
        return rc;
    deed = (struct after_deed){ .act = AFTER_DO_ACCEPT,
                                .role = AFTER_SHOP,
                                .words = STR(""),
                                .carrier = STR(""),
                                .tracking = STR("") };
    rc = aftercase_step(db, id, AFTER_REQUESTED, AFTER_ACCEPTED, (struct opt_int){ 0 }, NULL, err);
    c.state = AFTER_ACCEPTED;
    return rc < 0 ? rc : after_tell(db, a, &c, &deed, EVENT_RETURN_ACCEPTED, err);
}

int after_open(struct db *db, struct arena *a, const struct after_request *request,
               int64_t *ret_case, struct err *err)
{
    struct after_request clean = *request;
    struct after_deed said = {
        .act = AFTER_DO_REQUEST, .words = request->words, .carrier = STR(""), .tracking = STR("")
    };
    struct asked k = { .request = &clean };
    int64_t id = db_new_id(db);
    int rc = after_clean(a, &said, err);
    clean.words = said.words;
    if (rc == 0)
        rc = read_order(db, a, &k, err);
    if (rc == 0)
        rc = check_asked(db, &k, err);
    if (rc == 0)
        rc = find_value(db, a, &k, err);
    if (rc == 0)
        rc = find_want(db, a, &k, err);
    if (rc == 0)
        rc = insert(db, a, &k, id, err);
    if (rc == 0)
        rc = begin(db, a, &k, id, err);
    if (rc == 0)
        *ret_case = id;
    return rc;
}

/* ---- the proof ---- */

static int cases_page(struct db *db, struct arena *a, struct doctor_page *page, struct err *err)
{
    struct aftercase_doctor_rows_rows rows = { 0 };
    int rc = aftercase_doctor_rows(db, a, page->after, DOCTOR_PAGE, &rows, err);
    if (rc == 0)
        doctor_rows(page, rows.n);
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct aftercase_doctor_rows_row *row = &rows.v[i];
        page->after = row->id;
        if (row->refunded != row->back || row->refunded > row->value || row->refunded < 0)
            doctor_wrong(page->doctor,
                         "case %" PRId64 ": %" PRId64 " of %" PRId64
                         " given back, refunds %" PRId64,
                         row->id, row->refunded, row->value, row->back);
        if (row->opened != 1)
            doctor_wrong(page->doctor, "case %" PRId64 ": opened %" PRId64 " times", row->id,
                         row->opened);
        if (row->closed.has != after_is_over((enum after_state)row->state))
            doctor_wrong(page->doctor, "case %" PRId64 ": its end does not fit state %" PRId64,
                         row->id, row->state);
    }
    return rc;
}

int aftersales_doctor(struct store *store, struct doctor *d, struct err *err)
{
    return doctor_rule(store, d, cases_page, "cases agree with their entries and refunds", err);
}
