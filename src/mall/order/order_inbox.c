/* What the inbox shows of an order to its two sides: the first thing in it. */
#include "account/inbox/inbox_web.h"
#include "base/id.h"
#include "gen/order_sql.h"
#include "mall/order/order_web.h"
#include "media/img.h"

static int fill_one(struct req *rq, struct db *db, int64_t order, struct inbox_about *about,
                    bool *ret_seen, struct err *err)
{
    struct order_brief brief = { 0 };
    struct order_lines_rows lines = { 0 };
    char id[ID_TEXT_MAX];
    int64_t me = rq->viewer.actor;
    *ret_seen = false;
    int rc = order_brief(db, rq->arena, order, &brief, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        return 0;
    }
    if (rc < 0 || (brief.buyer != me && brief.supplier != me))
        return rc;
    rc = order_lines(db, rq->arena, order, &lines, err);
    if (rc < 0)
        return rc;
    about->href = arena_printf(rq->arena, "/orders/%.*s", STR_ARG(id_text(id, "ord", order)));
    if (lines.n) {
        about->title = lines.v[0].name;
        if (lines.v[0].photo.len)
            about->image = media_url(rq->arena, lines.v[0].photo, RENDITION_SMALL);
    }
    *ret_seen = true;
    return 0;
}

int order_inbox_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                     struct part *ret_parts, struct err *err)
{
    struct inbox_about *about = arena_new_array(rq->arena, n + 1, struct inbox_about);
    int rc = about ? 0 : err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < n; i++) {
        bool seen = false;
        rc = fill_one(rq, db, ids[i], &about[i], &seen, err);
        if (seen)
            ret_parts[i].data = &about[i];
    }
    return rc;
}
