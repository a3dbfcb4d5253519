/* media/worker/marks.c - reads the marks of machine-made pictures. */
#include "media/worker/marks.h"

#include <stdint.h>
#include <string.h>

/* How far behind its name a value may stand. */
#define SOURCE_TYPE_REACH 160
#define LABEL_REACH       80

static bool contains(struct str s, struct str what)
{
    return what.len == 0 || (s.len > 0 && memmem(s.ptr, s.len, what.ptr, what.len) != NULL);
}

/* Position of `what` at or after `from`, without regard to ASCII case, or -1. */
static ptrdiff_t find_nocase(struct str s, size_t from, struct str what)
{
    for (size_t i = from; i + what.len <= s.len; i++)
        if (str_eq_nocase(str_slice(s, i, what.len), what))
            return (ptrdiff_t)i;
    return -1;
}

static void mark(struct marks *m, enum machine_mark found)
{
    if (found == MARK_MADE || m->machine == MARK_NONE)
        m->machine = found;
}

/* The IPTC terms, as a property of XMP or as the address of the term itself. */
static void read_source_type(struct marks *m, struct str text)
{
    const struct str name = STR("digitalsourcetype");
    ptrdiff_t at = find_nocase(text, 0, name);
    for (; at >= 0; at = find_nocase(text, (size_t)at + name.len, name)) {
        struct str value = str_slice(text, (size_t)at + name.len, SOURCE_TYPE_REACH);
        if (contains(value, STR("compositeWithTrainedAlgorithmicMedia")))
            mark(m, MARK_PARTLY);
        if (contains(value, STR("trainedAlgorithmicMedia")))
            mark(m, MARK_MADE);
    }
}

/* {"Label":"1", …}: 1 is made, 2 perhaps made, 3 suspected; each is a mark. */
static void read_label(struct marks *m, struct str text)
{
    ptrdiff_t at = find_nocase(text, 0, STR("label"));
    if (at < 0 || at > LABEL_REACH)
        return;
    struct str value = str_slice(text, (size_t)at + 5, 16);
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] >= '0' && value.ptr[i] <= '9') {
            if (value.ptr[i] >= '1' && value.ptr[i] <= '3')
                mark(m, MARK_MADE);
            return;
        }
    }
}

static void read_aigc(struct marks *m, struct str text)
{
    const char *found = text.len > 0 ? memmem(text.ptr, text.len, "AIGC", 4) : NULL;
    if (found)
        read_label(m, str_slice(text, (size_t)(found - text.ptr), text.len));
}

void marks_read_xmp(struct marks *m, struct str xmp)
{
    read_source_type(m, xmp);
    read_aigc(m, xmp);
}

static void read_claim(struct marks *m, struct str claim)
{
    if (!contains(claim, STR("c2pa")))
        return;
    m->credentials = true;
    read_source_type(m, claim);
}

void marks_read_text(struct marks *m, struct str key, struct str value)
{
    static const char *const always[] = { "Dream", "sd-metadata", "invokeai_metadata",
                                          "invokeai_graph", "fooocus_scheme" };
    for (size_t i = 0; i < ARRAY_LEN(always); i++)
        if (str_eq_c(key, always[i]))
            mark(m, MARK_MADE);
    if (str_eq_c(key, "parameters") && contains(value, STR("Steps: ")))
        mark(m, MARK_MADE);
    if ((str_eq_c(key, "prompt") || str_eq_c(key, "workflow")) &&
        (contains(value, STR("\"class_type\"")) || contains(value, STR("\"nodes\""))))
        mark(m, MARK_MADE);
    if (str_eq_c(key, "Software") && str_starts(value, STR("NovelAI")))
        mark(m, MARK_MADE);
    if (str_eq_c(key, "AIGC"))
        read_label(m, value);
    if (str_eq_c(key, "XML:com.adobe.xmp"))
        marks_read_xmp(m, value);
}

/* ASCII text within bytes, also as UTF-16 of either end. */
static bool contains_wide(struct str bytes, const char *text)
{
    char wide[64] = { 0 };
    size_t len = strlen(text);
    BUG_ON(len * 2 >= sizeof(wide));
    for (size_t i = 0; i < len; i++)
        wide[2 * i] = text[i];
    /* Without its last zero the little-endian form also stands within the big-endian one. */
    return contains(bytes, str_from(text)) || contains(bytes, (struct str){ wide, 2 * len - 1 });
}

void marks_read_exif(struct marks *m, struct str exif)
{
    if (contains_wide(exif, "Steps: ") && contains_wide(exif, "Sampler: "))
        mark(m, MARK_MADE);
    read_aigc(m, exif);
}

static uint64_t number_be(const char *at, size_t width)
{
    uint64_t value = 0;
    for (size_t i = 0; i < width; i++)
        value = value << 8 | (uint8_t)at[i];
    return value;
}

