/* What others ask about purchases and orders. */

#include "gen/order_sql.h"
#include "mall/order/order.h"

int order_last_address(struct db *db, struct arena *a, int64_t buyer,
                       struct order_address *ret_address, struct err *err)
{
    struct address_of_buyer_row row;
    int rc = address_of_buyer(db, a, buyer, &row, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        *ret_address = (struct order_address){ 0 };
        return 0;
    }
    if (rc == 0)
        *ret_address = (struct order_address){ .name = row.name,
                                               .phone = row.phone,
                                               .line1 = row.line1,
                                               .line2 = row.line2,
                                               .city = row.city,
                                               .region = row.region,
                                               .postcode = row.postcode,
                                               .country = row.country };
    return rc;
}

int order_ids_of_purchase(struct db *db, struct arena *a, int64_t purchase,
                          const int64_t **ret_orders, size_t *ret_n, struct err *err)
{
    struct orders_of_purchase_rows rows;
    int rc = orders_of_purchase(db, a, purchase, &rows, err);
    if (rc == 0 && rows.n == 0)
        rc = err_set(err, ERR_NOT_FOUND, N_("There is no such order."));
    int64_t *ids = rc == 0 ? arena_new_array(a, rows.n, int64_t) : NULL;
    if (rc == 0 && !ids)
        rc = err_detail(err, ERR_NOMEM, "arena full");
    if (!ids)
        return rc;
    for (size_t i = 0; i < rows.n; i++)
        ids[i] = rows.v[i].id;
    *ret_orders = ids;
    *ret_n = rows.n;
    return 0;
}

int order_held(struct db *db, int64_t order, bool *ret_held, struct err *err)
{
    struct order_has_case_row row;
    int rc = order_has_case(db, NULL, order, &row, err);
    if (rc == 0)
        *ret_held = row.held;
    return rc;
}
