#include "mall/ledger/ledger.h"

#include "base/money.h"
#include "gen/ledger_sql.h"

static int account_of(struct db *db, struct arena *a, const struct posting *p, struct str currency,
                      int64_t *ret_account, struct err *err)
{
    struct ledger_account_find_row row;
    int rc = ledger_account_find(db, a, p->kind, p->party, currency, p->custody, &row, err);
    if (rc == 0) {
        *ret_account = row.id;
        return 0;
    }
    if (rc != ERR_NOT_FOUND)
        return rc;
    err_clear(err);
    int64_t id = db_new_id(db);
    rc = ledger_account_insert(db, id, p->kind, p->party, currency, p->custody, NULL, err);
    if (rc == 0)
        *ret_account = id;
    return rc;
}

/* In whose custody a posting of a journal is. */
static enum ledger_custody custody_of(const struct journal *journal, const struct posting *p)
{
    if (p->custody)
        return p->custody;
    return journal->custody ? journal->custody : CUSTODY_PROVIDER;
}

static int check_journal(const struct journal *journal, struct err *err)
{
    if (journal->n < 2 || journal->n > JOURNAL_POSTINGS_MAX)
        return err_detail(err, ERR_INTERNAL, "a journal of %d postings", journal->n);
    for (int custody = CUSTODY_PROVIDER; custody <= CUSTODY_SELLER; custody++) {
        int64_t sum = 0;
        for (int i = 0; i < journal->n; i++)
            if ((int)custody_of(journal, &journal->postings[i]) == custody &&
                !money_add(sum, journal->postings[i].amount, &sum))
                return err_detail(err, ERR_INTERNAL, "a journal passes the largest amount");
        if (sum != 0)
            return err_detail(err, ERR_INTERNAL, "a journal of kind %d sums to %lld", journal->kind,
                              (long long)sum);
    }
    return 0;
}

int ledger_post(struct db *db, const struct journal *journal, struct err *err)
{
    int rc = check_journal(journal, err);
    if (rc < 0)
        return rc;
    int64_t id = db_new_id(db);
    rc = ledger_journal_insert(db, id, journal->kind, journal->cause, db_now(db), NULL, err);
    struct arena scratch;
    arena_init(&scratch, 64 * 1024);
    for (int i = 0, position = 0; rc == 0 && i < journal->n; i++) {
        struct posting p = journal->postings[i];
        int64_t account;
        if (p.amount == 0)
            continue;
        p.custody = custody_of(journal, &p);
        rc = account_of(db, &scratch, &p, journal->currency, &account, err);
        if (rc == 0)
            rc = ledger_posting_insert(db, id, position++, account, p.amount, p.cause, NULL, err);
    }
    arena_release(&scratch);
    return rc;
}

/* Move an amount from one account of the shop to another. */
static int move(struct db *db, enum journal_kind kind, const struct ledger_money *money,
                enum ledger_kind debit, enum ledger_kind credit, struct err *err)
{
    const struct posting postings[] = { { .kind = debit, .amount = money->amount },
                                        { .kind = credit, .amount = -money->amount } };
    return ledger_post(db,
                       &(struct journal){ kind, money->cause, money->currency, postings,
                                          ARRAY_LEN(postings), money->custody },
                       err);
}

int ledger_payment(struct db *db, const struct ledger_money *money, struct err *err)
{
    return move(db, JOURNAL_PAYMENT, money, LEDGER_CLEARING, LEDGER_ESCROW, err);
}

int ledger_received(struct db *db, const struct ledger_money *money, struct err *err)
{
    return move(db, JOURNAL_RECEIVED, money, LEDGER_CLEARING, LEDGER_REFUND, err);
}

int ledger_reversal(struct db *db, const struct ledger_money *money, struct err *err)
{
    return move(db, JOURNAL_REVERSAL, money, LEDGER_ESCROW, LEDGER_REFUND, err);
}

int ledger_refunded(struct db *db, const struct ledger_money *money, struct err *err)
{
    return move(db, JOURNAL_REFUNDED, money, LEDGER_REFUND, LEDGER_CLEARING, err);
}

int ledger_balance(struct db *db, struct arena *a, enum ledger_kind kind, int64_t party,
                   struct str currency, int64_t *ret_amount, struct err *err)
{
    struct ledger_account_sum_row row;
    int rc = ledger_account_sum(db, a, kind, party, currency, &row, err);
    if (rc == 0)
        *ret_amount = kind == LEDGER_CLEARING ? row.total : -row.total;
    return rc;
}

int ledger_holdings(struct db *db, struct arena *a, int64_t party, struct ledger_sum **ret_sums,
                    size_t *ret_n, struct err *err)
{
    struct ledger_party_sums_rows rows;
    int rc = ledger_party_sums(db, a, party, &rows, err);
    if (rc < 0)
        return rc;
    struct ledger_sum *sums = arena_new_array(a, rows.n ? rows.n : 1, struct ledger_sum);
    if (!sums)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        sums[i] = (struct ledger_sum){ .kind = (enum ledger_kind)rows.v[i].kind,
                                       .amount = money(rows.v[i].total, rows.v[i].currency),
                                       .debit = -rows.v[i].total };
    *ret_sums = sums;
    *ret_n = rows.n;
    return 0;
}
