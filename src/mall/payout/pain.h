/* mall/payout/pain.h - a batch of payments as banks take it.
 *
 * ISO 20022 customer credit transfer initiation, pain.001.001.03 or .09, the
 * parts that every bank reads: one group, one payment information block, and
 * one transaction for each payout. Control sums and counts are those of the
 * transactions. Text is escaped and cut to the standard's lengths.
 *
 * Memory: the buffer given. Threads: no state.
 */
#ifndef SWARD_MALL_PAYOUT_PAIN_H
#define SWARD_MALL_PAYOUT_PAIN_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/money.h"
#include "base/str.h"

struct pain_payment {
    struct str id; /* at most 35 characters: said by the bank again when it fails */
    int64_t amount;
    struct str holder, account, bank;
    struct str words; /* what the receiver reads on the statement */
};

struct pain_batch {
    int version;                      /* 3 or 9 */
    struct str id;                    /* at most 35 characters */
    int64_t made;                     /* microseconds UTC */
    struct str holder, account, bank; /* who pays */
    char currency[4];
    const struct pain_payment *payments;
    size_t n;
};

/* Write the whole document. */
void pain_write(struct buf *out, const struct pain_batch *batch);

/* An amount as the standard has it: "1234.50". Points into out. */
struct str pain_amount(char out[32], int64_t amount, const char currency[4]);

#endif
