/* mall/ledger/money_web.h - where the money comes from and goes.
 *
 *   GET  /me/earnings/csv   the reader's whole statement with its running balance
 *   GET  /operator/money    revenue by stream, profit and loss by party, funds and fees; ?from=
 * ?to= POST /operator/funds    spend: `fund`, `currency`, `custody`, `amount`, `purpose`, `figure`
 *   POST /operator/fees     rates from a day on: `since`, `platform`, `author`, `tax`, `reinvest`,
 * `note`
 */
#ifndef SWARD_MALL_LEDGER_MONEY_WEB_H
#define SWARD_MALL_LEDGER_MONEY_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account/person/person.h"
#include "base/money.h"
#include "base/str.h"
#include "mall/ledger/ledger.h"
#include "web/route.h"

/* What was posted to accounts of a kind, for a reason, in the period. */
struct money_flow {
    enum ledger_kind kind;
    enum journal_kind reason;
    struct money amount; /* credit positive */
};

/* One party in one currency. */
struct money_party {
    int64_t actor;
    struct person_card person;
    struct money earned, given_back, paid_out, left; /* left: of the period */
};

struct money_fund {
    enum ledger_kind kind;
    enum ledger_custody custody;
    struct money held;
};

struct money_spend {
    enum ledger_kind fund;
    struct money amount;
    struct str purpose, figure;
    int64_t at;
};

struct money_fee {
    int64_t since, platform, author, tax, reinvest; /* parts of ten thousand */
    struct str note;
};

struct money_page {
    struct str from, to; /* days; may be empty */
    const struct money_flow *flows;
    size_t n_flows;
    const struct money_party *parties;
    size_t n_parties;
    bool agrees; /* parties and streams sum to the same, and all of it to zero */
    const struct money_fund *funds;
    size_t n_funds;
    const struct money_spend *spends;
    size_t n_spends;
    const struct money_fee *fees;
    size_t n_fees;
};

/* Why a journal was written, as an English message. */
const char *journal_reason_name(enum journal_kind kind);

extern const struct route money_routes[];

#endif
