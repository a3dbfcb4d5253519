/* The door through which a supplier's goods go out as a file. */

#include "mall/catalog/catalog_web.h"
#include "mall/catalog/export.h"

#define EXPORT_BYTES_MAX (8 * 1024 * 1024)

static int export_file(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct str word = req_text(rq, "form");
    struct export_request q = { .supplier = rq->viewer.actor, .site = req_url(rq, STR("")) };
    struct buf out;
    int rc = export_form_of(word.len ? word : STR("sward"), &q.form, err);
    if (rc == 0)
        rc = req_int(rq, "part", 1, 1, 1000, &q.part, err);
    if (rc < 0)
        return rc;
    buf_init(&out, EXPORT_BYTES_MAX);
    rc = export_goods(db, rq->arena, &q, &out, err);
    if (rc == 0)
        answer_bytes(ret, "text/csv; charset=utf-8", arena_str(rq->arena, buf_str(&out)));
    if (rc == 0)
        answer_header(ret, "Content-Disposition",
                      arena_printf(rq->arena, "attachment; filename=\"goods-%.*s-%d.csv\"",
                                   STR_ARG(word.len ? word : STR("sward")), (int)q.part));
    buf_release(&out);
    return rc;
}

const struct route export_routes[] = {
    { METHOD_GET, "/supplier/export", export_file, WHO_SUPPLIER, RUNS_READ, RATE_HEAVY },
    { 0 },
};
