/* mall/promotion/promotion.h - what goods cost less than their price, and who bears it.
 *
 * Two things: prices that fall with the number of pieces (tiers, borne by the
 * supplier), and coupons: an amount, a part, or free delivery, of one supplier
 * for their own goods or of the platform for all. Both are worked out together
 * for a basket, before anything is paid; what they give stands on each line,
 * the supplier's as discount, the platform's as subsidy.
 *
 * A coupon counts from the placing of a purchase; a purchase that is given up
 * unpaid gives it back. Two who use the last of it at once: one wins. The
 * platform gives no free delivery: whoever sends bears that.
 *
 * Not here: what the line keeps (mall/order), from where the platform's part
 * is paid (mall/ledger: the incentive fund).
 *
 * Memory: the arena given. Threads: as the db handle's. Source: capability 80.
 */
#ifndef SWARD_MALL_PROMOTION_PROMOTION_H
#define SWARD_MALL_PROMOTION_PROMOTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/money.h"
#include "base/str.h"
#include "store/db.h"
#include "store/doctor.h"

#define COUPON_CODE_MAX 24
#define PRICE_TIERS_MAX 8   /* of one SKU */
#define PROMOTION_LINES 100 /* of a basket */

/* Numbers are stored. */
enum coupon_kind { COUPON_AMOUNT = 1, COUPON_PERCENT = 2, COUPON_DELIVERY = 3 };

struct coupon {
    int64_t id; /* 0 = none */
    struct str code;
    int64_t supplier; /* actor key of who bears it; 0 = the platform */
    enum coupon_kind kind;
    int64_t amount;  /* minor units, COUPON_AMOUNT */
    int64_t percent; /* parts of ten thousand, COUPON_PERCENT */
    struct str currency;
    int64_t minimum;    /* minor units of goods; 0 = any */
    int64_t per_person; /* 0 = as often as they like */
    int64_t most;       /* of all together; 0 = as often as they like */
    int64_t budget;     /* minor units; 0 = no end */
    int64_t used, spent;
    int64_t since, until; /* microseconds UTC */
    bool stopped;
};

/* A line of a basket. */
struct promotion_line {
    int64_t sku, supplier, quantity;
    int64_t price;    /* of one, as the catalogue has it */
    int64_t each;     /* OUT: of one at this number */
    int64_t discount; /* OUT: borne by the supplier, for the whole line */
    int64_t subsidy;  /* OUT: borne by the platform */
};

/* What somebody means to buy, of one currency. */
struct promotion_basket {
    int64_t buyer; /* actor key; 0 = a visitor: how often they used it is not asked */
    struct str currency;
    struct str code; /* as typed; empty = none */
    struct promotion_line *lines;
    size_t n;             /* at most PROMOTION_LINES */
    struct coupon coupon; /* OUT: the one that counts; id 0 = none */
    int64_t gained;       /* OUT: what the coupon takes off the goods */
    const char *why;      /* OUT: why the code counts for nothing, a message; NULL = it counts */
    int64_t needed;       /* OUT: with why, goods of so much would do; 0 = that is not it */
};

/* Work it out: tiers, then the coupon. A code that counts for nothing is no
 * error: `why` says so. */
NODISCARD int promotion_apply(struct db *db, struct arena *a, struct promotion_basket *basket,
                              struct err *err);

/* Only the tiers, for lines of any currency. */
NODISCARD int promotion_tiers(struct db *db, struct arena *a, struct promotion_line *lines,
                              size_t n, struct err *err);

/* Use the basket's coupon for a purchase. ERR_CONFLICT when it has meanwhile
 * been used up or stopped.
 *   amount  what it gives, the delivery it spares among it */
NODISCARD int promotion_take(struct db *db, const struct promotion_basket *basket, int64_t purchase,
                             int64_t amount, struct err *err);

/* A purchase was given up, or is paid after all: its coupon is free again, or
 * taken again whatever its limits say. Nothing happens when it had none. */
NODISCARD int promotion_let_go(struct db *db, struct arena *a, int64_t purchase, struct err *err);
NODISCARD int promotion_take_again(struct db *db, struct arena *a, int64_t purchase,
                                   struct err *err);

/* Make a coupon; used and spent are not read. ERR_INVALID marks the field.
 *   by      actor key of who makes it
 *   ret_id  OUT: its id */
NODISCARD int coupon_make(struct db *db, const struct coupon *coupon, int64_t by, int64_t *ret_id,
                          struct err *err);

/* Stop one of a supplier's, or of the platform's. ERR_NOT_FOUND. */
NODISCARD int coupon_end(struct db *db, int64_t supplier, int64_t id, int64_t by, struct err *err);

/* A supplier's coupons, or the platform's (0), newest first, below an id.
 *   ret_list  OUT: in the arena */
NODISCARD int coupon_all(struct db *db, struct arena *a, int64_t supplier, int64_t before, size_t n,
                         const struct coupon **ret_list, size_t *ret_n, struct err *err);

/* From `least` pieces on, one of the supplier's SKU of that code costs `price`;
 * ERR_INVALID marks code, least or price. */
struct price_tier {
    int64_t sku;
    struct str code, name, options; /* of the SKU */
    int64_t least;
    struct money price, single; /* of one from so many on; of one alone */
};
NODISCARD int price_tier_set(struct db *db, struct arena *a, int64_t supplier,
                             const struct price_tier *tier, struct err *err);

/* ERR_NOT_FOUND unless it is the supplier's. */
NODISCARD int price_tier_remove(struct db *db, struct arena *a, int64_t supplier, int64_t sku,
                                int64_t least, struct err *err);

/* A supplier's tiers, or those of a product.
 *   ret_list  OUT: in the arena */
NODISCARD int price_tiers_list(struct db *db, struct arena *a, int64_t supplier,
                               const struct price_tier **ret_list, size_t *ret_n, struct err *err);
NODISCARD int price_tiers_shown(struct db *db, struct arena *a, int64_t product,
                                const struct price_tier **ret_list, size_t *ret_n, struct err *err);

/* What coupons gave is what their uses say, within what they may. */
NODISCARD int promotion_doctor(struct store *store, struct doctor *d, struct err *err);

#endif
