#include "mall/cart/cart.h"

#include "event/body.h"
#include "event/event.h"
#include "gen/cart_sql.h"

static int tell(struct db *db, enum event_kind kind, const struct cart_item *item, int64_t product,
                struct err *err)
{
    struct event_body body;
    event_body_init(&body);
    json_member_int(&body.json, "quantity", item->quantity);
    return event_append_body(db,
                             &(struct event){ .kind = kind,
                                              .actor = item->actor,
                                              .object = item->sku,
                                              .about = product,
                                              .simulated = item->simulated },
                             &body, err);
}

/* Whether so many can be had, and the cart has room for a new line. */
static int check_room(struct db *db, struct arena *a, const struct cart_item *item, int64_t already,
                      struct err *err)
{
    struct cart_line_of_row line = { 0 };
    struct cart_count_row count = { 0 };
    int rc = cart_line_of(db, a, item->owner, item->sku, &line, err);
    if (rc == 0)
        rc = cart_count(db, a, item->owner, &count, err);
    if (rc < 0)
        return rc;
    int64_t wanted = item->quantity + (already ? line.quantity : 0);
    if (line.free <= 0)
        return err_set(err, ERR_CONFLICT, N_("This is sold out."));
    if (wanted > line.free)
        return err_field_n(err, "quantity", N_("Only {n} are left."), line.free);
    if (line.quantity == 0 && count.n >= CART_LINES_MAX)
        return err_set(err, ERR_CONFLICT, N_("The cart is full."));
    return 0;
}

int cart_add(struct db *db, struct arena *a, const struct cart_item *item, struct err *err)
{
    struct cart_sku_row sku;
    int rc = cart_sku(db, a, item->sku, &sku, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("This is not sold here any more."));
    if (rc < 0)
        return rc;
    if (item->quantity < 1 || item->quantity > CART_QUANTITY_MAX)
        return err_field_n(err, "quantity", N_("Between 1 and {n}, please."), CART_QUANTITY_MAX);
    rc = check_room(db, a, item, 1, err);
    if (rc == 0)
        rc = cart_line_put(db, item->owner, item->sku, item->quantity, item->source, db_now(db),
                           NULL, err);
    if (rc == 0)
        rc = tell(db, EVENT_CART_ADDED, item, sku.product, err);
    return rc;
}

int cart_set(struct db *db, struct arena *a, const struct cart_item *item, struct err *err)
{
    int64_t n;
    if (item->quantity < 0 || item->quantity > CART_QUANTITY_MAX)
        return err_field_n(err, "quantity", N_("Between 1 and {n}, please."), CART_QUANTITY_MAX);
    if (item->quantity > 0) {
        int rc = check_room(db, a, item, 0, err);
        if (rc < 0)
            return rc;
        return cart_line_set(db, item->owner, item->sku, item->quantity, NULL, err);
    }
    int rc = cart_line_delete(db, item->owner, item->sku, &n, err);
    if (rc == 0 && n > 0)
        rc = tell(db, EVENT_CART_REMOVED, item, 0, err);
    return rc;
}

int cart_read(struct db *db, struct arena *a, int64_t owner, struct cart *ret_cart, struct err *err)
{
    struct cart_lines_rows rows;
    int rc = cart_lines(db, a, owner, &rows, err);
    if (rc < 0)
        return rc;
    struct cart_line *lines = arena_new_array(a, rows.n ? rows.n : 1, struct cart_line);
    if (!lines)
        return err_detail(err, ERR_NOMEM, "arena full");
    struct cart cart = { .lines = lines, .n = rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        const struct cart_lines_row *row = &rows.v[i];
        int64_t amount = 0, total = cart.total.minor;
        if (!money_multiply(row->price, row->quantity, &amount) ||
            !money_add(total, amount, &total))
            return err_detail(err, ERR_INTERNAL, "a cart passes the largest amount");
        lines[i] = (struct cart_line){
            .sku = row->sku,
            .product = row->product,
            .supplier = row->supplier,
            .slug = row->slug,
            .name = row->name,
            .options = row->options,
            .photo_hash = row->photo,
            .photo = media_img_of(a, row->photo, row->photo_width, row->photo_height,
                                  row->photo_colour, row->name),
            .quantity = row->quantity,
            .free = row->free,
            .price = money(row->price, row->currency),
            .amount = money(amount, row->currency),
            .source = row->source,
        };
        cart.total = money(total, rows.v[0].currency);
        cart.mixed = cart.mixed || !str_eq(row->currency, rows.v[0].currency);
        cart.short_of = cart.short_of || row->free < row->quantity;
    }
    *ret_cart = cart;
    return 0;
}

int cart_clear(struct db *db, int64_t owner, struct err *err)
{
    return cart_delete(db, owner, NULL, err);
}

int cart_merge(struct db *db, struct arena *a, int64_t visitor, int64_t actor, struct err *err)
{
    struct cart_raw_rows rows;
    int rc = cart_raw(db, a, visitor, &rows, err);
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct cart_raw_row *row = &rows.v[i];
        struct cart_line_of_row there;
        rc = cart_line_of(db, a, actor, row->sku, &there, err);
        int64_t more =
            rc == 0 && row->quantity > there.quantity ? row->quantity - there.quantity : 0;
        if (rc == 0 && more > 0)
            rc = cart_line_put(db, actor, row->sku, more, row->source, row->added, NULL, err);
    }
    if (rc == 0 && rows.n > 0)
        rc = cart_delete(db, visitor, NULL, err);
    return rc;
}
