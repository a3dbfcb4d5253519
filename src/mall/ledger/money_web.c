#include "mall/ledger/money_web.h"

#include "account/staff/staff.h"
#include "base/clock.h"
#include "base/id.h"
#include "codec/csv.h"
#include "codec/date.h"
#include "codec/json_out.h"
#include "event/body.h"
#include "event/event.h"
#include "gen/ledger_sql.h"
#include "gen/ledger_views.h"
#include "mall/ledger/ledger_web.h"
#include "words/message.h"
#include "words/text.h"

#define PARTIES_MAX 1000
#define SHOWN       50
#define FILE_MAX    (8 * 1024 * 1024)
#define PAGE_ROWS   500

static const struct {
    const char *key, *words;
} reasons[] = {
    { "", "" },
    { "payment", N_("Paid by buyers") },
    { "release", N_("Orders let go") },
    { "reinvest", N_("Put into the funds") },
    { "reversal", N_("Given back to buyers") },
    { "refunded", N_("Refunds done") },
    { "received", N_("Came in by hand") },
    { "payout", N_("Put into a payout") },
    { "paid-out", N_("Paid out") },
    { "reserve", N_("Reserve let go") },
    { "spend", N_("Spent") },
};

const char *journal_reason_name(enum journal_kind kind)
{
    return (size_t)kind < ARRAY_LEN(reasons) ? reasons[kind].words : "";
}

static struct str reason_key(enum journal_kind kind)
{
    return str_from((size_t)kind < ARRAY_LEN(reasons) ? reasons[kind].key : "");
}

/* ---- the reader's statement ---- */

/* What each account kind and currency has come to while the statement is written. */
struct running {
    struct str currency;
    int64_t total;
};

static int64_t *balance_of(struct running *list, size_t *n, size_t max, struct str currency)
{
    for (size_t i = 0; i < *n; i++)
        if (str_eq(list[i].currency, currency))
            return &list[i].total;
    if (*n == max)
        return NULL;
    list[*n] = (struct running){ currency, 0 };
    return &list[(*n)++].total;
}

static void put_row(struct csv_writer *w, struct arena *a,
                    const struct ledger_statement_all_row *row, int64_t balance)
{
    char at[DATE_TEXT_MAX], id[ID_TEXT_MAX];
    bool order = row->journal_kind == JOURNAL_RELEASE || row->journal_kind == JOURNAL_REVERSAL;
    csv_put(w, arena_str(a, date_write(at, row->at)));
    csv_put(w, reason_key((enum journal_kind)row->journal_kind));
    csv_put(w, order ? id_text(id, "ord", row->journal_cause) : STR(""));
    csv_put_int(w, -row->amount);
    csv_put_int(w, balance);
    csv_put(w, row->currency);
    csv_end_row(w);
}

static int write_statement(struct req *rq, struct db *db, struct csv_writer *w, struct err *err)
{
    struct running sums[32];
    struct ledger_statement_all_rows rows = { .n = PAGE_ROWS };
    int64_t journal = 0, position = 0;
    size_t n = 0;
    int rc = 0;
    while (rc == 0 && rows.n == PAGE_ROWS) {
        rc = ledger_statement_all(db, rq->arena, rq->viewer.actor, journal, position, PAGE_ROWS,
                                  &rows, err);
        for (size_t i = 0; rc == 0 && i < rows.n; i++) {
            const struct ledger_statement_all_row *row = &rows.v[i];
            int64_t *sum = balance_of(sums, &n, ARRAY_LEN(sums), row->currency);
            if (!sum)
                return err_detail(err, ERR_TOO_LARGE, "more than 32 currencies");
            *sum -= row->amount;
            put_row(w, rq->arena, row, *sum);
            journal = row->journal;
            position = row->position;
        }
    }
    return rc;
}

/* Amounts are in minor units, so that a program adds them without rounding. */
static int statement_csv(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    static const char *const head[] = { "date", "what", "order", "amount", "balance", "currency" };
    struct csv_writer w;
    struct buf out;
    buf_init(&out, FILE_MAX);
    csv_writer_init(&w, &out, true);
    for (size_t i = 0; i < ARRAY_LEN(head); i++)
        csv_put(&w, str_from(head[i]));
    csv_end_row(&w);
    int rc = write_statement(rq, db, &w, err);
    struct str bytes = arena_str(rq->arena, buf_str(&out));
    if (rc == 0 && (buf_overflowed(&out) || !bytes.ptr))
        rc = err_detail(err, ERR_TOO_LARGE, "a statement of more than %d bytes", FILE_MAX);
    buf_release(&out);
    if (rc < 0)
        return rc;
    answer_bytes(ret, "text/csv; charset=utf-8", bytes);
    answer_header(ret, "Content-Disposition", STR("attachment; filename=\"statement.csv\""));
    ret->no_store = true;
    return 0;
}

