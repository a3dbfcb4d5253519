/* mall/fulfilment/fulfilment_web.h - the doors of sending and receiving.
 *
 *   GET  /supplier                      what waits to be sent, what was sold, what it earned
 *   POST /supplier/orders/:order/ship   the supplier handed it to a carrier
 *                                       fields carrier, tracking, and for a parcel of
 *                                       some of it quantity_0, quantity_1, … by line
 *   POST /orders/:order/received        the buyer has it; field shipment: that parcel alone
 *   POST /webhooks/carrier              a carrier says what became of a parcel: a signed
 *                                       message (Standard Webhooks, setting carrier_secret)
 *                                       {"type":"parcel.delivered","data":{"carrier","tracking"}}
 */
#ifndef SWARD_MALL_FULFILMENT_FULFILMENT_WEB_H
#define SWARD_MALL_FULFILMENT_FULFILMENT_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/money.h"
#include "mall/fulfilment/fulfilment.h"
#include "mall/order/order.h"
#include "web/route.h"
#include "web/slot.h"

/* One thing that goes into a parcel. */
struct parcel_line {
    int64_t order, position, quantity;
    struct str name, options;
};

/* A paid order that waits to be sent. */
struct parcel {
    int64_t order;
    struct opt_int paid; /* microseconds UTC */
    struct money total;
    struct order_address address;
    const struct parcel_line *lines;
    size_t n_lines;
};

/* A row of the list of what was sold. */
struct sold_row {
    int64_t order, quantity, more; /* of the first line; how many lines follow */
    enum order_state state;
    struct money total;
    struct str name, options;
};

/* What a supplier has in one currency. */
struct supplier_money {
    struct money earned; /* released */
    struct money held;   /* paid, but the return window is open */
};

struct supplier_page {
    const struct parcel *parcels;
    size_t n_parcels;
    int64_t waiting; /* all that wait, shown or not */
    const struct sold_row *sold;
    size_t n_sold;
    struct str more;
    const struct supplier_money *money;
    size_t n_money;
};

/* The slot "order.shipment". */
struct shipment_part {
    int64_t order;
    enum order_state state;
    bool may_ship;                    /* the reader is its supplier, and it is paid */
    bool may_receive;                 /* the reader is its buyer, and it is on its way */
    const struct shipment *shipments; /* those that left */
    size_t n_shipments;
    const struct parcel_line *lines; /* of the order; quantity is what is left to be sent */
    size_t n_lines;
    int64_t left; /* pieces that are left, of all lines */
};

extern const struct route fulfilment_routes[];
extern const struct route carrier_routes[];

/* Slot "order.shipment": asked with orders that the reader may see. */
NODISCARD int fulfilment_slot(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                              struct part *ret_parts, struct err *err);

#endif
