/* mall/address/address_web.h - the doors of a person's address book.
 *
 *   GET  /addresses                    all of them
 *   GET  /addresses/:address           one to change; "new" for one more
 *   POST /addresses                    keep one more: name, phone, line1, line2, city, region,
 *                                      postcode, country
 *   POST /addresses/look               the form once more, with the fields of its country
 *   POST /addresses/:address           change it
 *   POST /addresses/:address/default   propose it at the checkout
 *   POST /addresses/:address/delete    remove it
 */
#ifndef SWARD_MALL_ADDRESS_ADDRESS_WEB_H
#define SWARD_MALL_ADDRESS_ADDRESS_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mall/address/address.h"
#include "mall/address/country.h"
#include "mall/address/format.h"
#include "web/route.h"

struct address_book {
    const struct saved_address *list;
    size_t n;
};

struct address_page {
    int64_t id; /* 0 = a new one */
    struct order_address address;
    const struct address_format *format;
    const struct country *countries;
    size_t n_countries;
};

/* Read an address from a form. A country that there is not is left empty. */
NODISCARD int address_read(struct req *rq, struct order_address *address, struct err *err);

extern const struct route address_routes[];

#endif
