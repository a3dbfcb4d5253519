/* Money that goes back: the books first, then the instruction, then the word that it is done. */

#include "event/body.h"
#include "event/event.h"
#include "gen/payment_sql.h"
#include "job/job.h"
#include "mall/ledger/ledger.h"
#include "mall/order/order.h"
#include "mall/payment/payment_int.h"
#include "mall/payment/payment_provider.h"

static int tell(struct db *db, enum event_kind kind, const struct refund_row_row *r,
                struct err *err)
{
    struct event_body body;
    event_body_init(&body);
    json_member_int(&body.json, "amount", r->amount);
    json_member_str(&body.json, "currency", r->currency);
    json_member_int(&body.json, "position", r->position);
    return event_append_body(db,
                             &(struct event){ .kind = kind,
                                              .actor = r->asked_by,
                                              .object = r->shop_order ? r->shop_order : r->purchase,
                                              .about = r->id,
                                              .simulated = r->simulated },
                             &body, err);
}

int refund_ask(struct db *db, struct arena *a, const struct refund_insert_args *refund,
               struct err *err)
{
    char key[32];
    struct refund_row_row row;
    int rc = refund_insert(db, refund, NULL, err);
    if (rc == 0)
        rc = refund_row(db, a, refund->id, &row, err);
    if (rc == 0)
        rc = tell(db, EVENT_REFUND_ASKED, &row, err);
    if (rc == 0)
        rc = job_add(db, "payment.refund", payment_job_key(key, refund->id), db_now(db), STR(""),
                     err);
    return rc;
}

static const struct order_money_line *line_at(const struct order_money *m, int position)
{
    for (size_t i = 0; i < m->n_lines; i++)
        if (m->lines[i].position == position)
            return &m->lines[i];
    return NULL;
}

/* Never more than was paid, neither for the line nor in all. */
static int check_amount(struct db *db, const struct order_money *m,
                        const struct order_money_line *line, int64_t amount, struct err *err)
{
    struct payment_refunds_sum_row back;
    struct payment_row_row payment;
    struct arena a;
    arena_init(&a, 16 * 1024);
    int rc = payment_row(db, &a, m->payment, &payment, err);
    if (rc == 0)
        rc = payment_refunds_sum(db, &a, m->payment, &back, err);
    if (rc == 0 && (amount <= 0 || amount > line->paid - line->refunded ||
                    amount > payment.amount - back.total))
        rc = err_set(err, ERR_CONFLICT, N_("More than was paid for this cannot be given back."));
    arena_release(&a);
    return rc;
}

int payment_refund(struct db *db, struct arena *a, const struct payment_refund *refund,
                   int64_t *ret_refund, struct err *err)
{
    struct order_money money;
    struct purchase_brief purchase;
    int rc = ledger_order(db, a, refund->shop_order, &money, err);
    if (rc == 0)
        rc = order_purchase(db, a, money.purchase, &purchase, err);
    if (rc < 0)
        return rc;
    const struct order_money_line *line = line_at(&money, refund->position);
    if (!line)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such line in this order."));
    if (money.payment == 0)
        return err_set(err, ERR_CONFLICT, N_("Nothing was paid for this."));
    rc = check_amount(db, &money, line, refund->amount, err);
    if (rc == 0)
        rc = ledger_refund(db, a, &money, line, refund->amount, err);
    if (rc < 0)
        return rc;
    const struct refund_insert_args row = { .id = db_new_id(db),
                                            .payment = money.payment,
                                            .shop_order = refund->shop_order,
                                            .position = refund->position,
                                            .currency = money.currency,
                                            .amount = refund->amount,
                                            .state = REFUND_ASKED,
                                            .reason = refund->reason_key,
                                            .of_case = refund->case_id,
                                            .asked_by = refund->by,
                                            .asked = db_now(db),
                                            .simulated = purchase.simulated };
    rc = refund_ask(db, a, &row, err);
    if (rc == 0)
        *ret_refund = row.id;
    return rc;
}

