#include "mall/fulfilment/fulfilment.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "gen/fulfilment_sql.h"
#include "words/text.h"

static struct str job_key(char out[32], int64_t shipment)
{
    int n = snprintf(out, 32, "%" PRId64, shipment);
    return (struct str){ out, n > 0 ? (size_t)n : 0 };
}

/* ---- sending ---- */

static int check_words(const struct shipment_parcel *p, struct err *err)
{
    int rc = 0;
    if (p->carrier.len == 0)
        rc = err_field(err, "carrier", N_("Who carries it?"));
    else if (text_count(p->carrier) > CARRIER_MAX)
        rc = err_field_n(err, "carrier", N_("At most {n} characters, please."), CARRIER_MAX);
    if (text_count(p->tracking) > TRACKING_MAX)
        rc = err_field_n(err, "tracking", N_("At most {n} characters, please."), TRACKING_MAX);
    return rc;
}

/* Take what goes into the parcel from what is left.
 *   ret_whole  OUT: it is the whole order in one
 *   ret_last   OUT: nothing is left after it */
static int pack(const struct shipment_parcel *p, struct shipment_left *lines, size_t n,
                bool *ret_whole, bool *ret_last, struct err *err)
{
    int64_t packed = 0, left = 0;
    bool whole = true;
    for (size_t i = 0; i < n; i++) {
        int64_t take = p->n_items ? 0 : lines[i].left;
        for (size_t k = 0; k < p->n_items; k++)
            if (p->items[k].position == lines[i].position)
                take += p->items[k].quantity;
        if (take < 0 || take > lines[i].left)
            return err_field(err, "quantity", N_("So many of it are not left to be sent."));
        whole = whole && take == lines[i].quantity;
        packed += take;
        lines[i].left -= take;
        left += lines[i].left;
    }
    if (packed == 0)
        return err_field(err, "quantity", N_("Put something into the parcel."));
    *ret_whole = whole;
    *ret_last = left == 0;
    return 0;
}

static int insert(struct db *db, const struct shipment_parcel *p,
                  const struct shipment_left *before, const struct shipment_left *after, size_t n,
                  bool whole, struct err *err)
{
    char key[32];
    int64_t id = db_new_id(db);
    int rc = shipment_insert(db, id, p->order, p->carrier, p->tracking, db_now(db), NULL, err);
    for (size_t i = 0; rc == 0 && !whole && i < n; i++)
        if (before[i].left > after[i].left)
            rc = shipment_line_insert(db, id, before[i].position, before[i].left - after[i].left,
                                      NULL, err);
    if (rc == 0)
        rc = job_add(db, "shipment.arrived", job_key(key, id),
                     db_now(db) + SHIPMENT_DAYS * TIME_DAY, STR(""), err);
    return rc;
}

static int send_clean(struct db *db, struct arena *a, const struct shipment_parcel *p,
                      struct err *err)
{
    struct shipment_left *before = NULL, *lines = NULL;
    bool whole = false, last = false;
    size_t n = 0;
    int rc = shipments_left(db, a, p->order, &before, &n, err);
    if (rc == 0 && !(lines = arena_new_array(a, n ? n : 1, struct shipment_left)))
        rc = err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < n; i++)
        lines[i] = before[i];
    if (rc == 0)
        rc = pack(p, lines, n, &whole, &last, err);
    if (rc == 0)
        rc = last ? order_ship(db, a, p->order, p->supplier, err)
                  : order_ship_some(db, a, p->order, p->supplier, err);
    return rc < 0 ? rc : insert(db, p, before, lines, n, whole, err);
}

int shipment_send_some(struct db *db, struct arena *a, const struct shipment_parcel *parcel,
                       struct err *err)
{
    struct shipment_parcel p = *parcel;
    struct order_brief brief = { 0 };
    int rc = text_clean(a, p.carrier, TEXT_LINE, &p.carrier, err);
    if (rc == 0)
        rc = text_clean(a, p.tracking, TEXT_LINE, &p.tracking, err);
    if (rc == 0)
        rc = check_words(&p, err);
    if (rc == 0)
        rc = order_brief(db, a, p.order, &brief, err);
    if (rc < 0)
        return rc;
    if (brief.supplier != p.supplier)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such order."));
    if (!order_may(brief.state, ORDER_DO_SHIP, ORDER_BY_SUPPLIER))
        return err_set(err, ERR_CONFLICT, N_("This order has moved on meanwhile."));
    return send_clean(db, a, &p, err);
}

