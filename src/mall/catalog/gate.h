/* mall/catalog/gate.h - what a product must tell before it is sold.
 *
 * The table needed_field says, for all goods and for each category, which
 * parts (photos, a body of so many characters, a category, a weight, a
 * barcode) and which lines of the specification are needed, and which are good
 * to know. What is needed and missing keeps a product from being sold; all of
 * them together, by their points, make its score. A name and a SKU with a
 * price are always needed. The operator keeps the table.
 *
 * Memory: the arena given. Threads: no state. Source: capability 129.
 */
#ifndef SWARD_MALL_CATALOG_GATE_H
#define SWARD_MALL_CATALOG_GATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "store/db.h"

/* A row of the table. */
struct gate_rule {
    struct str category; /* empty = all goods */
    struct str field;    /* a part, or the name of a line of the specification */
    bool part;
    int64_t least;  /* photos; characters of the body */
    bool needed;    /* else it only counts */
    int64_t points; /* 1 to 100 */
};

/* A rule and whether the product fulfils it. */
struct gate_line {
    struct gate_rule rule;
    bool there;
    const char *input; /* the form field that is told: "photos", "spec-Material" */
};

struct gate_found {
    struct gate_line *lines;
    size_t n;
    size_t missing; /* needed and not there, a missing SKU included */
    bool no_sku;
    int64_t score; /* percent of the points */
};

#define GATE_RULES_MAX 200

/* Look at a product as it stands in the database; ERR_NOT_FOUND. */
NODISCARD int gate_look(struct db *db, struct arena *a, int64_t product,
                        struct gate_found *ret_gate, struct err *err);

/* Refuse what misses something needed: ERR_INVALID names each at its field. */
NODISCARD int gate_pass(const struct gate_found *gate, struct err *err);

/* The table of the operator. */
NODISCARD int gate_rules(struct db *db, struct arena *a, const struct gate_rule **ret_rules,
                         size_t *ret_n, struct err *err);

/* The rules of a category, those of all goods among them. */
NODISCARD int gate_rules_of(struct db *db, struct arena *a, struct str category,
                            const struct gate_rule **ret_rules, size_t *ret_n, struct err *err);

/* Add or change a rule; take one away (none of that name is no error). What is
 * sold already stays on sale. ERR_INVALID names the field. */
NODISCARD int gate_rule_put(struct db *db, const struct gate_rule *rule, struct err *err);
NODISCARD int gate_rule_remove(struct db *db, struct str category, struct str field,
                               struct err *err);

#endif
