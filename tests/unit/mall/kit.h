/* unit/mall/kit.h - a shop with a clock that stands, a supplier and some goods.
 *
 * RUN borrows a write transaction for one call of a rule on the test's own
 * thread, keeps its changes when it returns 0, and gives what it returned:
 *
 *     assert_int_equal(RUN(m, stock_hold(m->db, 1, need, &m->err)), ERR_CONFLICT);
 */
#ifndef SWARD_TESTS_UNIT_MALL_KIT_H
#define SWARD_TESTS_UNIT_MALL_KIT_H

#include "unit/event/kit.h"

#include "mall/catalog/catalog.h"
#include "mall/order/order.h"
#include "store/doctor.h"

#define BUYER    201
#define OTHER    202
#define SUPPLIER 301
#define RIVAL    302
#define AUTHOR   401
#define NOTE     501

#define BEGIN INT64_C(1800000000000000)

struct mall {
    struct test_store *t;
    struct arena arena;
    struct db *db; /* inside RUN */
    struct err err;
    struct loan *loan;
};

/* A fresh shop; BEGIN is its time. */
struct mall *mall_new(const char *engine);

/* Every doctor of the mall must find nothing; then the shop goes. */
void mall_free(struct mall *m);

void mall_begin(struct mall *m);
int mall_end(struct mall *m, int rc);

#define RUN(m, call)                                                                               \
    ({                                                                                             \
        mall_begin(m);                                                                             \
        int run_rc = (call);                                                                       \
        mall_end((m), run_rc);                                                                     \
    })

/* Run and demand success. */
#define MUST(m, call) assert_rc(RUN((m), (call)), 0, &(m)->err)

/* Put a product with one SKU on sale. Returns the SKU. */
int64_t mall_sku(struct mall *m, int64_t supplier, const char *slug, int64_t price, int64_t stock);

/* How many facts of a kind the log has. */
int64_t mall_facts(struct mall *m, enum event_kind kind);

/* How many of a SKU can be had. */
int64_t mall_left(struct mall *m, int64_t sku);

/* Move the clock to `at` and do every job of orders that is due. */
void mall_wait(struct mall *m, int64_t at);

/* An item as the catalogue has it; supplier is whose it is. */
struct order_item mall_item(int64_t sku, int64_t supplier, int64_t price, int64_t quantity);

/* A request of BUYER that may be placed. */
struct order_request mall_request(const struct order_item *items, size_t n);

/* What an account holds, in EUR. */
int64_t mall_balance(struct mall *m, int kind, int64_t party);

#endif
