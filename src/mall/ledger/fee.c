/* Fee rules, and the arithmetic of a release. */

#include "base/money.h"
#include "event/body.h"
#include "event/event.h"
#include "gen/ledger_sql.h"
#include "mall/ledger/ledger.h"

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

/* The postings of a release while they are gathered: what goes to the same
 * account is summed, claims keep the note that earned them. */
struct gather {
    struct posting postings[JOURNAL_POSTINGS_MAX];
    int n;
};

static int gather_add(struct gather *g, enum ledger_kind kind, int64_t party, int64_t amount,
                      int64_t cause, struct err *err)
{
    for (int i = 0; i < g->n; i++) {
        struct posting *p = &g->postings[i];
        if (p->kind == kind && p->party == party && p->cause == cause) {
            p->amount += amount;
            return 0;
        }
    }
    if (g->n == JOURNAL_POSTINGS_MAX)
        return err_detail(err, ERR_INTERNAL, "a release to more than %d accounts", g->n);
    g->postings[g->n++] = (struct posting){ kind, party, amount, cause };
    return 0;
}

/* Split one line; the supplier takes what rounding leaves. */
static int split_line(struct gather *g, const struct release *r, const struct release_line *line,
                      struct release_split *split, struct err *err)
{
    int64_t net = line->amount - line->tax, rest = net;
    int rc = gather_add(g, LEDGER_TAX, 0, -line->tax, 0, err);
    for (int i = 0; rc == 0 && i < line->n_claims; i++) {
        const struct release_claim *claim = &line->claims[i];
        int64_t part = money_rate(net, claim->rate);
        if (part > rest)
            part = rest;
        rest -= part;
        split->claims += part;
        rc = gather_add(g, LEDGER_AUTHOR, claim->party, -part, claim->cause, err);
    }
    int64_t fee = money_rate(net, line->rule.platform);
    if (fee > rest)
        fee = rest;
    rest -= fee;
    if (rc == 0)
        rc = gather_add(g, LEDGER_PLATFORM, 0, -fee, 0, err);
    if (rc == 0)
        rc = gather_add(g, LEDGER_SUPPLIER, r->supplier, -rest, 0, err);
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
    int rc = ledger_post(
        db,
        &(struct journal){ JOURNAL_REINVEST, r->order, r->currency, postings, ARRAY_LEN(postings) },
        err);
    if (rc == 0)
        rc = tell(db, r, EVENT_FUNDS_REINVESTED, 0, 0, split->reinvested, simulated, err);
    return rc;
}

/* What was paid for sending goes to who sends, and its tax to the tax office. */
static int split_delivery(struct gather *g, const struct release *r, struct release_split *split,
                          struct err *err)
{
    int64_t rest = r->delivery - r->delivery_tax;
    if (r->delivery == 0)
        return 0;
    int rc = gather_add(g, LEDGER_TAX, 0, -r->delivery_tax, 0, err);
    if (rc == 0)
        rc = gather_add(g, LEDGER_SUPPLIER, r->supplier, -rest, 0, err);
    split->tax += r->delivery_tax;
    split->supplier += rest;
    return rc;
}

int ledger_release(struct db *db, struct arena *a, const struct release *release, bool simulated,
                   struct release_split *ret_split, struct err *err)
{
    struct release_split split = { 0 };
    struct gather *g = arena_new(a, struct gather);
    int64_t total = release->delivery, subsidy = 0;
    int rc = g ? 0 : err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < release->n_lines; i++) {
        total += release->lines[i].amount - release->lines[i].subsidy;
        subsidy += release->lines[i].subsidy;
        rc = split_line(g, release, &release->lines[i], &split, err);
    }
    if (rc == 0)
        rc = split_delivery(g, release, &split, err);
    if (rc == 0)
        rc = gather_add(g, LEDGER_ESCROW, 0, total, 0, err);
    if (rc == 0 && subsidy)
        rc = gather_add(g, LEDGER_FUND_INCENTIVE, 0, subsidy, 0, err);
    if (rc == 0)
        rc = ledger_post(db,
                         &(struct journal){ JOURNAL_RELEASE, release->order, release->currency,
                                            g->postings, g->n },
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
