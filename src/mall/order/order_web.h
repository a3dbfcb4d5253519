/* mall/order/order_web.h - the doors of orders.
 *
 *   GET  /orders                      what I bought
 *   GET  /orders/:order               one order: its buyer, its supplier, the operator
 *   POST /purchases/:purchase/cancel  the buyer gives an unpaid purchase up
 *   POST /orders/:order/cancel        a paid order, before anything of it was sent: its
 *                                     buyer, its supplier or the operator; field reason
 *
 * Slots "order.payment", "order.shipment" and "order.cases" are asked with the order's id.
 * While it waits for its money, the page of an order asks for itself anew
 * every two seconds.
 */
#ifndef SWARD_MALL_ORDER_ORDER_WEB_H
#define SWARD_MALL_ORDER_ORDER_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account/person/person.h"
#include "base/money.h"
#include "mall/order/order.h"
#include "web/route.h"
#include "web/slot.h"

/* An order in the list of its buyer. */
struct order_item_row {
    int64_t id;
    enum order_state state;
    struct person_card supplier;
    struct str name, options, photo; /* of the first line; photo is an address or empty */
    int64_t quantity, more;          /* of the first line; how many lines follow */
    struct money total;
};

struct orders_page {
    const struct order_item_row *orders;
    size_t n;
    struct str more;
};

struct order_line_shown {
    int64_t product;
    struct str name, options, photo;
    int64_t quantity;
    struct money price, amount, tax;
    int64_t off; /* minor units less: what supplier and platform gave for it */
};

struct order_page {
    struct order_brief order;
    enum purchase_state purchase_state;
    int64_t expires;
    struct person_card supplier, buyer;
    const struct order_line_shown *lines;
    size_t n_lines;
    struct money total, tax;
    struct money delivery, off;   /* inside total; below zero: what was taken off the lines */
    bool tax_added;               /* tax came on top of the prices */
    struct order_address address; /* empty for who may not see it */
    const int64_t *others;        /* more orders of the same purchase; for the buyer */
    size_t n_others;
    bool mine;          /* the reader bought it */
    bool waiting;       /* for its money */
    bool may_cancel;    /* the paid order */
    int64_t called_off; /* enum order_role of who did; 0 = nobody, or it was not paid */
    struct str why;     /* what they said */
    int64_t return_days;
    struct part payment, shipment, cases;
};

/* "placed", "paid", … for programs and classes; its words as a catalogue message. */
const char *order_state_name(enum order_state state);
const char *order_state_words(enum order_state state);

/* The page of one order: also the form of whoever acts on it. */
NODISCARD int order_show(struct req *rq, struct db *db, struct answer *ret, struct err *err);

/* Slot "inbox.order". */
int order_inbox_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                     struct part *ret_parts, struct err *err);

extern const struct route order_routes[];

#endif
