/* What happens to an order by itself: running out of time, its release, and being filed. */

#include "gen/order_sql.h"
#include "mall/ledger/ledger.h"
#include "mall/order/order_int.h"
#include "store/store.h"

#define EXPIRE_AT_ONCE 100 /* read together; each is written alone */
#define FILE_AT_ONCE   1000

/* Some of the purchases whose time is over. */
struct expiry {
    int64_t after; /* those up to here were seen */
    int64_t ids[EXPIRE_AT_ONCE];
    size_t n;
};

static int read_over(struct db *db, void *ctx, struct err *err)
{
    struct expiry *e = ctx;
    struct purchases_over_rows over = { 0 };
    struct arena a;
    arena_init(&a, 64 * 1024);
    int rc = purchases_over(db, &a, e->after, db_now(db), EXPIRE_AT_ONCE, &over, err);
    e->n = over.n;
    for (size_t i = 0; i < over.n; i++)
        e->ids[i] = over.v[i].id;
    arena_release(&a);
    return rc;
}

static int expire_one(struct db *db, void *ctx, struct err *err)
{
    const int64_t *purchase = ctx;
    struct arena a;
    arena_init(&a, 1024 * 1024);
    int rc = order_expire(db, &a, *purchase, err);
    arena_release(&a);
    return rc;
}

/* Each in a transaction of its own: one that fails keeps no other waiting, and
 * has the job come again. */
static int expire(struct store *store, struct arena *a, const struct job *job UNUSED,
                  void *ctx UNUSED, struct err *err)
{
    struct expiry *e = arena_new(a, struct expiry);
    if (!e)
        return err_detail(err, ERR_NOMEM, "arena full");
    *e = (struct expiry){ .n = EXPIRE_AT_ONCE };
    int first = 0;
    while (e->n == EXPIRE_AT_ONCE) {
        int rc = store_read(store, read_over, e, err);
        if (rc < 0)
            return rc;
        for (size_t i = 0; i < e->n; i++) {
            struct err why = { 0 };
            e->after = e->ids[i];
            rc = store_write(store, expire_one, &e->ids[i], &why);
            if (rc < 0 && first == 0) {
                first = rc;
                *err = why;
            }
        }
    }
    return first;
}

/* The return window of a delivered order is over: everybody gets their part. */
static int release(struct db *db, struct arena *a, const struct job *job, void *ctx UNUSED,
                   struct err *err)
{
    int64_t order;
    struct order_brief brief;
    struct purchase_brief purchase;
    if (!str_to_int(job->key, &order))
        return err_detail(err, ERR_INTERNAL, "an order.release job without an order");
    bool held = false;
    int rc = order_brief(db, a, order, &brief, err);
    if (rc < 0 || brief.state != ORDER_DELIVERED)
        return rc;
    /* A case is open: whoever closes it adds this job anew. */
    rc = order_held(db, order, &held, err);
    if (rc < 0 || held)
        return rc;
    rc = order_purchase(db, a, brief.purchase, &purchase, err);
    if (rc == 0)
        rc = order_step(db, a, &brief, ORDER_DO_CLOSE, ORDER_BY_SHOP, 0, err);
    struct order_money money;
    struct release r;
    struct release_split split;
    if (rc == 0)
        rc = ledger_order(db, a, order, &money, err);
    if (rc == 0)
        rc = ledger_order_release(a, &money, &r, err);
    if (rc == 0)
        rc = ledger_release(db, a, &r, purchase.simulated, &split, err);
    return rc;
}

static int file_some(struct db *db, void *ctx, struct err *err)
{
    return order_file_some(db, FILE_AT_ONCE, ctx, err);
}

/* File the new orders, some in each transaction so that no request waits long.
 * One placed after the last of these is filed with the next: lists have it. */
static int file(struct store *store, struct arena *a UNUSED, const struct job *job UNUSED,
                void *ctx UNUSED, struct err *err)
{
    int64_t n = FILE_AT_ONCE;
    int rc = 0;
    while (rc == 0 && n == FILE_AT_ONCE)
        rc = store_write(store, file_some, &n, err);
    return rc;
}

const struct job_kind order_jobs[] = {
    { .name = "purchase.expire", .call = expire },
    { .name = "order.release", .write = release },
    { .name = "order.file", .call = file },
    { 0 },
};
