/* A buyer's orders and addresses. The orders stay and name the actor alone;
 * where a paid one went is kept as long as its retention says and shown to
 * nobody but the supplier whose order it is. */

#include "base/clock.h"
#include "gen/order_sql.h"
#include "job/job.h"
#include "mall/order/order.h"
#include "store/privacy.h"

/* The retention 10y of schema.sql. */
#define KEPT_DAYS (10 * 366)

PRIVACY_LIST(purchase_mine, "purchases", id)
PRIVACY_LIST(order_mine, "orders", id)

static int list_lines(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                      struct err *err)
{
    struct order_line_mine_rows rows = { 0 };
    int64_t order = 0, position = 0;
    int rc;
    privacy_list(out, "lines");
    do {
        arena_clear(a);
        rc = order_line_mine(db, a, actor, order, position, PRIVACY_PAGE, &rows, err);
        for (size_t i = 0; rc == 0 && i < rows.n; i++) {
            order_line_mine_row_json(privacy_next(out), &rows.v[i]);
            order = rows.v[i].shop_order;
            position = rows.v[i].position;
        }
    } while (rc == 0 && rows.n == PRIVACY_PAGE);
    return rc;
}

static int gather(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                  struct err *err)
{
    int rc = list_purchase_mine(db, a, actor, out, err);
    if (rc == 0)
        rc = list_order_mine(db, a, actor, out, err);
    return rc < 0 ? rc : list_lines(db, a, actor, out, err);
}

/* Whoever sells goes after the last parcel. */
static int erase(struct db *db, int64_t actor, struct err *err)
{
    struct order_unsent_row unsent;
    int rc = order_unsent(db, NULL, actor, &unsent, err);
    if (rc == 0 && unsent.n)
        return err_set(err, ERR_CONFLICT,
                       N_("Paid orders still wait for you. Send them first, then you can go."));
    return rc < 0 ? rc : purchase_address_erase(db, actor, NULL, err);
}

const struct privacy_part order_privacy = { "order", "purchase_address", gather, erase };

/* Addresses that have had their time, once a day. */
static int outlived(struct db *db, struct arena *a UNUSED, const struct job *job UNUSED,
                    void *ctx UNUSED, struct err *err)
{
    return purchase_address_outlived(db, db_now(db) - KEPT_DAYS * TIME_DAY, NULL, err);
}

const struct job_kind order_privacy_jobs[] = {
    { .name = "order.outlived", .write = outlived, .every = TIME_DAY },
    { 0 },
};
