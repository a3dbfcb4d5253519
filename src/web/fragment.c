/* web/fragment.c - views that print for a request, into a page or on their own. */
#include "web/fragment.h"

struct view view_of(const struct req *rq, struct buf *out)
{
    return (struct view){ .out = out,
                          .arena = rq->arena,
                          .lang = rq->lang,
                          .now = rq->now,
                          .viewer = &rq->viewer,
                          .typed = rq->form_err ? rq->body : rq->filled,
                          .err = rq->form_err,
                          .path = rq->path,
                          .target = rq->target,
                          .simulated = rq->settings->simulation || rq->settings->simulated_people,
                          .counted = rq->settings->exposure && rq->viewer.exposure_ok };
}

int fragment_print(const struct req *rq, void (*print)(struct view *v, const void *data),
                   const void *data, size_t max, struct html *ret_html, struct err *err)
{
    static const struct viewer nobody;
    struct buf out;
    buf_init(&out, max);
    struct view v = {
        .out = &out, .arena = rq->arena, .lang = rq->lang, .now = rq->now, .viewer = &nobody
    };
    print(&v, data);
    int rc = 0;
    if (buf_overflowed(&out)) {
        rc = err_detail(err, ERR_TOO_LARGE, "a fragment is longer than %zu bytes", max);
    } else {
        struct str text = arena_str(rq->arena, buf_str(&out));
        if (text.ptr)
            *ret_html = (struct html){ text };
        else
            rc = err_detail(err, ERR_NOMEM, "arena full");
    }
    buf_release(&out);
    return rc;
}
