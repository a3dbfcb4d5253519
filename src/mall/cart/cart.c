#include "mall/cart/cart.h"

#include "event/body.h"
#include "event/event.h"
#include "gen/cart_sql.h"
#include "mall/promotion/promotion.h"

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

static int put(struct db *db, const struct cart_item *item, const struct cart_sku_row *sku,
               struct err *err)
{
    return cart_line_put(db,
                         &(struct cart_line_put_args){ .owner = item->owner,
                                                       .sku = item->sku,
                                                       .quantity = item->quantity,
                                                       .source = item->source,
                                                       .added = db_now(db),
                                                       .name = sku->name,
                                                       .price = sku->price },
                         NULL, err);
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
        rc = put(db, item, &sku, err);
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
        struct cart_sku_row sku;
        int rc = cart_sku(db, a, item->sku, &sku, err);
        if (rc == ERR_NOT_FOUND)
            return err_set(err, ERR_NOT_FOUND, N_("This is not sold here any more."));
        if (rc == 0)
            rc = check_room(db, a, item, 0, err);
        if (rc < 0)
            return rc;
        return cart_line_set(db, item->owner, item->sku, item->quantity, sku.price, NULL, err);
    }
    int rc = cart_line_delete(db, item->owner, item->sku, &n, err);
    if (rc == 0 && n > 0)
        rc = tell(db, EVENT_CART_REMOVED, item, 0, err);
    return rc;
}

static struct cart_line line_of(struct arena *a, const struct cart_lines_row *row)
{
    return (struct cart_line){
        .sku = row->sku,
        .product = row->product,
        .supplier = row->supplier,
        .slug = row->slug,
        .name = row->name,
        .options = row->options,
        .photo_hash = row->photo,
        .photo = media_img_of(a, row->photo, row->photo_width, row->photo_height, row->photo_colour,
                              row->name),
        .quantity = row->quantity,
        .grams = row->weight,
        .free = row->free,
        .price = money(row->price, row->currency),
        .was = money(row->was, row->currency),
        .changed = row->was != row->price,
        .source = row->source,
    };
}

/* Those of one supplier stand together, in the order in which the suppliers came. */
static size_t put_lines(struct arena *a, const struct cart_lines_rows *rows, bool later,
                        struct cart_line *lines)
{
    size_t n = 0;
    for (size_t i = 0; i < rows->n; i++) {
        bool seen = rows->v[i].later != later;
        for (size_t k = 0; !seen && k < i; k++)
            seen = rows->v[k].later == later && rows->v[k].supplier == rows->v[i].supplier;
        for (size_t k = i; !seen && k < rows->n; k++)
            if (rows->v[k].later == later && rows->v[k].supplier == rows->v[i].supplier)
                lines[n++] = line_of(a, &rows->v[k]);
    }
    return n;
}

/* What lines cost at their numbers. */
static int price_lines(struct db *db, struct arena *a, struct cart_line *lines, size_t n,
                       struct err *err)
{
    struct promotion_line *of = arena_new_array(a, n + 1, struct promotion_line);
    if (!of)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++)
        of[i] = (struct promotion_line){ .sku = lines[i].sku,
                                         .supplier = lines[i].supplier,
                                         .quantity = lines[i].quantity,
                                         .price = lines[i].price.minor };
    int rc = promotion_tiers(db, a, of, n, err);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        struct str currency = str_from(lines[i].price.currency);
        int64_t amount = 0;
        if (!money_multiply(of[i].each, lines[i].quantity, &amount))
            return err_detail(err, ERR_INTERNAL, "a cart passes the largest amount");
        lines[i].each = money(of[i].each, currency);
        lines[i].amount = money(amount, currency);
    }
    return rc;
}

static int sum_cart(struct cart *cart, struct err *err)
{
    int64_t total = 0;
    for (size_t i = 0; i < cart->n; i++) {
        const struct cart_line *line = &cart->lines[i];
        if (!money_add(total, line->amount.minor, &total))
            return err_detail(err, ERR_INTERNAL, "a cart passes the largest amount");
        cart->mixed = cart->mixed || !str_eq(str_from(line->price.currency),
                                             str_from(cart->lines[0].price.currency));
        cart->short_of = cart->short_of || line->free < line->quantity;
        cart->changed = cart->changed || line->changed;
    }
    if (cart->n)
        cart->total = money(total, str_from(cart->lines[0].price.currency));
    return 0;
}

static int read_lost(struct db *db, struct arena *a, int64_t owner, struct cart *cart,
                     struct err *err)
{
    struct cart_gone_rows rows = { 0 };
    int rc = cart_gone(db, a, owner, &rows, err);
    struct cart_lost *lost = rc == 0 ? arena_new_array(a, rows.n + 1, struct cart_lost) : NULL;
    if (rc == 0 && !lost)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        lost[i] = (struct cart_lost){ rows.v[i].sku, rows.v[i].name };
    cart->lost = lost;
    cart->n_lost = rows.n;
    return rc;
}

int cart_read(struct db *db, struct arena *a, int64_t owner, struct cart *ret_cart, struct err *err)
{
    struct cart_lines_rows rows;
    struct cart cart = { 0 };
    int rc = cart_lines(db, a, owner, &rows, err);
    if (rc < 0)
        return rc;
    struct cart_line *lines = arena_new_array(a, rows.n + 1, struct cart_line);
    struct cart_line *later = arena_new_array(a, rows.n + 1, struct cart_line);
    if (!lines || !later)
        return err_detail(err, ERR_NOMEM, "arena full");
    cart.n = put_lines(a, &rows, false, lines);
    cart.n_later = put_lines(a, &rows, true, later);
    cart.lines = lines;
    cart.later = later;
    rc = price_lines(db, a, lines, cart.n, err);
    if (rc == 0)
        rc = price_lines(db, a, later, cart.n_later, err);
    if (rc == 0)
        rc = sum_cart(&cart, err);
    if (rc == 0)
        rc = read_lost(db, a, owner, &cart, err);
    if (rc == 0)
        *ret_cart = cart;
    return rc;
}

int cart_move(struct db *db, int64_t owner, int64_t sku, bool later, struct err *err)
{
    int64_t n = 0;
    int rc = cart_line_move(db, owner, sku, later, &n, err);
    if (rc == 0 && n == 0)
        return err_set(err, ERR_NOT_FOUND, N_("This is not in your cart."));
    return rc;
}

int cart_look(struct db *db, int64_t owner, struct err *err)
{
    int rc = cart_seen(db, owner, NULL, err);
    return rc < 0 ? rc : cart_gone_delete(db, owner, NULL, err);
}

int cart_clear(struct db *db, int64_t owner, struct err *err)
{
    return cart_bought(db, owner, NULL, err);
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
            rc = cart_line_put(db,
                               &(struct cart_line_put_args){ .owner = actor,
                                                             .sku = row->sku,
                                                             .quantity = more,
                                                             .source = row->source,
                                                             .added = row->added,
                                                             .name = row->name,
                                                             .price = row->price },
                               NULL, err);
        if (rc == 0 && row->later && there.quantity == 0)
            rc = cart_line_move(db, actor, row->sku, true, NULL, err);
    }
    if (rc == 0 && rows.n > 0)
        rc = cart_delete(db, visitor, NULL, err);
    return rc;
}
