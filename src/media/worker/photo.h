/* media/worker/photo.h - bytes of a photo in, renditions out.
 *
 * Takes JPEG, PNG, WebP and HEIF (AVIF included) by what the bytes are; of an
 * animation the first picture. Decodes once, applies the orientation, brings
 * it to sRGB, lays transparent parts on white, makes every rendition from the
 * largest, and carries over nothing but pixels and the mark of marks.h.
 *
 * Not here: files, sockets, limits of the process (cell.h).
 * Memory: photo_release frees what photo_make gave.
 * Threads: one; libvips starts its own underneath.
 */
#ifndef SWARD_MEDIA_WORKER_PHOTO_H
#define SWARD_MEDIA_WORKER_PHOTO_H

#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"
#include "media/wire.h"

struct photo {
    struct wire_answer answer;
    struct buf outputs[RENDITIONS]; /* empty where the photo has no such rendition */
};

/* Start libvips: one thread, no cache, no loader but ours, every code path run
 * once so that nothing needs to be loaded later. 0, or -1.
 *   modules  folder of libvips' modules, where HEIF may live */
NODISCARD int photo_start(const char *modules);

/* Make the renditions. ret->answer says how it went.
 *   file  the whole photo; read while this runs */
void photo_make(struct str file, const struct wire_request *limits, struct photo *ret);
void photo_release(struct photo *p);

#endif
