/* media/video_web.h - a video on its way, and its captions.
 *
 *   GET  /media/:media            one's own photo or video: how far it is
 *   POST /media/:media/captions   WebVTT in the field "captions", its language
 *                                 in "lang"; without a file there are none any more
 *   GET  /media/:media/captions   for whoever may see the video
 */
#ifndef SWARD_MEDIA_VIDEO_WEB_H
#define SWARD_MEDIA_VIDEO_WEB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "media/img.h"
#include "web/route.h"

/* How a video stands, for its owner. */
struct media_video_state {
    int64_t id;
    int state; /* enum media_state */
    int64_t percent;
    const char *failure; /* a message */
};

struct media_video_page {
    struct media_video_state state;
    struct media_player player; /* when it is ready */
    bool video;                 /* or a photo */
    bool captions;
};

/* How a video of somebody stands. */
NODISCARD int media_video_state_of(struct db *db, struct arena *a, int64_t id,
                                   struct media_video_state *ret_state, struct err *err);

extern const struct route video_routes[];

#endif
