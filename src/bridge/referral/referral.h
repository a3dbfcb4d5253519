/* bridge/referral/referral.h - from a note to a sale, without a memory of the reader.
 *
 * A reader who opens a pin gets a signed token in a cookie: which pin, when,
 * and which product it leads to. Putting that product in the cart copies the
 * token to the cart line, placing the order to the order line; then it is
 * checked once more and gives the pin's author a claim on the line. So the
 * trace from note to order stands in the order itself, survives signing in,
 * and nothing about readers who do not buy is kept.
 *
 * The contract: the last pin followed counts, for settings.referral_days; only
 * a pin with CONNECTION_COMMISSION earns; nobody earns from their own purchase.
 *
 *   token    <pin>.<product>.<seconds since 1970>.<128 bits of HMAC-SHA256 in hexadecimal>
 *   cookie   at most REFERRAL_TOKENS_MAX tokens, newest first, with ~ between them
 *
 * Memory: the arena given. Threads: no state.
 * Source: capabilities 2, 4, 114; analytics.md "Attribution" (contract rule).
 */
#ifndef SWARD_BRIDGE_REFERRAL_REFERRAL_H
#define SWARD_BRIDGE_REFERRAL_REFERRAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/settings.h"
#include "base/str.h"
#include "mall/order/order.h"
#include "store/db.h"

#define REFERRAL_COOKIE     "sward_ref"
#define REFERRAL_TOKENS_MAX 8

/* A token as read. */
struct referral_token {
    int64_t pin;
    int64_t product;
    int64_t at; /* microseconds UTC */
};

/* Write a token. */
struct str referral_sign(struct arena *a, struct str secret, const struct referral_token *token);

/* Read one; false when it is not ours, or older than `days` at `now`. */
NODISCARD bool referral_read(struct str secret, struct str text, int64_t now, int64_t days,
                             struct referral_token *ret_token);

/* The cookie with one more token in front; an older one of the same product goes. */
struct str referral_add(struct arena *a, struct str secret, struct str cookie,
                        const struct referral_token *token);

/* The newest token of a cookie that leads to this product; empty when none is valid. */
struct str referral_for(struct str secret, struct str cookie, int64_t product, int64_t now,
                        int64_t days);

/* order_claim_fn of this room; ctx is a struct referral_claimant. */
struct referral_claimant {
    struct arena *arena;
    const struct settings *settings;
    int64_t buyer;
};
NODISCARD int referral_claim(void *ctx, struct db *db, const struct order_item *item,
                             int64_t author_rate, struct order_claim *ret_claim, struct err *err);

#endif
