/* mall/order/invoice_web.h - what is printed of an order: pages of A4.
 *
 *   GET /orders/:order/invoice  its invoice and credit notes, from when all of it has left;
 *                               for its buyer, its supplier and the operator
 *   GET /orders/:order/slip     what goes into the parcel and where it goes, without prices;
 *                               for its supplier, and its buyer
 *
 * Both stand in the language that the buyer chose, where that is known.
 */
#ifndef SWARD_MALL_ORDER_INVOICE_WEB_H
#define SWARD_MALL_ORDER_INVOICE_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account/person/person.h"
#include "base/money.h"
#include "mall/order/order.h"
#include "web/route.h"

/* A line as it is printed. */
struct paper_line {
    int64_t position, quantity;
    struct str name, options;
    struct money price, off, tax, paid; /* off: discount and subsidy together */
    bool tax_included;
};

/* An invoice or a credit note. */
struct paper_document {
    int64_t number, at;
    enum invoice_kind kind;
    int64_t position; /* of a credit note: the line, -1 = delivery */
    struct money amount;
};

struct paper_page {
    struct order_brief order;
    struct person_card supplier, buyer;
    struct order_address address; /* empty for who may not see it */
    const struct paper_line *lines;
    size_t n_lines;
    struct money delivery, tax, total;
    const struct paper_document *documents;
    size_t n_documents;
};

extern const struct route invoice_routes[];

#endif
