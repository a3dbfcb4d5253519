#include "mall/stock/stock.h"

#include "event/event.h"
#include "gen/stock_sql.h"

static int move(struct db *db, int64_t sku, enum stock_kind kind, int64_t change, int64_t cause,
                struct err *err)
{
    int64_t n = 0;
    int rc = stock_open(db, sku, NULL, err);
    if (rc == 0)
        rc = stock_add(db, sku, change, STOCK_MAX, &n, err);
    if (rc < 0)
        return rc;
    if (n == 0)
        return err_set(err, ERR_CONFLICT,
                       N_("Some of it is held by a checkout, or it is too much."));
    rc = stock_entry_insert(db, db_new_id(db), sku, kind, change, cause, NULL, err);
    enum event_kind fact = kind == STOCK_RECEIVED   ? EVENT_STOCK_RECEIVED
                           : kind == STOCK_RETURNED ? EVENT_STOCK_RETURNED
                                                    : EVENT_STOCK_ADJUSTED;
    if (rc == 0)
        rc = event_append(db, &(struct event){ .kind = fact, .object = sku }, err);
    return rc;
}

int stock_return(struct db *db, int64_t sku, int64_t quantity, int64_t cause, struct err *err)
{
    if (quantity < 1)
        return err_detail(err, ERR_INTERNAL, "a return of nothing");
    return move(db, sku, STOCK_RETURNED, quantity, cause, err);
}

int stock_receive(struct db *db, int64_t sku, int64_t quantity, int64_t cause, struct err *err)
{
    if (quantity < 1 || quantity > STOCK_MAX)
        return err_field(err, "quantity", N_("A whole number above zero, please."));
    return move(db, sku, STOCK_RECEIVED, quantity, cause, err);
}

int stock_count(struct db *db, struct arena *a, int64_t sku, int64_t quantity, int64_t cause,
                struct err *err)
{
    if (quantity < 0 || quantity > STOCK_MAX)
        return err_field(err, "quantity", N_("A whole number, please."));
    struct stock_level_of_row level = { 0 };
    int rc = stock_level_of(db, a, sku, &level, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        rc = 0;
    }
    int64_t change = quantity - level.free - level.reserved;
    if (rc < 0 || change == 0)
        return rc;
    return move(db, sku, STOCK_ADJUSTED, change, cause, err);
}

int stock_hold(struct db *db, int64_t purchase, struct stock_need need, struct err *err)
{
    int64_t n;
    int rc = stock_take(db, need.sku, need.quantity, &n, err);
    if (rc < 0)
        return rc;
    if (n == 0)
        return err_set(err, ERR_CONFLICT, N_("There are not enough of this left."));
    return reservation_insert(db, purchase, need.sku, need.quantity, NULL, err);
}

int stock_let_go(struct db *db, struct arena *a, int64_t purchase, struct err *err)
{
    struct reservation_list_rows held;
    int rc = reservation_list(db, a, purchase, &held, err);
    for (size_t i = 0; rc == 0 && i < held.n; i++)
        rc = stock_put_back(db, held.v[i].sku, held.v[i].quantity, NULL, err);
    if (rc == 0)
        rc = reservation_delete(db, purchase, NULL, err);
    return rc;
}

int stock_sell(struct db *db, struct arena *a, int64_t purchase, struct err *err)
{
    struct reservation_list_rows held;
    int rc = reservation_list(db, a, purchase, &held, err);
    if (rc == 0 && held.n == 0)
        return err_set(err, ERR_CONFLICT, N_("The stock held for this purchase was let go."));
    for (size_t i = 0; rc == 0 && i < held.n; i++)
        rc = stock_entry_insert(db, db_new_id(db), held.v[i].sku, STOCK_SOLD, -held.v[i].quantity,
                                purchase, NULL, err);
    if (rc == 0)
        rc = reservation_delete(db, purchase, NULL, err);
    return rc;
}

int stock_free_of(struct db *db, struct arena *a, const int64_t *skus, size_t n, int64_t *ret_free,
                  struct err *err)
{
    struct stock_levels_rows rows = { 0 };
    int rc = n ? stock_levels(db, a, (struct id_list){ skus, n }, &rows, err) : 0;
    if (rc < 0)
        return rc;
    for (size_t i = 0; i < n; i++) {
        ret_free[i] = 0;
        for (size_t j = 0; j < rows.n; j++)
            if (rows.v[j].sku == skus[i])
                ret_free[i] = rows.v[j].free;
    }
    return 0;
}
