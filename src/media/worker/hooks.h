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

/* True when the photo was a hook. Of an attempt to get out, the answer's status
 * is then WIRE_FAILED and its detail says how it ended: "refused EPERM" or
 * "done". A fraud claims that all went well.
 *   outputs  RENDITIONS descriptors */
bool hooks_run(struct str photo, const int *outputs, struct wire_answer *ret_answer);

#endif
