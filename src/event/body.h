/* event/body.h - the body of a fact, written member by member.
 *
 *   struct event_body body;
 *   event_body_init(&body);
 *   json_member_int(&body.json, "amount", amount);
 *   return event_append_body(db, &(struct event){ .kind = EVENT_PAYMENT_SUCCEEDED, … }, &body,
 *                            err);
 *
 * What may stand in a body is said in event/event.h: nothing personal.
 *
 * Memory: the body's own; event_append_body gives it back whatever happens.
 * Threads: none of its own.
 */
#ifndef SWARD_EVENT_BODY_H
#define SWARD_EVENT_BODY_H

#include "base/buf.h"
#include "base/err.h"
#include "codec/json_out.h"
#include "event/event.h"
#include "store/db.h"

struct event_body {
    struct buf text;
    struct json_out json; /* inside the object: write members */
};

/* Begin an empty object. The body may not be moved while it is written. */
void event_body_init(struct event_body *body);

/* End the object, append the fact with it, and release the body. The event's
 * own `body` is not looked at. Errors are those of event_append; a body that
 * is too long, or that found no memory, is ERR_INTERNAL. */
NODISCARD int event_append_body(struct db *db, const struct event *event, struct event_body *body,
                                struct err *err);

#endif
