/* mall/ledger/ledger_web.h - the doors of the books.
 *
 *   GET /me/earnings      what the reader is owed, and each posting with its cause
 *   GET /operator/ledger  all accounts summed by kind and currency
 */
#ifndef SWARD_MALL_LEDGER_LEDGER_WEB_H
#define SWARD_MALL_LEDGER_LEDGER_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/money.h"
#include "base/str.h"
#include "mall/ledger/ledger.h"
#include "web/route.h"

/* One posting of a statement. */
struct statement_line {
    int64_t journal, position;
    enum journal_kind journal_kind;
    int64_t journal_cause; /* payment or order */
    int64_t at;            /* microseconds UTC */
    enum ledger_kind kind;
    struct money amount; /* positive: comes to the reader */
    int64_t note;        /* the note a commission was earned by; 0 = none */
};

struct earnings_page {
    const struct ledger_sum *sums;
    size_t n_sums;
    const struct statement_line *lines;
    size_t n_lines;
    struct str more; /* address of the next page; empty = the last */
};

/* What the postings of one currency sum to: zero. */
struct ledger_zero {
    struct money total;
};

struct ledger_page {
    const struct ledger_sum *sums;
    size_t n_sums;
    const struct ledger_zero *zeros;
    size_t n_zeros;
    int64_t accounts;
    bool balanced; /* every currency sums to zero */
};

/* What an account of that kind is called, as an English message. */
const char *ledger_kind_name(enum ledger_kind kind);

extern const struct route ledger_routes[];

#endif
