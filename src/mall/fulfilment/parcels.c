/* What was sent of orders, what is left, and the proof that both agree. */

#include <inttypes.h>

#include "gen/fulfilment_sql.h"
#include "mall/fulfilment/fulfilment.h"
#include "store/doctor.h"

/* Find what is in each parcel: rows come ordered by parcel. */
static int fill_items(struct db *db, struct arena *a, struct id_list orders, struct shipment *list,
                      size_t n, struct err *err)
{
    struct shipment_lines_of_rows rows = { 0 };
    int rc = shipment_lines_of(db, a, orders, &rows, err);
    if (rc < 0)
        return rc;
    struct shipment_item *items = arena_new_array(a, rows.n ? rows.n : 1, struct shipment_item);
    if (!items)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++) {
        items[i] = (struct shipment_item){ rows.v[i].position, rows.v[i].quantity };
        for (size_t k = 0; k < n; k++) {
            if (list[k].id != rows.v[i].shipment)
                continue;
            if (list[k].n_items++ == 0)
                list[k].items = &items[i];
        }
    }
    return 0;
}

int shipments_of(struct db *db, struct arena *a, const int64_t *orders, size_t n,
                 struct shipment **ret_shipments, size_t *ret_n, struct err *err)
{
    struct shipments_of_orders_rows rows = { 0 };
    const struct id_list list = { orders, n };
    int rc = n ? shipments_of_orders(db, a, list, &rows, err) : 0;
    if (rc < 0)
        return rc;
    struct shipment *out = arena_new_array(a, rows.n ? rows.n : 1, struct shipment);
    if (!out)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        out[i] = (struct shipment){ .id = rows.v[i].id,
                                    .order = rows.v[i].shop_order,
                                    .carrier = rows.v[i].carrier,
                                    .tracking = rows.v[i].tracking,
                                    .shipped = rows.v[i].shipped,
                                    .delivered = rows.v[i].delivered,
                                    .said = (enum shipment_said)rows.v[i].said_by };
    rc = rows.n ? fill_items(db, a, list, out, rows.n, err) : 0;
    if (rc < 0)
        return rc;
    *ret_shipments = out;
    *ret_n = rows.n;
    return 0;
}

int shipments_left(struct db *db, struct arena *a, int64_t order, struct shipment_left **ret_lines,
                   size_t *ret_n, struct err *err)
{
    struct supplier_packing_rows rows = { 0 };
    struct shipment *sent = NULL;
    size_t n = 0;
    int rc = supplier_packing(db, a, (struct id_list){ &order, 1 }, &rows, err);
    if (rc == 0)
        rc = shipments_of(db, a, &order, 1, &sent, &n, err);
    if (rc < 0)
        return rc;
    struct shipment_left *lines = arena_new_array(a, rows.n ? rows.n : 1, struct shipment_left);
    if (!lines)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++) {
        lines[i] =
            (struct shipment_left){ rows.v[i].position, rows.v[i].quantity, rows.v[i].quantity };
        for (size_t k = 0; k < n; k++) {
            if (sent[k].n_items == 0)
                lines[i].left = 0;
            for (size_t j = 0; j < sent[k].n_items; j++)
                if (sent[k].items[j].position == lines[i].position)
                    lines[i].left -= sent[k].items[j].quantity;
        }
    }
    *ret_lines = lines;
    *ret_n = rows.n;
    return 0;
}

static int parcels_page(struct db *db, struct arena *a, struct doctor_page *page, struct err *err)
{
    struct shipment_doctor_rows_rows rows = { 0 };
    int rc = shipment_doctor_rows(db, a, page->after, DOCTOR_PAGE, &rows, err);
    if (rc == 0)
        doctor_rows(page, rows.n);
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct shipment_doctor_rows_row *row = &rows.v[i];
        page->after = row->shop_order;
        int64_t whole = row->whole * row->bought, sent = row->parted + whole;
        bool shipped = row->state >= ORDER_SHIPPED && row->state <= ORDER_CLOSED;
        if (sent > row->bought || (shipped && sent != row->bought) ||
            (row->state == ORDER_CANCELLED && sent))
            doctor_wrong(page->doctor,
                         "order %" PRId64 ": %" PRId64 " pieces bought, %" PRId64 " sent",
                         row->shop_order, row->bought, sent);
    }
    return rc;
}

int fulfilment_doctor(struct store *store, struct doctor *d, struct err *err)
{
    return doctor_rule(store, d, parcels_page, "parcels hold what was bought, and no more", err);
}
