#include "mall/cart/cart_web.h"

#include "account/person/person_web.h"
#include "base/id.h"
#include "codec/json_out.h"
#include "gen/cart_sql.h"
#include "gen/cart_views.h"
#include "words/message.h"

static void line_json(struct json_out *j, const struct cart_line *line)
{
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "sku", id_text(id, "sku", line->sku));
    json_member_str(j, "product", id_text(id, "prod", line->product));
    json_member_str(j, "slug", line->slug);
    json_member_str(j, "name", line->name);
    json_member_str(j, "options", line->options);
    json_member_int(j, "quantity", line->quantity);
    json_member_int(j, "free", line->free);
    json_member_int(j, "price", line->price.minor);
    json_member_int(j, "each", line->each.minor);
    if (line->changed)
        json_member_int(j, "was", line->was.minor);
    json_member_int(j, "amount", line->amount.minor);
    json_member_str(j, "currency", str_from(line->price.currency));
    json_end_object(j);
}

/* What was in it and is not sold any more. */
static void lost_json(struct json_out *j, const struct cart *cart)
{
    char id[ID_TEXT_MAX];
    json_key(j, "gone");
    json_begin_array(j);
    for (size_t i = 0; i < cart->n_lost; i++) {
        json_begin_object(j);
        json_member_str(j, "sku", id_text(id, "sku", cart->lost[i].sku));
        json_member_str(j, "name", cart->lost[i].name);
        json_end_object(j);
    }
    json_end_array(j);
}

void cart_json(struct json_out *j, const struct cart *cart)
{
    json_begin_object(j);
    json_key(j, "lines");
    json_begin_array(j);
    for (size_t i = 0; i < cart->n; i++)
        line_json(j, &cart->lines[i]);
    json_end_array(j);
    json_key(j, "later");
    json_begin_array(j);
    for (size_t i = 0; i < cart->n_later; i++)
        line_json(j, &cart->later[i]);
    json_end_array(j);
    lost_json(j, cart);
    if (cart->n && !cart->mixed) {
        json_member_int(j, "total", cart->total.minor);
        json_member_str(j, "currency", str_from(cart->total.currency));
    }
    json_member_bool(j, "short", cart->short_of);
    json_end_object(j);
}

static void page_json(struct json_out *j, const void *data)
{
    const struct cart_page *page = data;
    cart_json(j, &page->cart);
}

static const struct shape cart_shape = { .html = cart_page_view_any, .json = page_json };

/* Whose cart it is, when a cart is only looked at: nobody's for a new visitor. */
static int64_t owner_of(const struct req *rq)
{
    return rq->viewer.actor ? rq->viewer.actor : rq->viewer.visitor;
}

/* Who sells each of the lines. */
static int fill_suppliers(struct req *rq, struct db *db, struct cart_page *page, struct err *err)
{
    size_t n = page->cart.n;
    int64_t *actors = arena_new_array(rq->arena, n + 1, int64_t);
    struct person_card *cards = arena_new_array(rq->arena, n + 1, struct person_card);
    if (!actors || !cards)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++)
        actors[i] = page->cart.lines[i].supplier;
    page->suppliers = cards;
    return n ? person_cards(db, rq->arena, actors, n, cards, err) : 0;
}

static int read_page(struct req *rq, struct db *db, const struct cart_page **ret_page,
                     struct err *err)
{
    struct cart_page *page = arena_new(rq->arena, struct cart_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    page->member = rq->viewer.actor != 0;
    int64_t owner = owner_of(rq);
    int rc = owner ? cart_read(db, rq->arena, owner, &page->cart, err) : 0;
    if (rc == 0)
        rc = fill_suppliers(rq, db, page, err);
    if (rc == 0)
        *ret_page = page;
    return rc;
}

static int show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    const struct cart_page *page = NULL;
    int rc = read_page(rq, db, &page, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &cart_shape, page, message_text(rq->lang, N_("Cart")));
    ret->head.tab = "cart";
    ret->head.noindex = true;
    return 0;
}

/* A person goes on to the cart; a program gets it. */
static int answer_cart(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    const struct cart_page *page = NULL;
    int rc = rq->json ? read_page(rq, db, &page, err) : 0;
    if (rc < 0)
        return rc;
    answer_see_other(ret, STR("/cart"));
    if (rq->json) {
        ret->shape = &cart_shape;
        ret->data = page;
    }
    return 0;
}

static int read_item(struct req *rq, struct answer *ret, int64_t fallback, struct cart_item *item,
                     struct err *err)
{
    *item = (struct cart_item){ .actor = rq->viewer.actor, .simulated = rq->viewer.simulated };
    int rc = req_id(rq, "sku", "sku", &item->sku, err);
    if (rc < 0)
        return err_field(err, "sku", N_("Choose which one you would like."));
    rc = req_int(rq, "quantity", fallback, 0, CART_QUANTITY_MAX, &item->quantity, err);
    if (rc == 0)
        item->owner = rq->viewer.actor ? rq->viewer.actor : session_visitor(rq, ret);
    return rc;
}

/* What brought the buyer to this product, as bridge/ knows it. */
static int find_source(struct req *rq, struct db *db, int64_t sku, struct str *ret_source,
                       struct err *err)
{
    struct cart_sku_row row = { 0 };
    struct part part = { 0 };
    int rc = cart_sku(db, rq->arena, sku, &row, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("This is not sold here any more."));
    if (rc == 0)
        rc = slot_fill(rq, db, "cart.source", &row.product, 1, &part, err);
    if (rc == 0 && part.data)
        *ret_source = *(const struct str *)part.data;
    return rc;
}

static int add(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct cart_item item;
    int rc = read_item(rq, ret, 1, &item, err);
    if (rc == 0)
        rc = find_source(rq, db, item.sku, &item.source, err);
    if (rc == 0)
        rc = cart_add(db, rq->arena, &item, err);
    return rc < 0 ? rc : answer_cart(rq, db, ret, err);
}

static int change(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct cart_item item;
    struct str later = req_text(rq, "later");
    int rc = read_item(rq, ret, -1, &item, err);
    if (rc == 0 && later.len) {
        rc = cart_move(db, item.owner, item.sku, req_on(rq, "later"), err);
        return rc < 0 ? rc : answer_cart(rq, db, ret, err);
    }
    if (rc == 0 && item.quantity < 0)
        rc = err_field(err, "quantity", N_("Please say how many."));
    if (rc == 0)
        rc = cart_set(db, rq->arena, &item, err);
    return rc < 0 ? rc : answer_cart(rq, db, ret, err);
}

/* The reader has seen what changed. */
static int look(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t owner = owner_of(rq);
    int rc = owner ? cart_look(db, owner, err) : 0;
    return rc < 0 ? rc : answer_cart(rq, db, ret, err);
}

int cart_signed_in(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                   struct part *ret_parts UNUSED, struct err *err)
{
    if (n == 0 || rq->viewer.visitor == 0)
        return 0;
    return cart_merge(db, rq->arena, rq->viewer.visitor, ids[0], err);
}

const struct route cart_routes[] = {
    { METHOD_GET, "/cart", show, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_POST, "/cart", add, WHO_ANYONE, RUNS_WRITE, RATE_WRITE, .body_max = ROUTE_BODY_FORM,
      .form = show },
    { METHOD_POST, "/cart/look", look, WHO_ANYONE, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = show },
    { METHOD_POST, "/cart/:sku", change, WHO_ANYONE, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = show },
    { 0 },
};
