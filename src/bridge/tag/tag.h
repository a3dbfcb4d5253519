/* bridge/tag/tag.h - a product pinned on a photo of a note.
 *
 * A pin says where on the photo (thousandths of width and height), which
 * product, and what connects the author to it. The connection is shown as a
 * label wherever the pin is; only a pin with CONNECTION_COMMISSION can earn.
 *
 * Here the community meets the mall: the slots "note.pins", "note.goods",
 * "note.compose" and "note.publish" of community/note and "product.notes" of
 * mall/catalog are filled by this room.
 *
 * Memory: the arena given. Threads: no state.
 * Source: capabilities 2, 4, 27, 98, 136; advertising duties.
 */
#ifndef SWARD_BRIDGE_TAG_TAG_H
#define SWARD_BRIDGE_TAG_TAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "mall/catalog/catalog.h"
#include "store/db.h"
#include "store/doctor.h"

/* What connects the author to the product. Numbers are stored. */
enum connection {
    CONNECTION_NONE = 1,
    CONNECTION_BOUGHT = 2,
    CONNECTION_GIFT = 3,
    CONNECTION_PAID = 4,
    CONNECTION_COMMISSION = 5,
    CONNECTION_EMPLOYEE = 6,
};
#define CONNECTIONS 6

/* "none", "bought", … for forms and the API; NULL for a number that is none. */
const char *connection_name(enum connection c);

/* The label beside the pin, as a catalogue message: "earns a commission". */
const char *connection_label(enum connection c);

/* Read such a name. */
NODISCARD bool connection_named(struct str name, enum connection *ret);

#define PINS_MAX 18 /* of one note */

/* One pin in the making. */
struct pin_draft {
    int64_t position; /* which photo, from 0 */
    int64_t x, y;     /* 0..1000 */
    int64_t product;
    enum connection connection;
};

/* Pin products on a note, in the transaction that published it. Appends
 * TAG_PINNED for each. ERR_INVALID marks the fields pin_product, pin_photo,
 * pin_connection. */
struct pin_request {
    int64_t note;
    int64_t author; /* actor key */
    int64_t n_photos;
    const struct pin_draft *pins;
    size_t n;
    bool simulated;
};
NODISCARD int tag_pin(struct db *db, struct arena *a, const struct pin_request *request,
                      struct err *err);

/* Bring the pins of a changed note to what the request says. One of the same
 * product and connection stays the pin it was, wherever it stands now; the
 * others go (TAG_UNPINNED) or come (TAG_PINNED). Errors as tag_pin. */
NODISCARD int tag_repin(struct db *db, struct arena *a, const struct pin_request *request,
                        struct err *err);

/* A pin as others need it. */
struct pin {
    int64_t id, note, position, x, y;
    int64_t product, author;
    enum connection connection;
};

/* One pin that stands. ERR_NOT_FOUND. */
NODISCARD int tag_pin_by_id(struct db *db, struct arena *a, int64_t pin, struct pin *ret_pin,
                            struct err *err);

/* Every pin's note and product exist. */
NODISCARD int tag_doctor(struct store *store, struct doctor *d, struct err *err);

#endif
