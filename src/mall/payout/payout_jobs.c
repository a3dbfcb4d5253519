/* What happens to payouts by itself: transfers of the provider, and reserves that are let go. */

#include "base/clock.h"
#include "gen/payout_sql.h"
#include "mall/payment/payment_provider.h"
#include "mall/payout/payout.h"

#define AT_ONCE   200
#define KEPT_DAYS (10 * 366) /* the retention 10y of schema.sql */

struct sending {
    int64_t id;
    struct arena *arena;
    struct payout_row_row row;
    struct provider_answer answer;
};

static int read_payout(struct db *db, void *ctx, struct err *err)
{
    struct sending *s = ctx;
    return payout_row(db, s->arena, s->id, &s->row, err);
}

static int write_answer(struct db *db, void *ctx, struct err *err)
{
    struct sending *s = ctx;
    return payout_settled(db, s->arena, s->id, s->answer.outcome == PROVIDER_DONE,
                          s->answer.reference, err);
}

static int send(struct store *store, struct arena *a, const struct job *job, void *ctx UNUSED,
                struct err *err)
{
    struct sending s = { .arena = a };
    if (!str_to_int(job->key, &s.id))
        return err_detail(err, ERR_INTERNAL, "a payout.transfer job without a payout");
    int rc = store_read(store, read_payout, &s, err);
    if (rc < 0 || s.row.state != PAYOUT_WAITING)
        return rc;
    const struct payment_provider *provider = payment_provider_named(s.row.provider);
    if (!provider || !provider->transfer)
        return err_detail(err, ERR_INTERNAL, "a transfer by a provider that makes none");
    const struct provider_call call = { store, a, job->settings };
    rc = provider->transfer(
        &call, &(struct provider_transfer){ s.id, s.row.account, s.row.amount, s.row.currency },
        &s.answer, err);
    if (rc < 0)
        return rc;
    return s.answer.outcome == PROVIDER_LATER ? job_later(job, TIME_MINUTE, err)
                                              : store_write(store, write_answer, &s, err);
}

/* What is left of a reserve is the party's again. */
static int let_go(struct db *db, struct arena *a, const struct payout_reserves_due_row *r,
                  struct err *err)
{
    int64_t has = 0, n = 0;
    int rc = payout_reserve_let_go(db, r->payout, &n, err);
    if (rc < 0 || n == 0)
        return rc;
    rc = ledger_balance(db, a, LEDGER_RESERVE, r->party, r->currency, &has, err);
    int64_t amount = r->reserve < has ? r->reserve : has;
    if (rc < 0 || amount <= 0)
        return rc;
    const struct posting postings[] = {
        { LEDGER_RESERVE, r->party, amount, 0, 0 },
        { (enum ledger_kind)r->kind, r->party, -amount, 0, 0 },
    };
    return ledger_post(db,
                       &(struct journal){ JOURNAL_RESERVE, r->payout, r->currency, postings,
                                          ARRAY_LEN(postings), (enum ledger_custody)r->custody },
                       err);
}

static int reserves(struct db *db, struct arena *a, const struct job *job UNUSED, void *ctx UNUSED,
                    struct err *err)
{
    struct payout_reserves_due_rows due = { 0 };
    int rc = payout_reserves_due(db, a, db_now(db), AT_ONCE, &due, err);
    for (size_t i = 0; rc == 0 && i < due.n; i++)
        rc = let_go(db, a, &due.v[i], err);
    return rc;
}

static int outlived(struct db *db, struct arena *a UNUSED, const struct job *job UNUSED,
                    void *ctx UNUSED, struct err *err)
{
    return payout_outlived(db, db_now(db) - KEPT_DAYS * TIME_DAY, NULL, err);
}

const struct job_kind payout_jobs[] = {
    { .name = "payout.transfer", .call = send },
    { .name = "payout.reserve", .write = reserves, .every = TIME_HOUR },
    { .name = "payout.outlived", .write = outlived, .every = TIME_DAY },
    { 0 },
};
