/* mall/address/format.h - which fields an address has in each country, and in which order.
 *
 * One table. Countries that it does not name have the fields of most: name,
 * street, postcode, town. Nothing here knows whether a place exists.
 *
 * Memory: static. Threads: no state. Errors: as told.
 */
#ifndef SWARD_MALL_ADDRESS_FORMAT_H
#define SWARD_MALL_ADDRESS_FORMAT_H

#include <stdbool.h>

#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"

/* What the region is called where there is one. */
enum address_region {
    REGION_NONE,
    REGION_STATE,
    REGION_PROVINCE,
    REGION_PREFECTURE,
    REGION_COUNTY
};

struct address_format {
    const char *country;
    const char *order; /* fields: N name, 1 and 2 lines, C town, R region, P postcode */
    enum address_region region;
    bool region_needed;
    bool city_needed;
    bool postcode_needed;
    const char *postcode; /* 9 a digit, A a letter, ? either; several by |; NULL = any */
};

/* The format of a country, or that of most. Never NULL. */
const struct address_format *address_format(struct str country);

/* How many countries the table names. */
size_t address_formats(void);

/* Whether a postcode can be one of that country: case does not matter, spaces and dashes neither.
 */
bool address_postcode_fits(const struct address_format *format, struct str postcode);

/* What a field is called there, as a catalogue message: "State", "ZIP code". */
const char *address_region_label(const struct address_format *format);
const char *address_postcode_label(const struct address_format *format);

#endif
