#include "mall/ledger/ledger_web.h"

#include "base/id.h"
#include "codec/json_out.h"
#include "gen/ledger_sql.h"
#include "gen/ledger_views.h"
#include "web/page.h"
#include "words/message.h"

#define PAGE_ROWS 20

static const struct {
    const char *name;  /* for programs */
    const char *words; /* for people */
} kinds[LEDGER_KINDS] = {
    [LEDGER_CLEARING] = { "clearing", N_("Held by the payment provider") },
    [LEDGER_ESCROW] = { "escrow", N_("Held for open orders") },
    [LEDGER_SUPPLIER] = { "supplier", N_("Sales") },
    [LEDGER_AUTHOR] = { "author", N_("Commissions") },
    [LEDGER_PLATFORM] = { "platform", N_("Fees of this place") },
    [LEDGER_TAX] = { "tax", N_("Taxes") },
    [LEDGER_FUND_INCENTIVE] = { "fund-incentive", N_("Fund for good notes") },
    [LEDGER_FUND_TECHNOLOGY] = { "fund-technology", N_("Fund for technology") },
    [LEDGER_FUND_MAINTENANCE] = { "fund-maintenance", N_("Fund for maintenance") },
    [LEDGER_REFUND] = { "refund", N_("Owed to buyers") },
    [LEDGER_RESERVE] = { "reserve", N_("Kept for returns") },
    [LEDGER_PAYOUT] = { "payout", N_("On its way to the bank") },
};

const char *ledger_kind_name(enum ledger_kind kind)
{
    return kind >= LEDGER_CLEARING && kind < LEDGER_KINDS ? kinds[kind].words : "";
}

static struct str kind_key(enum ledger_kind kind)
{
    return str_from(kind >= LEDGER_CLEARING && kind < LEDGER_KINDS ? kinds[kind].name : "");
}

static struct str journal_key(enum journal_kind kind)
{
    static const char *const names[] = { "",         "payment",  "release",
                                         "reinvest", "reversal", "refunded" };
    return str_from(kind >= JOURNAL_PAYMENT && kind <= JOURNAL_REFUNDED ? names[kind] : "");
}

static void sums_json(struct json_out *j, const struct ledger_sum *sums, size_t n)
{
    json_begin_array(j);
    for (size_t i = 0; i < n; i++) {
        json_begin_object(j);
        json_member_str(j, "kind", kind_key(sums[i].kind));
        json_member_str(j, "currency", str_from(sums[i].amount.currency));
        json_member_int(j, "amount", sums[i].amount.minor);
        if (sums[i].accounts) {
            json_member_int(j, "accounts", sums[i].accounts);
            json_member_int(j, "debit", sums[i].debit);
        }
        json_end_object(j);
    }
    json_end_array(j);
}

static void line_json(struct json_out *j, const struct statement_line *line)
{
    char id[ID_TEXT_MAX];
    bool release = line->journal_kind == JOURNAL_RELEASE ||
                   line->journal_kind == JOURNAL_REINVEST || line->journal_kind == JOURNAL_REVERSAL;
    bool payout = line->journal_kind >= JOURNAL_PAYOUT;
    json_begin_object(j);
    json_member_int(j, "journal", line->journal);
    json_member_int(j, "position", line->position);
    json_member_int(j, "at", line->at);
    json_member_str(j, "kind", kind_key(line->kind));
    json_member_str(j, "currency", str_from(line->amount.currency));
    json_member_int(j, "amount", line->amount.minor);
    json_member_str(j, "reason", journal_key(line->journal_kind));
    if (release)
        json_member_str(j, "order", id_text(id, "ord", line->journal_cause));
    else if (payout)
        json_member_str(j, "payout", id_text(id, "out", line->journal_cause));
    else
        json_member_str(j, "payment", id_text(id, "pay", line->journal_cause));
    if (line->note)
        json_member_str(j, "note", id_text(id, "note", line->note));
    json_end_object(j);
}

static void earnings_json(struct json_out *j, const void *data)
{
    const struct earnings_page *page = data;
    json_begin_object(j);
    json_key(j, "balances");
    sums_json(j, page->sums, page->n_sums);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n_lines; i++)
        line_json(j, &page->lines[i]);
    json_end_array(j);
    if (page->more.len)
        json_member_str(j, "more", page->more);
    json_end_object(j);
}

static const struct shape earnings_shape = { .html = earnings_page_view_any,
                                             .fragment = earnings_more_any,
                                             .json = earnings_json };

