/* What was sent to a person; kept with the order it belongs to. */

#include "base/clock.h"
#include "gen/fulfilment_sql.h"
#include "job/job.h"
#include "mall/fulfilment/fulfilment.h"
#include "store/privacy.h"

/* The retention 10y of schema.sql. */
#define KEPT_DAYS (10 * 366)

PRIVACY_LIST(shipment_mine, "shipments", id)

const struct privacy_part fulfilment_privacy = { "fulfilment", "shipment", list_shipment_mine,
                                                 NULL };

/* Parcel numbers that have had their time, once a day. */
static int outlived(struct db *db, struct arena *a UNUSED, const struct job *job UNUSED,
                    void *ctx UNUSED, struct err *err)
{
    return tracking_outlived(db, db_now(db) - KEPT_DAYS * TIME_DAY, NULL, err);
}

const struct job_kind fulfilment_privacy_jobs[] = {
    { .name = "fulfilment.outlived", .write = outlived, .every = TIME_DAY },
    { 0 },
};
