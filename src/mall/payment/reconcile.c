/* The provider's books beside ours: what it says when it is asked, and where the two are apart. */

#include "mall/payment/reconcile.h"
#include "base/clock.h"
#include "base/id.h"
#include "mall/payment/payment_int.h"
#include "mall/payment/payment_provider.h"

/* A word of the provider may be on its way so long. */
#define PATIENCE    (10 * TIME_MINUTE)
#define ASKED_DAYS  90
#define FACTS_BATCH 100

struct asking {
    const struct provider_call *call;
    struct provider_fact facts[FACTS_BATCH];
    size_t n;
};

static int keep_facts(struct db *db, void *ctx, struct err *err)
{
    const struct asking *w = ctx;
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < w->n; i++) {
        const struct provider_fact *f = &w->facts[i];
        rc = report_put(db, f->refund ? f->refund : f->payment, f->refund != 0, f->amount,
                        f->currency, db_now(db), NULL, err);
    }
    return rc;
}

static int take_fact(void *ctx, const struct provider_fact *fact, struct err *err)
{
    struct asking *w = ctx;
    int rc = 0;
    if (w->n == FACTS_BATCH) {
        rc = store_write(w->call->store, keep_facts, w, err);
        w->n = 0;
    }
    w->facts[w->n] = *fact;
    w->facts[w->n++].currency = arena_str(w->call->arena, fact->currency);
    return rc;
}

int reconcile_ask(struct store *store, struct arena *a, const struct job *job, void *ctx UNUSED,
                  struct err *err)
{
    const struct payment_provider *provider;
    const struct provider_call call = { store, a, job->settings };
    struct asking *w = arena_new(a, struct asking);
    if (!w)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = payment_provider_of(job->settings, &provider, err);
    if (rc < 0 || !provider->report)
        return rc;
    *w = (struct asking){ .call = &call };
    rc = provider->report(&call, store_now(store) - ASKED_DAYS * TIME_DAY, take_fact, w, err);
    return rc == 0 && w->n ? store_write(store, keep_facts, w, err) : rc;
}

int reconcile_read(struct db *db, struct arena *a, int n, struct reconcile *ret, struct err *err)
{
    struct report_asked_row asked;
    struct report_payments_apart_rows payments = { 0 };
    struct report_refunds_apart_rows refunds = { 0 };
    int rc = report_asked(db, a, &asked, err);
    if (rc < 0 || asked.n == 0) {
        if (rc == 0)
            *ret = (struct reconcile){ 0 };
        return rc;
    }
    int64_t before = id_at(asked.at.value - PATIENCE);
    rc = report_payments_apart(db, a, 0, before, n, &payments, err);
    if (rc == 0)
        rc = report_refunds_apart(db, a, 0, before, n, &refunds, err);
    struct reconcile_line *lines =
        rc == 0 ? arena_new_array(a, payments.n + refunds.n + 1, struct reconcile_line) : NULL;
    if (rc == 0 && !lines)
        rc = err_detail(err, ERR_NOMEM, "arena full");
    if (rc < 0)
        return rc;
    *ret = (struct reconcile){ .at = asked.at.value, .lines = lines };
    for (size_t i = 0; i < payments.n; i++) {
        const struct report_payments_apart_row *p = &payments.v[i];
        bool ours = p->state == PAYMENT_PAID || p->state == PAYMENT_REFUNDED;
        lines[ret->n++] = (struct reconcile_line){ .payment = p->id,
                                                   .ours = money(ours ? p->amount : 0, p->currency),
                                                   .theirs = money(p->reported, p->currency) };
    }
    for (size_t i = 0; i < refunds.n; i++) {
        const struct report_refunds_apart_row *r = &refunds.v[i];
        lines[ret->n++] =
            (struct reconcile_line){ .refund = r->id,
                                     .ours = money(r->state == REFUND_DONE ? r->amount : 0,
                                                   r->currency),
                                     .theirs = money(r->reported, r->currency) };
    }
    return 0;
}

static int apart_page(struct db *db, struct arena *a, struct doctor_page *page, struct err *err)
{
    struct reconcile r = { 0 };
    int rc = reconcile_read(db, a, DOCTOR_PAGE, &r, err);
    doctor_looked(page->doctor, rc == 0 ? 1 : 0);
    for (size_t i = 0; rc == 0 && i < r.n; i++)
        doctor_wrong(page->doctor, "%s %lld: the books have %lld, the provider %lld",
                     r.lines[i].payment ? "payment" : "refund",
                     (long long)(r.lines[i].payment ? r.lines[i].payment : r.lines[i].refund),
                     (long long)r.lines[i].ours.minor, (long long)r.lines[i].theirs.minor);
    return rc;
}

int payment_doctor(struct store *store, struct doctor *d, struct err *err)
{
    return doctor_rule(store, d, apart_page, "the provider has what the books say", err);
}
