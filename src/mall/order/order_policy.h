/* mall/order/order_policy.h - the terms of a sale, by version.
 *
 * A version says how long goods may be sent back without a reason, of which
 * categories they may not, who pays the way back, and which fee and tax rules
 * held when it began. Lines of orders name the version they were sold under,
 * so what was promised to a buyer stays. Nothing is edited: the operator adds
 * a version, for every shop or for one.
 *
 * The first version stands in the schema. Its return window is the setting
 * return_days, which a shop may run on for ever.
 *
 * Memory: the arena given. Threads: no state. Source: capability 58.
 */
#ifndef SWARD_MALL_ORDER_ORDER_POLICY_H
#define SWARD_MALL_ORDER_ORDER_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "store/db.h"

/* Who pays the way back of a return without a reason; of one with a reason
 * that holds, the supplier does. Numbers are stored. */
enum way_back { WAY_BACK_BUYER = 1, WAY_BACK_SUPPLIER = 2, WAY_BACK_PLATFORM = 3 };

#define POLICY_DAYS_SETTING (-1) /* return_days: as the setting says */
#define POLICY_DAYS_MAX     365
#define POLICY_EXCLUDED_MAX 50
#define POLICY_NOTE_MAX     400 /* characters */

struct order_policy {
    int64_t id;
    int64_t since;    /* microseconds UTC */
    int64_t supplier; /* actor key; 0 = every shop */
    int64_t return_days;
    enum way_back way_back;
    int64_t fee_rule, tax_rule; /* those in force when it began; 0 = not said */
    struct str note;
    const struct str *excluded; /* categories */
    size_t n_excluded;
};

/* The version in force for a supplier, now. Cheap: remembers nothing, reads a
 * table of a few rows. */
NODISCARD int order_policy_now(struct db *db, int64_t supplier, int64_t *ret_id, struct err *err);

/* A version by its id; 0 is the first. ERR_NOT_FOUND. */
NODISCARD int order_policy_by_id(struct db *db, struct arena *a, int64_t id,
                                 struct order_policy *ret_policy, struct err *err);

/* The version in force for a supplier, whole. */
NODISCARD int order_policy_of(struct db *db, struct arena *a, int64_t supplier,
                              struct order_policy *ret_policy, struct err *err);

/* All versions below an id, newest first. */
NODISCARD int order_policy_list(struct db *db, struct arena *a, int64_t before, size_t n,
                                struct order_policy **ret_list, size_t *ret_n, struct err *err);

/* Its return window in days, where `setting` is what the setting return_days says. */
int64_t order_policy_days(const struct order_policy *policy, int64_t setting);

/* Whether goods of that category may not be sent back without a reason. */
bool order_policy_excludes(const struct order_policy *policy, struct str category);

/* Add a version; it holds from now on. id, since and the rules are filled here.
 *   by  the operator
 * Marks every wrong field: return_days, way_back, excluded, note. Appends
 * ORDER_POLICY_SET, and the act to the list of the staff. */
NODISCARD int order_policy_add(struct db *db, struct arena *a, const struct order_policy *policy,
                               int64_t by, int64_t *ret_id, struct err *err);

#endif
