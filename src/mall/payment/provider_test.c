#include "mall/payment/provider_test.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/id.h"
#include "codec/json_out.h"
#include "gen/payment_sql.h"
#include "mall/payment/payment.h"
#include "mall/payment/payment_provider.h"
#include "out/webhook.h"

#define BOOKS_PAGE 200
#define DELAY      (2 * TIME_MINUTE)

static int begin(struct db *db, struct arena *a, const struct provider_charge *charge,
                 struct str *ret_address, struct err *err)
{
    int rc = test_charge_insert(db, charge->payment, charge->currency, charge->amount, charge->back,
                                NULL, err);
    if (rc == 0)
        *ret_address = payment_path(a, provider_test.name, charge->payment);
    return rc;
}

int test_charge_find(struct db *db, struct arena *a, int64_t payment,
                     struct test_charge *ret_charge, struct err *err)
{
    struct test_charge_row_row row;
    int rc = test_charge_row(db, a, payment, &row, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such payment."));
    if (rc == 0)
        *ret_charge = (struct test_charge){ .payment = row.id,
                                            .amount = row.amount,
                                            .currency = row.currency,
                                            .back = row.back,
                                            .state = (enum test_charge_state)row.state };
    return rc;
}

/* What the shop is told: {"type":"payment.paid","data":{"payment":"pay_...","amount":...}}. */
struct news {
    const char *type;
    const char *thing, *prefix; /* "payment", "pay" or "refund", "rfd" */
    int64_t id;
    int64_t amount;
    struct str currency;
};

static struct str message_of(struct arena *a, const struct news *news)
{
    struct buf body;
    struct json_out j;
    char id[ID_TEXT_MAX];
    buf_init(&body, 1024);
    json_out_init(&j, &body);
    json_begin_object(&j);
    json_member_str(&j, "type", str_from(news->type));
    json_key(&j, "data");
    json_begin_object(&j);
    json_member_str(&j, news->thing, id_text(id, news->prefix, news->id));
    json_member_int(&j, "amount", news->amount);
    json_member_str(&j, "currency", news->currency);
    json_end_object(&j);
    json_end_object(&j);
    struct str text = arena_str(a, buf_str(&body));
    buf_release(&body);
    return text;
}

/* Whether the setting payment_test has the word. */
static bool behaves(const struct settings *s, const char *word)
{
    struct str rest = s ? s->payment_test : STR(""), piece;
    while (rest.len && str_next(&rest, ' ', &piece))
        if (str_eq_c(piece, word))
            return true;
    return false;
}

int test_charge_decide(struct db *db, struct arena *a, const struct settings *s, int64_t payment,
                       bool pay, struct err *err)
{
    struct test_charge charge = { 0 };
    int64_t n = 0;
    int rc = test_charge_find(db, a, payment, &charge, err);
    pay = pay && !behaves(s, "decline"); /* the bank has its own mind */
    if (rc == 0)
        rc = test_charge_settle(db, payment, pay ? TEST_PAID : TEST_DECLINED, &n, err);
    if (rc < 0 || n == 0)
        return rc;
    const struct news news = { pay ? "payment.paid" : "payment.failed",
                               "payment",
                               "pay",
                               payment,
                               charge.amount,
                               charge.currency };
    int64_t due = db_now(db) + (behaves(s, "delay") ? DELAY : 0);
    rc = job_add(db, "payment.test.tell", STR(""), due, message_of(a, &news), err);
    if (rc == 0 && pay && behaves(s, "disorder")) { /* an older word that comes last */
        const struct news older = { "payment.failed", "payment",     "pay",
                                    payment,          charge.amount, charge.currency };
        rc = job_add(db, "payment.test.tell", STR(""), due + TIME_SECOND, message_of(a, &older),
                     err);
    }
    return rc;
}

/* A refund that is entered in the provider's books. */
struct giving {
    const struct provider_refund *refund;
    struct arena *arena;
    bool fails; /* the bank is told to */
    enum provider_outcome outcome;
};

static int enter_refund(struct db *db, void *ctx, struct err *err)
{
    struct giving *g = ctx;
    struct test_charge charge;
    struct test_refund_sum_row back;
    int64_t n = 0;
    int rc = test_charge_find(db, g->arena, g->refund->payment, &charge, err);
    if (rc == 0)
        rc = test_refund_sum(db, g->arena, charge.payment, &back, err);
    if (rc == 0 && !g->fails)
        rc = test_refund_insert(db, g->refund->refund, charge.payment, g->refund->amount, &n, err);
    if (rc < 0 || (n == 0 && !g->fails)) /* told before */
        return rc;
    if (charge.state != TEST_PAID || back.total + g->refund->amount > charge.amount) {
        g->outcome = PROVIDER_REFUSED;
        return err_detail(err, ERR_CONFLICT, "more than the charge has");
    }
    const struct news news = { g->fails ? "refund.failed" : "refund.done",
                               "refund",
                               "rfd",
                               g->refund->refund,
                               g->refund->amount,
                               charge.currency };
    return job_add(db, "payment.test.tell", STR(""), db_now(db), message_of(g->arena, &news), err);
}

static int give_back(const struct provider_call *call, const struct provider_refund *refund,
                     struct provider_answer *ret_answer, struct err *err)
{
    struct giving g = { .refund = refund,
                        .arena = call->arena,
                        .fails = behaves(call->settings, "refund-fails"),
                        .outcome = PROVIDER_LATER };
    int rc = store_write(call->store, enter_refund, &g, err);
    if (rc < 0 && g.outcome != PROVIDER_REFUSED)
        return rc;
    if (rc < 0)
        err_clear(err);
    *ret_answer = (struct provider_answer){ .outcome = g.outcome };
    return 0;
}

/* A page of the books of this bank, from which facts are told. */
struct books {
    struct arena *arena;
    bool refunds;
    int64_t after;
    struct provider_fact facts[BOOKS_PAGE];
    size_t n;
};

static int read_books(struct db *db, void *ctx, struct err *err)
{
    struct books *b = ctx;
    struct test_charges_paid_rows charges = { 0 };
    struct test_refunds_after_rows refunds = { 0 };
    int rc = b->refunds ? test_refunds_after(db, b->arena, b->after, BOOKS_PAGE, &refunds, err)
                        : test_charges_paid(db, b->arena, b->after, BOOKS_PAGE, &charges, err);
    b->n = b->refunds ? refunds.n : charges.n;
    for (size_t i = 0; rc == 0 && i < b->n; i++) {
        b->after = b->refunds ? refunds.v[i].id : charges.v[i].id;
        b->facts[i] =
            b->refunds
                ? (struct provider_fact){ 0, b->after, refunds.v[i].amount, refunds.v[i].currency }
                : (struct provider_fact){ b->after, 0, charges.v[i].amount, charges.v[i].currency };
    }
    return rc;
}

static int report(const struct provider_call *call, int64_t since UNUSED, provider_fact_fn *fn,
                  void *ctx, struct err *err)
{
    struct books *b = arena_new(call->arena, struct books);
    int rc = b ? 0 : err_detail(err, ERR_NOMEM, "arena full");
    for (int refunds = 0; rc == 0 && refunds < 2; refunds++) {
        *b = (struct books){ .arena = call->arena, .refunds = refunds, .n = BOOKS_PAGE };
        while (rc == 0 && b->n == BOOKS_PAGE) {
            rc = store_read(call->store, read_books, b, err);
            for (size_t i = 0; rc == 0 && i < b->n; i++)
                rc = fn(ctx, &b->facts[i], err);
        }
    }
    return rc;
}

const struct payment_provider provider_test = { .name = "test",
                                                .custody = CUSTODY_PROVIDER,
                                                .begin = begin,
                                                .refund = give_back,
                                                .report = report };

/* Send one message to the shop, over HTTP, as any provider would. */
int test_charge_tell(struct store *store, struct arena *a, const struct job *job, void *ctx UNUSED,
                     struct err *err)
{
    const struct settings *s = job->settings;
    char id[ID_TEXT_MAX];
    struct str base =
        s->self_url.len ? s->self_url : arena_printf(a, "http://%.*s", STR_ARG(s->listen));
    const struct out_webhook message = {
        .url = arena_printf(a, "%.*s/webhooks/test", STR_ARG(base)),
        .secret = s->payment_secret,
        .id = arena_str(a, id_text(id, "msg", job->id)),
        .now = store_now(store),
        .body = job->body,
        .allow_private = true,
    };
    int rc = out_webhook(a, &message, err);
    return rc == 0 && behaves(s, "duplicate") ? out_webhook(a, &message, err) : rc;
}
