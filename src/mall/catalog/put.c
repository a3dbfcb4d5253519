/* Putting a product on sale, and bringing one up to date. */

#include "event/event.h"
#include "gen/catalog_sql.h"
#include "mall/catalog/catalog.h"
#include "mall/catalog/catalog_int.h"
#include "mall/catalog/gate.h"
#include "media/media.h"

static int check_draft(const struct product_draft *d, struct err *err)
{
    int rc = catalog_check_facts(d, err);
    if (d->n_photos > PRODUCT_PHOTOS_MAX)
        rc = err_field_n(err, "photos", N_("At most {n} photos."), PRODUCT_PHOTOS_MAX);
    if (d->n_skus == 0 || d->n_skus > PRODUCT_SKUS_MAX)
        rc = err_field_n(err, "sku", N_("A product has 1 to {n} SKUs."), PRODUCT_SKUS_MAX);
    for (size_t i = 0; i < d->n_skus; i++) {
        int wrong = catalog_check_sku(&d->skus[i], err);
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

int catalog_tell(struct db *db, int64_t supplier, int64_t product, bool simulated,
                 enum event_kind kind, struct err *err)
{
    return event_append(
        db,
        &(struct event){
            .kind = kind, .actor = supplier, .object = product, .simulated = simulated },
        err);
}

/* A product that is being put. */
struct put {
    struct db *db;
    struct arena *a;
    struct product_draft *draft;
    int64_t product;
    bool known;
    int64_t was; /* enum product_state; 0 = new */
    int64_t kept[PRODUCT_SKUS_MAX];
};

static int put_skus(struct put *p, struct err *err)
{
    const struct product_draft *d = p->draft;
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < d->n_skus; i++)
        rc = catalog_sku_put(p->db, p->a,
                             &(struct sku_place){ .supplier = d->supplier,
                                                  .product = p->product,
                                                  .position = (int64_t)i,
                                                  .currency = d->currency,
                                                  .simulated = d->simulated },
                             &d->skus[i], &p->kept[i], err);
    if (rc == 0)
        rc =
            sku_retire_others(p->db, p->product, (struct id_list){ p->kept, d->n_skus }, NULL, err);
    return rc;
}

int catalog_specs_put(struct db *db, int64_t product, const struct product_spec *specs, size_t n,
                      struct err *err)
{
    int rc = product_spec_delete(db, product, NULL, err);
    for (size_t i = 0; rc == 0 && i < n; i++)
        if (specs[i].name.len && specs[i].value.len)
            rc = product_spec_insert(db, product, (int64_t)i, specs[i].name, specs[i].value, NULL,
                                     err);
    return rc;
}

/* True when the product shows exactly these photos in this order. */
static bool same_photos(const struct product_photo_ids_rows *rows, const int64_t *photos, size_t n)
{
    bool same = rows->n == n;
    for (size_t i = 0; same && i < n; i++)
        same = rows->v[i].media == photos[i];
    return same;
}

/* Those of a that are not in b. */
static size_t only_in(const int64_t *a, size_t n_a, const int64_t *b, size_t n_b, int64_t *ret)
{
    size_t n = 0;
    for (size_t i = 0; i < n_a; i++) {
        bool found = false;
        for (size_t k = 0; k < n_b; k++)
            found = found || a[i] == b[k];
        if (!found)
            ret[n++] = a[i];
    }
    return n;
}

static int set_cover(struct db *db, struct arena *a, int64_t product, const int64_t *photos,
                     size_t n, struct err *err)
{
    struct product_media_row_row cover = { .hash = STR("") };
    int rc = n ? product_media_row(db, a, photos[0], &cover, err) : 0;
    if (rc == 0)
        rc = product_cover_set(db, product, cover.hash, cover.width, cover.height, cover.colour,
                               NULL, err);
    return rc;
}

int catalog_photos_put(struct db *db, struct arena *a, int64_t product, int64_t owner,
                       const int64_t *photos, size_t n, struct err *err)
{
    struct product_photo_ids_rows was = { 0 };
    int64_t old[PRODUCT_PHOTOS_MAX], fresh[PRODUCT_PHOTOS_MAX], gone[PRODUCT_PHOTOS_MAX];
    int rc = product_photo_ids(db, a, product, &was, err);
    if (rc < 0 || same_photos(&was, photos, n))
        return rc;
    for (size_t i = 0; i < was.n; i++)
        old[i] = was.v[i].media;
    size_t n_fresh = only_in(photos, n, old, was.n, fresh);
    size_t n_gone = only_in(old, was.n, photos, n, gone);
    if (n_fresh)
        rc = media_attach(db, owner, fresh, n_fresh, MEDIA_OPEN, db_now(db), err);
    if (rc == ERR_NOT_FOUND)
        return err_field(err, "photos", N_("A photo is not yours, or gone. Bring it once more."));
    if (rc == 0 && n_gone)
        rc = media_detach(db, gone, n_gone, MEDIA_OPEN, db_now(db), err);
    if (rc == 0)
        rc = product_photo_delete(db, product, NULL, err);
    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = product_photo_insert(db, product, (int64_t)i, photos[i], NULL, err);
    return rc < 0 ? rc : set_cover(db, a, product, photos, n, err);
}

/* What the draft says, or what was there before where it says nothing. */
static struct str said(struct str now, struct str before)
{
    return now.ptr ? now : before.ptr ? before : STR("");
}

static int put_row(struct put *p, struct err *err)
{
    struct product_draft draft = *p->draft, *d = &draft;
    struct product_row_row was = { 0 };
    int rc = p->known ? product_row(p->db, p->a, p->product, &was, err) : 0;
    if (rc < 0)
        return rc;
    struct str key = catalog_fold(p->a, d->name);
    d->body = said(d->body, was.body);
    d->category = said(d->category, was.category);
    d->options[0] = said(d->options[0], was.option1);
    d->options[1] = said(d->options[1], was.option2);
    d->options[2] = said(d->options[2], was.option3);
    if (p->known)
        return product_update(p->db,
                              &(struct product_update_args){ .id = p->product,
                                                             .slug = d->slug,
                                                             .name = d->name,
                                                             .name_key = key,
                                                             .body = d->body,
                                                             .category = d->category,
                                                             .option1 = d->options[0],
                                                             .option2 = d->options[1],
                                                             .option3 = d->options[2],
                                                             .currency = d->currency },
                              NULL, err);
    return product_insert(p->db,
                          &(struct product_insert_args){ .id = p->product,
                                                         .supplier = d->supplier,
                                                         .slug = d->slug,
                                                         .name = d->name,
                                                         .name_key = key,
                                                         .body = d->body,
                                                         .category = d->category,
                                                         .option1 = d->options[0],
                                                         .option2 = d->options[1],
                                                         .option3 = d->options[2],
                                                         .state = PRODUCT_DRAFT,
                                                         .currency = d->currency,
                                                         .created = db_now(p->db) },
                          NULL, err);
}

/* Whether it is sold from now on, and the fact that says so. */
static int put_state(struct put *p, struct err *err)
{
    const struct product_draft *d = p->draft;
    struct gate_found gate = { 0 };
    int rc = d->as == PUT_COMPLETE ? gate_look(p->db, p->a, p->product, &gate, err) : 0;
    if (rc < 0)
        return rc;
    bool sold = d->as == PUT_ON_SALE || (d->as == PUT_COMPLETE && gate.missing == 0);
    int64_t state = sold                                     ? PRODUCT_ON_SALE
                    : p->was == 0 || p->was == PRODUCT_DRAFT ? PRODUCT_DRAFT
                                                             : PRODUCT_HIDDEN;
    enum event_kind kind = EVENT_PRODUCT_CHANGED;
    if (sold && p->was != PRODUCT_ON_SALE)
        kind = EVENT_PRODUCT_PUBLISHED;
    else if (!sold && p->was == PRODUCT_ON_SALE)
        kind = EVENT_PRODUCT_HIDDEN;
    rc = product_state_set(p->db, p->product, state, NULL, err);
    if (rc == 0)
        rc = catalog_tell(p->db, d->supplier, p->product, d->simulated, kind, err);
    return rc;
}

/* The product of the draft's slug, or an id for a new one. */
static int find(struct put *p, struct err *err)
{
    struct product_of_slug_row_row was;
    int rc = product_of_slug_row(p->db, p->a, p->draft->slug, &was, err);
    if (rc < 0 && rc != ERR_NOT_FOUND)
        return rc;
    p->known = rc == 0;
    err_clear(err);
    if (p->known && was.supplier != p->draft->supplier)
        return err_set(err, ERR_FORBIDDEN, N_("Another supplier has this address."));
    p->product = p->known ? was.id : db_new_id(p->db);
    p->was = p->known ? was.state : 0;
    if (!p->known || !p->draft->currency_open)
        return 0;
    struct money now = money(0, p->draft->currency), then = money(0, was.currency);
    if (money_digits(now.currency) != money_digits(then.currency))
        return err_field(err, "currency", N_("It has prices in its currency already."));
    p->draft->currency = was.currency;
    return 0;
}

int product_put(struct db *db, struct arena *a, const struct product_draft *draft,
                int64_t *ret_product, bool *ret_new, struct err *err)
{
    int rc = check_draft(draft, err);
    if (rc < 0)
        return rc;
    struct put *p = arena_new(a, struct put);
    if (!p)
        return err_detail(err, ERR_NOMEM, "arena full");
    struct product_draft mine = *draft;
    *p = (struct put){ .db = db, .a = a, .draft = &mine };
    rc = find(p, err);
    if (rc == 0)
        rc = put_row(p, err);
    if (rc == 0)
        rc = put_skus(p, err);
    if (rc == 0 && draft->n_photos)
        rc = catalog_photos_put(db, a, p->product,
                                draft->photo_owner ? draft->photo_owner : draft->supplier,
                                draft->photos, draft->n_photos, err);
    if (rc == 0 && draft->specs)
        rc = catalog_specs_put(db, p->product, draft->specs, draft->n_specs, err);
    if (rc == 0)
        rc = put_state(p, err);
    if (rc == 0)
        rc = catalog_settle(db, a, p->product, err);
    if (rc == 0) {
        *ret_product = p->product;
        *ret_new = !p->known;
    }
    return rc;
}
