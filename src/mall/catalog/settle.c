/* What follows from a product: its prices, its score, its shelves, its facets. */

#include "gen/catalog_sql.h"
#include "mall/catalog/catalog_int.h"
#include "mall/catalog/gate.h"

int catalog_settle(struct db *db, struct arena *a, int64_t product, struct err *err)
{
    struct gate_found gate;
    int rc = gate_look(db, a, product, &gate, err);
    if (rc == 0)
        rc = product_settle(db, product, gate.score, NULL, err);
    if (rc == 0)
        rc = shelf_clear(db, product, NULL, err);
    if (rc == 0)
        rc = shelf_fill(db, product, NULL, err);
    if (rc == 0)
        rc = facet_clear(db, product, NULL, err);
    if (rc == 0)
        rc = facet_fill(db, product, NULL, err);
    return rc;
}
