/* web/slot.h - holes that a room leaves in its page and a room above fills.
 *
 * community/ and mall/ do not know each other. A note page names a slot
 * ("note.goods"), and bridge/tag fills it; app/ wires the table. A slot that
 * nobody fills is empty, and the page is whole without it.
 *
 * The filler is called by the page's handler, in its transaction, with all
 * ids of the page at once; the parts are rendered later by the view:
 * {{> part(d->goods) }}.
 */
#ifndef SWARD_WEB_SLOT_H
#define SWARD_WEB_SLOT_H

#include <stddef.h>
#include <stdint.h>

#include "web/request.h"

/* Data and how to show it. A zero part shows nothing. */
struct part {
    void (*html)(struct view *v, const void *data);
    void (*json)(struct json_out *j, const void *data); /* NULL = left out of the JSON */
    const void *data;
};

/* Fill one part for each id.
 *   ret_parts  OUT: n parts, zero on entry; leave zero what stays empty */
typedef int slot_fn(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                    struct part *ret_parts, struct err *err);

struct slot {
    const char *name; /* "room.hole" */
    slot_fn *fill;
};

/* Ask everyone who fills the slot, in the order of the tables; a part that one
 * has filled stays. All parts are zero when nobody does. The first error ends
 * it. */
NODISCARD int slot_fill(struct req *rq, struct db *db, const char *name, const int64_t *ids,
                        size_t n, struct part *ret_parts, struct err *err);

/* The tables that are asked for a job, whose rq has no web. Set once by app/
 * before jobs run.
 *   tables  ended by NULL; must outlive the program's jobs */
void slot_use(const struct slot *const *tables);

#endif
