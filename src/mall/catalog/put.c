/* Putting a product on sale, and bringing one up to date. */

#include "event/body.h"
#include "event/event.h"
#include "gen/catalog_sql.h"
#include "mall/catalog/catalog.h"
#include "mall/catalog/catalog_int.h"
#include "mall/stock/stock.h"
#include "media/media.h"
#include "words/text.h"

static bool slug_spelt_right(struct str slug)
{
    if (slug.len == 0 || slug.len > PRODUCT_SLUG_MAX)
        return false;
    for (size_t i = 0; i < slug.len; i++) {
        char c = slug.ptr[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
            return false;
    }
    return slug.ptr[0] != '-';
}

static bool currency_spelt_right(struct str currency)
{
    bool right = currency.len == 3;
    for (size_t i = 0; right && i < 3; i++)
        right = currency.ptr[i] >= 'A' && currency.ptr[i] <= 'Z';
    return right;
}

static int check_sku(const struct product_sku *sku, struct err *err)
{
    int rc = 0;
    if (sku->code.len == 0 || sku->code.len > PRODUCT_CODE_MAX)
        rc =
            err_field_n(err, "sku", N_("A code of 1 to {n} characters, please."), PRODUCT_CODE_MAX);
    if (text_count(sku->options) > PRODUCT_OPTIONS_MAX)
        rc =
            err_field_n(err, "options", N_("At most {n} characters, please."), PRODUCT_OPTIONS_MAX);
    if (sku->price < 1 || sku->price > MONEY_MAX)
        rc = err_field(err, "price", N_("A price such as 12.50, please."));
    if (sku->stock > STOCK_MAX)
        rc = err_field(err, "stock", N_("A whole number, please."));
    return rc;
}

static int check_draft(const struct product_draft *d, struct err *err)
{
    int rc = 0;
    if (!slug_spelt_right(d->slug))
        rc = err_field(err, "slug", N_("Small letters, digits and dashes, please."));
    if (d->name.len == 0 || text_count(d->name) > PRODUCT_NAME_MAX)
        rc = err_field_n(err, "name", N_("A name of 1 to {n} characters, please."),
                         PRODUCT_NAME_MAX);
    if (text_count(d->body) > PRODUCT_BODY_MAX)
        rc = err_field_n(err, "body", N_("At most {n} characters, please."), PRODUCT_BODY_MAX);
    if (text_count(d->category) > 60)
        rc = err_field_n(err, "category", N_("At most {n} characters, please."), 60);
    if (!currency_spelt_right(d->currency))
        rc = err_field(err, "currency", N_("Three capital letters such as EUR, please."));
    if (d->n_photos > PRODUCT_PHOTOS_MAX)
        rc = err_field_n(err, "photos", N_("At most {n} photos."), PRODUCT_PHOTOS_MAX);
    if (d->n_skus == 0 || d->n_skus > PRODUCT_SKUS_MAX)
        rc = err_field_n(err, "sku", N_("A product has 1 to {n} SKUs."), PRODUCT_SKUS_MAX);
    for (size_t i = 0; i < d->n_skus; i++) {
        int wrong = check_sku(&d->skus[i], err);
        rc = wrong < 0 ? wrong : rc;
    }
    return rc;
}

int product_slug_taken(struct db *db, struct arena *a, struct str slug, int64_t supplier,
                       enum product_taken *ret_taken, struct err *err)
{
    struct product_of_slug_row_row row;
    int rc = product_of_slug_row(db, a, slug, &row, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        *ret_taken = TAKEN_NOT;
        return 0;
    }
    if (rc == 0)
        *ret_taken = row.supplier == supplier ? TAKEN_NOT : TAKEN_BY_OTHER;
    return rc;
}

int product_code_taken(struct db *db, struct arena *a, struct str code, struct str slug,
                       int64_t supplier, enum product_taken *ret_taken, struct err *err)
{
    struct sku_of_code_row row;
    int rc = sku_of_code(db, a, code, &row, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        *ret_taken = TAKEN_NOT;
        return 0;
    }
    if (rc == 0 && row.supplier != supplier)
        *ret_taken = TAKEN_BY_OTHER;
    else if (rc == 0)
        *ret_taken = str_eq(row.slug, slug) ? TAKEN_NOT : TAKEN_BY_PRODUCT;
    return rc;
}

static int tell(struct db *db, const struct product_draft *d, enum event_kind kind, int64_t product,
                struct err *err)
{
    return event_append(
        db,
        &(struct event){
            .kind = kind, .actor = d->supplier, .object = product, .simulated = d->simulated },
        err);
}

static int tell_price(struct db *db, const struct product_draft *d,
                      const struct sku_of_code_row *was, int64_t now, struct err *err)
{
    struct event_body body;
    event_body_init(&body);
    json_member_int(&body.json, "from", was->price);
    json_member_int(&body.json, "to", now);
    json_member_str(&body.json, "currency", d->currency);
    return event_append_body(db,
                             &(struct event){ .kind = EVENT_PRODUCT_PRICE_CHANGED,
                                              .actor = d->supplier,
                                              .object = was->id,
                                              .about = was->product,
                                              .simulated = d->simulated },
                             &body, err);
}

/* A product that is being put. */
struct put {
    struct db *db;
    struct arena *a;
    const struct product_draft *draft;
    int64_t product;
    int64_t kept[PRODUCT_SKUS_MAX];
};

static int add_sku(struct put *p, size_t i, struct err *err)
{
    const struct product_sku *sku = &p->draft->skus[i];
    int64_t id = db_new_id(p->db);
    int rc = sku_insert(p->db, id, p->product, sku->code, sku->options, sku->price, (int64_t)i,
                        NULL, err);
    if (rc == 0)
        rc = sku_price_insert(p->db, id, db_now(p->db), sku->price, NULL, err);
    if (rc == 0 && sku->stock > 0)
        rc = stock_receive(p->db, id, sku->stock, p->product, err);
    p->kept[i] = id;
    return rc;
}

static int change_sku(struct put *p, size_t i, const struct sku_of_code_row *was, struct err *err)
{
    const struct product_sku *sku = &p->draft->skus[i];
    if (was->supplier != p->draft->supplier)
        return err_set(err, ERR_FORBIDDEN, N_("Another supplier has this SKU code."));
    if (was->product != p->product)
        return err_field(err, "sku", N_("Another product has this SKU code."));
    int rc = sku_update(p->db, was->id, sku->options, sku->price, (int64_t)i, NULL, err);
    if (rc == 0 && was->price != sku->price) {
        rc = sku_price_insert(p->db, was->id, db_now(p->db), sku->price, NULL, err);
        if (rc == 0)
            rc = tell_price(p->db, p->draft, was, sku->price, err);
    }
    if (rc == 0 && sku->stock >= 0)
        rc = stock_count(p->db, p->a, was->id, sku->stock, p->product, err);
    p->kept[i] = was->id;
    return rc;
}

static int put_skus(struct put *p, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < p->draft->n_skus; i++) {
        struct sku_of_code_row was;
        rc = sku_of_code(p->db, p->a, p->draft->skus[i].code, &was, err);
        if (rc == ERR_NOT_FOUND) {
            err_clear(err);
            rc = add_sku(p, i, err);
        } else if (rc == 0) {
            rc = change_sku(p, i, &was, err);
        }
    }
    if (rc == 0)
        rc = sku_retire_others(p->db, p->product, (struct id_list){ p->kept, p->draft->n_skus },
                               NULL, err);
    return rc;
}

