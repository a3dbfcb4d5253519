/* web/slot.c - asks whoever fills a slot. */
#include "web/slot.h"

#include <string.h>

#include "web/web_int.h"

int slot_fill(struct req *rq, struct db *db, const char *name, const int64_t *ids, size_t n,
              struct part *ret_parts, struct err *err)
{
    const struct slot *const *tables = rq->web->config.slots;
    for (size_t i = 0; i < n; i++)
        ret_parts[i] = (struct part){ 0 };
    for (size_t t = 0; tables && tables[t]; t++)
        for (const struct slot *slot = tables[t]; slot->name; slot++)
            if (strcmp(slot->name, name) == 0)
                return slot->fill(rq, db, ids, n, ret_parts, err);
    return 0;
}
