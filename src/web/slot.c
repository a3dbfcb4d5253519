/* web/slot.c - asks whoever fills a slot. */
#include "web/slot.h"

#include <string.h>

#include "web/web_int.h"

/* Set once before jobs run, then only read. */
static const struct slot *const *of_jobs;

void slot_use(const struct slot *const *tables)
{
    of_jobs = tables;
}

/* The first filler writes into the parts; what a later one has goes where
 * nothing is yet. */
static int fill_one(struct req *rq, struct db *db, const struct slot *slot, const int64_t *ids,
                    size_t n, int asked, struct part *ret_parts, struct err *err)
{
    if (asked == 0)
        return slot->fill(rq, db, ids, n, ret_parts, err);
    struct part *parts = arena_new_array(rq->arena, n ? n : 1, struct part);
    if (!parts)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = slot->fill(rq, db, ids, n, parts, err);
    for (size_t i = 0; rc == 0 && i < n; i++)
        if (!ret_parts[i].html && !ret_parts[i].json && !ret_parts[i].data)
            ret_parts[i] = parts[i];
    return rc;
}

int slot_fill(struct req *rq, struct db *db, const char *name, const int64_t *ids, size_t n,
              struct part *ret_parts, struct err *err)
{
    const struct slot *const *tables = rq->web ? rq->web->config.slots : of_jobs;
    for (size_t i = 0; i < n; i++)
        ret_parts[i] = (struct part){ 0 };
    int rc = 0, asked = 0;
    for (size_t t = 0; tables && tables[t]; t++)
        for (const struct slot *slot = tables[t]; rc == 0 && slot->name; slot++)
            if (strcmp(slot->name, name) == 0)
                rc = fill_one(rq, db, slot, ids, n, asked++, ret_parts, err);
    return rc;
}
