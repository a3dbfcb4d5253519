/* Pins while a note is changed, and what a complaint is about. */

#include "base/id.h"
#include "bridge/tag/tag_web.h"
#include "gen/tag_sql.h"
#include "gen/tag_views.h"
#include "words/message.h"

static int add(struct req *rq, const char *name, struct str value, struct err *err)
{
    return params_add(rq->filled, arena_str_c(rq->arena, name), value, err);
}

static int add_number(struct req *rq, const char *name, int64_t n, struct err *err)
{
    return add(rq, name, arena_printf(rq->arena, "%lld", (long long)n), err);
}

/* How the form names a product: by its address while it is sold. */
static struct str product_text(struct req *rq, const struct product_card *cards, size_t n,
                               int64_t product)
{
    char id[ID_TEXT_MAX];
    for (size_t i = 0; i < n; i++)
        if (cards[i].id == product)
            return cards[i].slug;
    return arena_str(rq->arena, id_text(id, "prod", product));
}

static int add_pin(struct req *rq, const struct pins_of_note_row *pin, struct str product,
                   struct err *err)
{
    int rc = add(rq, "pin_product", product, err);
    if (rc == 0)
        rc = add_number(rq, "pin_photo", pin->position + 1, err);
    if (rc == 0)
        rc = add_number(rq, "pin_x", pin->x, err);
    if (rc == 0)
        rc = add_number(rq, "pin_y", pin->y, err);
    if (rc == 0)
        rc = add(rq, "pin_connection", str_from(connection_name((enum connection)pin->connection)),
                 err);
    return rc;
}

int tag_note_form(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                  struct part *ret_parts UNUSED, struct err *err)
{
    struct pins_of_note_rows rows = { 0 };
    struct note_brief note = { 0 };
    struct product_card cards[PINS_MAX + 1];
    int64_t products[PINS_MAX + 1];
    size_t n_cards = 0, wanted = 0;
    if (n == 0 || !rq->filled)
        return 0;
    int rc = note_own_brief(db, rq->arena, ids[0], rq->viewer.actor, &note, err);
    if (rc == 0)
        rc = pins_of_note(db, rq->arena, ids[0], &rows, err);
    if (rc < 0)
        return rc;
    for (; wanted < rows.n && wanted < PINS_MAX; wanted++)
        products[wanted] = rows.v[wanted].product;
    size_t pins = wanted;
    if (note.about_kind == ABOUT_PRODUCT)
        products[wanted++] = note.about;
    rc = wanted ? product_cards(db, rq->arena, products, wanted, cards, &n_cards, err) : 0;
    for (size_t i = 0; rc == 0 && i < pins; i++)
        rc = add_pin(rq, &rows.v[i], product_text(rq, cards, n_cards, products[i]), err);
    if (rc == 0 && wanted > pins)
        rc = add(rq, "about", product_text(rq, cards, n_cards, note.about), err);
    return rc;
}

/* The value of a row of the form, to be changed; NULL = the form has none. */
static struct param *nth(struct params *form, const char *name, int row)
{
    for (int i = 0; i < form->n; i++)
        if (str_eq_c(form->items[i].name, name) && row-- == 0)
            return &form->items[i];
    return NULL;
}

/* A pin whose photo was taken out goes with it. */
static void clear_row(struct params *form, int row)
{
    static const char *const fields[] = { "pin_product", "pin_photo", "pin_x", "pin_y" };
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        struct param *p = nth(form, fields[i], row);
        if (p)
            p->value = STR("");
    }
}

int tag_note_arranged(struct req *rq, struct db *db UNUSED, const int64_t *ids, size_t n,
                      struct part *ret_parts UNUSED, struct err *err UNUSED)
{
    struct param *p;
    for (int row = 0; rq->filled && (p = nth(rq->filled, "pin_photo", row)) != NULL; row++) {
        struct str product = str_trim(params_get_nth(rq->filled, "pin_product", row));
        int64_t photo = product.len ? 1 : 0; /* where a pin stands that does not say */
        if (str_trim(p->value).len && !str_to_int(str_trim(p->value), &photo))
            continue;
        if (photo < 1 || photo > (int64_t)n)
            continue;
        if (ids[photo - 1] < 0)
            clear_row(rq->filled, row);
        else
            p->value = arena_printf(rq->arena, "%lld", (long long)ids[photo - 1] + 1);
    }
    return 0;
}

int tag_note_edited(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                    struct part *ret_parts UNUSED, struct err *err)
{
    struct pin_draft pins[PINS_MAX];
    struct pin_request request;
    /* A program that says nothing of pins leaves them as they are. */
    if (n == 0 || params_count(rq->body, "pin_product") == 0)
        return 0;
    int rc = tag_read_pins(rq, db, ids[0], pins, &request, err);
    return rc < 0 ? rc : tag_repin(db, rq->arena, &request, err);
}

int tag_note_taken_back(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                        struct part *ret_parts UNUSED, struct err *err)
{
    struct pin_request request = { .author = rq->viewer.actor, .simulated = rq->viewer.simulated };
    if (n == 0)
        return 0;
    request.note = ids[0];
    return tag_repin(db, rq->arena, &request, err);
}

int tag_note_about_named(struct req *rq, struct db *db, const int64_t *ids UNUSED, size_t n,
                         struct part *ret_parts, struct err *err)
{
    struct product_card card = { 0 };
    struct str text = req_text(rq, "about");
    int64_t *product = arena_new(rq->arena, int64_t);
    if (!product)
        return err_detail(err, ERR_NOMEM, "arena full");
    bool known = id_parse(text, "prod", product);
    int rc = known ? 0 : product_of_slug(db, rq->arena, text, &card, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        return 0;
    }
    if (rc == 0 && !known)
        *product = card.id;
    for (size_t i = 0; rc == 0 && i < n; i++)
        ret_parts[i].data = product;
    return rc;
}

static void about_json(struct json_out *j, const void *data)
{
    product_card_json(j, data);
}

int tag_note_about(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                   struct part *ret_parts, struct err *err)
{
    size_t found = 0;
    struct product_card *cards = arena_new_array(rq->arena, n ? n : 1, struct product_card);
    if (!cards)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = product_cards(db, rq->arena, ids, n, cards, &found, err);
    for (size_t i = 0; rc == 0 && i < n; i++)
        for (size_t k = 0; k < found; k++)
            if (cards[k].id == ids[i])
                ret_parts[i] = (struct part){ about_product_view_any, about_json, &cards[k] };
    return rc;
}
