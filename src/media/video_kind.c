/* media/video_kind.c - the first bytes and the outermost boxes of a video. */
#include "media/video_kind.h"

#include <string.h>
#include <unistd.h>

#include "base/macros.h"

/* A fragmented file of five minutes has some thousands. */
#define BOXES_MAX 100000

#define EBML_SEGMENT 0x18538067

enum video_kind video_kind_of(struct str head)
{
    static const char *const pictures[] = { "heic", "heix", "heim", "heis", "hevc",
                                            "hevx", "mif1", "msf1", "avif", "avis" };
    static const char *const first[] = { "moov", "mdat", "wide", "free", "skip" };
    struct str box = str_slice(head, 4, 4), brand = str_slice(head, 8, 4);
    if (head.len < VIDEO_HEAD)
        return VIDEO_NONE;
    if (str_starts(head, STR("\x1a\x45\xdf\xa3")))
        return VIDEO_MATROSKA;
    if (str_eq_c(box, "ftyp")) {
        for (size_t i = 0; i < ARRAY_LEN(pictures); i++)
            if (str_eq_c(brand, pictures[i]))
                return VIDEO_NONE;
        return VIDEO_ISO;
    }
    /* QuickTime before there were brands. */
    for (size_t i = 0; i < ARRAY_LEN(first); i++)
        if (str_eq_c(box, first[i]))
            return VIDEO_ISO;
    return VIDEO_NONE;
}

static uint64_t number(const uint8_t *at, size_t width)
{
    uint64_t value = 0;
    for (size_t i = 0; i < width; i++)
        value = value << 8 | at[i];
    return value;
}

static bool iso_is_whole(int fd, int64_t size)
{
    bool film = false;
    int64_t at = 0;
    for (int i = 0; at < size; i++) {
        uint8_t head[16];
        ssize_t n = pread(fd, head, sizeof(head), at);
        if (n < 8 || i == BOXES_MAX)
            return false;
        uint64_t len = number(head, 4);
        if (len == 1)
            len = n == 16 ? number(head + 8, 8) : 0;
        else if (len == 0)
            len = (uint64_t)(size - at); /* to the end of the file */
        if (len < 8 || len > (uint64_t)(size - at))
            return false;
        film |= memcmp(head + 4, "moov", 4) == 0;
        at += (int64_t)len;
    }
    return film;
}

/* A number of EBML: the zeros before its first one say how long it is.
 *   ret_open  OUT: all ones, which means "not known"
 * Returns its length, 0 when it is none. */
static size_t ebml_number(const uint8_t *at, size_t len, uint64_t *ret_value, bool *ret_open)
{
    size_t width = 1;
    while (width <= 8 && len > 0 && !(at[0] & (0x100 >> width)))
        width++;
    if (width > 8 || len < width)
        return 0;
    uint64_t most = (UINT64_C(1) << (7 * width)) - 1;
    *ret_value = number(at, width) & most;
    *ret_open = *ret_value == most;
    return width;
}

/* The head, then one segment that reaches to the end. */
static bool matroska_is_whole(int fd, int64_t size)
{
    uint8_t head[12];
    uint64_t len = 0;
    bool open = false;
    ssize_t n = pread(fd, head, sizeof(head), 0);
    if (n < 12)
        return false;
    size_t width = ebml_number(head + 4, 8, &len, &open);
    if (width == 0 || open || len > 4096)
        return false;
    int64_t at = 4 + (int64_t)width + (int64_t)len;
    n = pread(fd, head, sizeof(head), at);
    if (n < 12 || number(head, 4) != EBML_SEGMENT)
        return false;
    width = ebml_number(head + 4, 8, &len, &open);
    return width > 0 && (open || len <= (uint64_t)(size - at - 4 - (int64_t)width));
}

bool video_is_whole(int fd, enum video_kind kind, int64_t size)
{
    switch (kind) {
    case VIDEO_ISO:
        return iso_is_whole(fd, size);
    case VIDEO_MATROSKA:
        return matroska_is_whole(fd, size);
    case VIDEO_NONE:
        break;
    }
    return false;
}

const char *video_demuxer(enum video_kind kind)
{
    return kind == VIDEO_MATROSKA ? "matroska" : "mov";
}
