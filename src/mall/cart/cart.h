/* mall/cart/cart.h - what somebody means to buy.
 *
 * A cart belongs to an owner: an actor, or the key of a visitor's browser
 * (below zero). Lines name a SKU and a quantity; price and stock are asked
 * anew each time the cart is looked at, and nothing is held for it. A line
 * remembers what one cost when its owner last saw it, so that a change is
 * told; what is not sold any more is told too. Lines may be kept for later:
 * they stay out of the total, and out of what is bought.
 *
 * Memory: the arena given. Threads: no state. Source: capabilities 4, 28.
 */
#ifndef SWARD_MALL_CART_CART_H
#define SWARD_MALL_CART_CART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/money.h"
#include "base/str.h"
#include "media/img.h"
#include "store/db.h"

#define CART_LINES_MAX    50
#define CART_QUANTITY_MAX 99

/* Something to be added. */
struct cart_item {
    int64_t owner;
    int64_t sku;
    int64_t quantity;  /* 1..CART_QUANTITY_MAX; added to what is there */
    struct str source; /* what brought them; empty keeps what the line has */
    int64_t actor;     /* 0 = a visitor */
    bool simulated;
};

/* A line as it would be bought now. */
struct cart_line {
    int64_t sku, product, supplier;
    struct str slug, name, options, photo_hash;
    struct media_img photo;
    int64_t quantity;
    int64_t grams;       /* of one, with its wrapping; 0 = not said */
    int64_t free;        /* how many can be had; fewer than quantity = not as it stands */
    struct money price;  /* of one, as the catalogue has it */
    struct money each;   /* of one at this quantity */
    struct money amount; /* each * quantity */
    struct money was;    /* what one cost when they last saw it */
    bool changed;        /* was differs from price */
    struct str source;
};

/* Something that was in the cart and is not sold any more. */
struct cart_lost {
    int64_t sku;
    struct str name; /* as it was called */
};

struct cart {
    const struct cart_line *lines; /* those of one supplier stand together */
    size_t n;
    const struct cart_line *later; /* kept for another time */
    size_t n_later;
    const struct cart_lost *lost;
    size_t n_lost;
    struct money total; /* of one currency; see mixed; tax that comes on top is not in it */
    bool mixed;         /* lines of several currencies: cannot be bought at once */
    bool short_of;      /* some line asks for more than there is */
    bool changed;       /* some price is not what they last saw */
};

/* Add to a cart. ERR_NOT_FOUND when the SKU is not sold, ERR_INVALID with
 * field quantity, ERR_CONFLICT when there are not so many or the cart is full.
 * Appends CART_ADDED. */
NODISCARD int cart_add(struct db *db, struct arena *a, const struct cart_item *item,
                       struct err *err);

/* Set a line's quantity; 0 takes it out. Appends CART_REMOVED when it goes. */
NODISCARD int cart_set(struct db *db, struct arena *a, const struct cart_item *item,
                       struct err *err);

/* Keep a line for later, or mean to buy it now. ERR_NOT_FOUND when there is none. */
NODISCARD int cart_move(struct db *db, int64_t owner, int64_t sku, bool later, struct err *err);

/* The owner has read what changed: prices are as they are now, and what is not
 * sold any more leaves. */
NODISCARD int cart_look(struct db *db, int64_t owner, struct err *err);

/* The cart as it stands. */
NODISCARD int cart_read(struct db *db, struct arena *a, int64_t owner, struct cart *ret_cart,
                        struct err *err);

/* Empty it, after it was bought; what is kept for later stays. */
NODISCARD int cart_clear(struct db *db, int64_t owner, struct err *err);

/* A visitor signed in: their lines move over; where both have a SKU the larger
 * quantity stays. */
NODISCARD int cart_merge(struct db *db, struct arena *a, int64_t visitor, int64_t actor,
                         struct err *err);

#endif
