/* Giving back what was paid: out of escrow, or from those who got it. */

#include "event/body.h"
#include "event/event.h"
#include "gen/ledger_sql.h"
#include "mall/ledger/ledger_int.h"

/* What an account of a party has in the order's custody. */
static int held(struct db *db, struct arena *a, const struct order_money *m, enum ledger_kind kind,
                int64_t party, int64_t *ret_amount, struct err *err)
{
    struct ledger_held_row row;
    int rc = ledger_held(db, a, kind, party, m->currency, m->custody, &row, err);
    if (rc == 0)
        *ret_amount = row.total > 0 ? row.total : 0;
    return rc;
}

static int tell(struct db *db, const struct order_money *m, const struct posting *p,
                struct err *err)
{
    struct event_body body;
    event_body_init(&body);
    json_member_int(&body.json, "amount", p->amount);
    json_member_str(&body.json, "currency", m->currency);
    return event_append_body(db,
                             &(struct event){ .kind = EVENT_MONEY_CLAWED_BACK,
                                              .actor = p->party,
                                              .object = m->order,
                                              .about = p->cause },
                             &body, err);
}

/* A party gives back: from what it has, then from its reserve; the rest is
 * owed by it, and what it earns next pays for it. */
static int claw_back(struct db *db, struct arena *a, const struct order_money *m,
                     const struct posting *part, struct gather *out, struct err *err)
{
    int64_t has = 0, reserve = 0, from_reserve = 0;
    int rc = held(db, a, m, part->kind, part->party, &has, err);
    if (rc == 0)
        rc = held(db, a, m, LEDGER_RESERVE, part->party, &reserve, err);
    if (rc < 0)
        return rc;
    if (part->amount > has)
        from_reserve = part->amount - has < reserve ? part->amount - has : reserve;
    struct posting own = *part;
    own.amount -= from_reserve;
    rc = release_gather(out, &own, err);
    if (rc == 0 && from_reserve)
        rc = release_gather(
            out, &(struct posting){ LEDGER_RESERVE, part->party, from_reserve, part->cause, 0 },
            err);
    return rc < 0 ? rc : tell(db, m, part, err);
}

/* Gather who gives back what of a line whose money was let go. */
static int from_parties(struct db *db, struct arena *a, const struct order_money *m,
                        const struct order_money_line *line, int64_t amount, struct gather *out,
                        struct err *err)
{
    struct gather *parts = arena_new(a, struct gather);
    struct release_split sums = { 0 };
    if (!parts)
        return err_detail(err, ERR_NOMEM, "arena full");
    const struct release_line before = ledger_line_left(line, line->refunded);
    const struct release_line after = ledger_line_left(line, line->refunded + amount);
    int rc = release_split_line(parts, m->supplier, &before, 1, &sums, err);
    if (rc == 0)
        rc = release_split_line(parts, m->supplier, &after, -1, &sums, err);
    for (int i = 0; rc == 0 && i < parts->n; i++) {
        const struct posting *part = &parts->postings[i];
        bool party = part->party != 0 && part->amount > 0;
        rc = party ? claw_back(db, a, m, part, out, err) : release_gather(out, part, err);
    }
    return rc;
}

int ledger_refund(struct db *db, struct arena *a, const struct order_money *money,
                  const struct order_money_line *line, int64_t amount, struct err *err)
{
    struct gather *out = arena_new(a, struct gather);
    if (!out)
        return err_detail(err, ERR_NOMEM, "arena full");
    int64_t subsidy = 0;
    int rc;
    if (money->released)
        subsidy = ledger_line_left(line, line->refunded).subsidy -
                  ledger_line_left(line, line->refunded + amount).subsidy;
    if (money->released)
        rc = from_parties(db, a, money, line, amount, out, err);
    else
        rc = release_gather(out, &(struct posting){ LEDGER_ESCROW, 0, amount, 0, 0 }, err);
    if (rc == 0)
        rc = release_gather(out, &(struct posting){ LEDGER_REFUND, 0, -amount, 0, 0 }, err);
    if (rc == 0)
        rc =
            release_gather(out, &(struct posting){ LEDGER_FUND_INCENTIVE, 0, -subsidy, 0, 0 }, err);
    if (rc == 0)
        rc = ledger_post(db,
                         &(struct journal){ JOURNAL_REVERSAL, money->order, money->currency,
                                            out->postings, out->n, money->custody },
                         err);
    return rc;
}
