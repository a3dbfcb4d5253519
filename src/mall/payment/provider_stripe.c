/* Stripe Checkout with Connect: separate charges and transfers. The money stays with Stripe until a
 * transfer takes it to a party's own account there. Written after the public reference; never run
 * against the live service. Amounts are in the currency's smallest unit, as Stripe has them. */

#include "base/clock.h"
#include "base/id.h"
#include "codec/json_in.h"
#include "codec/query.h"
#include "gen/payment_sql.h"
#include "mall/payment/payment_int.h"
#include "mall/payment/payment_provider.h"
#include "out/http.h"

#define FORM_MAX    (8 * 1024)
#define REPORT_PAGE 100

static int begin(struct db *db, struct arena *a, const struct provider_charge *charge,
                 struct str *ret_address, struct err *err)
{
    char key[32];
    *ret_address = payment_path(a, provider_stripe.name, charge->payment);
    return job_add(db, "payment.stripe.begin", payment_job_key(key, charge->payment), db_now(db),
                   charge->back, err);
}

/* One call of Stripe's interface. */
struct ask {
    enum out_method method;
    struct str path;
    struct str key;  /* the same at every try: Stripe acts once for it; empty = none */
    struct str form; /* of a POST */
};

/* ret_fields gets the answer's fields; ret_status its status. */
static int ask_stripe(const struct provider_call *call, const struct ask *ask,
                      struct params *ret_fields, int *ret_status, struct err *err)
{
    const struct settings *s = call->settings;
    struct out_header headers[2] = { { "Authorization",
                                       arena_printf(call->arena, "Bearer %.*s",
                                                    STR_ARG(s->stripe_secret_key)) },
                                     { "Idempotency-Key", ask->key } };
    struct out_answer answer;
    if (s->stripe_secret_key.len == 0)
        return err_detail(err, ERR_INTERNAL, "the setting stripe_secret_key is empty");
    const struct out_request request = {
        .method = ask->method,
        .url =
            arena_printf(call->arena, "%.*s%.*s", STR_ARG(s->stripe_api_url), STR_ARG(ask->path)),
        .headers = headers,
        .n_headers = ask->key.len ? 2 : 1,
        .body = ask->form,
        .content_type = "application/x-www-form-urlencoded",
        .allow_private = !str_starts(s->stripe_api_url, STR("https://api.stripe.com")),
    };
    int rc = out_http(call->arena, &request, &answer, err);
    if (rc < 0)
        return rc;
    /* Not now (too many, a conflict of keys, their own trouble), or not with this key at all: the
     * job tries again, and its failure shows in the console. */
    if (answer.status == 429 || answer.status == 409 || answer.status == 401 ||
        answer.status >= 500)
        return err_detail(err, ERR_IO, "Stripe answered %d", answer.status);
    params_init(ret_fields, call->arena);
    rc = json_in_parse(answer.body, ret_fields, err);
    *ret_status = answer.status;
    return rc;
}

static struct str small(struct arena *a, struct str currency)
{
    char *out = arena_alloc(a, currency.len + 1);
    for (size_t i = 0; out && i < currency.len; i++)
        out[i] = (char)(currency.ptr[i] | 0x20);
    return out ? (struct str){ out, currency.len } : STR("");
}

static struct str number(struct arena *a, int64_t n)
{
    return arena_printf(a, "%lld", (long long)n);
}

/* Id and kind of one thing, as Stripe gives it back to us. */
static struct str name_of(struct arena *a, const char *prefix, int64_t id)
{
    char text[ID_TEXT_MAX];
    return arena_str(a, id_text(text, prefix, id));
}

/* ---- a session of Checkout ---- */

struct session {
    const struct job *job;
    struct arena *arena;
    int64_t payment;
    struct payment_row_row row;
    struct str address;
};

static int read_payment(struct db *db, void *ctx, struct err *err)
{
    struct session *s = ctx;
    return payment_row(db, s->arena, s->payment, &s->row, err);
}

static int keep_address(struct db *db, void *ctx, struct err *err)
{
    struct session *s = ctx;
    return payment_set_address(db, s->payment, s->address, NULL, err);
}

static struct str session_form(const struct session *s)
{
    struct buf form;
    const struct settings *set = s->job->settings;
    struct str pay = name_of(s->arena, "pay", s->payment);
    struct str back =
        arena_printf(s->arena, "%.*s%.*s", STR_ARG(set->public_url), STR_ARG(s->job->body));
    buf_init(&form, FORM_MAX);
    query_put(&form, "mode", STR("payment"));
    query_put(&form, "client_reference_id", pay);
    query_put(&form, "metadata[payment]", pay);
    query_put(&form, "payment_intent_data[metadata][payment]", pay);
    query_put(&form, "payment_intent_data[transfer_group]", pay);
    query_put(&form, "success_url", back);
    query_put(&form, "cancel_url", back);
    query_put(&form, "line_items[0][quantity]", STR("1"));
    query_put(&form, "line_items[0][price_data][currency]", small(s->arena, s->row.currency));
    query_put(&form, "line_items[0][price_data][unit_amount]", number(s->arena, s->row.amount));
    query_put(&form, "line_items[0][price_data][product_data][name]", set->name);
    struct str text = arena_str(s->arena, buf_str(&form));
    buf_release(&form);
    return text;
}

