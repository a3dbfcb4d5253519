/* web/render.c - pages, fragments and JSON, from what the handler left. */
#include <string.h>

#include "codec/html.h"
#include "web/call.h"
#include "web/fragment.h"
#include "web/look.h"
#include "web/respond.h"
#include "web/view.h"
#include "web/web_int.h"

static struct str canonical(struct call *call, const struct page_head *head)
{
    struct str path = head->canonical.len > 0 ? head->canonical : call->rq.path;
    return req_url(&call->rq, path);
}

/* What the house says to everyone, unless it is not the time or this reader put it away. */
static struct str announcement(const struct req *rq)
{
    const struct settings *s = rq->settings;
    int64_t now = rq->now / TIME_SECOND, seen;
    bool in_time =
        now >= s->announcement_since && (s->announcement_until == 0 || now < s->announcement_until);
    bool away =
        str_to_int(req_cookie(rq, ANNOUNCEMENT_COOKIE), &seen) && seen == s->announcement_number;
    struct str text = rq->lang == LANG_ZH ? s->announcement_zh : s->announcement_en;
    return in_time && !away ? text : STR("");
}

void render_page(struct call *call, const struct page_head *head,
                 void (*print)(struct view *v, const void *data), const void *data, bool framed)
{
    const struct req *rq = &call->rq;
    const struct look *look = call->web->config.look;
    struct view v = view_of(rq, &call->out);
    if (!framed || !look || !look->page) {
        print(&v, data);
        return;
    }
    struct frame frame = { .head = head,
                           .site = rq->settings->name,
                           .origin = call->web->origin,
                           .canonical = canonical(call, head),
                           .announcement = announcement(rq),
                           .main = print,
                           .data = data };
    look->page(&v, &frame);
}
