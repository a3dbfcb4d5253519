/* mall/delivery/delivery.h - where suppliers send, how, and what it costs.
 *
 * A supplier has zones, lists of countries (one may be everywhere else), and
 * in each zone ways of delivery: a price, perhaps none from an amount of goods
 * on, perhaps by steps of weight. A supplier without zones sends everywhere at
 * their own cost; one with zones sends only there.
 *
 * Not here: what an order paid for it (mall/order keeps it as it was), parcels
 * (mall/fulfilment).
 *
 * Memory: the arena given. Threads: no state. Source: issue 4, checkout.
 */
#ifndef SWARD_MALL_DELIVERY_DELIVERY_H
#define SWARD_MALL_DELIVERY_DELIVERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/money.h"
#include "base/str.h"
#include "store/db.h"

#define DELIVERY_ZONES_MAX   40
#define DELIVERY_METHODS_MAX 200 /* of a supplier */
#define DELIVERY_STEPS_MAX   20

struct delivery_zone {
    int64_t id;
    struct str name;
    struct str countries; /* codes by spaces; empty = everywhere else */
};

struct delivery_step {
    int64_t upto;  /* grams */
    int64_t price; /* minor units */
};

struct delivery_method {
    int64_t id, zone;
    struct str name, days; /* days: "2 to 4 days", may be empty */
    struct money price;    /* tax inside; what holds without steps */
    int64_t free_from;     /* minor units of goods; 0 = never */
    struct delivery_step steps[DELIVERY_STEPS_MAX];
    size_t n_steps; /* by weight; heavier than the last is not sent so */
};

/* All that a supplier offers. */
struct delivery_table {
    const struct delivery_zone *zones;
    size_t n_zones;
    const struct delivery_method *methods;
    size_t n_methods;
};
NODISCARD int delivery_table(struct db *db, struct arena *a, int64_t supplier,
                             struct delivery_table *ret_table, struct err *err);

/* What is to be sent. */
struct delivery_parcel {
    struct str country;
    struct str currency;
    int64_t worth; /* minor units of goods, as the buyer pays for them */
    int64_t grams;
};

/* One way in which it can be sent. */
struct delivery_offer {
    int64_t method; /* 0 = at the supplier's own cost, no way is named */
    struct str name, days;
    struct money price;
    int64_t missing; /* minor units of goods until it costs nothing; 0 = it does not get cheaper */
};

/* The ways in which a parcel can be sent, the cheapest first; none when it
 * cannot. A supplier without zones has the one offer of method 0.
 *   ret_offers  OUT: in the arena */
NODISCARD int delivery_offers(const struct delivery_table *table, struct arena *a,
                              const struct delivery_parcel *parcel,
                              const struct delivery_offer **ret_offers, size_t *ret_n,
                              struct err *err);

/* Read steps as a supplier types them, "1000 4.90" a line: grams, then the
 * price. ERR_INVALID names the field steps. */
NODISCARD int delivery_read_steps(struct str text, const char currency[4],
                                  struct delivery_method *method, struct err *err);

/* Make a zone. ERR_INVALID marks name or countries (codes by spaces or commas,
 * in any case); each country stands in one zone of a supplier at most. */
NODISCARD int delivery_zone_put(struct db *db, struct arena *a, int64_t supplier, struct str name,
                                struct str countries, int64_t *ret_id, struct err *err);

/* Make a way of delivery in method->zone. ERR_INVALID marks the field;
 * ERR_NOT_FOUND when the zone is not the supplier's. */
NODISCARD int delivery_method_put(struct db *db, struct arena *a, int64_t supplier,
                                  const struct delivery_method *method, int64_t *ret_id,
                                  struct err *err);

/* A zone with its ways, or one way, goes. ERR_NOT_FOUND unless it is the supplier's. */
NODISCARD int delivery_zone_remove(struct db *db, int64_t supplier, int64_t zone, struct err *err);
NODISCARD int delivery_method_remove(struct db *db, int64_t supplier, int64_t method,
                                     struct err *err);

#endif