static int fill_statement(struct req *rq, struct db *db, struct earnings_page *page,
                          struct err *err)
{
    struct page at;
    struct ledger_statement_rows rows = { 0 };
    int rc = page_read(rq, 2, PAGE_ROWS, &at, err);
    if (rc == 0)
        rc = ledger_statement(db, rq->arena, rq->viewer.actor, at.has ? at.key[0] : INT64_MAX,
                              at.has ? at.key[1] : 0, at.limit + 1, &rows, err);
    if (rc < 0 || rows.n == 0)
        return rc;
    size_t n = rows.n > (size_t)at.limit ? (size_t)at.limit : rows.n;
    struct statement_line *lines = arena_new_array(rq->arena, n, struct statement_line);
    if (!lines)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++) {
        const struct ledger_statement_row *row = &rows.v[i];
        lines[i] = (struct statement_line){ .journal = row->journal,
                                            .position = row->position,
                                            .journal_kind = (enum journal_kind)row->journal_kind,
                                            .journal_cause = row->journal_cause,
                                            .at = row->at,
                                            .kind = (enum ledger_kind)row->kind,
                                            .amount = money(-row->amount, row->currency),
                                            .note = row->cause };
    }
    page->lines = lines;
    page->n_lines = n;
    const int64_t last[2] = { lines[n - 1].journal, lines[n - 1].position };
    page->more = page_next(rq, &at, rows.n, last);
    return 0;
}

static int earnings(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct earnings_page *page = arena_new(rq->arena, struct earnings_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    struct ledger_sum *sums;
    int rc = ledger_holdings(db, rq->arena, rq->viewer.actor, &sums, &page->n_sums, err);
    if (rc == 0)
        rc = fill_statement(rq, db, page, err);
    if (rc < 0)
        return rc;
    page->sums = sums;
    answer_page(ret, &earnings_shape, page, message_text(rq->lang, N_("Earnings")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static void ledger_json(struct json_out *j, const void *data)
{
    const struct ledger_page *page = data;
    json_begin_object(j);
    json_member_bool(j, "balanced", page->balanced);
    json_member_int(j, "accounts", page->accounts);
    json_key(j, "sums");
    sums_json(j, page->sums, page->n_sums);
    json_key(j, "totals");
    json_begin_array(j);
    for (size_t i = 0; i < page->n_zeros; i++) {
        json_begin_object(j);
        json_member_str(j, "currency", str_from(page->zeros[i].total.currency));
        json_member_int(j, "debit", page->zeros[i].total.minor);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static const struct shape ledger_shape = { .html = ledger_page_view_any, .json = ledger_json };

/* Add one sum to what its currency sums to; there is room for all. */
static void add_zero(struct ledger_zero *zeros, size_t *n, int64_t debit, struct str currency)
{
    struct money add = money(debit, currency);
    for (size_t i = 0; i < *n; i++) {
        if (str_eq(str_from(zeros[i].total.currency), str_from(add.currency))) {
            zeros[i].total.minor += debit;
            return;
        }
    }
    zeros[(*n)++].total = add;
}

static int operator_ledger(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct ledger_kind_sums_rows rows = { 0 };
    struct ledger_page *page = arena_new(rq->arena, struct ledger_page);
    int rc = page ? ledger_kind_sums(db, rq->arena, &rows, err)
                  : err_detail(err, ERR_NOMEM, "arena full");
    if (rc < 0)
        return rc;
    size_t room = rows.n ? rows.n : 1;
    struct ledger_sum *sums = arena_new_array(rq->arena, room, struct ledger_sum);
    struct ledger_zero *zeros = arena_new_array(rq->arena, room, struct ledger_zero);
    if (!sums || !zeros)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++) {
        const struct ledger_kind_sums_row *row = &rows.v[i];
        bool asset = row->kind == LEDGER_CLEARING;
        sums[i] =
            (struct ledger_sum){ .kind = (enum ledger_kind)row->kind,
                                 .accounts = row->accounts,
                                 .amount = money(asset ? row->total : -row->total, row->currency),
                                 .debit = row->total };
        page->accounts += row->accounts;
        add_zero(zeros, &page->n_zeros, row->total, row->currency);
    }
    page->balanced = true;
    for (size_t i = 0; i < page->n_zeros; i++)
        page->balanced = page->balanced && zeros[i].total.minor == 0;
    page->sums = sums;
    page->n_sums = rows.n;
    page->zeros = zeros;
    answer_page(ret, &ledger_shape, page, message_text(rq->lang, N_("The books")));
    ret->head.noindex = true;
    return 0;
}

const struct route ledger_routes[] = {
    { METHOD_GET, "/me/earnings", earnings, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_GET, "/operator/ledger", operator_ledger, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { 0 },
};
