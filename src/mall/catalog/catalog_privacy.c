/* A supplier's products: goods, not words about a person. When the supplier
 * goes, they are no longer sold; orders still say what was bought. */

#include "event/event.h"
#include "gen/catalog_sql.h"
#include "store/privacy.h"

PRIVACY_LIST(product_mine, "products", id)

static int tell_hidden(struct db *db, int64_t actor, struct err *err)
{
    struct product_on_sale_of_rows rows = { 0 };
    struct arena a;
    int64_t after = 0;
    int rc;
    arena_init(&a, 64 * 1024);
    do {
        arena_clear(&a);
        rc = product_on_sale_of(db, &a, actor, after, PRIVACY_PAGE, &rows, err);
        for (size_t i = 0; rc == 0 && i < rows.n; i++) {
            after = rows.v[i].id;
            rc = event_append(
                db,
                &(struct event){ .kind = EVENT_PRODUCT_HIDDEN, .actor = actor, .object = after },
                err);
        }
    } while (rc == 0 && rows.n == PRIVACY_PAGE);
    arena_release(&a);
    return rc;
}

static int erase(struct db *db, int64_t actor, struct err *err)
{
    int rc = tell_hidden(db, actor, err);
    if (rc == 0)
        rc = shelf_erase(db, actor, NULL, err);
    if (rc == 0)
        rc = facet_erase(db, actor, NULL, err);
    return rc < 0 ? rc : product_erase(db, actor, NULL, err);
}

const struct privacy_part catalog_privacy = { "catalog", "", list_product_mine, erase };
