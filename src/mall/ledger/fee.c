/* Fee rules, and the arithmetic of a release. */

#include "base/money.h"
#include "event/body.h"
#include "event/event.h"
#include "gen/ledger_sql.h"
#include "mall/ledger/ledger_int.h"

int fee_rule_at(struct db *db, struct arena *a, int64_t at, struct fee_rule *ret_rule,
                struct err *err)
{
    struct fee_rule_in_force_row row;
    int rc = fee_rule_in_force(db, a, at, &row, err);
    if (rc == 0)
        *ret_rule = (struct fee_rule){ row.id, row.platform, row.author, row.tax, row.reinvest };
    return rc;
}

int fee_rule_by_id(struct db *db, struct arena *a, int64_t id, struct fee_rule *ret_rule,
                   struct err *err)
{
    struct fee_rule_of_row row;
    int rc = fee_rule_of(db, a, id, &row, err);
    if (rc == 0)
        *ret_rule = (struct fee_rule){ row.id, row.platform, row.author, row.tax, row.reinvest };
    return rc;
}

int64_t fee_tax_inside(int64_t amount, int64_t rate)
{
    /* amount <= MONEY_MAX and rate <= 10,000, so the product needs 128 bits. */
    __int128 whole = (__int128)amount * rate;
    int64_t base = MONEY_RATE_ONE + rate;
    return (int64_t)((whole + base / 2) / base);
}

int release_gather(struct gather *g, const struct posting *add, struct err *err)
{
    for (int i = 0; i < g->n; i++) {
        struct posting *p = &g->postings[i];
        if (p->kind == add->kind && p->party == add->party && p->cause == add->cause) {
            p->amount += add->amount;
            return 0;
        }
    }
    if (g->n == JOURNAL_POSTINGS_MAX)
        return err_detail(err, ERR_INTERNAL, "a release to more than %d accounts", g->n);
    g->postings[g->n++] = *add;
    return 0;
}

/* What each gets of a line, the supplier last: it takes what rounding leaves. */
int release_split_line(struct gather *g, int64_t supplier, const struct release_line *line,
                       int sign, struct release_split *split, struct err *err)
{
    bool delivery = line->position == RELEASE_DELIVERY;
    int64_t net = line->amount - line->tax, rest = net;
    int rc = release_gather(g, &(struct posting){ LEDGER_TAX, 0, sign * line->tax, 0, 0 }, err);
    for (int i = 0; rc == 0 && i < line->n_claims; i++) {
        const struct release_claim *claim = &line->claims[i];
        int64_t part = money_rate(net, claim->rate);
        if (part > rest)
            part = rest;
        rest -= part;
        split->claims += part;
        rc = release_gather(
            g, &(struct posting){ LEDGER_AUTHOR, claim->party, sign * part, claim->cause, 0 }, err);
    }
    int64_t fee = delivery ? 0 : money_rate(net, line->rule.platform);
    if (fee > rest)
        fee = rest;
    rest -= fee;
    if (rc == 0)
        rc = release_gather(g, &(struct posting){ LEDGER_PLATFORM, 0, sign * fee, 0, 0 }, err);
    if (rc == 0)
        rc = release_gather(g, &(struct posting){ LEDGER_SUPPLIER, supplier, sign * rest, 0, 0 },
                            err);
    split->tax += line->tax;
    split->platform += fee;
    split->supplier += rest;
    split->reinvested += money_rate(fee, line->rule.reinvest);
    return rc;
}

static int tell(struct db *db, const struct release *r, enum event_kind kind, int64_t actor,
                int64_t about, int64_t amount, bool simulated, struct err *err)
{
    struct event_body body;
    event_body_init(&body);
    json_member_int(&body.json, "amount", amount);
    json_member_str(&body.json, "currency", r->currency);
    return event_append_body(db,
                             &(struct event){ .kind = kind,
                                              .actor = actor,
                                              .object = r->order,
                                              .about = about,
                                              .simulated = simulated },
                             &body, err);
}

