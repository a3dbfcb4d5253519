/* media/media_int.h - what the files of this floor share, and nobody else.
 */
#ifndef SWARD_MEDIA_MEDIA_INT_H
#define SWARD_MEDIA_MEDIA_INT_H

#include "media/media.h"
#include "media/pool.h"
#include "media/video_run.h"

struct media {
    struct pool *pool;
    struct media_storage *storage;
    const struct settings *settings;
    int64_t max_bytes; /* of a photo */
    int64_t max_pixels;
    bool can_video; /* the programs are there */
    struct video_tools tools;
};

/* A refusal that the person can act on: for the form's field and as a whole. */
int media_refuse(struct err *err, int code, const char *message, int64_t n);

/* Have a photo decoded by a helper, keep its renditions under photo->hash, and
 * fill everything but hash, bytes and alt. Refusals are a photo's. */
NODISCARD int media_decode(struct media *m, int fd, const struct wire_request *limits,
                           struct arena *a, struct media_photo *photo, struct err *err);

/* Map a whole file for reading; given back by munmap. ERR_IO. */
NODISCARD int media_map(int fd, struct str *ret_bytes, struct err *err);

#endif
