#include "bridge/tag/tag_web.h"

#include "base/id.h"
#include "gen/note_views.h"
#include "gen/tag_sql.h"
#include "gen/tag_views.h"
#include "web/view.h"
#include "words/message.h"

#define FOUND_MAX     10
#define PRODUCT_NOTES 8

/* --- what a note shows --- */

/* All pins of a note with their products; a pin whose product is not sold any
 * more is left out. */
static int read_pins(struct req *rq, struct db *db, int64_t note, struct pin_list *ret_list,
                     struct err *err)
{
    struct pins_of_note_rows rows = { 0 };
    int rc = pins_of_note(db, rq->arena, note, &rows, err);
    if (rc < 0)
        return rc;
    int64_t ids[PINS_MAX];
    struct product_card cards[PINS_MAX];
    size_t n_cards, n = 0;
    for (size_t i = 0; i < rows.n && i < PINS_MAX; i++)
        ids[i] = rows.v[i].product;
    rc = product_cards(db, rq->arena, ids, rows.n, cards, &n_cards, err);
    if (rc < 0)
        return rc;
    struct pin_shown *pins = arena_new_array(rq->arena, rows.n ? rows.n : 1, struct pin_shown);
    if (!pins)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        for (size_t k = 0; k < n_cards; k++) {
            if (cards[k].id != rows.v[i].product)
                continue;
            const struct pins_of_note_row *row = &rows.v[i];
            pins[n] = (struct pin_shown){
                .pin = { .id = row->id,
                         .note = note,
                         .position = row->position,
                         .x = row->x,
                         .y = row->y,
                         .product = row->product,
                         .connection = (enum connection)row->connection },
                .product = cards[k],
                .label = connection_label((enum connection)row->connection),
                .number = (int)n + 1,
            };
            n++;
            break;
        }
    *ret_list = (struct pin_list){ pins, n };
    return 0;
}

/* One part for each photo: ids holds the note once for each. */
int tag_note_pins(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                  struct part *ret_parts, struct err *err)
{
    struct pin_list all;
    int rc = n ? read_pins(rq, db, ids[0], &all, err) : 0;
    for (size_t photo = 0; rc == 0 && photo < n; photo++) {
        struct pin_shown *own = arena_new_array(rq->arena, all.n ? all.n : 1, struct pin_shown);
        struct pin_list *list = arena_new(rq->arena, struct pin_list);
        if (!own || !list)
            return err_detail(err, ERR_NOMEM, "arena full");
        for (size_t i = 0; i < all.n; i++)
            if (all.pins[i].pin.position == (int64_t)photo)
                own[list->n++] = all.pins[i];
        list->pins = own;
        if (list->n)
            ret_parts[photo] = (struct part){ .html = pin_overlay_any, .data = list };
    }
    return rc;
}

static void pins_json(struct json_out *j, const void *data)
{
    const struct pin_list *list = data;
    char id[ID_TEXT_MAX];
    json_begin_array(j);
    for (size_t i = 0; i < list->n; i++) {
        const struct pin_shown *pin = &list->pins[i];
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "pin", pin->pin.id));
        json_member_int(j, "photo", pin->pin.position);
        json_member_int(j, "x", pin->pin.x);
        json_member_int(j, "y", pin->pin.y);
        json_key(j, "connection");
        json_c(j, connection_name(pin->pin.connection));
        json_key(j, "product");
        product_card_json(j, &pin->product);
        json_end_object(j);
    }
    json_end_array(j);
}

int tag_note_goods(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                   struct part *ret_parts, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        struct pin_list *list = arena_new(rq->arena, struct pin_list);
        if (!list)
            return err_detail(err, ERR_NOMEM, "arena full");
        rc = read_pins(rq, db, ids[i], list, err);
        if (rc == 0 && list->n)
            ret_parts[i] = (struct part){ .html = pin_shelf_any, .json = pins_json, .data = list };
    }
    return rc;
}

/* --- the composer --- */

struct str pin_typed(const struct view *v, const char *name, size_t row)
{
    return params_get_nth(v->typed, name, (int)row);
}

int tag_note_compose(struct req *rq, struct db *db UNUSED, const int64_t *ids UNUSED, size_t n,
                     struct part *ret_parts, struct err *err)
{
    struct pin_form *form = arena_new(rq->arena, struct pin_form);
    if (!form)
        return err_detail(err, ERR_NOMEM, "arena full");
    int sent = params_count(rq->form_err ? rq->body : rq->filled, "pin_product");
    form->rows = sent > PIN_ROWS && sent <= PINS_MAX ? (size_t)sent : PIN_ROWS;
    for (size_t i = 0; i < n; i++)
        ret_parts[i] = (struct part){ .html = pin_form_view_any, .data = form };
    return 0;
}

/* A product by its public id or by the last part of its address. */
static int product_named(struct req *rq, struct db *db, struct str text, int64_t *ret_product,
                         struct err *err)
{
    struct product_card card = { 0 };
    if (id_parse(text, "prod", ret_product))
        return 0;
    int rc = product_of_slug(db, rq->arena, text, &card, err);
    if (rc == ERR_NOT_FOUND)
        return err_field(err, "pin_product", N_("This product is not sold here."));
    if (rc == 0)
        *ret_product = card.id;
    return rc;
}

