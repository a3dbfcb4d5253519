/* The proof that orders agree with their lines and their times. */

#include <inttypes.h>

#include "gen/order_sql.h"
#include "mall/order/order.h"
#include "store/doctor.h"

/* The times that a state implies. */
static bool times_fit(const struct order_doctor_rows_row *row)
{
    bool paid = row->state >= ORDER_PAID && row->state <= ORDER_CLOSED;
    bool shipped = row->state >= ORDER_SHIPPED && row->state <= ORDER_CLOSED;
    bool delivered = row->state == ORDER_DELIVERED || row->state == ORDER_CLOSED;
    bool closed = row->state == ORDER_CLOSED || row->state == ORDER_CANCELLED;
    if (row->state == ORDER_CANCELLED)
        paid = row->paid.has; /* one that was paid was given back */
    return row->paid.has == paid && row->shipped.has == shipped &&
           row->delivered.has == delivered && row->closed.has == closed;
}

static int orders_page(struct db *db, struct arena *a, struct doctor_page *page, struct err *err)
{
    struct order_doctor_rows_rows rows;
    int rc = order_doctor_rows(db, a, page->after, DOCTOR_PAGE, &rows, err);
    if (rc == 0)
        doctor_rows(page, rows.n);
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct order_doctor_rows_row *row = &rows.v[i];
        page->after = row->id;
        if (row->lines + row->delivery != row->total)
            doctor_wrong(page->doctor,
                         "order %" PRId64 ": total %" PRId64 ", lines and delivery sum to %" PRId64,
                         row->id, row->total, row->lines + row->delivery);
        if (row->odd || row->delivery < 0 || row->delivery_tax < 0 ||
            row->delivery_tax > row->delivery)
            doctor_wrong(page->doctor,
                         "order %" PRId64 ": a line or its delivery is cheaper than free", row->id);
        if (!times_fit(row))
            doctor_wrong(page->doctor, "order %" PRId64 ": its times do not fit state %" PRId64,
                         row->id, row->state);
    }
    return rc;
}

int order_doctor(struct store *store, struct doctor *d, struct err *err)
{
    return doctor_rule(store, d, orders_page,
                       "orders are the sums of their lines, and their times fit", err);
}