/* True when the product shows exactly these photos in this order. */
static bool same_photos(const struct product_photo_ids_rows *rows, const struct product_draft *d)
{
    bool same = rows->n == d->n_photos;
    for (size_t i = 0; same && i < rows->n; i++)
        same = rows->v[i].media == d->photos[i];
    return same;
}

static int put_photos(struct put *p, struct err *err)
{
    const struct product_draft *d = p->draft;
    struct product_photo_ids_rows was;
    int rc = d->n_photos ? product_photo_ids(p->db, p->a, p->product, &was, err) : 0;
    if (rc < 0 || d->n_photos == 0 || same_photos(&was, d))
        return rc;
    int64_t *old = arena_new_array(p->a, was.n ? was.n : 1, int64_t);
    if (!old)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < was.n; i++)
        old[i] = was.v[i].media;
    rc = media_attach(p->db, d->photo_owner ? d->photo_owner : d->supplier, d->photos, d->n_photos,
                      MEDIA_OPEN, db_now(p->db), err);
    if (rc == ERR_NOT_FOUND)
        return err_field(err, "photos", N_("A photo is not yours, or gone. Bring it once more."));
    if (rc == 0 && was.n)
        rc = media_detach(p->db, old, was.n, MEDIA_OPEN, db_now(p->db), err);
    if (rc == 0)
        rc = product_photo_delete(p->db, p->product, NULL, err);
    for (size_t i = 0; rc == 0 && i < d->n_photos; i++)
        rc = product_photo_insert(p->db, p->product, (int64_t)i, d->photos[i], NULL, err);
    struct product_media_row_row cover;
    if (rc == 0)
        rc = product_media_row(p->db, p->a, d->photos[0], &cover, err);
    if (rc == 0)
        rc = product_cover_set(p->db, p->product, cover.hash, cover.width, cover.height,
                               cover.colour, NULL, err);
    return rc;
}

