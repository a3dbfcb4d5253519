#include "mall/catalog/goods.h"

#include "base/id.h"
#include "gen/catalog_sql.h"
#include "mall/catalog/catalog_int.h"
#include "mall/catalog/import_int.h"

/* A product that is being changed, as it was before. */
struct was {
    struct product_row_row row;
    struct gate_found gate;
};

static int own(struct db *db, struct arena *a, const struct goods_act *act, struct was *ret_was,
               struct err *err)
{
    int rc = product_row(db, a, act->product, &ret_was->row, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && ret_was->row.supplier != act->supplier))
        return err_set(err, ERR_NOT_FOUND, N_("There is no such product of yours."));
    return rc < 0 ? rc : gate_look(db, a, act->product, &ret_was->gate, err);
}

/* What it missed before, by a rule that came later, it may go on missing. */
static void forgive(struct gate_found *now, const struct gate_found *before)
{
    now->no_sku = now->no_sku && !before->no_sku;
    for (size_t i = 0; i < now->n; i++)
        for (size_t k = 0; k < before->n; k++)
            if (!before->lines[k].there &&
                str_eq_c(str_from(now->lines[i].input), before->lines[k].input))
                now->lines[i].there = true;
}

/* What is sold must still tell what it told; then everything that follows. */
static int settle(struct db *db, struct arena *a, const struct goods_act *act,
                  const struct was *was, enum event_kind kind, struct err *err)
{
    struct gate_found gate = { 0 };
    int rc = gate_look(db, a, act->product, &gate, err);
    if (rc == 0 && kind == EVENT_PRODUCT_CHANGED)
        forgive(&gate, &was->gate);
    bool sold = kind == EVENT_PRODUCT_PUBLISHED ||
                (kind == EVENT_PRODUCT_CHANGED && was->row.state == PRODUCT_ON_SALE);
    if (rc == 0 && sold)
        rc = gate_pass(&gate, err);
    if (rc == 0)
        rc = catalog_settle(db, a, act->product, err);
    if (rc == 0)
        rc = catalog_tell(db, act->supplier, act->product, act->simulated, kind, err);
    return rc;
}

/* A free address of a product's name: the name in small letters, and when that
 * says nothing or is taken, the id behind it. */
static struct str make_slug(struct db *db, struct arena *a, struct str name, int64_t id)
{
    char text[ID_TEXT_MAX];
    struct product_of_slug_row_row row;
    struct err ignored = { 0 };
    struct str slug = import_slug_of(a, str_slice(name, 0, PRODUCT_SLUG_MAX - ID_TEXT_MAX));
    if (slug.len > 1 && product_of_slug_row(db, a, slug, &row, &ignored) == ERR_NOT_FOUND)
        return slug;
    struct str tail = id_text(text, "p", id);
    return import_slug_of(
        a, arena_printf(a, "%.*s%s%.*s", STR_ARG(slug), slug.len ? "-" : "", STR_ARG(tail)));
}

static int check_slug_free(struct db *db, struct arena *a, struct str slug, int64_t product,
                           struct err *err)
{
    struct product_of_slug_row_row row = { 0 };
    int rc = product_of_slug_row(db, a, slug, &row, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        return 0;
    }
    if (rc == 0 && row.id != product)
        rc = err_field(err, "slug", N_("This address is taken."));
    return rc;
}

int goods_begin(struct db *db, struct arena *a, const struct product_draft *draft,
                int64_t *ret_product, struct err *err)
{
    struct product_draft d = *draft;
    int64_t id = db_new_id(db);
    if (d.slug.len == 0)
        d.slug = make_slug(db, a, d.name, id);
    int rc = catalog_check_facts(&d, err);
    if (rc == 0)
        rc = check_slug_free(db, a, d.slug, 0, err);
    if (rc == 0)
        rc = product_insert(db,
                            &(struct product_insert_args){ .id = id,
                                                           .supplier = d.supplier,
                                                           .slug = d.slug,
                                                           .name = d.name,
                                                           .name_key = catalog_fold(a, d.name),
                                                           .body = d.body,
                                                           .category = d.category,
                                                           .option1 = d.options[0],
                                                           .option2 = d.options[1],
                                                           .option3 = d.options[2],
                                                           .state = PRODUCT_DRAFT,
                                                           .currency = d.currency,
                                                           .created = db_now(db) },
                            NULL, err);
    if (rc == 0)
        rc = catalog_specs_put(db, id, d.specs, d.n_specs, err);
    if (rc == 0)
        rc = catalog_settle(db, a, id, err);
    if (rc == 0)
        rc = catalog_tell(db, d.supplier, id, d.simulated, EVENT_PRODUCT_CHANGED, err);
    if (rc == 0)
        *ret_product = id;
    return rc;
}

