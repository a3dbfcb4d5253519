/* A product with everything that its page shows. */

#include "gen/catalog_sql.h"
#include "mall/catalog/catalog.h"
#include "mall/catalog/catalog_int.h"
#include "mall/catalog/price.h"
#include "mall/stock/stock.h"

static int read_photos(struct db *db, struct arena *a, struct product_detail *d, struct err *err)
{
    struct product_photo_list_rows rows;
    int rc = product_photo_list(db, a, d->card.id, &rows, err);
    if (rc < 0)
        return rc;
    struct media_img *photos = arena_new_array(a, rows.n + 1, struct media_img);
    int64_t *ids = arena_new_array(a, rows.n + 1, int64_t);
    if (!photos || !ids)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++) {
        const struct product_photo_list_row *row = &rows.v[i];
        ids[i] = row->media;
        photos[i] = media_img_of(a, row->hash, row->width, row->height, row->colour,
                                 row->alt.len ? row->alt : d->card.name);
    }
    d->photos = photos;
    d->photo_ids = ids;
    d->n_photos = rows.n;
    return 0;
}

static int read_specs(struct db *db, struct arena *a, struct product_detail *d, struct err *err)
{
    struct product_spec_list_rows rows;
    int rc = product_spec_list(db, a, d->card.id, &rows, err);
    if (rc < 0)
        return rc;
    struct product_spec *specs = arena_new_array(a, rows.n + 1, struct product_spec);
    if (!specs)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        specs[i] = (struct product_spec){ rows.v[i].name, rows.v[i].value };
    d->specs = specs;
    d->n_specs = rows.n;
    return 0;
}

static int read_choices(struct db *db, struct arena *a, struct product_detail *d, struct err *err)
{
    struct sku_choices_rows rows;
    int rc = sku_choices(db, a, d->card.id, &rows, err);
    if (rc < 0)
        return rc;
    struct product_choice *choices = arena_new_array(a, rows.n + 1, struct product_choice);
    int64_t *skus = arena_new_array(a, rows.n + 1, int64_t);
    int64_t *left = arena_new_array(a, rows.n + 1, int64_t);
    if (!choices || !skus || !left)
        return err_detail(err, ERR_NOMEM, "arena full");
    struct str currency = str_from(d->card.price_min.currency);
    for (size_t i = 0; i < rows.n; i++)
        skus[i] = rows.v[i].id;
    rc = stock_free_of(db, a, skus, rows.n, left, err);
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct sku_choices_row *row = &rows.v[i];
        choices[i] = (struct product_choice){
            .sku = row->id,
            .code = row->code,
            .options = row->options,
            .barcode = row->barcode,
            .values = { row->value1, row->value2, row->value3 },
            .price = money(row->price, currency),
            .compare = money(row->compare, currency),
            .weight = row->weight,
            .photo = row->photo,
            .free = left[i],
        };
        d->card.free += left[i];
    }
    d->choices = choices;
    d->n_choices = rows.n;
    return rc;
}

int product_detail_of(struct db *db, struct arena *a, int64_t product,
                      struct product_detail *ret_detail, struct err *err)
{
    struct product_row_row row;
    int rc = product_row(db, a, product, &row, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, rc, N_("This is not sold here any more."));
    if (rc < 0)
        return rc;
    struct product_detail d = {
        .card = { .id = row.id,
                  .supplier = row.supplier,
                  .slug = row.slug,
                  .name = row.name,
                  .category = row.category,
                  .price_min = money(row.price_min, row.currency),
                  .price_max = money(row.price_max, row.currency),
                  .photo = media_img_of(a, row.photo, row.photo_width, row.photo_height,
                                        row.photo_colour, row.name) },
        .state = row.state,
        .score = row.score,
        .body = row.body,
        .options = { row.option1, row.option2, row.option3 },
        .created = row.created,
    };
    rc = read_photos(db, a, &d, err);
    if (rc == 0)
        rc = read_specs(db, a, &d, err);
    if (rc == 0)
        rc = read_choices(db, a, &d, err);
    if (rc == 0)
        *ret_detail = d;
    return rc;
}

/* Leave of the prices before only what their history bears out. */
static int prove_compare(struct db *db, struct arena *a, struct product_choice *choices, size_t n,
                         struct err *err)
{
    int64_t ids[PRODUCT_SKUS_MAX];
    size_t n_ids = 0;
    for (size_t i = 0; i < n; i++)
        if (choices[i].compare.minor)
            ids[n_ids++] = choices[i].sku;
    struct sku_price_rows_rows rows = { 0 };
    int rc = n_ids ? sku_price_rows(db, a, (struct id_list){ ids, n_ids }, &rows, err) : 0;
    struct price_point *points = arena_new_array(a, rows.n + 1, struct price_point);
    if (!points)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++) {
        size_t found = 0;
        for (size_t k = 0; k < rows.n; k++)
            if (rows.v[k].sku == choices[i].sku)
                points[found++] = (struct price_point){ rows.v[k].since, rows.v[k].price };
        choices[i].compare.minor =
            price_before(points, found, choices[i].compare.minor, db_now(db));
    }
    return rc;
}

int product_detail(struct db *db, struct arena *a, struct str slug,
                   struct product_detail *ret_detail, struct err *err)
{
    struct product_of_slug_row_row row;
    struct product_detail d = { 0 };
    int rc = product_of_slug_row(db, a, slug, &row, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && row.state != PRODUCT_ON_SALE))
        return err_set(err, ERR_NOT_FOUND, N_("This is not sold here any more."));
    if (rc == 0)
        rc = product_detail_of(db, a, row.id, &d, err);
    if (rc == 0)
        rc = prove_compare(db, a, d.choices, d.n_choices, err);
    if (rc == 0)
        *ret_detail = d;
    return rc;
}
