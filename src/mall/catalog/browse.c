#include "mall/catalog/browse.h"

#include "event/event.h"
#include "gen/catalog_sql.h"
#include "mall/catalog/catalog_int.h"

/* The members that the arguments of all orders have alike. */
#define NARROWED(b)                                                                                \
    .shelf = (b)->shelf, .supplier = (b)->supplier, .currency = (b)->currency, .low = (b)->low,    \
    .high = (b)->high, .n1 = (b)->facets[0].name, .v1 = (b)->facets[0].value,                      \
    .n2 = (b)->facets[1].name, .v2 = (b)->facets[1].value, .n3 = (b)->facets[2].name,              \
    .v3 = (b)->facets[2].value, .n = n

/* One order: its statement, and the same for what can be had now. */
#define ORDERED(query, ...)                                                                        \
    {                                                                                              \
        struct query##_rows rows = { 0 };                                                          \
        struct query##_free_rows can = { 0 };                                                      \
        int rc =                                                                                   \
            b->in_stock                                                                            \
                ? query##_free(db, a, &(struct query##_free_args){ NARROWED(b), __VA_ARGS__ },     \
                               &can, err)                                                          \
                : query(db, a, &(struct query##_args){ NARROWED(b), __VA_ARGS__ }, &rows, err);    \
        for (size_t i = 0; rc == 0 && i < rows.n; i++)                                             \
            ret_keys[i] = (struct browse_key){ rows.v[i].key, rows.v[i].product };                 \
        for (size_t i = 0; rc == 0 && i < can.n; i++)                                              \
            ret_keys[i] = (struct browse_key){ can.v[i].key, can.v[i].product };                   \
        *ret_n = rows.n + can.n;                                                                   \
        return rc;                                                                                 \
    }

static int newest(struct db *db, struct arena *a, const struct browse *b, struct browse_key last,
                  int64_t n, struct browse_key *ret_keys, size_t *ret_n,
                  struct err *err) ORDERED(shelf_newest, .last = last.product)

    static int cheap(struct db *db, struct arena *a, const struct browse *b, struct browse_key last,
                     int64_t n, struct browse_key *ret_keys, size_t *ret_n,
                     struct err *err) ORDERED(shelf_cheap, .key = last.key, .last = last.product)

        static int dear(struct db *db, struct arena *a, const struct browse *b,
                        struct browse_key last, int64_t n, struct browse_key *ret_keys,
                        size_t *ret_n, struct err *err)
            ORDERED(shelf_dear, .key = last.key, .last = last.product)

                static int bought(struct db *db, struct arena *a, const struct browse *b,
                                  struct browse_key last, int64_t n, struct browse_key *ret_keys,
                                  size_t *ret_n, struct err *err)
                    ORDERED(shelf_bought, .key = last.key, .last = last.product)

                        int browse_page(struct db *db, struct arena *a, const struct browse *b,
                                        const struct browse_key *after, size_t n,
                                        struct browse_key *ret_keys, size_t *ret_n, struct err *err)
{
    const struct browse_key first = { -1, -1 }, last = { INT64_MAX, INT64_MAX };
    struct browse wanted = *b;
    for (size_t i = wanted.n_facets; i < BROWSE_FACETS; i++)
        wanted.facets[i] = (struct browse_facet){ STR(""), STR(""), 0 };
    if (b->sort == BROWSE_CHEAP)
        return cheap(db, a, &wanted, after ? *after : first, (int64_t)n, ret_keys, ret_n, err);
    if (b->sort == BROWSE_DEAR)
        return dear(db, a, &wanted, after ? *after : last, (int64_t)n, ret_keys, ret_n, err);
    if (b->sort == BROWSE_BOUGHT)
        return bought(db, a, &wanted, after ? *after : last, (int64_t)n, ret_keys, ret_n, err);
    return newest(db, a, &wanted, after ? *after : last, (int64_t)n, ret_keys, ret_n, err);
}

int browse_shelves(struct db *db, struct arena *a, const struct browse_shelf **ret_list,
                   size_t *ret_n, struct err *err)
{
    struct shelf_names_rows rows = { 0 };
    int rc = shelf_names(db, a, &rows, err);
    if (rc < 0)
        return rc;
    struct browse_shelf *list = arena_new_array(a, rows.n + 1, struct browse_shelf);
    if (!list)
        return err_detail(err, ERR_NOMEM, "arena full");
    size_t n = 0;
    for (size_t i = 0; i < rows.n; i++)
        if (rows.v[i].name.len)
            list[n++] = (struct browse_shelf){ rows.v[i].name, rows.v[i].n };
    *ret_list = list;
    *ret_n = n;
    return 0;
}

/* The rows come with the fullest first; each name is taken at its first row,
 * and its other values behind it. */
int browse_facets(struct db *db, struct arena *a, struct str shelf,
                  const struct browse_facet **ret_list, size_t *ret_n, struct err *err)
{
    struct shelf_facets_rows rows = { 0 };
    int rc = shelf_facets(db, a, shelf, &rows, err);
    if (rc < 0)
        return rc;
    struct browse_facet *list = arena_new_array(a, rows.n + 1, struct browse_facet);
    if (!list)
        return err_detail(err, ERR_NOMEM, "arena full");
    size_t n = 0;
    for (size_t i = 0; i < rows.n; i++) {
        size_t before = 0;
        while (before < i && !str_eq(rows.v[before].name, rows.v[i].name))
            before++;
        if (before < i)
            continue;
        size_t begin = n;
        for (size_t k = i; k < rows.n; k++)
            if (str_eq(rows.v[k].name, rows.v[i].name))
                list[n++] = (struct browse_facet){ rows.v[k].name, rows.v[k].value, rows.v[k].n };
        if (n == begin + 1)
            n = begin;
    }
    *ret_list = list;
    *ret_n = n;
    return 0;
}

int browse_suppliers(struct db *db, struct arena *a, struct str shelf, const int64_t **ret_actors,
                     size_t *ret_n, struct err *err)
{
    struct shelf_suppliers_rows rows = { 0 };
    int rc = shelf_suppliers(db, a, shelf, &rows, err);
    if (rc < 0)
        return rc;
    int64_t *actors = arena_new_array(a, rows.n + 1, int64_t);
    if (!actors)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        actors[i] = rows.v[i].supplier;
    *ret_actors = actors;
    *ret_n = rows.n;
    return 0;
}

int browse_currency(struct db *db, struct arena *a, struct str shelf, struct str *ret_currency,
                    struct err *err)
{
    struct shelf_currencies_rows rows = { 0 };
    int rc = shelf_currencies(db, a, shelf, &rows, err);
    if (rc == 0)
        *ret_currency = rows.n ? rows.v[0].currency : STR("");
    return rc;
}

/* ---- what was bought ---- */

static int learn(struct db *db, void *ctx UNUSED, const struct event_row *rows, size_t n,
                 struct err *err)
{
    int64_t orders[FOLLOWER_BATCH];
    size_t n_orders = 0;
    for (size_t i = 0; i < n && i < FOLLOWER_BATCH; i++)
        if (rows[i].kind == EVENT_ORDER_PAID)
            orders[n_orders++] = rows[i].object;
    if (n_orders == 0)
        return 0;
    struct arena a;
    struct order_bought_rows_rows lines = { 0 };
    arena_init(&a, 1024 * 1024);
    int rc = order_bought_rows(db, &a, (struct id_list){ orders, n_orders }, &lines, err);
    for (size_t i = 0; rc == 0 && i < lines.n; i++) {
        rc = product_bought_add(db, lines.v[i].product, lines.v[i].quantity, NULL, err);
        if (rc == 0)
            rc = shelf_bought_set(db, lines.v[i].product, NULL, err);
    }
    arena_release(&a);
    return rc;
}

static int reset(struct db *db, void *ctx UNUSED, struct err *err)
{
    int rc = product_bought_reset(db, NULL, err);
    return rc < 0 ? rc : shelf_bought_reset(db, NULL, err);
}

/* It may lag: what is remembered of the shelves is forgotten at each of its steps. */
const struct follower bought_follower = {
    .name = "bought",
    .shared = true,
    .learn = learn,
    .reset = reset,
    .patient = true,
    .patience = 60 * TIME_SECOND,
};