static uint32_t number_le32(const char *at)
{
    return (uint32_t)(uint8_t)at[0] | (uint32_t)(uint8_t)at[1] << 8 |
           (uint32_t)(uint8_t)at[2] << 16 | (uint32_t)(uint8_t)at[3] << 24;
}

/* JPEG: a claim may be cut over several APP11 segments; put it together. */
static void read_jpeg(struct marks *m, struct str file)
{
    const struct str extension = STR("http://ns.adobe.com/xmp/extension/");
    struct buf claim;
    buf_init(&claim, file.len);
    size_t at = 2;
    while (file.len - at >= 4 && (uint8_t)file.ptr[at] == 0xff) {
        uint8_t marker = (uint8_t)file.ptr[at + 1];
        size_t len = (size_t)number_be(file.ptr + at + 2, 2);
        if (marker == 0xda || len < 2 || len + 2 > file.len - at)
            break;
        struct str part = str_slice(file, at + 4, len - 2);
        if (marker == 0xeb && part.len > 16 && str_starts(part, STR("JP"))) {
            /* Eight bytes of its own, and from the second packet on the box's head again. */
            bool first = number_be(part.ptr + 4, 4) == 1;
            buf_put_str(&claim, str_slice(part, first ? 8 : 16, part.len));
        } else if (marker == 0xe1 && str_starts(part, extension)) {
            marks_read_xmp(m, part);
        }
        at += len + 2;
    }
    read_claim(m, buf_str(&claim));
    buf_release(&claim);
}

static void read_png(struct marks *m, struct str file)
{
    size_t at = 8;
    while (file.len - at >= 12) {
        uint64_t len = number_be(file.ptr + at, 4);
        struct str kind = str_slice(file, at + 4, 4);
        if (len > file.len - at - 12)
            return;
        if (str_eq_c(kind, "caBX"))
            read_claim(m, str_slice(file, at + 8, (size_t)len));
        at += 12 + (size_t)len;
    }
}

static void read_webp(struct marks *m, struct str file)
{
    size_t at = 12;
    while (file.len - at >= 8) {
        size_t len = number_le32(file.ptr + at + 4);
        struct str kind = str_slice(file, at, 4);
        if (len > file.len - at - 8)
            return;
        if (str_eq_c(kind, "C2PA"))
            read_claim(m, str_slice(file, at + 8, len));
        at += 8 + len;
        if ((len & 1) && at < file.len)
            at++;
    }
}

/* What a box of a video says beside its pictures, or the ends of a Matroska. */
#define VIDEO_TEXT ((size_t)1 << 20)

static void read_heif(struct marks *m, struct str file, bool video)
{
    static const char claim[16] = {
        '\xd8', '\xfe', '\xc3', '\xd6', '\x1b', '\x0e', '\x48', '\x3c',
        '\x92', '\x97', '\x58', '\x28', '\x87', '\x7e', '\xc4', '\x81'
    };
    size_t at = 0;
    while (file.len - at >= 24) {
        uint64_t len = number_be(file.ptr + at, 4);
        if (len == 1)
            len = number_be(file.ptr + at + 8, 8);
        if (len == 0)
            len = file.len - at;
        if (len < 8 || len > file.len - at)
            return;
        struct str box = str_slice(file, at, (size_t)len);
        if (str_eq_c(str_slice(box, 4, 4), "uuid") &&
            str_eq(str_slice(box, 8, 16), (struct str){ claim, sizeof(claim) }))
            read_claim(m, str_slice(box, 24, box.len));
        if (video && !str_eq_c(str_slice(box, 4, 4), "mdat"))
            marks_read_xmp(m, str_slice(box, 8, VIDEO_TEXT));
        at += (size_t)len;
    }
}

void marks_read_file(struct marks *m, struct str file)
{
    if (file.len < 24)
        return;
    if (str_starts(file, STR("\xff\xd8\xff")))
        read_jpeg(m, file);
    else if (str_starts(file, STR("\x89PNG")))
        read_png(m, file);
    else if (str_starts(file, STR("RIFF")))
        read_webp(m, file);
    else if (str_eq_c(str_slice(file, 4, 4), "ftyp"))
        read_heif(m, file, false);
}

void marks_read_video(struct marks *m, struct str file)
{
    size_t tail = file.len > VIDEO_TEXT ? file.len - VIDEO_TEXT : 0;
    if (file.len < 24)
        return;
    if (!str_starts(file, STR("\x1a\x45\xdf\xa3"))) {
        read_heif(m, file, true);
        return;
    }
    marks_read_xmp(m, str_slice(file, 0, VIDEO_TEXT));
    marks_read_xmp(m, str_slice(file, tail, VIDEO_TEXT));
}