int shipment_send(struct db *db, struct arena *a, int64_t order, int64_t supplier,
                  struct str carrier, struct str tracking, struct err *err)
{
    return shipment_send_some(
        db, a,
        &(struct shipment_parcel){
            .order = order, .supplier = supplier, .carrier = carrier, .tracking = tracking },
        err);
}

/* ---- arriving ---- */

/* The order has arrived when it is shipped and no parcel is on its way. */
static int settle(struct db *db, struct arena *a, int64_t order, int64_t actor, struct err *err)
{
    struct shipments_underway_rows underway = { 0 };
    struct order_brief brief = { 0 };
    int rc = shipments_underway(db, a, order, &underway, err);
    if (rc == 0)
        rc = order_brief(db, a, order, &brief, err);
    if (rc < 0 || underway.n || brief.state != ORDER_SHIPPED)
        return rc;
    return order_deliver(db, a, order, actor, err);
}

static int arrive_one(struct db *db, int64_t shipment, enum shipment_said said, struct err *err)
{
    char key[32];
    int64_t n = 0;
    int rc = shipment_arrived(db, shipment, db_now(db), said, &n, err);
    if (rc == 0 && n == 0)
        rc = err_set(err, ERR_CONFLICT, N_("This parcel has arrived already."));
    if (rc == 0 && said != SAID_TIME)
        rc = job_cancel(db, "shipment.arrived", job_key(key, shipment), err);
    return rc;
}

/* Whether an order is the actor's, who may be the shop itself. */
static int check_buyer(struct db *db, struct arena *a, int64_t order, int64_t actor,
                       struct err *err)
{
    struct order_brief brief = { 0 };
    int rc = order_brief(db, a, order, &brief, err);
    if (rc == 0 && actor != 0 && brief.buyer != actor)
        rc = err_set(err, ERR_NOT_FOUND, N_("There is no such order."));
    return rc;
}

int shipment_arrive_one(struct db *db, struct arena *a, int64_t shipment, int64_t actor,
                        enum shipment_said said, struct err *err)
{
    struct shipment_row_row row = { 0 };
    int rc = shipment_row(db, a, shipment, &row, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such parcel."));
    if (rc == 0)
        rc = check_buyer(db, a, row.shop_order, actor, err);
    if (rc == 0)
        rc = arrive_one(db, shipment, said, err);
    return rc < 0 ? rc : settle(db, a, row.shop_order, actor, err);
}

int shipment_arrive(struct db *db, struct arena *a, int64_t order, int64_t actor,
                    enum shipment_said said, struct err *err)
{
    struct shipments_underway_rows underway = { 0 };
    int rc = check_buyer(db, a, order, actor, err);
    if (rc == 0)
        rc = shipments_underway(db, a, order, &underway, err);
    if (rc == 0 && underway.n == 0)
        rc = err_set(err, ERR_CONFLICT, N_("This order has moved on meanwhile."));
    for (size_t i = 0; rc == 0 && i < underway.n; i++)
        rc = arrive_one(db, underway.v[i].id, said, err);
    return rc < 0 ? rc : settle(db, a, order, actor, err);
}

int shipment_carrier_said(struct db *db, struct arena *a, struct str carrier, struct str tracking,
                          struct err *err)
{
    struct shipments_tracked_rows rows = { 0 };
    bool known = false;
    int rc = tracking.len ? shipments_tracked(db, a, tracking, &rows, err) : 0;
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        if (!str_eq_nocase(rows.v[i].carrier, carrier))
            continue;
        known = true;
        if (!rows.v[i].delivered.has)
            rc = shipment_arrive_one(db, a, rows.v[i].id, 0, SAID_CARRIER, err);
    }
    if (rc == 0 && !known)
        rc = err_set(err, ERR_NOT_FOUND, N_("There is no such parcel."));
    return rc;
}

/* Nobody said so for SHIPMENT_DAYS: it counts as arrived. */
static int arrived_by_time(struct db *db, struct arena *a, const struct job *job, void *ctx UNUSED,
                           struct err *err)
{
    int64_t shipment;
    struct shipment_row_row row = { 0 };
    if (!str_to_int(job->key, &shipment))
        return err_detail(err, ERR_INTERNAL, "a shipment.arrived job without a shipment");
    int rc = shipment_row(db, a, shipment, &row, err);
    if (rc < 0 || row.delivered.has)
        return rc;
    return shipment_arrive_one(db, a, shipment, 0, SAID_TIME, err);
}

const struct job_kind fulfilment_jobs[] = {
    { .name = "shipment.arrived", .write = arrived_by_time },
    { 0 },
};
