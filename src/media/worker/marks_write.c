/* media/worker/marks_write.c - our own JPEG and WebP as they go out, with a mark or without. */
#include "media/worker/marks.h"

#include <string.h>

#define XMP_MAX 1024

/* The smallest XMP that says where the picture comes from. */
static struct str xmp_of(char out[XMP_MAX], enum machine_mark mark)
{
    static const char *const terms[MARKS] = {
        [MARK_MADE] = "trainedAlgorithmicMedia",
        [MARK_PARTLY] = "compositeWithTrainedAlgorithmicMedia",
    };
    BUG_ON(mark <= MARK_NONE || mark >= MARKS);
    struct buf b;
    buf_init(&b, XMP_MAX - 1);
    buf_printf(&b,
               "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
               "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
               "<rdf:Description rdf:about=\"\" "
               "xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\" "
               "Iptc4xmpExt:DigitalSourceType="
               "\"http://cv.iptc.org/newscodes/digitalsourcetype/%s\"/>"
               "</rdf:RDF></x:xmpmeta>",
               terms[mark]);
    struct str text = buf_str(&b);
    memcpy(out, text.ptr ? text.ptr : "", text.len);
    struct str result = { out, text.len };
    buf_release(&b);
    return result;
}

bool marks_write_jpeg(struct buf *out, struct str file, enum machine_mark mark)
{
    if (file.len < 4 || !str_starts(file, STR("\xff\xd8\xff")))
        return false;
    if (mark == MARK_NONE) {
        buf_put_str(out, file);
        return true;
    }
    /* Behind the JFIF segment when there is one, which wants to be first. */
    size_t at = 2;
    if ((uint8_t)file.ptr[3] == 0xe0) {
        if (file.len < 6)
            return false;
        at += 2 + ((size_t)(uint8_t)file.ptr[4] << 8 | (uint8_t)file.ptr[5]);
    }
    if (at > file.len)
        return false;
    char space[XMP_MAX];
    struct str xmp = xmp_of(space, mark);
    const struct str name = { "http://ns.adobe.com/xap/1.0/",
                              sizeof("http://ns.adobe.com/xap/1.0/") };
    size_t len = 2 + name.len + xmp.len;
    buf_put_str(out, str_slice(file, 0, at));
    buf_put(out, "\xff\xe1", 2);
    buf_put_char(out, (char)(len >> 8));
    buf_put_char(out, (char)(len & 0xff));
    buf_put_str(out, name);
    buf_put_str(out, xmp);
    buf_put_str(out, str_slice(file, at, file.len));
    return true;
}

static void put_le(struct buf *out, uint32_t value, int width)
{
    for (int i = 0; i < width; i++)
        buf_put_char(out, (char)(value >> (8 * i) & 0xff));
}

static uint32_t get_le32(const char *at)
{
    return (uint32_t)(uint8_t)at[0] | (uint32_t)(uint8_t)at[1] << 8 |
           (uint32_t)(uint8_t)at[2] << 16 | (uint32_t)(uint8_t)at[3] << 24;
}

/* The chunk of a WebP that holds the pixels, its head included and padded to
 * an even length; empty when there is none. */
static struct str webp_pixels(struct str file)
{
    size_t at = 12;
    if (file.len < at || !str_starts(file, STR("RIFF")) || !str_eq_c(str_slice(file, 8, 4), "WEBP"))
        return STR("");
    while (file.len - at >= 8) {
        size_t len = get_le32(file.ptr + at + 4);
        size_t whole = 8 + len + (len & 1);
        struct str kind = str_slice(file, at, 4);
        if (whole > file.len - at)
            break;
        if (str_eq_c(kind, "VP8 ") || str_eq_c(kind, "VP8L"))
            return str_slice(file, at, whole);
        at += whole;
    }
    return STR("");
}

bool marks_write_webp(struct buf *out, struct str file, enum machine_mark mark, uint32_t width,
                      uint32_t height)
{
    const uint32_t extended = 10, has_xmp = 1 << 2;
    struct str pixels = webp_pixels(file);
    if (pixels.len == 0 || width == 0 || height == 0)
        return false;
    if (mark == MARK_NONE) {
        buf_put(out, "RIFF", 4);
        put_le(out, 4 + (uint32_t)pixels.len, 4);
        buf_put(out, "WEBP", 4);
        buf_put_str(out, pixels);
        return true;
    }
    /* WebP wants its extended head before it may carry XMP. */
    char space[XMP_MAX];
    struct str xmp = xmp_of(space, mark);
    uint32_t padding = xmp.len & 1;
    uint32_t len = 4 + 8 + extended + (uint32_t)pixels.len + 8 + (uint32_t)xmp.len + padding;
    buf_put(out, "RIFF", 4);
    put_le(out, len, 4);
    buf_put(out, "WEBPVP8X", 8);
    put_le(out, extended, 4);
    put_le(out, has_xmp, 4);
    put_le(out, width - 1, 3);
    put_le(out, height - 1, 3);
    buf_put_str(out, pixels);
    buf_put(out, "XMP ", 4);
    put_le(out, (uint32_t)xmp.len, 4);
    buf_put_str(out, xmp);
    if (padding)
        buf_put_char(out, '\0');
    return true;
}

void marks_write_mp4_box(struct buf *out, enum machine_mark mark)
{
    static const char name[16] = { '\xbe', '\x7a', '\xcf', '\xcb', '\x97', '\xa9', '\x42', '\xe8',
                                   '\x9c', '\x71', '\x99', '\x94', '\x91', '\xe3', '\xaf', '\xac' };
    char space[XMP_MAX];
    if (mark == MARK_NONE)
        return;
    struct str xmp = xmp_of(space, mark);
    size_t len = 8 + sizeof(name) + xmp.len;
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_put_char(out, (char)(len >> shift & 0xff));
    buf_put_c(out, "uuid");
    buf_put(out, name, sizeof(name));
    buf_put_str(out, xmp);
}
