/* mall/delivery/delivery_web.h - where a supplier says how they send.
 *
 *   GET  /supplier/delivery                    zones and their ways
 *   POST /supplier/delivery                    name, countries (codes by spaces; empty = everywhere
 *                                              else): a zone
 *   POST /supplier/delivery/:zone              name, days, currency, price, free_from, steps: a way
 *                                              in it; prices as typed, "4.90"
 *   POST /supplier/delivery/:zone/delete       the zone goes, with its ways
 *   POST /supplier/delivery/ways/:way/delete   a way goes
 */
#ifndef SWARD_MALL_DELIVERY_DELIVERY_WEB_H
#define SWARD_MALL_DELIVERY_DELIVERY_WEB_H

#include "mall/delivery/delivery.h"
#include "web/route.h"

struct delivery_page {
    struct delivery_table table;
};

extern const struct route delivery_routes[];

#endif
