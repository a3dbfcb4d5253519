#include "mall/fulfilment/fulfilment.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "gen/fulfilment_sql.h"
#include "mall/order/order.h"
#include "words/text.h"

static struct str job_key(char out[32], int64_t order)
{
    int n = snprintf(out, 32, "%" PRId64, order);
    return (struct str){ out, n > 0 ? (size_t)n : 0 };
}

int shipment_send(struct db *db, struct arena *a, int64_t order, int64_t supplier,
                  struct str carrier, struct str tracking, struct err *err)
{
    char key[32];
    int rc = text_clean(a, carrier, TEXT_LINE, &carrier, err);
    if (rc == 0)
        rc = text_clean(a, tracking, TEXT_LINE, &tracking, err);
    if (rc < 0)
        return rc;
    if (carrier.len == 0)
        rc = err_field(err, "carrier", N_("Who carries it?"));
    else if (text_count(carrier) > CARRIER_MAX)
        rc = err_field_n(err, "carrier", N_("At most {n} characters, please."), CARRIER_MAX);
    if (text_count(tracking) > TRACKING_MAX)
        rc = err_field_n(err, "tracking", N_("At most {n} characters, please."), TRACKING_MAX);
    if (rc == 0)
        rc = order_ship(db, a, order, supplier, err);
    if (rc == 0)
        rc = shipment_insert(db, db_new_id(db), order, carrier, tracking, db_now(db), NULL, err);
    if (rc == 0)
        rc = job_add(db, "shipment.arrived", job_key(key, order),
                     db_now(db) + SHIPMENT_DAYS * TIME_DAY, STR(""), err);
    return rc;
}

static int arrive(struct db *db, struct arena *a, int64_t order, int64_t actor,
                  enum shipment_said said, struct err *err)
{
    int rc = order_deliver(db, a, order, actor, err);
    if (rc == 0)
        rc = shipment_delivered(db, order, db_now(db), said, NULL, err);
    return rc;
}

int shipment_arrive(struct db *db, struct arena *a, int64_t order, int64_t actor,
                    enum shipment_said said, struct err *err)
{
    char key[32];
    int rc = arrive(db, a, order, actor, said, err);
    if (rc == 0)
        rc = job_cancel(db, "shipment.arrived", job_key(key, order), err);
    return rc;
}

int shipments_of(struct db *db, struct arena *a, const int64_t *orders, size_t n,
                 struct shipment **ret_shipments, size_t *ret_n, struct err *err)
{
    struct shipments_of_orders_rows rows = { 0 };
    int rc = n ? shipments_of_orders(db, a, (struct id_list){ orders, n }, &rows, err) : 0;
    if (rc < 0)
        return rc;
    struct shipment *out = arena_new_array(a, rows.n ? rows.n : 1, struct shipment);
    if (!out)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        out[i] = (struct shipment){ .order = rows.v[i].shop_order,
                                    .carrier = rows.v[i].carrier,
                                    .tracking = rows.v[i].tracking,
                                    .shipped = rows.v[i].shipped,
                                    .delivered = rows.v[i].delivered,
                                    .said = (enum shipment_said)rows.v[i].said_by };
    *ret_shipments = out;
    *ret_n = rows.n;
    return 0;
}

/* Nobody said so for SHIPMENT_DAYS: it counts as arrived. */
static int arrived_by_time(struct db *db, struct arena *a, const struct job *job, void *ctx UNUSED,
                           struct err *err)
{
    int64_t order;
    struct order_brief brief;
    if (!str_to_int(job->key, &order))
        return err_detail(err, ERR_INTERNAL, "a shipment.arrived job without an order");
    int rc = order_brief(db, a, order, &brief, err);
    if (rc < 0 || brief.state != ORDER_SHIPPED)
        return rc;
    return arrive(db, a, order, 0, SAID_TIME, err);
}

const struct job_kind fulfilment_jobs[] = {
    { .name = "shipment.arrived", .write = arrived_by_time },
    { 0 },
};