/* ---- streams, parties, funds, fees ---- */

static void amount_json(struct json_out *j, const char *name, struct money m)
{
    json_member_int(j, name, m.minor);
}

static void money_json(struct json_out *j, const void *data)
{
    const struct money_page *page = data;
    json_begin_object(j);
    json_member_bool(j, "agrees", page->agrees);
    json_key(j, "streams");
    json_begin_array(j);
    for (size_t i = 0; i < page->n_flows; i++) {
        const struct money_flow *f = &page->flows[i];
        json_begin_object(j);
        json_member_int(j, "kind", f->kind);
        json_member_str(j, "reason", reason_key(f->reason));
        amount_json(j, "amount", f->amount);
        json_member_str(j, "currency", str_from(f->amount.currency));
        json_end_object(j);
    }
    json_end_array(j);
    json_key(j, "parties");
    json_begin_array(j);
    for (size_t i = 0; i < page->n_parties; i++) {
        const struct money_party *p = &page->parties[i];
        json_begin_object(j);
        json_member_str(j, "handle", p->person.handle);
        amount_json(j, "earned", p->earned);
        amount_json(j, "given_back", p->given_back);
        amount_json(j, "paid_out", p->paid_out);
        amount_json(j, "left", p->left);
        json_member_str(j, "currency", str_from(p->left.currency));
        json_end_object(j);
    }
    json_end_array(j);
    json_key(j, "funds");
    json_begin_array(j);
    for (size_t i = 0; i < page->n_funds; i++) {
        json_begin_object(j);
        json_member_int(j, "kind", page->funds[i].kind);
        amount_json(j, "held", page->funds[i].held);
        json_member_str(j, "currency", str_from(page->funds[i].held.currency));
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static const struct shape money_shape = { .html = money_page_view_any, .json = money_json };

/* A day such as 2026-06-01 as a time; fallback when it is none. */
static int64_t day_of(struct str text, int64_t add_days, int64_t fallback)
{
    int64_t at;
    return date_read_day(text, &at) ? at + add_days * TIME_DAY : fallback;
}

static void add_to(struct money_party *p, const struct ledger_party_flows_row *row)
{
    bool earns = row->kind == LEDGER_SUPPLIER || row->kind == LEDGER_AUTHOR;
    if (row->journal_kind == JOURNAL_RELEASE && earns)
        p->earned.minor += row->total;
    else if (row->journal_kind == JOURNAL_REVERSAL)
        p->given_back.minor -= row->total;
    else if (row->journal_kind == JOURNAL_PAID_OUT)
        p->paid_out.minor -= row->total;
    p->left.minor += row->total;
}

/* Parties one by one; `sum` gets all that was posted to them. */
static int fill_parties(struct req *rq, struct db *db, int64_t since, int64_t until,
                        struct money_page *page, int64_t *sum, struct err *err)
{
    struct ledger_party_flows_rows rows = { 0 };
    int rc = ledger_party_flows(db, rq->arena, since, until, PARTIES_MAX, &rows, err);
    struct money_party *list = arena_new_array(rq->arena, rows.n + 1, struct money_party);
    if (rc == 0 && !list)
        rc = err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct ledger_party_flows_row *row = &rows.v[i];
        struct money_party *p = page->n_parties ? &list[page->n_parties - 1] : NULL;
        if (!p || p->actor != row->party || !str_eq(str_from(p->left.currency), row->currency)) {
            struct money none = money(0, row->currency);
            p = &list[page->n_parties++];
            *p = (struct money_party){ .actor = row->party,
                                       .earned = none,
                                       .given_back = none,
                                       .paid_out = none,
                                       .left = none };
            rc = person_cards(db, rq->arena, &row->party, 1, &p->person, err);
        }
        add_to(p, row);
        *sum += row->total;
    }
    page->parties = list;
    return rc;
}

static bool is_party(int64_t kind)
{
    return kind == LEDGER_SUPPLIER || kind == LEDGER_AUTHOR || kind == LEDGER_RESERVE ||
           kind == LEDGER_PAYOUT;
}

static int fill_flows(struct req *rq, struct db *db, struct money_page *page, struct err *err)
{
    int64_t since = day_of(page->from, 0, 0), until = day_of(page->to, 1, INT64_MAX);
    int64_t all = 0, of_parties = 0, one_by_one = 0;
    struct ledger_flows_rows rows = { 0 };
    int rc = ledger_flows(db, rq->arena, since, until, &rows, err);
    struct money_flow *flows = arena_new_array(rq->arena, rows.n + 1, struct money_flow);
    if (rc == 0 && !flows)
        rc = err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct ledger_flows_row *row = &rows.v[i];
        flows[i] =
            (struct money_flow){ (enum ledger_kind)row->kind, (enum journal_kind)row->journal_kind,
                                 money(row->total, row->currency) };
        all += row->total;
        of_parties += is_party(row->kind) ? row->total : 0;
    }
    page->flows = flows;
    page->n_flows = rows.n;
    if (rc == 0)
        rc = fill_parties(rq, db, since, until, page, &one_by_one, err);
    page->agrees = all == 0 && of_parties == one_by_one;
    return rc;
}

