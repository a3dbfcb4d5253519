/* mall/tax/tax_web.h - the operator's table of taxes.
 *
 *   GET  /operator/taxes            all rules
 *   POST /operator/taxes            country, category (either may be empty), rate in percent,
 *                                   added = 1 for on top of the price
 *   POST /operator/taxes/:tax/end   it holds no longer
 */
#ifndef SWARD_MALL_TAX_TAX_WEB_H
#define SWARD_MALL_TAX_TAX_WEB_H

#include "mall/address/country.h"
#include "mall/tax/tax.h"
#include "web/route.h"

struct tax_page {
    const struct tax_rule *rules;
    size_t n;
    const struct country *countries;
    size_t n_countries;
};

extern const struct route tax_routes[];

#endif