int goods_read(struct db *db, struct arena *a, const struct goods_act *act,
               struct product_detail *ret_detail, struct err *err)
{
    struct was was;
    int rc = own(db, a, act, &was, err);
    return rc < 0 ? rc : product_detail_of(db, a, act->product, ret_detail, err);
}

int goods_change(struct db *db, struct arena *a, const struct goods_act *act,
                 const struct product_draft *draft, struct err *err)
{
    struct was was;
    int rc = own(db, a, act, &was, err);
    if (rc == 0)
        rc = catalog_check_facts(draft, err);
    if (rc == 0)
        rc = check_slug_free(db, a, draft->slug, act->product, err);
    if (rc == 0 && was.row.price_max && !str_eq(was.row.currency, draft->currency))
        rc = err_field(err, "currency", N_("It has prices in its currency already."));
    if (rc < 0)
        return rc;
    rc = product_update(db,
                        &(struct product_update_args){ .id = act->product,
                                                       .slug = draft->slug,
                                                       .name = draft->name,
                                                       .name_key = catalog_fold(a, draft->name),
                                                       .body = draft->body,
                                                       .category = draft->category,
                                                       .option1 = draft->options[0],
                                                       .option2 = draft->options[1],
                                                       .option3 = draft->options[2],
                                                       .currency = draft->currency },
                        NULL, err);
    if (rc == 0)
        rc = catalog_specs_put(db, act->product, draft->specs, draft->n_specs, err);
    return rc < 0 ? rc : settle(db, a, act, &was, EVENT_PRODUCT_CHANGED, err);
}

/* The photo of a SKU is one of its product's; another SKU has other values. */
static int check_sku(struct db *db, struct arena *a, const struct goods_act *act, int64_t sku,
                     const struct product_sku *put, int64_t *ret_position, struct err *err)
{
    struct product_photo_ids_rows photos = { 0 };
    struct sku_choices_rows skus = { 0 };
    int rc = catalog_check_sku(put, err);
    if (rc == 0)
        rc = product_photo_ids(db, a, act->product, &photos, err);
    if (rc == 0)
        rc = sku_choices(db, a, act->product, &skus, err);
    if (rc < 0)
        return rc;
    bool found = put->photo == 0, mine = sku == 0;
    for (size_t i = 0; i < photos.n; i++)
        found = found || photos.v[i].media == put->photo;
    *ret_position = skus.n ? skus.v[skus.n - 1].position + 1 : 0;
    struct str text = catalog_options_text(a, put);
    for (size_t i = 0; i < skus.n; i++) {
        if (skus.v[i].id == sku) {
            mine = true;
            *ret_position = skus.v[i].position;
        } else if (str_eq(skus.v[i].options, text)) {
            rc = err_field(err, "value1", N_("Another variant has these values already."));
        }
    }
    if (!mine)
        rc = err_set(err, ERR_NOT_FOUND, N_("There is no such variant."));
    if (!found)
        rc = err_field(err, "photo", N_("Choose one of the product's photos."));
    if (sku == 0 && skus.n == PRODUCT_SKUS_MAX)
        rc = err_field_n(err, "sku", N_("A product has 1 to {n} SKUs."), PRODUCT_SKUS_MAX);
    return rc;
}

int goods_sku(struct db *db, struct arena *a, const struct goods_act *act, int64_t sku,
              const struct product_sku *put, int64_t *ret_sku, struct err *err)
{
    struct was was;
    int64_t position = 0, id = 0;
    int rc = own(db, a, act, &was, err);
    if (rc == 0)
        rc = check_sku(db, a, act, sku, put, &position, err);
    if (rc == 0)
        rc = catalog_sku_put(db, a,
                             &(struct sku_place){ .supplier = act->supplier,
                                                  .product = act->product,
                                                  .sku = sku,
                                                  .position = position,
                                                  .currency = was.row.currency,
                                                  .simulated = act->simulated },
                             put, &id, err);
    if (rc == 0)
        rc = settle(db, a, act, &was, EVENT_PRODUCT_CHANGED, err);
    if (rc == 0)
        *ret_sku = id;
    return rc;
}

int goods_sku_stop(struct db *db, struct arena *a, const struct goods_act *act, int64_t sku,
                   struct err *err)
{
    struct was was;
    struct sku_row_row sku_was;
    int rc = own(db, a, act, &was, err);
    if (rc == 0)
        rc = sku_row(db, a, sku, &sku_was, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && sku_was.product != act->product))
        return err_set(err, ERR_NOT_FOUND, N_("There is no such variant."));
    if (rc == 0)
        rc = sku_retire(db, sku, NULL, err);
    return rc < 0 ? rc : settle(db, a, act, &was, EVENT_PRODUCT_CHANGED, err);
}

enum photo_deed { PHOTO_ADD, PHOTO_REMOVE, PHOTO_FIRST };

