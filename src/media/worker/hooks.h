/* media/worker/hooks.h - how tests make the helper misbehave.
 *
 * Built only into sward-media-test, which is never installed. A "photo" whose
 * bytes are HOOK:<what> makes the helper try that thing, from inside its walls.
 */
#ifndef SWARD_MEDIA_WORKER_HOOKS_H
#define SWARD_MEDIA_WORKER_HOOKS_H

#include <stdbool.h>

#include "base/str.h"
#include "media/wire.h"

/* True when the photo was a hook. The answer's status is then WIRE_FAILED and
 * its detail says how the attempt ended: "refused EPERM" or "done". */
bool hooks_run(struct str photo, struct wire_answer *ret_answer);

#endif
