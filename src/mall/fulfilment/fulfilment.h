/* mall/fulfilment/fulfilment.h - how goods leave, and that they arrived.
 *
 * A shipment is one parcel that a supplier handed to a carrier: with whom,
 * under which number, and what is in it. An order may leave in several; it is
 * shipped when nothing of it is left, and delivered when every parcel is. Who
 * said that a parcel arrived stands with it: the buyer, the carrier by its
 * message, or, after SHIPMENT_DAYS of silence, time.
 *
 * Not here: labels; goods that come back (mall/aftersales).
 *
 * Memory: the arena given. Threads: as the db handle's. Source: capability 31.
 */
#ifndef SWARD_MALL_FULFILMENT_FULFILMENT_H
#define SWARD_MALL_FULFILMENT_FULFILMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "job/job.h"
#include "mall/order/order.h"
#include "store/db.h"
#include "store/doctor.h"
#include "store/stmt.h"

#define CARRIER_MAX   40 /* characters */
#define TRACKING_MAX  60
#define SHIPMENT_DAYS 14
#define SHIPMENTS_MAX 20 /* parcels of one order */

/* Who said that a shipment arrived. Numbers are stored. */
enum shipment_said { SAID_NOBODY = 0, SAID_BUYER = 1, SAID_CARRIER = 2, SAID_TIME = 3 };

/* Some of a line of an order. */
struct shipment_item {
    int64_t position, quantity;
};

struct shipment {
    int64_t id, order;
    struct str carrier, tracking; /* tracking may be empty */
    int64_t shipped;              /* microseconds UTC */
    struct opt_int delivered;
    enum shipment_said said;
    const struct shipment_item *items; /* none = everything of the order */
    size_t n_items;
};

/* A parcel in the making. */
struct shipment_parcel {
    int64_t order, supplier;
    struct str carrier, tracking;
    const struct shipment_item *items; /* none = all that was not sent yet */
    size_t n_items;
};

/* The supplier handed everything that is left of an order to a carrier, and a
 * job waits until it must have arrived. Marks every wrong field (carrier,
 * tracking). ERR_NOT_FOUND unless it is theirs, ERR_CONFLICT unless it waits
 * to be shipped. */
NODISCARD int shipment_send(struct db *db, struct arena *a, int64_t order, int64_t supplier,
                            struct str carrier, struct str tracking, struct err *err);

/* The same of some of its lines, or some pieces of them. Also ERR_INVALID with
 * the field quantity when more of a line is sent than is left, or nothing. */
NODISCARD int shipment_send_some(struct db *db, struct arena *a,
                                 const struct shipment_parcel *parcel, struct err *err);

/* All parcels of an order that were sent have arrived.
 *   actor  who says so: the buyer; 0 for the shop itself
 * ERR_NOT_FOUND unless it is the buyer's, ERR_CONFLICT unless one is on its way. */
NODISCARD int shipment_arrive(struct db *db, struct arena *a, int64_t order, int64_t actor,
                              enum shipment_said said, struct err *err);

/* One parcel has arrived. As shipment_arrive. */
NODISCARD int shipment_arrive_one(struct db *db, struct arena *a, int64_t shipment, int64_t actor,
                                  enum shipment_said said, struct err *err);

/* A carrier says that a parcel was delivered. Saying it again changes nothing.
 * ERR_NOT_FOUND when no parcel has that number with it. */
NODISCARD int shipment_carrier_said(struct db *db, struct arena *a, struct str carrier,
                                    struct str tracking, struct err *err);

/* The shipments of some orders, in no order; those not shipped are left out.
 *   ret_shipments, ret_n  OUT: in the arena */
NODISCARD int shipments_of(struct db *db, struct arena *a, const int64_t *orders, size_t n,
                           struct shipment **ret_shipments, size_t *ret_n, struct err *err);

/* A line of an order, and how much of it was not sent yet. */
struct shipment_left {
    int64_t position, quantity;
    int64_t left;
};

/* What of an order was not sent yet, line by line. */
NODISCARD int shipments_left(struct db *db, struct arena *a, int64_t order,
                             struct shipment_left **ret_lines, size_t *ret_n, struct err *err);

/* No line was sent more often than it was bought; a shipped order has nothing left. */
NODISCARD int fulfilment_doctor(struct store *store, struct doctor *d, struct err *err);

/* Job "shipment.arrived". */
extern const struct job_kind fulfilment_jobs[];

/* "fulfilment.outlived", once a day: erases parcel numbers of ten years ago. */
extern const struct job_kind fulfilment_privacy_jobs[];

#endif
