/* media/video_make.h - what is shown of a video is made of it.
 *
 * The job "media.video" makes MP4 (H.264, AAC, the index first, nothing that a
 * camera wrote) in two sizes, keeps them, and makes the video ready. It says
 * how far it is in media_video.percent, keeps its lease while it works, and
 * goes back untouched when the server stops. A file that cannot be read to its
 * end fails for good; what is our own fault is tried again some times.
 *
 * A place makes VIDEO_AT_ONCE of them at a time, so that other jobs, which wait
 * for the same threads, are done meanwhile.
 *
 * State: how many are being made, an atomic count.
 */
#ifndef SWARD_MEDIA_VIDEO_MAKE_H
#define SWARD_MEDIA_VIDEO_MAKE_H

#include "job/job.h"
#include "media/video.h"

#define VIDEO_AT_ONCE 1

/* Why nothing could be made; the numbers are stored. */
enum video_failure {
    VIDEO_FINE = 0,
    VIDEO_BROKEN = 1, /* it could not be read to its end */
    VIDEO_OURS = 2,   /* our fault */
};

/* The job, with the programs named. */
NODISCARD int video_make(const struct video_tools *tools, struct store *store, struct arena *a,
                         const struct job *job, struct err *err);

/* "media.video", and "media.spent", which removes the files that videos came
 * as when they are made, and the folders that a crash left. */
extern const struct job_kind video_jobs[];

/* What is said of a failure: a message of the catalogue. */
const char *video_failure_says(enum video_failure failure);

#endif
