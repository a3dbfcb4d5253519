/* media/worker/marks.h - does a photo say that a machine made it?
 *
 * Read from what a file carries beside its pixels, before all of that is
 * thrown away:
 *   - IPTC DigitalSourceType in XMP, and the same word in a C2PA claim
 *     (JPEG APP11, PNG caBX, WebP C2PA, HEIF uuid);
 *   - the AIGC label of GB 45438 in XMP or PNG text;
 *   - what the usual generators write into PNG text and EXIF comments.
 * A claim that is compressed or encrypted is not read; that it was there is.
 * A mark is a statement by whoever made the file: its absence proves nothing,
 * and a C2PA signature is not verified.
 *
 * The mark is written back into renditions as the smallest XMP that says it.
 *
 * Pure; every reader takes any bytes at all. Threads: no state.
 */
#ifndef SWARD_MEDIA_WORKER_MARKS_H
#define SWARD_MEDIA_WORKER_MARKS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"
#include "media/wire.h"

struct marks {
    enum machine_mark machine;
    bool credentials; /* a C2PA claim was there */
};

/* Each of these adds to *m what it finds; a stronger mark found before stays. */

/* The file as it came: claims in its container. */
void marks_read_file(struct marks *m, struct str file);

/* The same of a video, ISO-BMFF or Matroska: claims, and XMP in any box but that
 * of the pictures. */
void marks_read_video(struct marks *m, struct str file);

/* An XMP packet. */
void marks_read_xmp(struct marks *m, struct str xmp);

/* One PNG text, its key and value. */
void marks_read_text(struct marks *m, struct str key, struct str value);

/* A block of EXIF, whole. */
void marks_read_exif(struct marks *m, struct str exif);

/* Append the picture as it goes out. `file` is what our own encoder made. A
 * mark is written into it; MARK_NONE writes none. Of a WebP only the pixels are
 * taken over: libvips 8.14 writes EXIF into it even when told not to. False
 * when the file is not shaped as expected; out is then as it was. The size in
 * pixels is needed by WebP only. */
NODISCARD bool marks_write_jpeg(struct buf *out, struct str file, enum machine_mark mark);
NODISCARD bool marks_write_webp(struct buf *out, struct str file, enum machine_mark mark,
                                uint32_t width, uint32_t height);

/* Append the box that says it in an MP4; it goes behind the last one. */
void marks_write_mp4_box(struct buf *out, enum machine_mark mark);

#endif
