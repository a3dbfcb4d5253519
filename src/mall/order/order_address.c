/* Where orders go, for who sends them. */

#include "gen/order_sql.h"
#include "mall/order/order.h"

int order_addresses(struct db *db, struct arena *a, const int64_t *purchases, size_t n,
                    struct order_address *ret_addresses, struct err *err)
{
    struct addresses_of_purchases_rows rows = { 0 };
    int rc = n ? addresses_of_purchases(db, a, (struct id_list){ purchases, n }, &rows, err) : 0;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        ret_addresses[i] = (struct order_address){ 0 };
        for (size_t k = 0; k < rows.n; k++) {
            const struct addresses_of_purchases_row *row = &rows.v[k];
            if (row->purchase == purchases[i])
                ret_addresses[i] = (struct order_address){ .name = row->name,
                                                           .phone = row->phone,
                                                           .line1 = row->line1,
                                                           .line2 = row->line2,
                                                           .city = row->city,
                                                           .region = row->region,
                                                           .postcode = row->postcode,
                                                           .country = row->country };
        }
    }
    return rc;
}
