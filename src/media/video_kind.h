/* media/video_kind.h - is it a video, and is the file whole, by its bytes alone.
 *
 * Two containers are taken: ISO-BMFF (MP4, QuickTime) and Matroska (WebM). What
 * a file calls itself is not asked. Only the outermost boxes are read, never a
 * picture or a sound.
 *
 * Threads: no state.
 */
#ifndef SWARD_MEDIA_VIDEO_KIND_H
#define SWARD_MEDIA_VIDEO_KIND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Bytes from the beginning of a file that video_kind_of looks at. */
#define VIDEO_HEAD 16

enum video_kind { VIDEO_NONE, VIDEO_ISO, VIDEO_MATROSKA };

/* By the first VIDEO_HEAD bytes; pictures that use the same boxes (HEIC, AVIF)
 * are none. */
enum video_kind video_kind_of(struct str head);

/* Whether every outermost box ends within the file, and the one without which
 * nothing can be shown is there: false for what was cut off on its way.
 *   fd  open for reading; its offset does not move */
bool video_is_whole(int fd, enum video_kind kind, int64_t size);

/* What ffmpeg calls the format that reads it. */
const char *video_demuxer(enum video_kind kind);

#endif
