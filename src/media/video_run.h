/* media/video_run.h - ffmpeg and ffprobe, run within walls.
 *
 * The programs are Debian's. Each run is one process of its own group, started
 * through sward-video (media/worker/video_cell.h) in a working folder that
 * holds nothing but the video; it is killed when its time is over or when the
 * caller has heard enough.
 *
 * Threads: as many runs at a time as there are threads that call.
 */
#ifndef SWARD_MEDIA_VIDEO_RUN_H
#define SWARD_MEDIA_VIDEO_RUN_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"

/* Where the three programs are. */
struct video_tools {
    char cell[PATH_MAX]; /* sward-video */
    const char *ffmpeg;
    const char *ffprobe;
};

/* Find them.
 *   beside  a program that sward-video stands beside; NULL = this one, or
 *           where the build or an installation puts it
 * False when one is missing: there is no video then. */
NODISCARD bool video_tools_find(const char *beside, struct video_tools *ret_tools);

/* Told of each line that the program prints, without its end, and about once a
 * second with an empty one. A negative code ends the run with it. */
typedef int video_heard_fn(void *ctx, struct str line, struct err *err);

struct video_run {
    const char *program;     /* tools->ffmpeg or tools->ffprobe */
    const char *const *args; /* ended by NULL */
    const char *folder;      /* where it works */
    int64_t most_ms;         /* it is killed after this */
    video_heard_fn *heard;   /* NULL = nobody listens */
    void *ctx;
};

/* Run it and wait. 0 when it ended well; ERR_INVALID, with the end of what it
 * complained of in err->detail, when it did not, or took too long; ERR_IO when
 * it could not be started; or what `heard` returned. */
NODISCARD int video_run(const struct video_tools *tools, const struct video_run *run,
                        struct err *err);

#endif
