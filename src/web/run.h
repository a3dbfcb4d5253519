/* web/run.h - takes a request whose body is there through its steps.
 *
 *   prepare  who is asking, then the route's slow work     pool thread
 *   handle   the handler in its transaction                here (reads on SQLite, plain)
 *                                                          or in the store
 *   outcome  a commit's outcome is unknown: ask by key     here or in the store
 *   form     after a refusal, the form's page              here or in the store
 *   render   the answer                                    here
 *
 * "Here" is the I/O thread of the connection. For a step elsewhere the
 * connection is suspended, and goes on here when it is done.
 */
#ifndef SWARD_WEB_RUN_H
#define SWARD_WEB_RUN_H

#include <stdbool.h>

#include "base/macros.h"

struct call;

/* Before the body of an upload: may this person call at all? Only where that
 * costs no waiting (SQLite). Sets call->rc when not. */
void run_early(struct call *call);

/* The body is complete: run the steps. False when the connection must end. */
NODISCARD bool run_start(struct call *call);

/* A step that was done elsewhere is over: run the rest. */
NODISCARD bool run_go_on(struct call *call);

#endif
