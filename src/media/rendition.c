/* media/rendition.c - sizes and names of renditions. */
#include "media/rendition.h"

#include <string.h>

#include "base/macros.h"

const struct rendition_spec rendition_specs[RENDITIONS_ALL] = {
    [RENDITION_SMALL] = { 320, "webp", "image/webp" },
    [RENDITION_MEDIUM] = { 640, "webp", "image/webp" },
    [RENDITION_LARGE] = { 1280, "webp", "image/webp" },
    [RENDITION_CARD] = { 1280, "jpg", "image/jpeg" },
    [RENDITION_VIDEO_480] = { 480, "mp4", "video/mp4" },
    [RENDITION_VIDEO_720] = { 720, "mp4", "video/mp4" },
    [RENDITION_SOURCE] = { 1, "video", "application/octet-stream" },
};

static int64_t at_least_one(int64_t n)
{
    return n < 1 ? 1 : n;
}

/* The size within a box of `box` by RENDITION_TALLEST * box. */
static void fit(int64_t box, int64_t width, int64_t height, int64_t *ret_width, int64_t *ret_height)
{
    int64_t tallest = box * RENDITION_TALLEST;
    if (width <= box && height <= tallest) {
        *ret_width = width;
        *ret_height = height;
    } else if (width * tallest >= height * box) { /* the width decides */
        *ret_width = box;
        *ret_height = at_least_one((height * box + width / 2) / width);
    } else {
        *ret_width = at_least_one((width * tallest + height / 2) / height);
        *ret_height = tallest;
    }
}

bool rendition_size(enum rendition r, int64_t width, int64_t height, int64_t *ret_width,
                    int64_t *ret_height)
{
    BUG_ON(r >= RENDITIONS || width <= 0 || height <= 0 || width > INT32_MAX || height > INT32_MAX);
    int64_t w, h;
    fit(rendition_specs[r].width, width, height, &w, &h);
    if (r == RENDITION_MEDIUM || r == RENDITION_LARGE) {
        int64_t below_w, below_h;
        fit(rendition_specs[r - 1].width, width, height, &below_w, &below_h);
        if (w == below_w && h == below_h)
            return false;
    }
    *ret_width = w;
    *ret_height = h;
    return true;
}

bool rendition_video_size(enum rendition r, int64_t width, int64_t height, int64_t *ret_width,
                          int64_t *ret_height)
{
    BUG_ON(r != RENDITION_VIDEO_480 && r != RENDITION_VIDEO_720);
    BUG_ON(width <= 0 || height <= 0 || width > INT32_MAX || height > INT32_MAX);
    int64_t box = rendition_specs[r].width;
    int64_t shorter = width < height ? width : height;
    if (r == RENDITION_VIDEO_720 && shorter <= rendition_specs[RENDITION_VIDEO_480].width)
        return false;
    if (shorter <= box) {
        *ret_width = width;
        *ret_height = height;
        return true;
    }
    *ret_width = (width * box / shorter + 1) / 2 * 2;
    *ret_height = (height * box / shorter + 1) / 2 * 2;
    return true;
}

enum rendition rendition_largest(int64_t width, int64_t height)
{
    int64_t w, h;
    for (int r = RENDITION_LARGE; r > RENDITION_SMALL; r--)
        if (rendition_size((enum rendition)r, width, height, &w, &h))
            return (enum rendition)r;
    return RENDITION_SMALL;
}

static bool is_hash(struct str s)
{
    if (s.len != MEDIA_HASH_LEN)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!(s.ptr[i] >= '0' && s.ptr[i] <= '9') && !(s.ptr[i] >= 'a' && s.ptr[i] <= 'z'))
            return false;
    return true;
}

bool rendition_parse(struct str file, struct str *ret_hash, enum rendition *ret_r)
{
    struct str hash = str_slice(file, 0, MEDIA_HASH_LEN);
    if (!is_hash(hash))
        return false;
    struct str rest = str_slice(file, MEDIA_HASH_LEN, file.len);
    if (rest.len == 0 || rest.ptr[0] != '-')
        return false;
    struct str name;
    rest = str_slice(rest, 1, rest.len);
    if (!str_next(&rest, '.', &name) || !rest.ptr)
        return false;
    int64_t width;
    /* A leading zero or sign would give one file a second name. */
    if (name.len == 0 || name.ptr[0] < '1' || name.ptr[0] > '9' || !str_to_int(name, &width))
        return false;
    for (int r = 0; r < RENDITIONS_ALL; r++) {
        if (rendition_specs[r].width == width && str_eq_c(rest, rendition_specs[r].ext)) {
            *ret_hash = hash;
            *ret_r = (enum rendition)r;
            return true;
        }
    }
    return false;
}
