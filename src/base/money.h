/* base/money.h - an amount in minor units and its currency.
 *
 * Amounts are counted, never measured: no floating point touches them.
 * Arithmetic is checked; what would overflow is an error, not a wrap.
 *
 * Not here: how an amount looks (words/format.h), where it goes (mall/ledger).
 */
#ifndef SWARD_BASE_MONEY_H
#define SWARD_BASE_MONEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/macros.h"
#include "base/str.h"

/* Most minor units a single amount may have: a thousand million million. */
#define MONEY_MAX INT64_C(1000000000000000)

/* Parts of ten thousand: how rates (fees, tax) are written. */
#define MONEY_RATE_ONE 10000

struct money {
    int64_t minor;    /* cents, fen, yen */
    char currency[4]; /* ISO 4217, three capitals and a NUL */
};

/* An amount; a currency that is not three ASCII letters becomes "XXX", small
 * letters become capitals. */
struct money money(int64_t minor, struct str currency);

/* Checked sums; false, and *ret untouched, when the result would lie beyond
 * MONEY_MAX on either side of zero. */
NODISCARD bool money_add(int64_t a, int64_t b, int64_t *ret);
NODISCARD bool money_multiply(int64_t a, int64_t times, int64_t *ret);

/* The part `rate` of ten thousand, rounded half up towards zero's far side;
 * exact for every amount up to MONEY_MAX. 0 <= rate <= MONEY_RATE_ONE. */
int64_t money_rate(int64_t amount, int64_t rate);

/* Split an amount by weights so that the parts sum to the whole (largest
 * remainder; ties go to the earlier part).
 * A negative amount splits like its positive twin.
 *   ret  OUT: n parts, not the same array as weights
 * Returns false, ret untouched, when a weight is negative or all are zero.
 * Time grows with n * n: meant for the lines of an order, not for tables. */
NODISCARD bool money_split(int64_t amount, const int64_t *weights, int n, int64_t *ret);

/* Digits after the point: 2 for most, 0 for JPY, KRW, VND…, 3 for KWD… (ISO 4217). */
int money_digits(const char currency[4]);

/* Read "12.5" as minor units of the currency: digits, perhaps a point and more
 * digits, no sign, no spaces, no separators. False, *ret_minor untouched, on
 * anything else, on more digits than the currency has and beyond MONEY_MAX. */
NODISCARD bool money_parse(struct str text, const char currency[4], int64_t *ret_minor);

#endif