static int fill_funds(struct req *rq, struct db *db, struct money_page *page, struct err *err)
{
    struct fund_held_rows held = { 0 };
    struct fund_spends_rows spends = { 0 };
    struct fee_rules_rows fees = { 0 };
    int rc = fund_held(db, rq->arena, &held, err);
    if (rc == 0)
        rc = fund_spends(db, rq->arena, SHOWN, &spends, err);
    if (rc == 0)
        rc = fee_rules(db, rq->arena, SHOWN, &fees, err);
    struct money_fund *funds = arena_new_array(rq->arena, held.n + 1, struct money_fund);
    struct money_spend *spent = arena_new_array(rq->arena, spends.n + 1, struct money_spend);
    struct money_fee *rules = arena_new_array(rq->arena, fees.n + 1, struct money_fee);
    if (rc == 0 && (!funds || !spent || !rules))
        rc = err_detail(err, ERR_NOMEM, "arena full");
    if (rc < 0)
        return rc;
    for (size_t i = 0; i < held.n; i++)
        funds[i] = (struct money_fund){ (enum ledger_kind)held.v[i].kind,
                                        (enum ledger_custody)held.v[i].custody,
                                        money(held.v[i].total, held.v[i].currency) };
    for (size_t i = 0; i < spends.n; i++)
        spent[i] = (struct money_spend){ (enum ledger_kind)spends.v[i].fund,
                                         money(spends.v[i].amount, spends.v[i].currency),
                                         spends.v[i].purpose, spends.v[i].figure, spends.v[i].at };
    for (size_t i = 0; i < fees.n; i++)
        rules[i] = (struct money_fee){ fees.v[i].since, fees.v[i].platform, fees.v[i].author,
                                       fees.v[i].tax,   fees.v[i].reinvest, fees.v[i].note };
    page->funds = funds;
    page->n_funds = held.n;
    page->spends = spent;
    page->n_spends = spends.n;
    page->fees = rules;
    page->n_fees = fees.n;
    return 0;
}

