/* web/keeper.h - the thread that looks after what nobody waits for.
 *
 * Four times a second it cuts off connections that are past their deadline
 * and hands what was left for later to the writer; now and then it removes
 * idempotency keys that are old.
 */
#ifndef SWARD_WEB_KEEPER_H
#define SWARD_WEB_KEEPER_H

#include "base/err.h"
#include "base/macros.h"

struct web;

/* Start the thread. ERR_IO when there is none to be had. */
NODISCARD int keeper_start(struct web *web, struct err *err);

/* There is work: do not sleep until the next tick. Any thread. */
void keeper_wake(struct web *web);

/* Stop it, and do what is left for later. The store is still open. */
void keeper_stop(struct web *web);

#endif
