/* bench/place.h - the place that is measured: how large it is, and its keys.
 *
 * bench-fill makes it and writes down its keys; bench-load and bench-bare read
 * them. Tokens of sessions are not written down: they follow from a number.
 *
 * Readers have sessions and like notes; buyers have sessions and a cart of two
 * lines each. Which reader likes which note, and which buyer comes when, is a
 * permutation: each pair and each cart once, uniform over all there are.
 *
 * Memory: place_free gives it back. Threads: read only once it is read.
 */
#ifndef SWARD_BENCH_PLACE_H
#define SWARD_BENCH_PLACE_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "codec/base64url.h"

#define PLACE_NOTES     20000
#define PLACE_PEOPLE    2000
#define PLACE_READERS   1000 /* the first of the people */
#define PLACE_SUPPLIERS 50   /* the last of the people */
#define PLACE_PRODUCTS  4000
#define PLACE_SKUS      5 /* of each product */
#define PLACE_BUYERS    60000
#define PLACE_PAIRS     (PLACE_NOTES * PLACE_READERS)
#define PLACE_LIKED     20000 /* the last pairs: liked before anything is measured */

#define PLACE_REFERRAL_SECRET "referral-secret-of-the-bench"
#define PLACE_PAYMENT_SECRET  "payment-secret-of-the-bench"
#define PLACE_CURRENCY        "USD"

#define PLACE_TOKEN_BYTES 32
#define PLACE_TOKEN_SIZE  BASE64URL_TEXT_SIZE(PLACE_TOKEN_BYTES)

enum place_who { PLACE_READER, PLACE_BUYER };

struct place {
    int64_t notes[PLACE_NOTES];
    int64_t readers[PLACE_READERS]; /* actor keys */
    int64_t buyers[PLACE_BUYERS];
    int64_t totals[PLACE_BUYERS]; /* of their carts, minor units */
};

/* The token in the session cookie of reader or buyer n, as bytes and as text. */
void place_token(enum place_who who, size_t n, unsigned char ret_raw[PLACE_TOKEN_BYTES],
                 char ret_text[PLACE_TOKEN_SIZE]);

/* What the database keeps of that token. */
void place_token_hash(enum place_who who, size_t n, unsigned char ret_hash[PLACE_TOKEN_BYTES]);

/* The n-th of `count` things in an order that is mixed and always the same. */
size_t place_mixed(size_t n, size_t count);

/* Write the keys to a file, and read them back. Both end the program on failure. */
void place_write(const struct place *place, const char *path);
struct place *place_read(const char *path);
void place_free(struct place *place);

/* Say what is wrong and end the program. */
_Noreturn void place_die(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
