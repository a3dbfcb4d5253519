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
 *             Dr incentive fund, for what the platform gave the buyer; what the
 *             fund lacks the platform's fees pay
 *   reinvest  Dr platform  Cr incentive, technology, maintenance funds
 *   reversal  Dr escrow, or what each party got of it    Cr refunds owed
 *   refunded  Dr refunds owed  Cr clearing, when the provider says it is done
 *
 * What a posting stands for is in somebody's custody, and the postings of each
 * custody sum to zero too: what is owed in it is held in it.
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
    LEDGER_REFUND = 10,  /* owed to buyers: the provider was told to give it back */
    LEDGER_RESERVE = 11, /* a party's, held for returns that may still come */
    LEDGER_PAYOUT = 12,  /* a party's, on its way to its bank */
};
#define LEDGER_KINDS 13

/* Who holds the money that an account stands for. Numbers are stored. */
enum ledger_custody {
    CUSTODY_PROVIDER = 1, /* the licensed provider of payments */
    CUSTODY_PLATFORM = 2, /* the operator's own bank account */
    CUSTODY_SELLER = 3,   /* the party's own account with the provider */
};

/* Why a journal was written. Numbers are stored. */
enum journal_kind {
    JOURNAL_PAYMENT = 1,  /* cause: the payment */
    JOURNAL_RELEASE = 2,  /* cause: the order */
    JOURNAL_REINVEST = 3, /* cause: the order whose fee it is */
    JOURNAL_REVERSAL = 4, /* cause: the payment, or the order */
    JOURNAL_REFUNDED = 5, /* cause: the refund, or the payment it became */
    JOURNAL_RECEIVED = 6, /* cause: the payment it may become */
    JOURNAL_PAYOUT = 7,   /* cause: the payout, begun or given up */
    JOURNAL_PAID_OUT = 8, /* cause: the payout */
    JOURNAL_RESERVE = 9,  /* cause: the payout it was kept of */
    JOURNAL_SPEND = 10,   /* cause: the spending of a fund */
};

/* One side of a movement. */
struct posting {
    enum ledger_kind kind;
    int64_t party;               /* actor key; 0 = the platform */
    int64_t amount;              /* minor units: debit positive, credit negative; 0 is left out */
    int64_t cause;               /* the note a commission was earned by; 0 = none */
    enum ledger_custody custody; /* 0 = the journal's */
};

#define JOURNAL_POSTINGS_MAX 64

struct journal {
    enum journal_kind kind;
    int64_t cause;
    struct str currency;
    const struct posting *postings;
    int n;
    enum ledger_custody custody; /* 0 = CUSTODY_PROVIDER */
};

/* Write a journal. ERR_INTERNAL when it does not sum to zero in each custody,
 * has no posting, too many, or passes MONEY_MAX. */
NODISCARD int ledger_post(struct db *db, const struct journal *journal, struct err *err);

/* Money of a payment. */
struct ledger_money {
    int64_t cause; /* the payment or the refund */
    int64_t amount;
    struct str currency;
    enum ledger_custody custody;
};

/* A buyer's payment arrived: it is held in escrow. */
NODISCARD int ledger_payment(struct db *db, const struct ledger_money *money, struct err *err);

/* Money came in that pays nothing yet: it is kept for the buyer. */
NODISCARD int ledger_received(struct db *db, const struct ledger_money *money, struct err *err);

/* A payment is to go back to the buyer whole, before anything of it was
 * anybody's: it is owed to the buyer until ledger_refunded. */
NODISCARD int ledger_reversal(struct db *db, const struct ledger_money *money, struct err *err);

/* What was owed to a buyer has been given back by who held it. */
NODISCARD int ledger_refunded(struct db *db, const struct ledger_money *money, struct err *err);

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
#define RELEASE_DELIVERY   (-1)

/* One line of an order whose money is let go. */
struct release_line {
    int64_t amount;  /* what it brought: paid by the buyer, and the subsidy; tax inside */
    int64_t subsidy; /* of amount, what the platform gave instead of the buyer */
    int64_t tax;     /* inside amount */
    int position;    /* RELEASE_DELIVERY = what it cost to send, all the supplier's */
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
    enum ledger_custody custody; /* of what was paid; 0 = CUSTODY_PROVIDER */
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

/* One line of an order as money: what came in for it and went back. */
struct order_money_line {
    int position;     /* RELEASE_DELIVERY = delivery */
    int64_t paid;     /* by the buyer */
    int64_t subsidy;  /* by the incentive fund, when the order is released */
    int64_t tax;      /* inside both together */
    int64_t refunded; /* of paid */
    struct fee_rule rule;
    int n_claims;
    struct release_claim claims[RELEASE_CLAIMS_MAX];
};

struct order_money {
    int64_t order, purchase, supplier, buyer;
    int64_t payment; /* what paid it; 0 = nothing did */
    enum ledger_custody custody;
    bool released; /* the escrow of it was let go */
    struct str currency;
    struct order_money_line *lines;
    size_t n_lines;
};

/* An order as money; ERR_NOT_FOUND. (order_money.c) */
NODISCARD int ledger_order(struct db *db, struct arena *a, int64_t order,
                           struct order_money *ret_money, struct err *err);

/* What is left of an order's escrow, line by line, for ledger_release: what
 * was refunded is gone from it. (order_money.c) */
NODISCARD int ledger_order_release(struct arena *a, const struct order_money *money,
                                   struct release *ret_release, struct err *err);

/* What is left of a line when so much of what the buyer paid has gone back;
 * of the subsidy goes back what is in proportion. */
struct release_line ledger_line_left(const struct order_money_line *line, int64_t refunded);

/* Give back part of what was paid for a line. While the order is in escrow it
 * comes out of there; later each party gives back what it got of it: first
 * from what it has, then from its reserve, and what is missing stands against
 * what it earns next; the line's share of a subsidy goes back to the incentive
 * fund. Then it is owed to the buyer until ledger_refunded. (refund.c)
 *   amount  at most paid - refunded: the caller's check */
NODISCARD int ledger_refund(struct db *db, struct arena *a, const struct order_money *money,
                            const struct order_money_line *line, int64_t amount, struct err *err);

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
