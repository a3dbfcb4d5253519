#include "mall/payout/payout.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/money.h"
#include "event/body.h"
#include "event/event.h"
#include "gen/payout_sql.h"
#include "mall/payment/payment_provider.h"

static int tell(struct db *db, enum event_kind kind, const struct payout_row_row *p,
                struct err *err)
{
    struct event_body body;
    event_body_init(&body);
    json_member_int(&body.json, "amount", p->amount);
    json_member_str(&body.json, "currency", p->currency);
    return event_append_body(
        db, &(struct event){ .kind = kind, .actor = p->party, .object = p->id, .about = p->batch },
        &body, err);
}

/* One party's line of a batch in the making. */
struct making {
    const struct settings *settings;
    const struct payment_provider *provider; /* NULL = by file */
    int64_t batch;
    struct str currency;
    enum ledger_custody custody;
    size_t n;
};

static int book(struct db *db, const struct making *m, const struct payout_owed_row *owed,
                int64_t payout, int64_t reserve, struct err *err)
{
    const struct posting postings[] = {
        { (enum ledger_kind)owed->kind, owed->party, owed->total, 0, 0 },
        { LEDGER_PAYOUT, owed->party, -(owed->total - reserve), 0, 0 },
        { LEDGER_RESERVE, owed->party, -reserve, 0, 0 },
    };
    return ledger_post(db,
                       &(struct journal){ JOURNAL_PAYOUT, payout, m->currency, postings,
                                          ARRAY_LEN(postings), m->custody },
                       err);
}

static int add(struct db *db, struct arena *a, struct making *m, const struct payout_owed_row *owed,
               struct err *err)
{
    struct payout_party who;
    int64_t reserve = money_rate(owed->total, m->settings->payout_reserve * 100);
    int rc = payout_party_of(db, a, owed->party, &who, err);
    if (rc < 0 || reserve >= owed->total || (m->provider && who.provider.len == 0))
        return rc;
    const struct payout_insert_args row = {
        .id = db_new_id(db),
        .batch = m->batch,
        .party = owed->party,
        .kind = owed->kind,
        .amount = owed->total - reserve,
        .reserve = reserve,
        .holder = who.holder,
        .account = m->provider ? who.provider : who.account,
        .bank = who.bank,
        .country = who.country,
    };
    char key[32];
    rc = payout_insert(db, &row, NULL, err);
    if (rc == 0)
        rc = book(db, m, owed, row.id, reserve, err);
    if (rc == 0 && reserve)
        rc = payout_reserve_insert(db, row.id, owed->party,
                                   db_now(db) + m->settings->payout_reserve_days * TIME_DAY, NULL,
                                   err);
    int n = snprintf(key, sizeof(key), "%" PRId64, row.id);
    if (rc == 0 && m->provider)
        rc = job_add(db, "payout.transfer", (struct str){ key, (size_t)n }, db_now(db), STR(""),
                     err);
    m->n += rc == 0;
    return rc;
}

int payout_make(struct db *db, struct arena *a, const struct settings *s, struct str currency,
                enum ledger_custody custody, int64_t by, int64_t *ret_batch, struct err *err)
{
    struct payout_owed_rows owed = { 0 };
    const struct payment_provider *provider;
    struct making m = {
        .settings = s, .batch = db_new_id(db), .currency = currency, .custody = custody
    };
    int rc = payment_provider_of(s, &provider, err);
    if (rc == 0 && custody == CUSTODY_PROVIDER && provider->transfer)
        m.provider = provider;
    if (rc == 0)
        rc = payout_batch_insert(db, m.batch, currency, custody,
                                 str_from(m.provider ? provider->name : ""), by, db_now(db), NULL,
                                 err);
    if (rc == 0)
        rc = payout_owed(db, a, PAYOUT_BATCH_MAX, &owed, err);
    for (size_t i = 0; rc == 0 && i < owed.n; i++) {
        const struct payout_owed_row *o = &owed.v[i];
        if (o->known && str_eq(o->currency, currency) && o->custody == (int64_t)custody)
            rc = add(db, a, &m, o, err);
    }
    if (rc == 0 && m.n == 0)
        return err_set(err, ERR_CONFLICT, N_("There is nobody to pay in this currency."));
    if (rc == 0)
        *ret_batch = m.batch;
    return rc;
}

int payout_settled(struct db *db, struct arena *a, int64_t payout, bool paid, struct str note,
                   struct err *err)
{
    struct payout_row_row row;
    int64_t n = 0;
    int rc = payout_row(db, a, payout, &row, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such payout."));
    if (rc == 0)
        rc = payout_settle(db, payout, paid ? PAYOUT_PAID : PAYOUT_FAILED, note, db_now(db), &n,
                           err);
    if (rc == 0 && n == 0)
        return err_set(err, ERR_CONFLICT, N_("This payout is settled already."));
    if (rc < 0)
        return rc;
    const struct posting postings[] = {
        { LEDGER_PAYOUT, row.party, row.amount, 0, 0 },
        { paid ? LEDGER_CLEARING : (enum ledger_kind)row.kind, paid ? 0 : row.party, -row.amount, 0,
          0 },
    };
    rc = ledger_post(db,
                     &(struct journal){ paid ? JOURNAL_PAID_OUT : JOURNAL_PAYOUT, payout,
                                        row.currency, postings, ARRAY_LEN(postings),
                                        (enum ledger_custody)row.custody },
                     err);
    return rc < 0 ? rc : tell(db, paid ? EVENT_PAYOUT_PAID : EVENT_PAYOUT_FAILED, &row, err);
}
