/* mall/address/country.h - the countries of the world, in the reader's language.
 *
 * Names and order come from ICU; codes are ISO 3166 alpha 2.
 * Memory: the arena given. Threads: any.
 */
#ifndef SWARD_MALL_ADDRESS_COUNTRY_H
#define SWARD_MALL_ADDRESS_COUNTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "words/lang.h"

struct country {
    struct str code; /* "FR" */
    struct str name; /* "France" */
};

/* All of them, by name.
 *   ret_list  OUT: in the arena */
NODISCARD int country_list(struct arena *a, enum lang lang, const struct country **ret_list,
                           size_t *ret_n, struct err *err);

/* Whether there is a country of that code. */
bool country_known(struct str code);

#endif