int stripe_begin(struct store *store, struct arena *a, const struct job *job, void *ctx UNUSED,
                 struct err *err)
{
    struct session s = { .job = job, .arena = a };
    struct params fields;
    int status;
    if (!str_to_int(job->key, &s.payment))
        return err_detail(err, ERR_INTERNAL, "a payment.stripe.begin job without a payment");
    int rc = store_read(store, read_payment, &s, err);
    if (rc < 0 || s.row.state != PAYMENT_OPEN)
        return rc;
    const struct provider_call call = { store, a, job->settings };
    rc = ask_stripe(&call,
                    &(struct ask){ OUT_POST, STR("/v1/checkout/sessions"),
                                   name_of(a, "pay", s.payment), session_form(&s) },
                    &fields, &status, err);
    if (rc < 0)
        return rc;
    s.address = params_get(&fields, "url");
    if (status != 200 || !str_starts(s.address, STR("http")))
        return err_detail(err, ERR_IO, "Stripe opened no session: %d", status);
    return store_write(store, keep_address, &s, err);
}

/* ---- instructions ---- */

static int give_back(const struct provider_call *call, const struct provider_refund *refund,
                     struct provider_answer *ret_answer, struct err *err)
{
    struct buf form;
    struct params fields;
    int status;
    struct str name = name_of(call->arena, "rfd", refund->refund);
    buf_init(&form, FORM_MAX);
    query_put(&form, "payment_intent", refund->payment_reference);
    query_put(&form, "amount", number(call->arena, refund->amount));
    query_put(&form, "metadata[refund]", name);
    const struct ask ask = { OUT_POST, STR("/v1/refunds"), name, buf_str(&form) };
    int rc = ask_stripe(call, &ask, &fields, &status, err);
    buf_release(&form);
    if (rc < 0)
        return rc;
    struct str state = params_get(&fields, "status");
    enum provider_outcome outcome = PROVIDER_LATER;
    if (status != 200 || str_eq_c(state, "failed") || str_eq_c(state, "canceled"))
        outcome = PROVIDER_REFUSED;
    else if (str_eq_c(state, "succeeded"))
        outcome = PROVIDER_DONE;
    *ret_answer = (struct provider_answer){ outcome, params_get(&fields, "id") };
    return 0;
}

static int transfer(const struct provider_call *call, const struct provider_transfer *t,
                    struct provider_answer *ret_answer, struct err *err)
{
    struct buf form;
    struct params fields;
    int status;
    struct str name = name_of(call->arena, "out", t->transfer);
    buf_init(&form, FORM_MAX);
    query_put(&form, "amount", number(call->arena, t->amount));
    query_put(&form, "currency", small(call->arena, t->currency));
    query_put(&form, "destination", t->account);
    query_put(&form, "metadata[payout]", name);
    const struct ask ask = { OUT_POST, STR("/v1/transfers"), name, buf_str(&form) };
    int rc = ask_stripe(call, &ask, &fields, &status, err);
    buf_release(&form);
    if (rc < 0)
        return rc;
    *ret_answer = (struct provider_answer){ status == 200 ? PROVIDER_DONE : PROVIDER_REFUSED,
                                            params_get(&fields, "id") };
    return 0;
}

/* ---- what Stripe has in its books ---- */

static struct str member(struct arena *a, const struct params *p, int i, const char *name)
{
    const char *path = arena_cstr(a, arena_printf(a, "data.%d.%s", i, name));
    return path ? params_get(p, path) : STR("");
}

static int tell_facts(const struct provider_call *call, const struct params *p, bool refunds,
                      provider_fact_fn *fn, void *ctx, struct err *err)
{
    int rc = 0;
    for (int i = 0; rc == 0 && i < REPORT_PAGE; i++) {
        struct provider_fact fact = { 0 };
        struct str status = member(call->arena, p, i, "status");
        bool ours =
            refunds ? id_parse(member(call->arena, p, i, "metadata.refund"), "rfd", &fact.refund)
                    : id_parse(member(call->arena, p, i, "metadata.payment"), "pay", &fact.payment);
        if (!ours || !str_eq_c(status, "succeeded") ||
            !str_to_int(member(call->arena, p, i, "amount"), &fact.amount))
            continue;
        fact.currency = member(call->arena, p, i, "currency");
        rc = fn(ctx, &fact, err);
    }
    return rc;
}

/* All charges or refunds since a time, a page at a time. */
static int report_list(const struct provider_call *call, const char *list, int64_t since,
                       provider_fact_fn *fn, void *ctx, struct err *err)
{
    struct str after = STR("");
    bool more = true;
    int rc = 0;
    while (rc == 0 && more) {
        struct params fields;
        int status;
        struct str path = arena_printf(call->arena, "/v1/%s?limit=%d&created[gte]=%lld%s%.*s", list,
                                       REPORT_PAGE, (long long)(since / TIME_SECOND),
                                       after.len ? "&starting_after=" : "", STR_ARG(after));
        rc = ask_stripe(call, &(struct ask){ OUT_GET, path, STR(""), STR("") }, &fields, &status,
                        err);
        if (rc == 0 && status != 200)
            rc = err_detail(err, ERR_IO, "Stripe gave no list of %s: %d", list, status);
        if (rc == 0)
            rc = tell_facts(call, &fields, str_eq_c(str_from(list), "refunds"), fn, ctx, err);
        more = rc == 0 && str_eq_c(params_get(&fields, "has_more"), "true");
        after = STR("");
        for (int i = REPORT_PAGE - 1; more && i >= 0 && after.len == 0; i--)
            after = member(call->arena, &fields, i, "id");
        more = more && after.len;
    }
    return rc;
}

static int report(const struct provider_call *call, int64_t since, provider_fact_fn *fn, void *ctx,
                  struct err *err)
{
    int rc = report_list(call, "charges", since, fn, ctx, err);
    return rc < 0 ? rc : report_list(call, "refunds", since, fn, ctx, err);
}

const struct payment_provider provider_stripe = { .name = "stripe",
                                                  .custody = CUSTODY_PROVIDER,
                                                  .begin = begin,
                                                  .refund = give_back,
                                                  .transfer = transfer,
                                                  .report = report };