static int reinvest(struct db *db, const struct release *r, struct release_split *split,
                    bool simulated, struct err *err)
{
    static const int64_t weights[3] = { 2, 1, 1 };
    if (split->reinvested == 0)
        return 0;
    if (!money_split(split->reinvested, weights, 3, split->funds))
        return err_detail(err, ERR_INTERNAL, "the funds cannot be split");
    const struct posting postings[] = {
        { .kind = LEDGER_PLATFORM, .amount = split->reinvested },
        { .kind = LEDGER_FUND_INCENTIVE, .amount = -split->funds[0] },
        { .kind = LEDGER_FUND_TECHNOLOGY, .amount = -split->funds[1] },
        { .kind = LEDGER_FUND_MAINTENANCE, .amount = -split->funds[2] },
    };
    int rc = ledger_post(db,
                         &(struct journal){ JOURNAL_REINVEST, r->order, r->currency, postings,
                                            ARRAY_LEN(postings), r->custody },
                         err);
    if (rc == 0)
        rc = tell(db, r, EVENT_FUNDS_REINVESTED, 0, 0, split->reinvested, simulated, err);
    return rc;
}

/* What the platform gave a buyer comes out of the incentive fund, and what the
 * fund lacks out of the platform's fees. */
static int pay_subsidy(struct db *db, struct arena *a, const struct release *r, int64_t subsidy,
                       struct gather *g, struct err *err)
{
    struct ledger_held_row fund;
    enum ledger_custody custody = r->custody ? r->custody : CUSTODY_PROVIDER;
    int rc = ledger_held(db, a, LEDGER_FUND_INCENTIVE, 0, r->currency, custody, &fund, err);
    if (rc < 0)
        return rc;
    int64_t has = fund.total > 0 ? fund.total : 0, from_fund = subsidy < has ? subsidy : has;
    rc = release_gather(g, &(struct posting){ LEDGER_FUND_INCENTIVE, 0, from_fund, 0, 0 }, err);
    if (rc == 0 && from_fund < subsidy)
        rc = release_gather(g, &(struct posting){ LEDGER_PLATFORM, 0, subsidy - from_fund, 0, 0 },
                            err);
    return rc;
}

int ledger_release(struct db *db, struct arena *a, const struct release *release, bool simulated,
                   struct release_split *ret_split, struct err *err)
{
    struct release_split split = { 0 };
    struct gather *g = arena_new(a, struct gather);
    int64_t total = 0, subsidy = 0;
    int rc = g ? 0 : err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < release->n_lines; i++) {
        total += release->lines[i].amount - release->lines[i].subsidy;
        subsidy += release->lines[i].subsidy;
        rc = release_split_line(g, release->supplier, &release->lines[i], -1, &split, err);
    }
    if (rc == 0 && total + subsidy == 0) { /* all of it went back to the buyer */
        *ret_split = split;
        return 0;
    }
    if (rc == 0)
        rc = release_gather(g, &(struct posting){ LEDGER_ESCROW, 0, total, 0, 0 }, err);
    if (rc == 0 && subsidy)
        rc = pay_subsidy(db, a, release, subsidy, g, err);
    if (rc == 0)
        rc = ledger_post(db,
                         &(struct journal){ JOURNAL_RELEASE, release->order, release->currency,
                                            g->postings, g->n, release->custody },
                         err);
    if (rc == 0)
        rc = tell(db, release, EVENT_ESCROW_RELEASED, 0, 0, total, simulated, err);
    for (int i = 0; rc == 0 && i < g->n; i++)
        if (g->postings[i].kind == LEDGER_AUTHOR && g->postings[i].amount < 0)
            rc = tell(db, release, EVENT_COMMISSION_EARNED, g->postings[i].party,
                      g->postings[i].cause, -g->postings[i].amount, simulated, err);
    if (rc == 0)
        rc = reinvest(db, release, &split, simulated, err);
    if (rc == 0)
        *ret_split = split;
    return rc;
}
