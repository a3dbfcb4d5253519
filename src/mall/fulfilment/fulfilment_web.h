/* mall/fulfilment/fulfilment_web.h - the doors of sending and receiving.
 *
 *   GET  /supplier                      what waits to be sent, what was sold, what it earned
 *   POST /supplier/orders/:order/ship   the supplier handed it to a carrier
 *   POST /orders/:order/received        the buyer has it
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
    int64_t order, quantity;
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
    bool may_ship;    /* the reader is its supplier, and it is paid */
    bool may_receive; /* the reader is its buyer, and it is on its way */
    bool sent;        /* shipment is filled */
    struct shipment shipment;
};

extern const struct route fulfilment_routes[];

/* Slot "order.shipment": asked with orders that the reader may see. */
NODISCARD int fulfilment_slot(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                              struct part *ret_parts, struct err *err);

#endif
