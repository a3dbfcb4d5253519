#include "mall/address/address.h"

#include "gen/address_sql.h"

int address_list(struct db *db, struct arena *a, int64_t owner,
                 const struct saved_address **ret_list, size_t *ret_n, struct err *err)
{
    struct saved_addresses_rows rows = { 0 };
    int rc = saved_addresses(db, a, owner, &rows, err);
    if (rc < 0)
        return rc;
    struct saved_address *list = arena_new_array(a, rows.n + 1, struct saved_address);
    if (!list)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++) {
        const struct saved_addresses_row *row = &rows.v[i];
        list[i] = (struct saved_address){ .id = row->id,
                                          .chosen = row->chosen,
                                          .to = { .name = row->name,
                                                  .phone = row->phone,
                                                  .line1 = row->line1,
                                                  .line2 = row->line2,
                                                  .city = row->city,
                                                  .region = row->region,
                                                  .postcode = row->postcode,
                                                  .country = row->country } };
    }
    *ret_list = list;
    *ret_n = rows.n;
    return 0;
}

int address_get(struct db *db, struct arena *a, int64_t owner, int64_t id,
                struct saved_address *ret_address, struct err *err)
{
    const struct saved_address *list = NULL;
    size_t n = 0;
    int rc = address_list(db, a, owner, &list, &n, err);
    for (size_t i = 0; rc == 0 && i < n; i++)
        if (list[i].id == id) {
            *ret_address = list[i];
            return 0;
        }
    return rc < 0 ? rc : err_set(err, ERR_NOT_FOUND, N_("There is no such address."));
}

static bool same(const struct order_address *a, const struct order_address *b)
{
    return str_eq(a->name, b->name) && str_eq(a->phone, b->phone) && str_eq(a->line1, b->line1) &&
           str_eq(a->line2, b->line2) && str_eq(a->city, b->city) && str_eq(a->region, b->region) &&
           str_eq(a->postcode, b->postcode) && str_eq(a->country, b->country);
}

int address_keep(struct db *db, struct arena *a, int64_t owner, const struct order_address *to,
                 int64_t *ret_id, struct err *err)
{
    const struct saved_address *list = NULL;
    size_t n = 0;
    int rc = order_check_address(to, err);
    if (rc == 0)
        rc = address_list(db, a, owner, &list, &n, err);
    for (size_t i = 0; rc == 0 && i < n; i++)
        if (same(&list[i].to, to)) {
            *ret_id = list[i].id;
            return 0;
        }
    if (rc == 0 && n >= ADDRESS_MAX)
        return err_set(err, ERR_CONFLICT, N_("Your address book is full."));
    if (rc < 0)
        return rc;
    const struct saved_address_insert_args row = { .id = db_new_id(db),
                                                   .owner = owner,
                                                   .name = to->name,
                                                   .phone = to->phone,
                                                   .line1 = to->line1,
                                                   .line2 = to->line2,
                                                   .city = to->city,
                                                   .region = to->region,
                                                   .postcode = to->postcode,
                                                   .country = to->country,
                                                   .chosen = n == 0 };
    rc = saved_address_insert(db, &row, NULL, err);
    if (rc == 0)
        *ret_id = row.id;
    return rc;
}

int address_change(struct db *db, int64_t owner, int64_t id, const struct order_address *to,
                   struct err *err)
{
    int64_t n = 0;
    const struct saved_address_update_args row = { .id = id,
                                                   .owner = owner,
                                                   .name = to->name,
                                                   .phone = to->phone,
                                                   .line1 = to->line1,
                                                   .line2 = to->line2,
                                                   .city = to->city,
                                                   .region = to->region,
                                                   .postcode = to->postcode,
                                                   .country = to->country };
    int rc = order_check_address(to, err);
    if (rc == 0)
        rc = saved_address_update(db, &row, &n, err);
    if (rc == 0 && n == 0)
        rc = err_set(err, ERR_NOT_FOUND, N_("There is no such address."));
    return rc;
}

int address_choose(struct db *db, struct arena *a, int64_t owner, int64_t id, struct err *err)
{
    struct saved_address one;
    int rc = address_get(db, a, owner, id, &one, err);
    return rc < 0 ? rc : saved_address_choose(db, id, owner, NULL, err);
}

int address_remove(struct db *db, struct arena *a, int64_t owner, int64_t id, struct err *err)
{
    struct saved_address one;
    const struct saved_address *list = NULL;
    size_t n = 0;
    int rc = address_get(db, a, owner, id, &one, err);
    if (rc == 0)
        rc = saved_address_delete(db, id, owner, NULL, err);
    if (rc == 0 && one.chosen)
        rc = address_list(db, a, owner, &list, &n, err);
    if (rc == 0 && one.chosen && n > 0)
        rc = saved_address_choose(db, list[0].id, owner, NULL, err);
    return rc;
}
