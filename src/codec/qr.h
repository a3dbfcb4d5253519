/* codec/qr.h - a text as a QR code that a view can draw.
 *
 *   struct qr qr;
 *   int rc = qr_make(rq->arena, address, &qr, err);
 *
 *   <svg class="qr" viewBox="0 0 {{ qr->size }} {{ qr->size }}" …><path d="{{ qr->path }}"/></svg>
 *
 * The quiet zone of four modules that readers need is part of it. The dark
 * modules are the path; what is behind it must be light, in dark themes too.
 *
 * Pure. Memory: the path lives in the arena. Threads: any.
 */
#ifndef SWARD_CODEC_QR_H
#define SWARD_CODEC_QR_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"

#define QR_TEXT_MAX 500 /* bytes */
#define QR_QUIET    4   /* modules left light on each side */

struct qr {
    int64_t size;    /* modules of a side, quiet zone included */
    struct str path; /* d="" of an SVG path, one unit a module */
};

/* Draw a text of 1 to QR_TEXT_MAX bytes, with correction level M (a seventh of
 * it may be dirty). ERR_INVALID when it is empty or longer, ERR_NOMEM. */
NODISCARD int qr_make(struct arena *a, struct str text, struct qr *ret_qr, struct err *err);

#endif
