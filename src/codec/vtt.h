/* codec/vtt.h - captions (WebVTT) read strictly and written anew.
 *
 * What a person brings is never served as it came: it is read cue by cue, and
 * what is understood is written again. Taken are cues with a time, the settings
 * vertical, line, position, size and align, and text; a cue's name, comments,
 * style sheets and regions are left out. Refused is everything else: no
 * signature, a time that is none or ends before it begins, cues that are not in
 * the order of their beginnings, control characters, bytes that are not UTF-8.
 *
 * Memory: out is the caller's. Threads: no state.
 */
#ifndef SWARD_CODEC_VTT_H
#define SWARD_CODEC_VTT_H

#include <stddef.h>

#include "base/buf.h"
#include "base/macros.h"
#include "base/str.h"

#define VTT_BYTES_MAX ((size_t)128 * 1024) /* of what comes, and of what is written */
#define VTT_CUES_MAX  5000
#define VTT_LINE_MAX  1000 /* bytes of one line of text */

/* Read captions and append them as they are served.
 *   out       room for VTT_BYTES_MAX; after an error it holds a part
 *   ret_line  OUT: after ERR_MALFORMED, the line that is wrong, from 1
 * ERR_MALFORMED; ERR_TOO_LARGE (bytes or cues); 0 with at least one cue. */
NODISCARD int vtt_clean(struct str text, struct buf *out, int *ret_line);

#endif
