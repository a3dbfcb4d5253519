/* media/media_web.h - the doors of photos: fetch one, bring one, take one back.
 *
 *   GET    /m/:file        a rendition by its name
 *   POST   /media          one photo or video, field "photo", and what it shows, "alt";
 *                          "of": the upload of one's own that it was cut from, whose
 *                          marks it keeps
 *   DELETE /media/:media   an upload that is in nothing yet
 *
 * What something open shows (media/media.h) is for whoever has the address,
 * and caches may keep it for ever. All else is for its owner and for whom a
 * filler of the slot "media.may_see" says yes; nothing may keep it, and to
 * others it is not there.
 *
 * Slot that it leaves open: "media.may_see", ids of photos with the same bytes;
 * a part whose data is not NULL says that this reader may see that one.
 *
 * The doors keep photos in the request's media: web_config.media, which app/
 * opens before the web starts and closes after it has stopped.
 */
#ifndef SWARD_MEDIA_MEDIA_WEB_H
#define SWARD_MEDIA_MEDIA_WEB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "media/img.h"
#include "media/wire.h"
#include "web/route.h"

/* An upload as the composer shows it. */
struct media_upload {
    int64_t id;
    struct media_img img;
    int64_t colour; /* 0xRRGGBB */
    enum machine_mark machine;
    bool video; /* being made: media/video_web.h */
};

extern const struct route media_routes[];

#endif