/* Take the photo out of the list, and put it back where the deed wants it. */
static int photos_change(struct db *db, struct arena *a, const struct goods_act *act, int64_t media,
                         enum photo_deed deed, struct err *err)
{
    struct was was;
    struct product_photo_ids_rows old = { 0 };
    int64_t ids[PRODUCT_PHOTOS_MAX + 1];
    size_t n = 0;
    bool there = false;
    int rc = own(db, a, act, &was, err);
    if (rc == 0)
        rc = product_photo_ids(db, a, act->product, &old, err);
    if (rc < 0)
        return rc;
    if (deed == PHOTO_FIRST)
        ids[n++] = media;
    for (size_t i = 0; i < old.n; i++) {
        there = there || old.v[i].media == media;
        if (old.v[i].media != media || deed == PHOTO_ADD)
            ids[n++] = old.v[i].media;
    }
    if (deed != PHOTO_ADD && !there)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such photo."));
    if (deed == PHOTO_ADD && there)
        return 0;
    if (deed == PHOTO_ADD)
        ids[n++] = media;
    if (n > PRODUCT_PHOTOS_MAX)
        return err_field_n(err, "photos", N_("At most {n} photos."), PRODUCT_PHOTOS_MAX);
    rc = catalog_photos_put(db, a, act->product, act->supplier, ids, n, err);
    if (rc == 0 && deed == PHOTO_REMOVE)
        rc = sku_photo_gone(db, act->product, media, NULL, err);
    return rc < 0 ? rc : settle(db, a, act, &was, EVENT_PRODUCT_CHANGED, err);
}

int goods_photo_add(struct db *db, struct arena *a, const struct goods_act *act, int64_t media,
                    struct err *err)
{
    return photos_change(db, a, act, media, PHOTO_ADD, err);
}

int goods_photo_remove(struct db *db, struct arena *a, const struct goods_act *act, int64_t media,
                       struct err *err)
{
    return photos_change(db, a, act, media, PHOTO_REMOVE, err);
}

int goods_photo_first(struct db *db, struct arena *a, const struct goods_act *act, int64_t media,
                      struct err *err)
{
    return photos_change(db, a, act, media, PHOTO_FIRST, err);
}

int goods_publish(struct db *db, struct arena *a, const struct goods_act *act, struct err *err)
{
    struct was was;
    int rc = own(db, a, act, &was, err);
    if (rc < 0 || was.row.state == PRODUCT_ON_SALE)
        return rc;
    rc = product_state_set(db, act->product, PRODUCT_ON_SALE, NULL, err);
    return rc < 0 ? rc : settle(db, a, act, &was, EVENT_PRODUCT_PUBLISHED, err);
}

int goods_withdraw(struct db *db, struct arena *a, const struct goods_act *act, struct err *err)
{
    struct was was;
    int rc = own(db, a, act, &was, err);
    if (rc < 0 || was.row.state != PRODUCT_ON_SALE)
        return rc;
    rc = product_state_set(db, act->product, PRODUCT_HIDDEN, NULL, err);
    return rc < 0 ? rc : settle(db, a, act, &was, EVENT_PRODUCT_HIDDEN, err);
}

int goods_list(struct db *db, struct arena *a, int64_t supplier, int64_t state, int64_t before,
               size_t n, const struct goods_row **ret_rows, size_t *ret_n, struct err *err)
{
    struct goods_rows_rows rows = { 0 };
    int rc = goods_rows(db, a, supplier, state, before, (int64_t)n, &rows, err);
    if (rc < 0)
        return rc;
    struct goods_row *list = arena_new_array(a, rows.n + 1, struct goods_row);
    if (!list)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++) {
        const struct goods_rows_row *r = &rows.v[i];
        list[i] = (struct goods_row){
            .card = { .id = r->id,
                      .supplier = supplier,
                      .slug = r->slug,
                      .name = r->name,
                      .category = r->category,
                      .price_min = money(r->price_min, r->currency),
                      .price_max = money(r->price_max, r->currency),
                      .photo = media_img_of(a, r->photo, r->photo_width, r->photo_height,
                                            r->photo_colour, r->name),
                      .free = r->free },
            .state = r->state,
            .score = r->score,
            .skus = r->skus,
        };
    }
    *ret_rows = list;
    *ret_n = rows.n;
    return 0;
}

int goods_count(struct db *db, struct arena *a, int64_t supplier, int64_t ret_counts[4],
                struct err *err)
{
    struct goods_counts_rows rows = { 0 };
    int rc = goods_counts(db, a, supplier, &rows, err);
    if (rc < 0)
        return rc;
    for (int i = 0; i < 4; i++)
        ret_counts[i] = 0;
    for (size_t i = 0; i < rows.n; i++) {
        ret_counts[0] += rows.v[i].n;
        if (rows.v[i].state >= 1 && rows.v[i].state <= 3)
            ret_counts[rows.v[i].state] = rows.v[i].n;
    }
    return 0;
}
