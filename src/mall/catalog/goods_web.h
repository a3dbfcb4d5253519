/* mall/catalog/goods_web.h - where a supplier looks after their goods.
 *
 *   GET  /supplier/goods                        the list: state (1 on sale, 2 withdrawn, 3 drafts)
 *   GET  /supplier/goods/new                    a new product's facts
 *   POST /supplier/goods                        begins a draft: name, slug, category, currency,
 *                                               body, option1 to option3, spec_name and
 *                                               spec_value in step, spec-<name> for each line
 *   GET  /supplier/goods/:product               everything of one, and what it still misses
 *   POST /supplier/goods/:product               changes its facts: as above
 *   POST /supplier/goods/:product/photos        one more: photo (a file), alt
 *   POST /supplier/goods/:product/photos/:media act: first or remove
 *   POST /supplier/goods/:product/publish       sells it; misses are told at their fields
 *   POST /supplier/goods/:product/withdraw
 *   GET  /supplier/goods/:product/new           a new variant
 *   POST /supplier/goods/:product/variants      adds it: sku, value1 to value3, price, compare,
 *                                               stock, weight, barcode, photo
 *   GET  /supplier/goods/:product/v/:variant    one variant
 *   POST /supplier/goods/:product/v/:variant    changes it
 *   POST /supplier/goods/:product/v/:variant/stop   sells it no longer
 *   GET  /mall/needs                            what goods must tell (the operator)
 *   POST /mall/needs                            adds or changes a rule: category, field, least,
 *                                               needed, points; or takes it away: remove
 */
#ifndef SWARD_MALL_CATALOG_GOODS_WEB_H
#define SWARD_MALL_CATALOG_GOODS_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mall/catalog/gate.h"
#include "mall/catalog/goods.h"
#include "web/route.h"

struct goods_list_page {
    const struct goods_row *rows;
    size_t n;
    int64_t counts[4]; /* by state; [0] = all */
    int64_t state;
    struct str more;
};

/* A line of the specification in the form. */
struct goods_spec {
    struct product_spec spec;
    const char *input;  /* "spec-Material" */
    bool needed, asked; /* asked: the table names it */
};

struct goods_page {
    struct product_detail detail; /* card.id 0 = a new one */
    struct gate_found gate;
    const struct goods_spec *specs;
    size_t n_specs;
    struct str currency; /* of a new one: what the form begins with */
    bool saved;
};

struct variant_page {
    struct product_detail detail;
    struct product_choice choice; /* sku 0 = a new one */
    bool compare_held;            /* there is a price before, and it is not shown */
    struct money lowest;          /* of the 30 days before the price went down */
};

struct needs_page {
    const struct gate_rule *rules;
    size_t n;
};

/* The product that the path names, as its supplier's; 404 else. */
NODISCARD int goods_act_of(struct req *rq, struct goods_act *ret_act, struct err *err);

/* The address of a product's page here. */
struct str goods_path(struct req *rq, int64_t product);

/* "12.50", as a field takes it; empty for nothing. In the arena. */
struct str money_plain(struct arena *a, struct money m);
struct str count_plain(struct arena *a, int64_t n);

extern const struct route goods_routes[];
extern const struct route variant_routes[];
extern const struct route needs_routes[];

#endif
