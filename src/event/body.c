/* event/body.c - bodies of facts. */
#include "event/body.h"

void event_body_init(struct event_body *body)
{
    buf_init(&body->text, EVENT_BODY_MAX);
    json_out_init(&body->json, &body->text);
    json_begin_object(&body->json);
}

int event_append_body(struct db *db, const struct event *event, struct event_body *body,
                      struct err *err)
{
    struct event whole = *event;
    int rc;
    json_end_object(&body->json);
    BUG_ON(!json_out_done(&body->json));
    whole.body = buf_str(&body->text);
    if (buf_overflowed(&body->text))
        rc = err_detail(err, ERR_INTERNAL, "the body of event kind %d does not fit",
                        (int)event->kind);
    else
        rc = event_append(db, &whole, err);
    buf_release(&body->text);
    return rc;
}
