/* What readers see of the catalogue: products as cards. */

#include "mall/catalog/catalog.h"

#include <unicode/ucasemap.h>

#include "base/id.h"
#include "gen/catalog_sql.h"
#include "mall/catalog/catalog_int.h"

struct str catalog_fold(struct arena *a, struct str text)
{
    UErrorCode status = U_ZERO_ERROR;
    UCaseMap *map = ucasemap_open("", U_FOLD_CASE_DEFAULT, &status);
    size_t room = text.len * 3 + 1;
    char *out = map ? arena_alloc(a, room) : NULL;
    int32_t n = 0;
    if (out && room <= INT32_MAX)
        n = ucasemap_utf8FoldCase(map, out, (int32_t)room, text.ptr ? text.ptr : "",
                                  (int32_t)text.len, &status);
    ucasemap_close(map);
    return out && U_SUCCESS(status) ? (struct str){ out, (size_t)n } : text;
}

static struct product_card card_of(struct arena *a, const struct product_cards_rows_row *row)
{
    return (struct product_card){
        .id = row->id,
        .supplier = row->supplier,
        .slug = row->slug,
        .name = row->name,
        .category = row->category,
        .price_min = money(row->price_min, row->currency),
        .price_max = money(row->price_max, row->currency),
        .photo = media_img_of(a, row->photo, row->photo_width, row->photo_height, row->photo_colour,
                              row->name),
    };
}

static int count_free(struct db *db, struct arena *a, const int64_t *ids, size_t n,
                      struct product_card *cards, size_t n_cards, struct err *err)
{
    struct product_free_rows_rows rows = { 0 };
    int rc = product_free_rows(db, a, (struct id_list){ ids, n }, &rows, err);
    for (size_t i = 0; rc == 0 && i < n_cards; i++)
        for (size_t j = 0; j < rows.n; j++)
            if (rows.v[j].product == cards[i].id)
                cards[i].free = rows.v[j].free;
    return rc;
}

int product_cards(struct db *db, struct arena *a, const int64_t *ids, size_t n,
                  struct product_card *ret_cards, size_t *ret_n, struct err *err)
{
    struct product_cards_rows_rows rows = { 0 };
    int rc = n ? product_cards_rows(db, a, (struct id_list){ ids, n }, &rows, err) : 0;
    if (rc < 0)
        return rc;
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < rows.n; j++)
            if (rows.v[j].id == ids[i]) {
                ret_cards[found++] = card_of(a, &rows.v[j]);
                break;
            }
    *ret_n = found;
    return found ? count_free(db, a, ids, n, ret_cards, found, err) : 0;
}

static void json_price(struct json_out *j, const char *key, struct money price)
{
    json_key(j, key);
    json_begin_object(j);
    json_member_int(j, "minor", price.minor);
    json_member_str(j, "currency", str_from(price.currency));
    json_end_object(j);
}

void product_card_json(struct json_out *j, const struct product_card *card)
{
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "prod", card->id));
    json_member_str(j, "slug", card->slug);
    json_member_str(j, "name", card->name);
    json_member_str(j, "category", card->category);
    json_price(j, "price_min", card->price_min);
    json_price(j, "price_max", card->price_max);
    json_member_str(j, "stock", str_from(product_stock_word(card->free)));
    json_key(j, "photo");
    media_img_json(j, &card->photo);
    json_end_object(j);
}

const char *product_stock_word(int64_t left)
{
    return left <= 0 ? "sold_out" : left <= PRODUCT_LOW ? "low" : "in_stock";
}

int product_find(struct db *db, struct arena *a, struct str q, size_t n,
                 struct product_card *ret_cards, size_t *ret_n, struct err *err)
{
    struct str words[4] = { STR(""), STR(""), STR(""), STR("") };
    struct str rest = catalog_fold(a, str_slice(q, 0, 200)), word;
    for (int i = 0; i < 4 && rest.len && str_next(&rest, ' ', &word);)
        if (word.len)
            words[i++] = word;
    struct product_find_rows_rows rows;
    int rc =
        product_find_rows(db, a, words[0], words[1], words[2], words[3], (int64_t)n, &rows, err);
    if (rc < 0)
        return rc;
    int64_t *ids = arena_new_array(a, rows.n ? rows.n : 1, int64_t);
    if (!ids)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        ids[i] = rows.v[i].id;
    return product_cards(db, a, ids, rows.n, ret_cards, ret_n, err);
}

static int find_slug(struct db *db, struct arena *a, struct str slug,
                     struct product_of_slug_row_row *ret_row, struct err *err)
{
    int rc = product_of_slug_row(db, a, slug, ret_row, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && ret_row->state != PRODUCT_ON_SALE))
        return err_set(err, ERR_NOT_FOUND, N_("This is not sold here any more."));
    return rc;
}

int product_of_slug(struct db *db, struct arena *a, struct str slug, struct product_card *ret_card,
                    struct err *err)
{
    struct product_of_slug_row_row row;
    size_t n = 0;
    int rc = find_slug(db, a, slug, &row, err);
    if (rc == 0)
        rc = product_cards(db, a, &row.id, 1, ret_card, &n, err);
    return rc;
}
