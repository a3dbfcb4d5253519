#include "mall/payment/provider_test.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/id.h"
#include "codec/json_out.h"
#include "gen/payment_sql.h"
#include "mall/payment/payment.h"
#include "mall/payment/provider.h"
#include "out/webhook.h"

static int begin(struct db *db, struct arena *a, const struct provider_charge *charge,
                 struct str *ret_address, struct err *err)
{
    char id[ID_TEXT_MAX];
    int rc = test_charge_insert(db, charge->payment, charge->currency, charge->amount, charge->back,
                                NULL, err);
    if (rc < 0)
        return rc;
    struct str text = id_text(id, "pay", charge->payment);
    *ret_address = arena_printf(a, "/pay/test/%.*s", STR_ARG(text));
    return 0;
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

int test_charge_decide(struct db *db, struct arena *a, int64_t payment, bool pay, struct err *err)
{
    struct test_charge charge = { 0 };
    int64_t n = 0;
    int rc = test_charge_find(db, a, payment, &charge, err);
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
    return job_add(db, "payment.test.tell", STR(""), db_now(db), message_of(a, &news), err);
}

/* A refund that is entered in the provider's books. */
struct giving {
    const struct provider_refund *refund;
    struct arena *arena;
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
    if (rc == 0)
        rc = test_refund_insert(db, g->refund->refund, charge.payment, g->refund->amount, &n, err);
    if (rc < 0 || n == 0) /* told before */
        return rc;
    if (charge.state != TEST_PAID || back.total + g->refund->amount > charge.amount) {
        g->outcome = PROVIDER_REFUSED;
        return err_detail(err, ERR_CONFLICT, "more than the charge has");
    }
    const struct news news = { "refund.done",     "refund",          "rfd",
                               g->refund->refund, g->refund->amount, charge.currency };
    return job_add(db, "payment.test.tell", STR(""), db_now(db), message_of(g->arena, &news), err);
}

static int give_back(const struct provider_call *call, const struct provider_refund *refund,
                     struct provider_answer *ret_answer, struct err *err)
{
    struct giving g = { .refund = refund, .arena = call->arena, .outcome = PROVIDER_LATER };
    int rc = store_write(call->store, enter_refund, &g, err);
    if (rc < 0 && g.outcome != PROVIDER_REFUSED)
        return rc;
    if (rc < 0)
        err_clear(err);
    *ret_answer = (struct provider_answer){ .outcome = g.outcome };
    return 0;
}

const struct payment_provider provider_test = {
    .name = "test", .custody = CUSTODY_PROVIDER, .begin = begin, .refund = give_back
};

/* Send one message to the shop, over HTTP, as any provider would. */
int test_charge_tell(struct store *store, struct arena *a, const struct job *job, void *ctx UNUSED,
                     struct err *err)
{
    const struct settings *s = job->settings;
    char id[ID_TEXT_MAX];
    struct str base =
        s->self_url.len ? s->self_url : arena_printf(a, "http://%.*s", STR_ARG(s->listen));
    return out_webhook(a,
                       &(struct out_webhook){
                           .url = arena_printf(a, "%.*s/webhooks/test", STR_ARG(base)),
                           .secret = s->payment_secret,
                           .id = arena_str(a, id_text(id, "msg", job->id)),
                           .now = store_now(store),
                           .body = job->body,
                           .allow_private = true,
                       },
                       err);
}
