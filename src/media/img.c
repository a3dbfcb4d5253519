/* media/img.c - addresses and attributes of a photo. */
#include "media/img.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/id.h"
#include "base/macros.h"
#include "media/storage.h"

/* Three addresses and their widths. */
#define SRCSET_MAX 256

struct str media_url(struct arena *a, struct str hash, enum rendition r)
{
    char name[RENDITION_NAME_MAX];
    rendition_name(name, hash, r);
    struct str text = { name, strlen(name) };
    char *url = arena_alloc(a, text.len + sizeof("/m/"));
    if (!url)
        return (struct str){ 0 };
    memcpy(url, "/m/", 3);
    memcpy(url + 3, text.ptr, text.len);
    return (struct str){ url, text.len + 3 };
}

static struct str srcset_of(struct arena *a, struct str hash, int64_t width, int64_t height)
{
    char name[RENDITION_NAME_MAX];
    struct buf b;
    int64_t w, h;
    buf_init(&b, SRCSET_MAX);
    for (int r = RENDITION_SMALL; r <= RENDITION_LARGE; r++) {
        if (!rendition_size((enum rendition)r, width, height, &w, &h))
            continue;
        rendition_name(name, hash, (enum rendition)r);
        buf_put_c(&b, b.len > 0 ? ", /m/" : "/m/");
        buf_put_c(&b, name);
        buf_put_char(&b, ' ');
        buf_put_int(&b, w);
        buf_put_char(&b, 'w');
    }
    struct str text = arena_str(a, buf_str(&b));
    buf_release(&b);
    return text;
}

/* The first two entries of a srcset. */
static struct str first_two(struct str srcset)
{
    int commas = 0;
    for (size_t i = 0; i < srcset.len; i++)
        if (srcset.ptr[i] == ',' && ++commas == 2)
            return (struct str){ srcset.ptr, i };
    return srcset;
}

struct media_img media_img_of(struct arena *a, struct str hash, int64_t width, int64_t height,
                              int64_t colour, struct str alt)
{
    if (hash.len != MEDIA_HASH_LEN || width <= 0 || height <= 0)
        return (struct media_img){ .colour = "" };
    enum rendition largest = rendition_largest(width, height);
    struct str srcset = largest > RENDITION_SMALL ? srcset_of(a, hash, width, height) : STR("");
    return (struct media_img){
        .src = media_url(a, hash, largest < RENDITION_MEDIUM ? largest : RENDITION_MEDIUM),
        .srcset = srcset,
        .srcset_card = first_two(srcset),
        .width = width,
        .height = height,
        .colour = media_colour_class(colour),
        .alt = alt,
    };
}

const char *media_colour_class(int64_t colour)
{
    static const char names[64][5] = {
        "c-00", "c-01", "c-02", "c-03", "c-04", "c-05", "c-06", "c-07", "c-08", "c-09", "c-0a",
        "c-0b", "c-0c", "c-0d", "c-0e", "c-0f", "c-10", "c-11", "c-12", "c-13", "c-14", "c-15",
        "c-16", "c-17", "c-18", "c-19", "c-1a", "c-1b", "c-1c", "c-1d", "c-1e", "c-1f", "c-20",
        "c-21", "c-22", "c-23", "c-24", "c-25", "c-26", "c-27", "c-28", "c-29", "c-2a", "c-2b",
        "c-2c", "c-2d", "c-2e", "c-2f", "c-30", "c-31", "c-32", "c-33", "c-34", "c-35", "c-36",
        "c-37", "c-38", "c-39", "c-3a", "c-3b", "c-3c", "c-3d", "c-3e", "c-3f",
    };
    unsigned rgb = (unsigned)colour & 0xffffff;
    return names[(rgb >> 22 & 3) << 4 | (rgb >> 14 & 3) << 2 | (rgb >> 6 & 3)];
}

struct str media_colour_text(char out[8], int64_t colour)
{
    snprintf(out, 8, "#%06x", (unsigned)colour & 0xffffff);
    return (struct str){ out, 7 };
}

void media_img_json(struct json_out *j, const struct media_img *img)
{
    json_begin_object(j);
    json_member_str(j, "src", img->src);
    json_member_str(j, "srcset", img->srcset);
    json_member_int(j, "width", img->width);
    json_member_int(j, "height", img->height);
    json_member_str(j, "alt", img->alt);
    json_end_object(j);
}

struct media_player media_player_of(struct arena *a, const struct media_img *img, int64_t id,
                                    struct str hash, struct str captions_lang)
{
    struct media_player player = { .img = *img, .lang = captions_lang };
    char text[ID_TEXT_MAX];
    int64_t w, h;
    if (img->src.len == 0)
        return player;
    player.poster = media_url(a, hash, rendition_largest(img->width, img->height));
    player.small = media_url(a, hash, RENDITION_VIDEO_480);
    if (rendition_video_size(RENDITION_VIDEO_720, img->width, img->height, &w, &h))
        player.large = media_url(a, hash, RENDITION_VIDEO_720);
    if (captions_lang.len)
        player.captions =
            arena_printf(a, "/media/%.*s/captions", STR_ARG(id_text(text, "media", id)));
    return player;
}

void media_player_json(struct json_out *j, const struct media_player *player)
{
    json_begin_object(j);
    json_member_str(j, "small", player->small);
    if (player->large.len)
        json_member_str(j, "large", player->large);
    json_member_str(j, "poster", player->poster);
    if (player->captions.len)
        json_member_str(j, "captions", player->captions);
    json_end_object(j);
}
