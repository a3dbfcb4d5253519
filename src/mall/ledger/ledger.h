/* mall/ledger/ledger.h - the books of the shop, kept double.
 *
 * Every movement of money is a journal: postings to accounts, debits positive
 * and credits negative, that sum to zero for each currency. A journal is
 * never changed; a mistake is corrected by another one. A balance is the sum
 * of an account's postings and is stored nowhere.
 *
 * The ledger mirrors money that a payment provider holds. Each account says
 * in whose custody the money is. Amounts are integer minor units.
 *
 *   payment   Dr clearing (the provider owes us)    Cr escrow
 *   release   Dr escrow    Cr supplier, author, platform, tax
 *             Dr incentive fund, for what the platform gave the buyer
 *   reinvest  Dr platform  Cr incentive, technology, maintenance funds
 *   reversal  Dr escrow    Cr clearing
 *
 * Not here: what an order is (mall/order, which hands its lines in as plain
 * data), how money moves for real (mall/payment).
 *
 * Memory: the arena given. Threads: as the db handle's.
 * Source: capabilities 25, 58, 73, 75; analytics.md "Ledger".
 */
#ifndef SWARD_MALL_LEDGER_LEDGER_H
#define SWARD_MALL_LEDGER_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/money.h"
#include "base/str.h"
#include "store/db.h"
#include "store/doctor.h"

/* What an account is for. Numbers are stored. */
enum ledger_kind {
    LEDGER_CLEARING = 1,       /* asset: what the provider holds for us */
    LEDGER_ESCROW = 2,         /* paid, not yet anybody's */
    LEDGER_SUPPLIER = 3,       /* owed to a supplier */
    LEDGER_AUTHOR = 4,         /* owed to an author or leader */
    LEDGER_PLATFORM = 5,       /* the platform's fees */
    LEDGER_TAX = 6,            /* owed to the tax office */
    LEDGER_FUND_INCENTIVE = 7, /* pays for good notes */
    LEDGER_FUND_TECHNOLOGY = 8,
    LEDGER_FUND_MAINTENANCE = 9,
};
#define LEDGER_KINDS 10

/* Who holds the money that an account stands for. Numbers are stored. */
enum ledger_custody { CUSTODY_PROVIDER = 1, CUSTODY_PLATFORM = 2, CUSTODY_SELLER = 3 };

/* Why a journal was written. Numbers are stored. */
enum journal_kind {
    JOURNAL_PAYMENT = 1,  /* cause: the payment */
    JOURNAL_RELEASE = 2,  /* cause: the order */
    JOURNAL_REINVEST = 3, /* cause: the order whose fee it is */
    JOURNAL_REVERSAL = 4, /* cause: the payment */
};

/* One side of a movement. */
struct posting {
    enum ledger_kind kind;
    int64_t party;  /* actor key; 0 = the platform */
    int64_t amount; /* minor units: debit positive, credit negative; 0 is left out */
    int64_t cause;  /* the note a commission was earned by; 0 = none */
};

#define JOURNAL_POSTINGS_MAX 64

struct journal {
    enum journal_kind kind;
    int64_t cause;
    struct str currency;
    const struct posting *postings;
    int n;
};

/* Write a journal. ERR_INTERNAL when it does not sum to zero, has no posting,
 * too many, or passes MONEY_MAX. */
NODISCARD int ledger_post(struct db *db, const struct journal *journal, struct err *err);

/* A buyer's payment arrived at the provider: it is held in escrow. */
NODISCARD int ledger_payment(struct db *db, int64_t payment, int64_t amount, struct str currency,
                             struct err *err);

/* A payment goes back to the buyer before anything was released. */
NODISCARD int ledger_reversal(struct db *db, int64_t payment, int64_t amount, struct str currency,
                              struct err *err);

/* Rates in force for a sale, in parts of ten thousand. */
struct fee_rule {
    int64_t id;
    int64_t platform; /* of a line without tax */
    int64_t author;   /* of a line without tax */
    int64_t tax;      /* included in the price */
    int64_t reinvest; /* of the platform's fee */
};

/* The rule in force at a time. */
NODISCARD int fee_rule_at(struct db *db, struct arena *a, int64_t at, struct fee_rule *ret_rule,
                          struct err *err);

/* A rule by its id, as a line stored it. */
NODISCARD int fee_rule_by_id(struct db *db, struct arena *a, int64_t id, struct fee_rule *ret_rule,
                             struct err *err);

/* The tax inside an amount that includes it: amount * rate / (one + rate),
 * rounded half up. */
int64_t fee_tax_inside(int64_t amount, int64_t rate);

/* Somebody besides the supplier who is paid from a line. */
struct release_claim {
    int64_t party; /* actor key */
    int64_t rate;  /* parts of ten thousand of the line without tax */
    int64_t cause; /* the note behind it */
};

#define RELEASE_CLAIMS_MAX 4

/* One line of an order whose money is let go. */
struct release_line {
    int64_t amount;  /* what it brought: paid by the buyer, and the subsidy; tax inside */
    int64_t subsidy; /* of amount, what the platform gave instead of the buyer */
    int64_t tax;     /* inside amount */
    struct fee_rule rule;
    int n_claims;
    struct release_claim claims[RELEASE_CLAIMS_MAX];
};

struct release {
    int64_t order;
    int64_t supplier; /* actor key */
    struct str currency;
    const struct release_line *lines;
    size_t n_lines;
    int64_t delivery;     /* what the buyer paid for sending it; the supplier's, less its tax */
    int64_t delivery_tax; /* inside delivery */
};

/* What became of an order's money; sums to what was paid and what the platform gave. */
struct release_split {
    int64_t supplier, claims, platform, tax;
    int64_t reinvested; /* of platform, moved on to the funds */
    int64_t funds[3];   /* incentive, technology, maintenance; sum to reinvested */
};

/* Let an order's escrow go: each line is split into tax, the claims, the
 * platform's fee and the rest for the supplier, each part rounded half up and
 * the supplier taking the remainder, so that the parts sum to the line. Then
 * the rule's share of the fee moves to the three funds (half to incentives,
 * the other half evenly). Two journals. Appends ESCROW_RELEASED,
 * COMMISSION_EARNED for each claim, and FUNDS_REINVESTED. */
NODISCARD int ledger_release(struct db *db, struct arena *a, const struct release *release,
                             bool simulated, struct release_split *ret_split, struct err *err);

/* What an account holds, as a positive number for what is owed or held. */
NODISCARD int ledger_balance(struct db *db, struct arena *a, enum ledger_kind kind, int64_t party,
                             struct str currency, int64_t *ret_amount, struct err *err);

/* What accounts of one kind hold in one currency. */
struct ledger_sum {
    enum ledger_kind kind;
    int64_t accounts;    /* how many; 0 = not asked */
    struct money amount; /* positive for what is owed or held */
    int64_t debit;       /* minor units as the books have it: debit positive */
};

/* What a person's accounts hold, by kind and currency.
 *   ret_sums, ret_n  OUT: in the arena */
NODISCARD int ledger_holdings(struct db *db, struct arena *a, int64_t party,
                              struct ledger_sum **ret_sums, size_t *ret_n, struct err *err);

/* Postings of every journal sum to zero; no escrow is negative. */
NODISCARD int ledger_doctor(struct store *store, struct doctor *d, struct err *err);

#endif
