/* media/video.h - a video comes in.
 *
 * As a photo (media/media.h), in two steps: video_take in the route's prepare
 * step, media_insert in its WRITE handler. video_take looks at what the file is,
 * asks ffprobe how long and how large it is, and takes one picture out of it,
 * the poster, which becomes renditions as any photo does. The file itself is
 * kept as RENDITION_SOURCE until what is shown has been made of it.
 *
 * That is the work of the job "media.video" (media/video_make.h), which
 * media_insert adds. Until it is done media.state is 2, and nothing can show
 * the video.
 *
 * Memory: texts live in the arena. Threads: any number.
 */
#ifndef SWARD_MEDIA_VIDEO_H
#define SWARD_MEDIA_VIDEO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "codec/params.h"
#include "media/media.h"
#include "media/video_kind.h"
#include "media/video_run.h"

/* Pixels of one picture, at most: 4096 by 2304, either way. */
#define VIDEO_PIXELS_MAX (INT64_C(4096) * 2304)

/* What ffmpeg may read: containers by their demuxer, then these decoders. */
extern const char video_decoders[];

/* What ffprobe says. */
struct video_facts {
    int64_t width, height; /* as it lies in the file */
    int64_t duration;      /* milliseconds */
    bool sound;
};

/* Ask ffprobe about the file "in" of a folder. ERR_INVALID when it cannot be
 * read or holds no picture. */
NODISCARD int video_probe(const struct video_tools *tools, enum video_kind kind, const char *folder,
                          struct video_facts *ret_facts, struct err *err);

/* A folder for one run, with the video as "in"; below <data_dir>/video.
 *   path        of the video, on the same file system
 *   ret_folder  OUT: removed with all that is in it by video_folder_remove */
NODISCARD int video_folder_make(const struct settings *settings, const char *path,
                                char ret_folder[PATH_MAX], struct err *err);
void video_folder_remove(const char *folder);

/* Remove the folders that a crash left, older than a day. */
void video_folders_clear(const struct settings *settings);

/* Whether an upload is a video, whatever it is called. */
bool video_is(const struct upload *file);

/* Whether videos are taken: switched on, and the programs are there. */
bool video_is_on(struct media *m);

/* Take a video in. Slow (a second or two). Errors carry a message and name the
 * field "photo": ERR_UNAVAILABLE (no video here), ERR_UNSUPPORTED (not one that
 * can be read), ERR_TOO_LARGE (bytes, seconds, pixels), ERR_INVALID (damaged or
 * cut off). ERR_BUSY, ERR_FULL, ERR_IO as media_take. */
NODISCARD int video_take(struct media *m, const struct upload *file, struct arena *a,
                         struct media_photo *ret_video, struct err *err);

/* A photo or a video, by what the file is. */
NODISCARD int video_take_any(struct media *m, const struct upload *file, struct arena *a,
                             struct media_photo *ret_taken, struct err *err);

#endif
