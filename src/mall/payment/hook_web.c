/* What providers tell us, each signed in its own way. */

#include "base/clock.h"
#include "base/id.h"
#include "codec/json_in.h"
#include "codec/sign.h"
#include "codec/webhook_sign.h"
#include "mall/payment/payment_web.h"

#define MESSAGE_BYTES_MAX (64 * 1024)

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

/* ---- Stripe ---- */

/* Stripe-Signature: t=1614265330,v1=<hex>,v1=<hex while keys change>. The signed text is the time,
 * a point and the body; a time too far from now is an old message played again. */
static int check_stripe(struct req *rq, struct err *err)
{
    struct str rest = req_header(rq, "stripe-signature"), piece, at = STR("");
    struct str secret = rq->settings->stripe_webhook_secret;
    int64_t seconds, now = rq->now / TIME_SECOND;
    bool good = false;
    for (struct str r = rest; r.len && str_next(&r, ',', &piece);)
        if (str_starts(piece, STR("t=")))
            at = str_slice(piece, 2, piece.len);
    if (secret.len == 0 || !str_to_int(at, &seconds))
        return err_set(err, ERR_MALFORMED, N_("The message is not signed."));
    struct str text = arena_printf(rq->arena, "%.*s.%.*s", STR_ARG(at), STR_ARG(rq->raw_body));
    while (rest.len && str_next(&rest, ',', &piece))
        if (str_starts(piece, STR("v1=")) &&
            sign_check(secret, text, str_slice(piece, 3, piece.len)))
            good = true;
    if (!good || seconds < now - WEBHOOK_TOLERANCE || seconds > now + WEBHOOK_TOLERANCE)
        return err_set(err, ERR_UNAUTHENTIC, N_("The signature of the message does not hold."));
    return 0;
}

/* Stripe writes currencies small. */
static struct str capitals(struct arena *a, struct str currency)
{
    char *out = arena_alloc(a, currency.len + 1);
    for (size_t i = 0; out && i < currency.len; i++)
        out[i] = (char)(currency.ptr[i] & ~0x20);
    return out ? (struct str){ out, currency.len } : STR("");
}

/* A session of Checkout came to an end. */
static bool read_session(struct req *rq, const struct params *f, struct str type, struct word *word)
{
    struct payment_message *m = &word->payment;
    bool paid = str_eq_c(params_get(f, "data.object.payment_status"), "paid");
    if (str_eq_c(type, "checkout.session.completed") && !paid)
        return false; /* its money comes later, and so does a message of it */
    m->state = str_eq_c(type, "checkout.session.completed") ||
                       str_eq_c(type, "checkout.session.async_payment_succeeded")
                   ? PAYMENT_PAID
                   : PAYMENT_FAILED;
    m->provider = STR("stripe");
    m->name = params_get(f, "id");
    m->currency = capitals(rq->arena, params_get(f, "data.object.currency"));
    m->reference = params_get(f, "data.object.payment_intent");
    return id_parse(params_get(f, "data.object.client_reference_id"), "pay", &m->payment) &&
           params_int(f, "data.object.amount_total", &m->amount);
}

static bool read_refund(struct req *rq, const struct params *f, struct word *word)
{
    struct refund_message *m = &word->refund;
    struct str status = params_get(f, "data.object.status");
    bool failed = str_eq_c(status, "failed") || str_eq_c(status, "canceled");
    word->of_refund = true;
    m->done = str_eq_c(status, "succeeded");
    m->provider = STR("stripe");
    m->currency = capitals(rq->arena, params_get(f, "data.object.currency"));
    m->reference = params_get(f, "data.object.id");
    return (m->done || failed) &&
           id_parse(params_get(f, "data.object.metadata.refund"), "rfd", &m->refund) &&
           params_int(f, "data.object.amount", &m->amount);
}

/* prepared stays NULL for messages that are not of this shop's payments. */
static int stripe_prepare(struct req *rq, struct err *err)
{
    struct params f;
    struct word *word = arena_new(rq->arena, struct word);
    if (!word)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = check_stripe(rq, err);
    params_init(&f, rq->arena);
    if (rc == 0)
        rc = json_in_parse(rq->raw_body, &f, err);
    if (rc < 0)
        return rc;
    struct str type = params_get(&f, "type");
    bool ours = false;
    *word = (struct word){ 0 };
    if (str_starts(type, STR("checkout.session.")))
        ours = read_session(rq, &f, type, word);
    else if (str_starts(type, STR("refund.")) || str_eq_c(type, "charge.refund.updated"))
        ours = read_refund(rq, &f, word);
    if (ours)
        rq->prepared = word;
    return 0;
}

const struct route payment_hook_routes[] = {
    { METHOD_POST, "/webhooks/test", told, WHO_SIGNED, RUNS_WRITE, RATE_NONE,
      .body_max = MESSAGE_BYTES_MAX, .prepare = told_prepare, .raw_body = true },
    { METHOD_POST, "/webhooks/stripe", told, WHO_SIGNED, RUNS_WRITE, RATE_NONE,
      .body_max = MESSAGE_BYTES_MAX, .prepare = stripe_prepare, .raw_body = true },
    { 0 },
};
