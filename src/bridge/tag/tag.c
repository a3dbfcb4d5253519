#include "bridge/tag/tag.h"

#include "event/body.h"
#include "event/event.h"
#include "gen/tag_sql.h"

static const struct {
    const char *name;
    const char *label;
} connections[CONNECTIONS + 1] = {
    [CONNECTION_NONE] = { "none", N_("no connection") },
    [CONNECTION_BOUGHT] = { "bought", N_("bought by the author") },
    [CONNECTION_GIFT] = { "gift", N_("given to the author") },
    [CONNECTION_PAID] = { "paid", N_("paid advertisement") },
    [CONNECTION_COMMISSION] = { "commission", N_("the author earns from a sale") },
    [CONNECTION_EMPLOYEE] = { "employee", N_("the author works there") },
};

const char *connection_name(enum connection c)
{
    return c >= CONNECTION_NONE && c <= CONNECTION_EMPLOYEE ? connections[c].name : NULL;
}

const char *connection_label(enum connection c)
{
    return c >= CONNECTION_NONE && c <= CONNECTION_EMPLOYEE ? connections[c].label : NULL;
}

bool connection_named(struct str name, enum connection *ret)
{
    for (int c = CONNECTION_NONE; c <= CONNECTION_EMPLOYEE; c++)
        if (str_eq_c(name, connections[c].name)) {
            *ret = (enum connection)c;
            return true;
        }
    return false;
}

/* All of them must be sold now. */
static int check_products(struct db *db, struct arena *a, const struct pin_request *r,
                          struct err *err)
{
    int64_t ids[PINS_MAX];
    for (size_t i = 0; i < r->n; i++)
        ids[i] = r->pins[i].product;
    struct pin_products_rows rows;
    int rc = pin_products(db, a, (struct id_list){ ids, r->n }, &rows, err);
    for (size_t i = 0; rc == 0 && i < r->n; i++) {
        bool sold = false;
        for (size_t j = 0; j < rows.n; j++)
            sold = sold || rows.v[j].id == ids[i];
        if (!sold)
            rc = err_field(err, "pin_product", N_("This product is not sold here."));
    }
    return rc;
}

static int check_place(const struct pin_request *r, const struct pin_draft *pin, struct err *err)
{
    if (pin->position < 0 || pin->position >= r->n_photos)
        return err_field(err, "pin_photo", N_("This pin is on no photo."));
    if (pin->x < 0 || pin->x > 1000 || pin->y < 0 || pin->y > 1000)
        return err_field(err, "pin_photo", N_("This pin is beside its photo."));
    if (!connection_name(pin->connection))
        return err_field(err, "pin_connection", N_("Say what connects you to the product."));
    return 0;
}

static int insert_pin(struct db *db, const struct pin_request *r, const struct pin_draft *pin,
                      struct err *err)
{
    const struct pin_insert_args row = { .id = db_new_id(db),
                                         .note = r->note,
                                         .position = pin->position,
                                         .x = pin->x,
                                         .y = pin->y,
                                         .product = pin->product,
                                         .author = r->author,
                                         .connection = pin->connection };
    int rc = pin_insert(db, &row, NULL, err);
    if (rc < 0)
        return rc;
    struct event_body body;
    event_body_init(&body);
    json_member_int(&body.json, "product", pin->product);
    json_member_str(&body.json, "connection", str_from(connection_name(pin->connection)));
    return event_append_body(db,
                             &(struct event){ .kind = EVENT_TAG_PINNED,
                                              .actor = r->author,
                                              .object = row.id,
                                              .about = r->note,
                                              .simulated = r->simulated },
                             &body, err);
}

int tag_pin(struct db *db, struct arena *a, const struct pin_request *request, struct err *err)
{
    if (request->n > PINS_MAX)
        return err_field_n(err, "pin_product", N_("At most {n}, please."), PINS_MAX);
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < request->n; i++)
        rc = check_place(request, &request->pins[i], err);
    if (rc == 0 && request->n)
        rc = check_products(db, a, request, err);
    for (size_t i = 0; rc == 0 && i < request->n; i++)
        rc = insert_pin(db, request, &request->pins[i], err);
    return rc;
}

static int unpin(struct db *db, const struct pin_request *r, int64_t pin, struct err *err)
{
    int rc = pin_remove(db, pin, NULL, err);
    if (rc < 0)
        return rc;
    return event_append(db,
                        &(struct event){ .kind = EVENT_TAG_UNPINNED,
                                         .actor = r->author,
                                         .object = pin,
                                         .about = r->note,
                                         .simulated = r->simulated },
                        err);
}

int tag_repin(struct db *db, struct arena *a, const struct pin_request *request, struct err *err)
{
    struct pins_of_note_rows old;
    struct pin_draft fresh[PINS_MAX];
    struct pin_request rest = *request;
    bool stays[PINS_MAX] = { false };
    rest.pins = fresh;
    rest.n = 0;
    int rc = pins_of_note(db, a, request->note, &old, err);
    for (size_t i = 0; rc == 0 && i < request->n; i++) {
        const struct pin_draft *pin = &request->pins[i];
        size_t k = 0;
        while (k < old.n && (stays[k] || old.v[k].product != pin->product ||
                             old.v[k].connection != (int64_t)pin->connection))
            k++;
        rc = check_place(request, pin, err);
        if (rc == 0 && k < old.n) {
            stays[k] = true;
            rc = pin_move(db, old.v[k].id, pin->position, pin->x, pin->y, NULL, err);
        } else if (rc == 0) {
            fresh[rest.n++] = *pin;
        }
    }
    for (size_t k = 0; rc == 0 && k < old.n; k++)
        if (!stays[k])
            rc = unpin(db, request, old.v[k].id, err);
    return rc < 0 ? rc : tag_pin(db, a, &rest, err);
}

int tag_pin_by_id(struct db *db, struct arena *a, int64_t pin, struct pin *ret_pin, struct err *err)
{
    struct pin_row_row row;
    int rc = pin_row(db, a, pin, &row, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("This pin is not there any more."));
    if (rc == 0)
        *ret_pin = (struct pin){ .id = row.id,
                                 .note = row.note,
                                 .position = row.position,
                                 .x = row.x,
                                 .y = row.y,
                                 .product = row.product,
                                 .author = row.author,
                                 .connection = (enum connection)row.connection };
    return rc;
}
