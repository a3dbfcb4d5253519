/* web/receive.h - a request's head is there: what is it, may it go on?
 *
 * Everything that can be decided before the body is decided here: framing,
 * address, row, origin, ceilings. What is refused is noted in the call.
 *
 * Threads: the connection's I/O thread.
 */
#ifndef SWARD_WEB_RECEIVE_H
#define SWARD_WEB_RECEIVE_H

struct call;

/* Look at the head. On return call->rq is filled as far as it is known; when
 * call->rc is set, the request is refused and call->err says why, and with
 * call->close it is not even certain where it ends. call->file is set when the
 * address is one of our files. */
void receive_head(struct call *call, const char *method, const char *version);

#endif
