/* Writing one SKU: its values, its price and what it cost before, its stock. */

#include "base/buf.h"
#include "event/body.h"
#include "event/event.h"
#include "gen/catalog_sql.h"
#include "mall/catalog/catalog_int.h"
#include "mall/stock/stock.h"

struct str catalog_options_text(struct arena *a, const struct product_sku *sku)
{
    struct buf out;
    if (sku->values[0].len == 0)
        return sku->options;
    buf_init(&out, 4096);
    for (int i = 0; i < PRODUCT_OPTIONS && sku->values[i].len; i++) {
        if (i)
            buf_put_c(&out, OPTIONS_BETWEEN);
        buf_put_str(&out, sku->values[i]);
    }
    struct str text = arena_str(a, buf_str(&out));
    buf_release(&out);
    return text;
}

void catalog_options_split(const struct product_sku *sku, struct str ret_values[PRODUCT_OPTIONS])
{
    const struct str between = STR(OPTIONS_BETWEEN);
    struct str rest = sku->options;
    for (int i = 0; i < PRODUCT_OPTIONS; i++) {
        if (sku->values[0].len) {
            ret_values[i] = sku->values[i].ptr ? sku->values[i] : STR("");
            continue;
        }
        size_t at = 0;
        while (at < rest.len && !str_starts(str_slice(rest, at, rest.len), between))
            at++;
        if (i == PRODUCT_OPTIONS - 1)
            at = rest.len; /* a fourth value stays with the third */
        ret_values[i] = rest.len ? str_slice(rest, 0, at) : STR("");
        rest = at < rest.len ? str_slice(rest, at + between.len, rest.len) : STR("");
    }
}

static int tell_price(struct db *db, const struct sku_place *at, int64_t sku, int64_t was,
                      int64_t now, struct err *err)
{
    struct event_body body;
    event_body_init(&body);
    json_member_int(&body.json, "from", was);
    json_member_int(&body.json, "to", now);
    json_member_str(&body.json, "currency", at->currency);
    return event_append_body(db,
                             &(struct event){ .kind = EVENT_PRODUCT_PRICE_CHANGED,
                                              .actor = at->supplier,
                                              .object = sku,
                                              .about = at->product,
                                              .simulated = at->simulated },
                             &body, err);
}

/* What the draft says, or what was there before where it says nothing. */
static struct product_sku filled(const struct product_sku *sku, const struct sku_row_row *was)
{
    struct product_sku s = *sku;
    s.compare = s.compare < 0 ? (was->compare > s.price ? was->compare : 0) : s.compare;
    s.weight = s.weight < 0 ? was->weight : s.weight;
    if (!s.barcode.ptr)
        s.barcode = was->barcode.ptr ? was->barcode : STR("");
    return s;
}

static int add(struct db *db, struct arena *a, const struct sku_place *at,
               const struct product_sku *sku, int64_t *ret_sku, struct err *err)
{
    struct str values[PRODUCT_OPTIONS];
    int64_t id = db_new_id(db);
    catalog_options_split(sku, values);
    int rc = sku_insert(db,
                        &(struct sku_insert_args){ .id = id,
                                                   .product = at->product,
                                                   .code = sku->code,
                                                   .options = catalog_options_text(a, sku),
                                                   .value1 = values[0],
                                                   .value2 = values[1],
                                                   .value3 = values[2],
                                                   .price = sku->price,
                                                   .compare = sku->compare,
                                                   .weight = sku->weight,
                                                   .barcode = sku->barcode,
                                                   .photo = sku->photo,
                                                   .position = at->position },
                        NULL, err);
    if (rc == 0)
        rc = sku_price_insert(db, id, db_now(db), sku->price, NULL, err);
    if (rc == 0 && sku->stock > 0)
        rc = stock_receive(db, id, sku->stock, at->product, err);
    if (rc == 0)
        *ret_sku = id;
    return rc;
}

static int change(struct db *db, struct arena *a, const struct sku_place *at, int64_t id,
                  int64_t was, const struct product_sku *sku, struct err *err)
{
    struct str values[PRODUCT_OPTIONS];
    catalog_options_split(sku, values);
    int rc = sku_update(db,
                        &(struct sku_update_args){ .id = id,
                                                   .code = sku->code,
                                                   .options = catalog_options_text(a, sku),
                                                   .value1 = values[0],
                                                   .value2 = values[1],
                                                   .value3 = values[2],
                                                   .price = sku->price,
                                                   .compare = sku->compare,
                                                   .weight = sku->weight,
                                                   .barcode = sku->barcode,
                                                   .photo = sku->photo,
                                                   .position = at->position },
                        NULL, err);
    if (rc == 0 && was != sku->price) {
        rc = sku_price_insert(db, id, db_now(db), sku->price, NULL, err);
        if (rc == 0)
            rc = tell_price(db, at, id, was, sku->price, err);
    }
    if (rc == 0 && sku->stock >= 0)
        rc = stock_count(db, a, id, sku->stock, at->product, err);
    return rc;
}

int catalog_sku_put(struct db *db, struct arena *a, const struct sku_place *at,
                    const struct product_sku *sku, int64_t *ret_sku, struct err *err)
{
    struct sku_of_code_row was = { 0 };
    struct sku_row_row old = { 0 };
    struct product_sku full;
    int rc = sku_of_code(db, a, sku->code, &was, err);
    if (rc == ERR_NOT_FOUND)
        err_clear(err);
    else if (rc < 0)
        return rc;
    bool known = rc == 0;
    if (known && was.supplier != at->supplier)
        return err_set(err, ERR_FORBIDDEN, N_("Another supplier has this SKU code."));
    if (known && (was.product != at->product || (at->sku && at->sku != was.id)))
        return err_field(err, "sku", N_("Another product has this SKU code."));
    if (known || at->sku) /* with at->sku its code may change */
        rc = sku_row(db, a, known ? was.id : at->sku, &old, err);
    else
        rc = 0;
    if (rc < 0)
        return rc;
    full = filled(sku, &old);
    if (old.id == 0)
        return add(db, a, at, &full, ret_sku, err);
    rc = change(db, a, at, old.id, old.price, &full, err);
    if (rc == 0)
        *ret_sku = old.id;
    return rc;
}