static int put_row(struct put *p, bool known, struct err *err)
{
    const struct product_draft *d = p->draft;
    int64_t low = d->skus[0].price, high = low;
    for (size_t i = 1; i < d->n_skus; i++) {
        low = d->skus[i].price < low ? d->skus[i].price : low;
        high = d->skus[i].price > high ? d->skus[i].price : high;
    }
    struct str key = catalog_fold(p->a, d->name);
    if (known)
        return product_update(p->db,
                              &(struct product_update_args){ .id = p->product,
                                                             .name = d->name,
                                                             .name_key = key,
                                                             .body = d->body,
                                                             .category = d->category,
                                                             .currency = d->currency,
                                                             .price_min = low,
                                                             .price_max = high },
                              NULL, err);
    return product_insert(p->db,
                          &(struct product_insert_args){ .id = p->product,
                                                         .supplier = d->supplier,
                                                         .slug = d->slug,
                                                         .name = d->name,
                                                         .name_key = key,
                                                         .body = d->body,
                                                         .category = d->category,
                                                         .currency = d->currency,
                                                         .price_min = low,
                                                         .price_max = high,
                                                         .created = db_now(p->db) },
                          NULL, err);
}

int product_put(struct db *db, struct arena *a, const struct product_draft *draft,
                int64_t *ret_product, bool *ret_new, struct err *err)
{
    int rc = check_draft(draft, err);
    if (rc < 0)
        return rc;
    struct product_of_slug_row_row was;
    struct put *p = arena_new(a, struct put);
    if (!p)
        return err_detail(err, ERR_NOMEM, "arena full");
    *p = (struct put){ .db = db, .a = a, .draft = draft };
    rc = product_of_slug_row(db, a, draft->slug, &was, err);
    if (rc < 0 && rc != ERR_NOT_FOUND)
        return rc;
    bool known = rc == 0;
    err_clear(err);
    if (known && was.supplier != draft->supplier)
        return err_set(err, ERR_FORBIDDEN, N_("Another supplier has this address."));
    p->product = known ? was.id : db_new_id(db);
    rc = put_row(p, known, err);
    if (rc == 0)
        rc = put_skus(p, err);
    if (rc == 0)
        rc = put_photos(p, err);
    if (rc == 0)
        rc = tell(db, draft, known ? EVENT_PRODUCT_CHANGED : EVENT_PRODUCT_PUBLISHED, p->product,
                  err);
    if (rc == 0) {
        *ret_product = p->product;
        *ret_new = !known;
    }
    return rc;
}