static int pin_number(const struct req *rq, const char *name, int row, int64_t fallback,
                      int64_t *ret_number, struct err *err)
{
    struct str text = str_trim(params_get_nth(rq->body, name, row));
    *ret_number = fallback;
    if (text.len && !str_to_int(text, ret_number))
        return err_field(err, "pin_photo", N_("This pin is on no photo."));
    return 0;
}

/* Read one row of the form; photos are counted from 1 there. */
static int read_row(struct req *rq, struct db *db, int row, struct pin_draft *ret_pin,
                    struct err *err)
{
    int64_t photo = 1;
    struct str name = str_trim(params_get_nth(rq->body, "pin_connection", row));
    int rc = product_named(rq, db, str_trim(params_get_nth(rq->body, "pin_product", row)),
                           &ret_pin->product, err);
    if (rc == 0)
        rc = pin_number(rq, "pin_photo", row, 1, &photo, err);
    if (rc == 0)
        rc = pin_number(rq, "pin_x", row, 500, &ret_pin->x, err);
    if (rc == 0)
        rc = pin_number(rq, "pin_y", row, 500, &ret_pin->y, err);
    if (rc < 0)
        return rc;
    ret_pin->position = photo - 1;
    if (!connection_named(name, &ret_pin->connection))
        return err_field(err, "pin_connection", N_("Say what connects you to the product."));
    return 0;
}

int tag_read_pins(struct req *rq, struct db *db, int64_t note, struct pin_draft *pins,
                  struct pin_request *ret_request, struct err *err)
{
    struct note_brief brief;
    int sent = params_count(rq->body, "pin_product"), rc = 0;
    if (sent > PINS_MAX)
        return err_field_n(err, "pin_product", N_("At most {n}, please."), PINS_MAX);
    struct pin_request request = {
        .note = note, .author = rq->viewer.actor, .pins = pins, .simulated = rq->viewer.simulated
    };
    for (int row = 0; rc == 0 && row < sent; row++)
        if (str_trim(params_get_nth(rq->body, "pin_product", row)).len)
            rc = read_row(rq, db, row, &pins[request.n++], err);
    if (rc == 0)
        rc = note_own_brief(db, rq->arena, note, rq->viewer.actor, &brief, err);
    if (rc < 0)
        return rc;
    request.n_photos = (int64_t)brief.n_photos;
    *ret_request = request;
    return 0;
}

int tag_note_publish(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                     struct part *ret_parts UNUSED, struct err *err)
{
    struct pin_draft pins[PINS_MAX];
    struct pin_request request;
    if (n == 0 || params_count(rq->body, "pin_product") == 0)
        return 0;
    int rc = tag_read_pins(rq, db, ids[0], pins, &request, err);
    return rc < 0 ? rc : tag_pin(db, rq->arena, &request, err);
}

/* --- the other side: which notes show a product --- */

static void notes_json(struct json_out *j, const void *data)
{
    const struct pin_notes *notes = data;
    note_grid_json(j, &notes->grid);
}

int tag_product_notes(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                      struct part *ret_parts, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        struct notes_of_product_rows rows;
        struct pin_notes *notes = arena_new(rq->arena, struct pin_notes);
        int64_t notes_ids[PRODUCT_NOTES];
        if (!notes)
            return err_detail(err, ERR_NOMEM, "arena full");
        rc = notes_of_product(db, rq->arena, ids[i], PRODUCT_NOTES, &rows, err);
        for (size_t k = 0; rc == 0 && k < rows.n; k++)
            notes_ids[k] = rows.v[k].note;
        if (rc == 0)
            rc = note_grid_of(rq, db, notes_ids, rows.n, "product", false, &notes->grid, err);
        if (rc == 0 && notes->grid.n)
            ret_parts[i] =
                (struct part){ .html = pin_notes_view_any, .json = notes_json, .data = notes };
    }
    return rc;
}

/* --- the product picker --- */

static void found_json(struct json_out *j, const void *data)
{
    const struct pin_found *found = data;
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < found->n; i++)
        product_card_json(j, &found->cards[i]);
    json_end_array(j);
    json_end_object(j);
}

static const struct shape found_shape = { .html = pin_options_any,
                                          .fragment = pin_options_any,
                                          .json = found_json };

static int find_products(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct pin_found *found = arena_new(rq->arena, struct pin_found);
    struct product_card *cards = arena_new_array(rq->arena, FOUND_MAX, struct product_card);
    struct str q = req_text(rq, "pin_product");
    if (!found || !cards)
        return err_detail(err, ERR_NOMEM, "arena full");
    found->cards = cards;
    if (q.len == 0)
        q = req_text(rq, "about").len ? req_text(rq, "about") : req_text(rq, "q");
    int rc = product_find(db, rq->arena, q, FOUND_MAX, cards, &found->n, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &found_shape, found, message_text(rq->lang, N_("Products")));
    ret->head.noindex = true;
    return 0;
}

const struct route tag_routes[] = {
    { METHOD_GET, "/tag/products", find_products, WHO_MEMBER, RUNS_READ, RATE_READ },
    { 0 },
};
