/* unit/mall/kit.c - see kit.h. */
#include "unit/mall/kit.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

#include "base/clock.h"
#include "job/runner.h"
#include "mall/aftersales/aftersales.h"
#include "mall/fulfilment/fulfilment.h"
#include "mall/ledger/ledger.h"
#include "mall/stock/stock.h"

/* A failing assertion must happen on the test's own thread, so the store's
 * thread lends its handle and waits for the verdict. */
struct loan {
    struct mall *m;
    pthread_t thread;
    sem_t lent, back;
    int verdict, outcome;
};

static int lend(struct db *db, void *ctx, struct err *err)
{
    struct loan *loan = ctx;
    loan->m->db = db;
    sem_post(&loan->lent);
    sem_wait(&loan->back);
    if (loan->verdict < 0)
        *err = loan->m->err;
    return loan->verdict;
}

static void *lender(void *arg)
{
    struct loan *loan = arg;
    loan->outcome = store_write(loan->m->t->store, lend, loan, &loan->m->err);
    return NULL;
}

void mall_begin(struct mall *m)
{
    struct loan *loan = calloc(1, sizeof(*loan));
    assert_non_null(loan);
    err_clear(&m->err);
    loan->m = m;
    m->loan = loan;
    sem_init(&loan->lent, 0, 0);
    sem_init(&loan->back, 0, 0);
    assert_int_equal(pthread_create(&loan->thread, NULL, lender, loan), 0);
    sem_wait(&loan->lent);
}

int mall_end(struct mall *m, int rc)
{
    struct loan *loan = m->loan;
    loan->verdict = rc < 0 ? rc : 0;
    sem_post(&loan->back);
    pthread_join(loan->thread, NULL);
    int outcome = loan->outcome;
    m->loan = NULL;
    m->db = NULL;
    free(loan);
    return outcome;
}

struct mall *mall_new(const char *engine)
{
    struct mall *m = calloc(1, sizeof(*m));
    assert_non_null(m);
    m->t = kit_shop(engine, 0);
    clock_init_manual(&m->t->clock, BEGIN);
    arena_init(&m->arena, 64 * 1024 * 1024);
    return m;
}

static void print_line(void *ctx, struct str text)
{
    const struct doctor *d = ctx;
    if (d->wrong > 0)
        print_error("%.*s\n", STR_ARG(text));
}

void mall_free(struct mall *m)
{
    doctor_fn *const checks[] = { ledger_doctor,  stock_doctor,      order_doctor,
                                  catalog_doctor, fulfilment_doctor, aftersales_doctor,
                                  invoice_doctor };
    for (size_t i = 0; i < ARRAY_LEN(checks); i++) {
        struct doctor d = { .line = print_line };
        d.ctx = &d;
        assert_rc(checks[i](m->t->store, &d, &m->err), 0, &m->err);
        assert_int_equal(d.total, 0);
    }
    arena_release(&m->arena);
    test_store_free(m->t);
    free(m);
}

static int sku_of(struct mall *m, const struct product_draft *draft, int64_t *ret_sku)
{
    int64_t product;
    bool fresh;
    struct product_detail detail;
    int rc = product_put(m->db, &m->arena, draft, &product, &fresh, &m->err);
    if (rc == 0)
        rc = product_detail(m->db, &m->arena, draft->slug, &detail, &m->err);
    if (rc == 0)
        *ret_sku = detail.choices[0].sku;
    return rc;
}

int64_t mall_sku(struct mall *m, int64_t supplier, const char *slug, int64_t price, int64_t stock)
{
    int64_t id = 0;
    const struct product_sku sku = { .code = str_from(slug), .price = price, .stock = stock };
    const struct product_draft draft = { .supplier = supplier,
                                         .slug = str_from(slug),
                                         .name = str_from(slug),
                                         .currency = STR("EUR"),
                                         .skus = &sku,
                                         .n_skus = 1 };
    MUST(m, sku_of(m, &draft, &id));
    return id;
}

int64_t mall_facts(struct mall *m, enum event_kind kind)
{
    struct event_list list = { 0 };
    int64_t kinds[] = { kind };
    MUST(m, event_newest(m->db, &m->arena, kinds, 1, 0, 500, &list, &m->err));
    return (int64_t)list.n;
}

int64_t mall_left(struct mall *m, int64_t sku)
{
    int64_t left = -1;
    MUST(m, stock_free_of(m->db, &m->arena, &sku, 1, &left, &m->err));
    return left;
}

void mall_wait(struct mall *m, int64_t at)
{
    struct jobs *jobs = NULL;
    const struct job_kind *const tables[] = { order_jobs, fulfilment_jobs, NULL };
    clock_set(&m->t->clock, at);
    assert_rc(jobs_open(m->t->store, tables, NULL, &jobs, &m->err), 0, &m->err);
    assert_rc(jobs_run_due(jobs, NULL, &m->err), 0, &m->err);
    jobs_close(jobs);
}

struct order_item mall_item(int64_t sku, int64_t supplier, int64_t price, int64_t quantity)
{
    return (struct order_item){ .sku = sku,
                                .product = 9,
                                .supplier = supplier,
                                .name = STR("Cup"),
                                .options = STR(""),
                                .photo = STR(""),
                                .quantity = quantity,
                                .price = price,
                                .currency = STR("EUR"),
                                .source = STR("token") };
}

struct order_request mall_request(const struct order_item *items, size_t n)
{
    return (struct order_request){ .buyer = BUYER,
                                   .items = items,
                                   .n_items = n,
                                   .address = { .name = STR("Lin"),
                                                .phone = STR(""),
                                                .line1 = STR("1 Green Lane"),
                                                .line2 = STR(""),
                                                .city = STR("Ghent"),
                                                .postcode = STR("9000"),
                                                .country = STR("BE") },
                                   .expires = BEGIN + 15 * TIME_MINUTE,
                                   .return_days = 30 };
}

int64_t mall_balance(struct mall *m, int kind, int64_t party)
{
    int64_t amount = 0;
    MUST(m, ledger_balance(m->db, &m->arena, (enum ledger_kind)kind, party, STR("EUR"), &amount,
                           &m->err));
    return amount;
}
