#include "mall/payment/provider_test.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/id.h"
#include "codec/json_out.h"
#include "gen/payment_sql.h"
#include "mall/payment/payment.h"
#include "out/webhook.h"

int test_charge_open(struct db *db, struct arena *a, const struct test_charge_request *request,
                     struct str *ret_address, struct err *err)
{
    char id[ID_TEXT_MAX];
    int rc = test_charge_insert(db, request->payment, request->currency, request->amount,
                                request->back, NULL, err);
    if (rc < 0)
        return rc;
    struct str text = id_text(id, "pay", request->payment);
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

/* What the shop is told: {"type":"payment.paid","data":{...}}. */
static struct str message_of(struct arena *a, const struct test_charge *charge, bool paid)
{
    struct buf body;
    struct json_out j;
    char id[ID_TEXT_MAX];
    buf_init(&body, 1024);
    json_out_init(&j, &body);
    json_begin_object(&j);
    json_member_str(&j, "type", paid ? STR("payment.paid") : STR("payment.failed"));
    json_key(&j, "data");
    json_begin_object(&j);
    json_member_str(&j, "payment", id_text(id, "pay", charge->payment));
    json_member_int(&j, "amount", charge->amount);
    json_member_str(&j, "currency", charge->currency);
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
    return job_add(db, "payment.test.tell", STR(""), db_now(db), message_of(a, &charge, pay), err);
}

/* Send one message to the shop, over HTTP, as any provider would. */
static int send_message(struct store *store, struct arena *a, const struct job *job,
                        void *ctx UNUSED, struct err *err)
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

const struct job_kind payment_jobs[] = {
    { .name = "payment.test.tell", .call = send_message },
    { 0 },
};
