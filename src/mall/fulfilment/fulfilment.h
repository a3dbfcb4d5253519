/* mall/fulfilment/fulfilment.h - how goods leave, and that they arrived.
 *
 * A shipment is the record of what a supplier handed to a carrier. Shipping
 * and arriving are steps of the order (mall/order); here stands with whom, and
 * who said that it arrived. When the buyer says nothing, time does: after
 * SHIPMENT_DAYS the order counts as delivered.
 *
 * Not here: what a carrier says by itself, labels, several parcels for an order.
 *
 * Memory: the arena given. Threads: as the db handle's. Source: capability 31.
 */
#ifndef SWARD_MALL_FULFILMENT_FULFILMENT_H
#define SWARD_MALL_FULFILMENT_FULFILMENT_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "job/job.h"
#include "store/db.h"
#include "store/stmt.h"

#define CARRIER_MAX   40 /* characters */
#define TRACKING_MAX  60
#define SHIPMENT_DAYS 14

/* Who said that a shipment arrived. Numbers are stored. */
enum shipment_said { SAID_NOBODY = 0, SAID_BUYER = 1, SAID_CARRIER = 2, SAID_TIME = 3 };

struct shipment {
    int64_t order;
    struct str carrier, tracking; /* tracking may be empty */
    int64_t shipped;              /* microseconds UTC */
    struct opt_int delivered;
    enum shipment_said said;
};

/* The supplier handed an order to a carrier: the order is shipped, and a job
 * waits until it must have arrived. Marks every wrong field (carrier,
 * tracking). ERR_NOT_FOUND unless it is theirs, ERR_CONFLICT unless it waits
 * to be shipped. */
NODISCARD int shipment_send(struct db *db, struct arena *a, int64_t order, int64_t supplier,
                            struct str carrier, struct str tracking, struct err *err);

/* It arrived.
 *   actor  who says so: the buyer; 0 with SAID_TIME
 * ERR_NOT_FOUND unless it is the buyer's, ERR_CONFLICT unless it is on its way. */
NODISCARD int shipment_arrive(struct db *db, struct arena *a, int64_t order, int64_t actor,
                              enum shipment_said said, struct err *err);

/* The shipments of some orders, in no order; those not shipped are left out.
 *   ret_shipments, ret_n  OUT: in the arena */
NODISCARD int shipments_of(struct db *db, struct arena *a, const int64_t *orders, size_t n,
                           struct shipment **ret_shipments, size_t *ret_n, struct err *err);

/* Job "shipment.arrived". */
extern const struct job_kind fulfilment_jobs[];

/* "fulfilment.outlived", once a day: erases parcel numbers of ten years ago. */
extern const struct job_kind fulfilment_privacy_jobs[];

#endif
