/* bridge/unboxing/unboxing.h - a note that shows how a delivery arrived.
 *
 * Such a note is bound to one line of an order that was delivered to its
 * author, so readers know that it was bought here; and it says in what
 * condition it came. A delivery is shown by one note at a time.
 *
 * Fills the slots "note.unboxing", "note.unboxed", "note.form", "note.publish",
 * "note.edited" and "note.taken_back" of community/note.
 * Memory: the arena given. Threads: no state. Source: capability 146.
 */
#ifndef SWARD_BRIDGE_UNBOXING_UNBOXING_H
#define SWARD_BRIDGE_UNBOXING_UNBOXING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "store/db.h"
#include "store/doctor.h"

/* How it came. Numbers are stored. */
enum unbox_condition { UNBOX_AS_EXPECTED = 1, UNBOX_DAMAGED = 2, UNBOX_MISSING = 3 };

/* "arrived as expected": a catalogue message. */
const char *unbox_condition_name(enum unbox_condition condition);

struct unbox_request {
    int64_t note;
    int64_t author; /* actor key */
    int64_t order;
    int64_t position; /* the line */
    enum unbox_condition condition;
    bool simulated;
};

/* Bind a note to a delivery, instead of what it was bound to. Appends
 * NOTE_UNBOXED when that is another delivery or condition than before.
 * ERR_INVALID on "unbox_line" when it was not delivered to the author, or
 * another note of theirs shows it. */
NODISCARD int unbox_bind(struct db *db, struct arena *a, const struct unbox_request *request,
                         struct err *err);

/* Every unboxing shows a delivery to its author. */
NODISCARD int unboxing_doctor(struct store *store, struct doctor *d, struct err *err);

#endif
