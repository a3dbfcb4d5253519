/* mall/tax/tax.h - what tax is on which goods where.
 *
 * The operator's table: a rule names a country and a category of goods, or any
 * of either, a rate, and whether the tax stands inside the price or comes on
 * top of it. Of those in force the one that says most holds: country and
 * category, country, category, any; of two alike the newer. A rule is never
 * changed; it ends, and another begins.
 *
 * Not here: the tax that stands on a line (mall/order keeps it as it was), and
 * the rate that holds where no rule does (mall/ledger's fee rule).
 *
 * Memory: the arena given. Threads: no state. Source: issue 4, checkout.
 */
#ifndef SWARD_MALL_TAX_TAX_H
#define SWARD_MALL_TAX_TAX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "store/db.h"
#include "store/stmt.h"

struct tax_rule {
    int64_t id;
    struct str country;  /* ISO 3166 alpha 2, capitals; empty = any */
    struct str category; /* of the product; empty = any */
    int64_t rate;        /* parts of ten thousand */
    bool added;          /* on top of the price */
    int64_t since;
    struct opt_int ended;
};

/* Every rule there ever was.
 *   ret_rules  OUT: in the arena */
NODISCARD int tax_rules(struct db *db, struct arena *a, const struct tax_rule **ret_rules,
                        size_t *ret_n, struct err *err);

/* The rule that holds for goods of a category that go to a country, or NULL. */
const struct tax_rule *tax_find(const struct tax_rule *rules, size_t n, struct str country,
                                struct str category, int64_t at);

/* Set a rule, in force from rule->since on. ERR_INVALID marks country, category or rate.
 *   ret_id  OUT: its id */
NODISCARD int tax_set(struct db *db, const struct tax_rule *rule, int64_t *ret_id, struct err *err);

/* A rule holds no longer. ERR_NOT_FOUND when there is none that does. */
NODISCARD int tax_end(struct db *db, int64_t id, struct err *err);

/* The categories of some SKUs, in their order; empty for what is not sold.
 *   ret_categories  OUT: n texts */
NODISCARD int tax_categories(struct db *db, struct arena *a, const int64_t *skus, size_t n,
                             struct str *ret_categories, struct err *err);

#endif
