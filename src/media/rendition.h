/* media/rendition.h - which sizes photos and videos are kept in, and what they are called.
 *
 * A photo is kept in WebP at up to three widths and once as JPEG for share
 * cards. A rendition is named by the width it is meant for, and is smaller
 * when the photo is: nothing is ever enlarged. Nor is a rendition taller than
 * RENDITION_TALLEST times the width it is named by, so that a long screenshot
 * stays within what the formats can hold. A WebP rendition that would be the
 * same as the next smaller one is not made. All of this follows from the
 * photo's width and height alone, so addresses need no look-up.
 *
 * Pure. Used by the server and by the helper that decodes.
 * Threads: no state.
 */
#ifndef SWARD_MEDIA_RENDITION_H
#define SWARD_MEDIA_RENDITION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* The numbers are stored in media_rendition.purpose and travel to the helper. */
enum rendition {
    RENDITION_SMALL,  /* 320 wide: avatars, lists */
    RENDITION_MEDIUM, /* 640 wide: cards */
    RENDITION_LARGE,  /* 1280 wide: the note itself */
    RENDITION_CARD,   /* JPEG 1280 wide: what other sites show when a page is shared */
    RENDITIONS,       /* of a photo; and of a video, its poster */

    /* Of a video, beside those of its poster. */
    RENDITION_VIDEO_480 = RENDITIONS, /* MP4, 480 along the shorter side */
    RENDITION_VIDEO_720,              /* MP4, 720 */
    RENDITION_SOURCE,                 /* as it came, until the two are made; never served */
    RENDITIONS_ALL,
};

#define RENDITION_TALLEST 4

/* What a rendition is called and how it is served. */
struct rendition_spec {
    int width;         /* the width it is named by */
    const char *ext;   /* "webp" */
    const char *media; /* "image/webp" */
};

extern const struct rendition_spec rendition_specs[RENDITIONS_ALL];

/* The size of a rendition of a photo of width x height (both > 0), each at
 * least 1. False, and the outputs untouched, when this photo has no such
 * rendition because the next smaller one is the same. */
bool rendition_size(enum rendition r, int64_t width, int64_t height, int64_t *ret_width,
                    int64_t *ret_height);

/* The size of one of the two MP4 of a video of width x height (even, > 0): both
 * even, never larger than the video. False, and the outputs untouched, when
 * there is no such one because the smaller is as large as the video. */
bool rendition_video_size(enum rendition r, int64_t width, int64_t height, int64_t *ret_width,
                          int64_t *ret_height);

/* The largest WebP rendition of such a photo. */
enum rendition rendition_largest(int64_t width, int64_t height);

/* Read a rendition's file name, <hash>-320.webp, back into its parts. Only
 * names that media/ itself makes are taken: the hash is MEDIA_HASH_LEN
 * characters of small letters and digits, so no name leads out of its folder. */
bool rendition_parse(struct str file, struct str *ret_hash, enum rendition *ret_r);

/* Characters of a content hash: 160 bits of BLAKE2b, five in each. */
#define MEDIA_HASH_LEN 32

#endif
