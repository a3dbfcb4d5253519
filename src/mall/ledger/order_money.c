/* An order as money: what came in for each line, and what of it went back. */

#include "base/money.h"
#include "gen/ledger_sql.h"
#include "mall/ledger/ledger.h"
#include "mall/order/order.h"

/* part of whole that goes with piece of it, rounded half up; all of whole gives all. */
static int64_t share(int64_t part, int64_t piece, int64_t whole)
{
    if (whole <= 0)
        return 0;
    return (int64_t)(((__int128)part * piece * 2 + whole) / ((__int128)whole * 2));
}

struct release_line ledger_line_left(const struct order_money_line *line, int64_t refunded)
{
    int64_t whole = line->paid + line->subsidy;
    struct release_line left = { .position = line->position,
                                 .rule = line->rule,
                                 .n_claims = line->n_claims };
    left.subsidy = line->subsidy - share(line->subsidy, refunded, line->paid);
    left.amount = line->paid - refunded + left.subsidy;
    left.tax = share(line->tax, left.amount, whole);
    for (int i = 0; i < line->n_claims; i++)
        left.claims[i] = line->claims[i];
    return left;
}

static int fill_line(struct db *db, struct arena *a, const struct ledger_order_lines_row *row,
                     const struct ledger_order_claims_rows *claims, struct order_money_line *line,
                     struct err *err)
{
    *line = (struct order_money_line){ .position = (int)row->position,
                                       .subsidy = row->subsidy,
                                       .tax = row->tax,
                                       .refunded = row->refunded };
    line->paid =
        order_line_paid(row->amount, row->discount, row->subsidy, row->tax, row->tax_included);
    for (size_t k = 0; k < claims->n && line->n_claims < RELEASE_CLAIMS_MAX; k++) {
        const struct ledger_order_claims_row *c = &claims->v[k];
        if (c->position == row->position)
            line->claims[line->n_claims++] = (struct release_claim){ c->party, c->rate, c->cause };
    }
    return fee_rule_by_id(db, a, row->fee_rule, &line->rule, err);
}

static int fill_lines(struct db *db, struct arena *a, const struct ledger_order_row_row *row,
                      struct order_money *m, struct err *err)
{
    struct ledger_order_lines_rows lines;
    struct ledger_order_claims_rows claims;
    int rc = ledger_order_lines(db, a, m->order, &lines, err);
    if (rc == 0)
        rc = ledger_order_claims(db, a, m->order, &claims, err);
    if (rc < 0)
        return rc;
    m->lines = arena_new_array(a, lines.n + 1, struct order_money_line);
    if (!m->lines)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < lines.n; i++)
        rc = fill_line(db, a, &lines.v[i], &claims, &m->lines[m->n_lines++], err);
    if (rc == 0 && row->delivery)
        m->lines[m->n_lines++] = (struct order_money_line){ .position = RELEASE_DELIVERY,
                                                            .paid = row->delivery,
                                                            .tax = row->delivery_tax,
                                                            .refunded = row->delivery_refunded };
    return rc;
}

int ledger_order(struct db *db, struct arena *a, int64_t order, struct order_money *ret_money,
                 struct err *err)
{
    struct ledger_order_row_row row;
    int rc = ledger_order_row(db, a, order, &row, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such order."));
    if (rc < 0)
        return rc;
    struct order_money m = { .order = row.id,
                             .purchase = row.purchase,
                             .supplier = row.supplier,
                             .buyer = row.buyer,
                             .payment = row.payment.has ? row.payment.value : 0,
                             .custody = row.custody.has ? (enum ledger_custody)row.custody.value
                                                        : CUSTODY_PROVIDER,
                             .released = row.state == ORDER_CLOSED,
                             .currency = row.currency };
    rc = fill_lines(db, a, &row, &m, err);
    if (rc == 0)
        *ret_money = m;
    return rc;
}

int ledger_order_release(struct arena *a, const struct order_money *money,
                         struct release *ret_release, struct err *err)
{
    struct release_line *lines = arena_new_array(a, money->n_lines + 1, struct release_line);
    if (!lines)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < money->n_lines; i++)
        lines[i] = ledger_line_left(&money->lines[i], money->lines[i].refunded);
    *ret_release = (struct release){ .order = money->order,
                                     .supplier = money->supplier,
                                     .currency = money->currency,
                                     .lines = lines,
                                     .n_lines = money->n_lines,
                                     .custody = money->custody };
    return 0;
}
