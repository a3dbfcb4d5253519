/* media/img.h - a photo as views and the API show it.
 *
 * Everything follows from the columns of media_shown; nothing is looked up.
 *
 * Memory: texts are built in the arena. Threads: no state.
 */
#ifndef SWARD_MEDIA_IMG_H
#define SWARD_MEDIA_IMG_H

#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "codec/json_out.h"
#include "media/rendition.h"

/* What an <img> needs. */
struct media_img {
    struct str src;         /* "/m/<hash>-640.webp", or the largest there is below it */
    struct str srcset;      /* all WebP renditions with their widths; empty when there is one */
    struct str srcset_card; /* its two smaller ones, all that a card needs */
    int64_t width;          /* of the photo, upright: browsers keep the ratio */
    int64_t height;
    const char *colour; /* class that paints its place until it is there: "c-2f" */
    struct str alt;
};

/* What a <video> needs; autoplays never, so nothing but the poster is fetched
 * before somebody asks for it. */
struct media_player {
    struct media_img img; /* its poster, and its alt */
    struct str poster;    /* the largest WebP of it */
    struct str small;     /* MP4, 480 along the shorter side */
    struct str large;     /* 720; empty = the small one is as large as the video */
    struct str captions;  /* address; empty = none */
    struct str lang;      /* of the captions: "en" or "zh" */
};

/* The address of one rendition, e.g. /m/<hash>-320.webp. The photo must have
 * it: RENDITION_SMALL and RENDITION_CARD always exist. */
struct str media_url(struct arena *a, struct str hash, enum rendition r);

/* All that an <img> needs. A zero hash gives a zero img. */
struct media_img media_img_of(struct arena *a, struct str hash, int64_t width, int64_t height,
                              int64_t colour, struct str alt);

/* All that a <video> needs.
 *   img            as media_img_of makes it of the video's row
 *   captions_lang  empty = it has none */
struct media_player media_player_of(struct arena *a, const struct media_img *img, int64_t id,
                                    struct str hash, struct str captions_lang);

/* The class of a colour 0xRRGGBB: two bits each of red, green and blue, as
 * two hexadecimal digits. The 64 classes stand in web/static/colours.css. */
const char *media_colour_class(int64_t colour);

/* "#rrggbb" and a NUL, for the API; the result points into out. */
struct str media_colour_text(char out[8], int64_t colour);

/* {src, srcset, width, height, alt} as an object. */
void media_img_json(struct json_out *j, const struct media_img *img);

/* {small, large, poster, captions} as an object. */
void media_player_json(struct json_out *j, const struct media_player *player);

#endif
