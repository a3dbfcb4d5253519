/* Prices that fall with the number bought. */

#include "event/body.h"
#include "event/event.h"
#include "gen/promotion_sql.h"
#include "mall/promotion/promotion.h"

#define LEAST_MAX 99 /* no line has more pieces */

static int tell(struct db *db, int64_t supplier, int64_t sku, int64_t product, int64_t least,
                int64_t price, struct err *err)
{
    struct event_body body;
    event_body_init(&body);
    json_member_int(&body.json, "least", least);
    json_member_int(&body.json, "price", price);
    return event_append_body(
        db,
        &(struct event){
            .kind = EVENT_PRICE_TIER_SET, .actor = supplier, .object = sku, .about = product },
        &body, err);
}

int price_tier_set(struct db *db, struct arena *a, int64_t supplier, const struct price_tier *tier,
                   struct err *err)
{
    struct sku_of_supplier_row sku = { 0 };
    struct price_tiers_of_rows there = { 0 };
    int rc = sku_of_supplier(db, a, supplier, tier->code, &sku, err);
    if (rc == ERR_NOT_FOUND)
        return err_field(err, "code", N_("You sell nothing of that code."));
    if (rc == 0)
        rc = price_tiers_of(db, a, (struct id_list){ &sku.id, 1 }, &there, err);
    if (rc < 0)
        return rc;
    if (tier->least < 2 || tier->least > LEAST_MAX)
        rc = err_field_n(err, "least", N_("Between 2 and {n}, please."), LEAST_MAX);
    if (tier->price.minor < 1 || tier->price.minor >= sku.price)
        rc = err_field(err, "price", N_("Less than one alone costs, please."));
    if (rc == 0 && there.n >= PRICE_TIERS_MAX)
        rc = err_field_n(err, "least", N_("At most {n} prices, please."), PRICE_TIERS_MAX);
    if (rc == 0)
        rc = price_tier_put(db, sku.id, tier->least, tier->price.minor, NULL, err);
    return rc < 0 ? rc
                  : tell(db, supplier, sku.id, sku.product, tier->least, tier->price.minor, err);
}

int price_tier_remove(struct db *db, struct arena *a, int64_t supplier, int64_t sku, int64_t least,
                      struct err *err)
{
    struct sku_is_of_row of = { 0 };
    int64_t n = 0;
    int rc = sku_is_of(db, a, sku, &of, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && of.supplier != supplier))
        return err_set(err, ERR_NOT_FOUND, N_("There is no such price."));
    if (rc == 0)
        rc = price_tier_delete(db, sku, least, &n, err);
    if (rc == 0 && n == 0)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such price."));
    return rc < 0 ? rc : tell(db, supplier, sku, of.product, least, 0, err);
}

int price_tiers_list(struct db *db, struct arena *a, int64_t supplier,
                     const struct price_tier **ret_list, size_t *ret_n, struct err *err)
{
    struct price_tiers_by_supplier_rows rows = { 0 };
    int rc = price_tiers_by_supplier(db, a, supplier, &rows, err);
    if (rc < 0)
        return rc;
    struct price_tier *list = arena_new_array(a, rows.n + 1, struct price_tier);
    if (!list)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        list[i] = (struct price_tier){ .sku = rows.v[i].sku,
                                       .code = rows.v[i].code,
                                       .name = rows.v[i].name,
                                       .options = rows.v[i].options,
                                       .least = rows.v[i].least,
                                       .price = money(rows.v[i].price, rows.v[i].currency),
                                       .single = money(rows.v[i].single, rows.v[i].currency) };
    *ret_list = list;
    *ret_n = rows.n;
    return 0;
}

int price_tiers_shown(struct db *db, struct arena *a, int64_t product,
                      const struct price_tier **ret_list, size_t *ret_n, struct err *err)
{
    struct price_tiers_of_product_rows rows = { 0 };
    int rc = price_tiers_of_product(db, a, product, &rows, err);
    if (rc < 0)
        return rc;
    struct price_tier *list = arena_new_array(a, rows.n + 1, struct price_tier);
    if (!list)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        list[i] = (struct price_tier){ .sku = rows.v[i].sku,
                                       .options = rows.v[i].options,
                                       .least = rows.v[i].least,
                                       .price = money(rows.v[i].price, rows.v[i].currency),
                                       .single = money(rows.v[i].single, rows.v[i].currency) };
    *ret_list = list;
    *ret_n = rows.n;
    return 0;
}