static int money_show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct money_page *page = arena_new(rq->arena, struct money_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    *page = (struct money_page){ .from = req_text(rq, "from"), .to = req_text(rq, "to") };
    int rc = fill_flows(rq, db, page, err);
    if (rc == 0)
        rc = fill_funds(rq, db, page, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &money_shape, page, message_text(rq->lang, N_("Revenue")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static int read_words(struct req *rq, const char *name, struct str *ret_text, struct err *err)
{
    int rc = text_clean(rq->arena, req_text(rq, name), TEXT_LINE, ret_text, err);
    if (rc == 0 && ret_text->len == 0)
        rc = err_field(err, name, N_("Please fill this in."));
    if (rc == 0 && text_count(*ret_text) > 200)
        rc = err_field_n(err, name, N_("At most {n} characters, please."), 200);
    return rc;
}

static int note_act(struct req *rq, struct db *db, const char *act, struct str reason,
                    struct answer *ret, struct err *err)
{
    int rc = staff_note(
        db,
        &(struct staff_act){
            .actor = rq->viewer.actor, .act = act, .object_kind = "ledger", .reason = reason },
        err);
    if (rc == 0)
        answer_see_other(ret, STR("/operator/money"));
    return rc;
}

/* Spend what a fund holds, and say what for. */
static int spend(struct req *rq, struct db *db, struct fund_spend_insert_args *s, int64_t custody,
                 struct err *err)
{
    struct ledger_held_row held;
    struct event_body body;
    int rc = ledger_held(db, rq->arena, s->fund, 0, s->currency, custody, &held, err);
    if (rc == 0 && held.total < s->amount)
        return err_set(err, ERR_CONFLICT, N_("The fund does not hold so much."));
    const struct posting postings[] = { { (enum ledger_kind)s->fund, 0, s->amount, 0, 0 },
                                        { LEDGER_CLEARING, 0, -s->amount, 0, 0 } };
    if (rc == 0)
        rc = fund_spend_insert(db, s, NULL, err);
    if (rc == 0)
        rc = ledger_post(db,
                         &(struct journal){ JOURNAL_SPEND, s->id, s->currency, postings,
                                            ARRAY_LEN(postings), (enum ledger_custody)custody },
                         err);
    if (rc < 0)
        return rc;
    event_body_init(&body);
    json_member_int(&body.json, "amount", s->amount);
    json_member_str(&body.json, "currency", s->currency);
    json_member_int(&body.json, "fund", s->fund);
    return event_append_body(
        db, &(struct event){ .kind = EVENT_FUND_SPENT, .actor = s->spent_by, .object = s->id },
        &body, err);
}

static int fund_spend(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct fund_spend_insert_args s = { .id = db_new_id(db),
                                        .currency = req_text(rq, "currency"),
                                        .spent_by = rq->viewer.actor,
                                        .at = rq->now };
    int64_t custody = CUSTODY_PROVIDER;
    struct money probe = money(0, s.currency);
    int rc = req_int(rq, "fund", 0, LEDGER_FUND_INCENTIVE, LEDGER_FUND_MAINTENANCE, &s.fund, err);
    if (rc == 0)
        rc = req_int(rq, "custody", CUSTODY_PROVIDER, CUSTODY_PROVIDER, CUSTODY_SELLER, &custody,
                     err);
    if (rc == 0 && (!money_parse(req_text(rq, "amount"), probe.currency, &s.amount) || !s.amount))
        rc = err_field(err, "amount", N_("An amount such as 12.50, please."));
    if (rc == 0)
        rc = read_words(rq, "purpose", &s.purpose, err);
    if (rc == 0)
        rc = read_words(rq, "figure", &s.figure, err);
    if (rc == 0)
        rc = spend(rq, db, &s, custody, err);
    return rc < 0 ? rc : note_act(rq, db, "fund.spent", s.purpose, ret, err);
}

/* A rule holds from a day on that is not over: what was sold keeps its own. */
static int fee_set(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct fee_rule_insert_args f = { .id = db_new_id(db) };
    f.since = day_of(req_text(rq, "since"), 0, -1);
    if (f.since < rq->now - TIME_DAY)
        return err_field(err, "since", N_("A day from today on, please."));
    if (f.since < rq->now)
        f.since = rq->now;
    int rc = req_int(rq, "platform", 500, 0, 5000, &f.platform, err);
    if (rc == 0)
        rc = req_int(rq, "author", 400, 0, 5000, &f.author, err);
    if (rc == 0)
        rc = req_int(rq, "tax", 0, 0, 5000, &f.tax, err);
    if (rc == 0)
        rc = req_int(rq, "reinvest", 3000, 0, 10000, &f.reinvest, err);
    if (rc == 0)
        rc = read_words(rq, "note", &f.note, err);
    if (rc == 0)
        rc = fee_rule_insert(db, &f, NULL, err);
    if (rc == 0)
        rc = event_append(db,
                          &(struct event){ .kind = EVENT_FEE_RULE_SET,
                                           .actor = rq->viewer.actor,
                                           .object = f.id },
                          err);
    return rc < 0 ? rc : note_act(rq, db, "fee.set", f.note, ret, err);
}

const struct route money_routes[] = {
    { METHOD_GET, "/me/earnings/csv", statement_csv, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_GET, "/operator/money", money_show, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { METHOD_POST, "/operator/funds", fund_spend, WHO_OPERATOR, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = money_show },
    { METHOD_POST, "/operator/fees", fee_set, WHO_OPERATOR, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = money_show },
    { 0 },
};