int payment_refund_told(struct db *db, struct arena *a, const struct refund_message *message,
                        struct err *err)
{
    struct refund_row_row row;
    int64_t n = 0;
    enum refund_state state = message->done ? REFUND_DONE : REFUND_FAILED;
    int rc = refund_row(db, a, message->refund, &row, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && !str_eq(row.provider, message->provider)))
        return err_set(err, ERR_NOT_FOUND, N_("There is no such refund."));
    if (rc < 0)
        return rc;
    if (message->amount != row.amount || !str_eq(message->currency, row.currency))
        return err_set(err, ERR_INVALID, N_("The message does not fit the refund."));
    if (row.state == REFUND_DONE || row.state == (int64_t)state)
        return 0;
    rc = refund_settle(db, row.id, state, db_now(db), message->reference, &n, err);
    if (rc < 0 || n == 0)
        return rc;
    if (message->done)
        rc = ledger_refunded(db,
                             &(struct ledger_money){ row.id, row.amount, row.currency,
                                                     (enum ledger_custody)row.custody },
                             err);
    return rc < 0 ? rc
                  : tell(db, message->done ? EVENT_REFUND_DONE : EVENT_REFUND_FAILED, &row, err);
}

int payment_refund_state(struct db *db, struct arena *a, int64_t refund,
                         enum refund_state *ret_state, struct err *err)
{
    struct refund_row_row row;
    int rc = refund_row(db, a, refund, &row, err);
    if (rc == 0)
        *ret_state = (enum refund_state)row.state;
    return rc;
}

int payment_refund_again(struct db *db, int64_t refund, struct err *err)
{
    char key[32];
    int64_t n = 0;
    int rc = refund_again(db, refund, &n, err);
    if (rc == 0 && n == 0)
        return err_set(err, ERR_CONFLICT, N_("This refund did not fail."));
    return rc < 0 ? rc
                  : job_add(db, "payment.refund", payment_job_key(key, refund), db_now(db), STR(""),
                            err);
}

/* What the job of one refund reads and writes. */
struct instruction {
    int64_t id;
    struct arena *arena;
    struct refund_row_row row;
    struct provider_answer answer;
};

static int read_refund(struct db *db, void *ctx, struct err *err)
{
    struct instruction *i = ctx;
    return refund_row(db, i->arena, i->id, &i->row, err);
}

static int write_answer(struct db *db, void *ctx, struct err *err)
{
    struct instruction *i = ctx;
    const struct refund_message message = { .provider = i->row.provider,
                                            .refund = i->id,
                                            .amount = i->row.amount,
                                            .currency = i->row.currency,
                                            .reference = i->answer.reference,
                                            .done = i->answer.outcome == PROVIDER_DONE };
    return payment_refund_told(db, i->arena, &message, err);
}

/* Tell the provider. A second try, after a crash say, tells it the same id. */
int refund_instruct(struct store *store, struct arena *a, const struct job *job, void *ctx UNUSED,
                    struct err *err)
{
    struct instruction i = { .arena = a };
    if (!str_to_int(job->key, &i.id))
        return err_detail(err, ERR_INTERNAL, "a payment.refund job without a refund");
    int rc = store_read(store, read_refund, &i, err);
    if (rc < 0 || i.row.state == REFUND_DONE)
        return rc;
    const struct payment_provider *provider = payment_provider_named(i.row.provider);
    if (!provider)
        return err_detail(err, ERR_INTERNAL, "a payment by an unknown provider");
    const struct provider_call call = { store, a, job->settings };
    const struct provider_refund refund = { .refund = i.id,
                                            .payment = i.row.payment,
                                            .payment_reference = i.row.payment_reference,
                                            .amount = i.row.amount,
                                            .currency = i.row.currency };
    rc = provider->refund(&call, &refund, &i.answer, err);
    if (rc == 0 && (i.answer.outcome == PROVIDER_DONE || i.answer.outcome == PROVIDER_REFUSED))
        rc = store_write(store, write_answer, &i, err);
    return rc;
}
