/* media/worker/photo.c - the pipeline from bytes to renditions. */
#include "media/worker/photo.h"

#include <gmodule.h>
#include <stdio.h>
#include <string.h>
#include <vips/vips.h>

#include "media/worker/colour.h"
#include "media/worker/marks.h"

/* Quality: WebP at 78 and JPEG at 82 look alike. Effort 2 takes half the time
 * of libwebp's default for files 5 % larger. */
#define WEBP_QUALITY 78
#define WEBP_EFFORT  2
#define JPEG_QUALITY 82

/* Shrinking while a JPEG is decoded is quick but coarse; the fine filter after
 * it must have at least this much left to do. */
#define FINE_SHRINK 1.5

/* Pixels along the longer side that the dominant colour is counted on. */
#define COLOUR_SIDE 64

/* Most bytes of one rendition. */
#define OUTPUT_MAX ((size_t)15 << 20)

enum format { FORMAT_NONE, FORMAT_JPEG, FORMAT_PNG, FORMAT_WEBP, FORMAT_HEIF };

/* The format by the first bytes; what a file calls itself is not asked. */
static enum format format_of(struct str file)
{
    static const char *const brands[] = { "heic", "heix", "heim", "heis", "mif1", "avif" };
    if (file.len < 24)
        return FORMAT_NONE;
    if (str_starts(file, STR("\xff\xd8\xff")))
        return FORMAT_JPEG;
    if (str_starts(file, STR("\x89PNG\r\n\x1a\n")))
        return FORMAT_PNG;
    if (str_starts(file, STR("RIFF")) && str_eq_c(str_slice(file, 8, 4), "WEBP"))
        return FORMAT_WEBP;
    if (str_eq_c(str_slice(file, 4, 4), "ftyp"))
        for (size_t i = 0; i < ARRAY_LEN(brands); i++)
            if (str_eq_c(str_slice(file, 8, 4), brands[i]))
                return FORMAT_HEIF;
    return FORMAT_NONE;
}

/* One photo on its way. Each stage replaces `image`. */
struct job {
    struct str file;
    enum format format;
    VipsImage *image;
    int64_t width; /* upright */
    int64_t height;
    int orientation; /* EXIF, 1 = upright */
    struct marks marks;
    struct photo *out;
};

static void replace(struct job *job, VipsImage *next)
{
    g_object_unref(job->image);
    job->image = next;
}

static VipsImage *load(const struct job *job, int shrink)
{
    VipsImage *image = NULL;
    void *bytes = (void *)(uintptr_t)job->file.ptr;
    size_t len = job->file.len;
    switch (job->format) {
    case FORMAT_JPEG:
        vips_jpegload_buffer(bytes, len, &image, "shrink", shrink, "access", VIPS_ACCESS_SEQUENTIAL,
                             "fail_on", VIPS_FAIL_ON_TRUNCATED, NULL);
        break;
    case FORMAT_PNG:
        vips_pngload_buffer(bytes, len, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                            VIPS_FAIL_ON_TRUNCATED, NULL);
        break;
    case FORMAT_WEBP:
        vips_webpload_buffer(bytes, len, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                             VIPS_FAIL_ON_TRUNCATED, NULL);
        break;
    case FORMAT_HEIF:
        vips_heifload_buffer(bytes, len, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                             VIPS_FAIL_ON_TRUNCATED, NULL);
        break;
    case FORMAT_NONE:
        break;
    }
    return image;
}

static struct str blob(VipsImage *image, const char *name)
{
    const void *bytes;
    size_t len;
    if (!vips_image_get_typeof(image, name) || vips_image_get_blob(image, name, &bytes, &len))
        return (struct str){ NULL, 0 };
    return (struct str){ bytes, len };
}

/* libvips keeps a PNG's texts as png-comment-<n>-<key>. */
static void *read_text(VipsImage *image UNUSED, const char *name, GValue *value, void *marks)
{
    if (g_str_has_prefix(name, "png-comment-") && G_VALUE_TYPE(value) == VIPS_TYPE_REF_STRING) {
        const char *key = strchr(name + strlen("png-comment-"), '-');
        size_t len;
        const char *text = vips_value_get_ref_string(value, &len);
        if (key)
            marks_read_text(marks, str_from(key + 1), (struct str){ text, len });
    }
    return NULL;
}

/* Everything that is known before a pixel is decoded. */
static enum wire_status read_head(struct job *job, const struct wire_request *limits)
{
    job->image = load(job, 1);
    if (!job->image)
        return WIRE_DAMAGED;
    int64_t width = job->image->Xsize, height = job->image->Ysize;
    if (width > WIRE_SIDE_MAX || height > WIRE_SIDE_MAX ||
        (uint64_t)width * (uint64_t)height > limits->max_pixels)
        return WIRE_TOO_MANY_PIXELS;
    job->orientation = vips_image_get_orientation(job->image);
    bool turned = job->orientation >= 5 && job->orientation <= 8;
    job->width = turned ? height : width;
    job->height = turned ? width : height;

    marks_read_file(&job->marks, job->file);
    marks_read_xmp(&job->marks, blob(job->image, VIPS_META_XMP_NAME));
    marks_read_exif(&job->marks, blob(job->image, VIPS_META_EXIF_NAME));
    vips_image_map(job->image, read_text, &job->marks);
    return WIRE_OK;
}

/* The size of a rendition as the picture lies in the file. */
static void target_of(const struct job *job, enum rendition r, bool turned, int64_t *ret_width,
                      int64_t *ret_height)
{
    int64_t w = 0, h = 0;
    rendition_size(r, job->width, job->height, &w, &h);
    *ret_width = turned ? h : w;
    *ret_height = turned ? w : h;
}

static bool resize(VipsImage *in, VipsImage **out, int64_t width, int64_t height)
{
    if (in->Xsize == width && in->Ysize == height)
        return vips_copy(in, out, NULL) == 0;
    if (vips_resize(in, out, (double)width / in->Xsize, "vscale", (double)height / in->Ysize, NULL))
        return false;
    return (*out)->Xsize == width && (*out)->Ysize == height;
}

/* Transparent parts become white, as on paper. */
static bool flatten(struct job *job)
{
    if (!vips_image_hasalpha(job->image))
        return true;
    VipsImage *next = NULL;
    double white = job->image->BandFmt == VIPS_FORMAT_USHORT ? 65535 : 255;
    VipsArrayDouble *paper = vips_array_double_newv(1, white);
    int rc = vips_flatten(job->image, &next, "background", paper, "max_alpha", white, NULL);
    vips_area_unref(VIPS_AREA(paper));
    if (rc)
        return false;
    replace(job, next);
    return true;
}

/* Three bands of eight bits in sRGB. A profile that makes no sense is passed
 * over, as every viewer does. */
static bool to_srgb(struct job *job)
{
    VipsImage *next = NULL;
    bool profiled = vips_image_get_typeof(job->image, VIPS_META_ICC_NAME) != 0;
    if (profiled &&
        vips_icc_transform(job->image, &next, "srgb", "embedded", TRUE, "depth", 8, NULL) == 0) {
        replace(job, next);
        next = NULL;
    }
    vips_error_clear();
    if (vips_colourspace(job->image, &next, VIPS_INTERPRETATION_sRGB, NULL))
        return false;
    replace(job, next);
    return job->image->Bands == 3 && job->image->BandFmt == VIPS_FORMAT_UCHAR;
}

static bool into_memory(struct job *job)
{
    VipsImage *next = vips_image_copy_memory(job->image);
    if (!next)
        return false;
    replace(job, next);
    return true;
}

static bool upright(struct job *job)
{
    VipsImage *next = NULL;
    if (job->orientation <= 1)
        return true;
    if (vips_autorot(job->image, &next, NULL))
        return false;
    replace(job, next);
    return true;
}

/* Nothing but the pixels, in an image that never had anything else. What an
 * encoder does about metadata when told to strip it differs by format and
 * release; what is not there cannot be written. */
static bool bare(struct job *job)
{
    size_t len;
    void *pixels = vips_image_write_to_memory(job->image, &len);
    if (!pixels)
        return false;
    VipsImage *plain = vips_image_new_from_memory_copy(pixels, len, job->image->Xsize,
                                                       job->image->Ysize, 3, VIPS_FORMAT_UCHAR);
    g_free(pixels);
    if (!plain)
        return false;
    plain->Type = VIPS_INTERPRETATION_sRGB;
    replace(job, plain);
    return true;
}

/* Decode, once, to the size of the largest rendition. */
static bool decode(struct job *job)
{
    bool turned = job->orientation >= 5 && job->orientation <= 8;
    int64_t width, height;
    target_of(job, RENDITION_CARD, turned, &width, &height);
    if (job->format == FORMAT_JPEG) {
        int shrink = 8;
        while (shrink > 1 && ((double)job->image->Xsize / shrink < (double)width * FINE_SHRINK ||
                              (double)job->image->Ysize / shrink < (double)height * FINE_SHRINK))
            shrink /= 2;
        if (shrink > 1) {
            VipsImage *next = load(job, shrink);
            if (!next)
                return false;
            replace(job, next);
        }
    }
    VipsImage *next = NULL;
    if (!flatten(job))
        return false;
    if (!resize(job->image, &next, width, height)) {
        g_clear_object(&next);
        return false;
    }
    replace(job, next);
    return into_memory(job) && to_srgb(job) && upright(job) && bare(job);
}

static bool encode(struct job *job, enum rendition r, VipsImage *image)
{
    void *bytes = NULL;
    size_t len = 0;
    int rc;
    if (r == RENDITION_CARD)
        rc = vips_jpegsave_buffer(image, &bytes, &len, "Q", JPEG_QUALITY, "optimize_coding", TRUE,
                                  "strip", TRUE, NULL);
    else
        rc = vips_webpsave_buffer(image, &bytes, &len, "Q", WEBP_QUALITY, "effort", WEBP_EFFORT,
                                  "strip", TRUE, NULL);
    if (rc)
        return false;
    struct buf *out = &job->out->outputs[r];
    struct str file = { bytes, len };
    bool written;
    buf_clear(out);
    if (r == RENDITION_CARD)
        written = marks_write_jpeg(out, file, job->marks.machine);
    else
        written = marks_write_webp(out, file, job->marks.machine, (uint32_t)image->Xsize,
                                   (uint32_t)image->Ysize);
    g_free(bytes);
    job->out->answer.outputs[r] =
        (struct wire_output){ (uint32_t)image->Xsize, (uint32_t)image->Ysize, buf_str(out).len };
    return written && !buf_overflowed(out);
}

/* All renditions, each from the one above it. */
static bool encode_all(struct job *job)
{
    static const enum rendition order[] = { RENDITION_CARD, RENDITION_LARGE, RENDITION_MEDIUM,
                                            RENDITION_SMALL };
    for (size_t i = 0; i < ARRAY_LEN(order); i++) {
        int64_t width, height;
        if (!rendition_size(order[i], job->width, job->height, &width, &height))
            continue;
        VipsImage *next = NULL;
        if (!resize(job->image, &next, width, height)) {
            g_clear_object(&next);
            return false;
        }
        replace(job, next);
        if (!into_memory(job) || !encode(job, order[i], job->image))
            return false;
    }
    return true;
}

static bool find_colour(struct job *job)
{
    VipsImage *small = NULL;
    if (vips_thumbnail_image(job->image, &small, COLOUR_SIDE, "height", COLOUR_SIDE, NULL))
        return false;
    size_t len = 0;
    uint8_t *pixels = small->Bands == 3 ? vips_image_write_to_memory(small, &len) : NULL;
    g_object_unref(small);
    if (!pixels || len < 3)
        return false;
    job->out->answer.colour = colour_dominant(pixels, len / 3);
    g_free(pixels);
    return true;
}

/* Libraries tell of it in words only. */
static bool ran_out(void)
{
    const char *text = vips_error_buffer();
    return strstr(text, "allocat") || strstr(text, "memory");
}

static enum wire_status run(struct job *job, const struct wire_request *limits)
{
    if (job->file.len > limits->max_bytes)
        return WIRE_TOO_LARGE;
    job->format = format_of(job->file);
    if (job->format == FORMAT_NONE)
        return WIRE_NOT_PHOTO;
    enum wire_status status = read_head(job, limits);
    if (status != WIRE_OK)
        return status;
    if (!decode(job))
        return ran_out() ? WIRE_NO_MEMORY : WIRE_DAMAGED;
    return encode_all(job) && find_colour(job) ? WIRE_OK : WIRE_FAILED;
}

void photo_make(struct str file, const struct wire_request *limits, struct photo *ret)
{
    struct job job = { .file = file, .out = ret };
    memset(&ret->answer, 0, sizeof(ret->answer));
    for (int r = 0; r < RENDITIONS; r++)
        buf_init(&ret->outputs[r], OUTPUT_MAX);
    enum wire_status status = run(&job, limits);
    if (status == WIRE_OK) {
        ret->answer.kind = MEDIA_PHOTO;
        ret->answer.machine = job.marks.machine;
        ret->answer.credentials = job.marks.credentials;
        ret->answer.width = (uint32_t)job.width;
        ret->answer.height = (uint32_t)job.height;
    } else {
        memset(&ret->answer, 0, sizeof(ret->answer));
        snprintf(ret->answer.detail, sizeof(ret->answer.detail), "%s", vips_error_buffer());
    }
    ret->answer.status = status;
    vips_error_clear();
    g_clear_object(&job.image);
}

void photo_release(struct photo *p)
{
    for (int r = 0; r < RENDITIONS; r++)
        buf_release(&p->outputs[r]);
}

/* Load and save once in each format, so that what libraries set up at first
 * use is set up before the door is closed. */
static int warm_up(void)
{
    VipsImage *grey = NULL, *image = NULL;
    if (vips_black(&grey, 48, 32, "bands", 3, NULL))
        return -1;
    int rc = vips_copy(grey, &image, "interpretation", VIPS_INTERPRETATION_sRGB, NULL);
    g_object_unref(grey);
    if (rc)
        return -1;
    static const char *const formats[] = { ".jpg", ".png", ".webp" };
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(formats); i++) {
        void *bytes = NULL;
        size_t len = 0;
        rc = vips_image_write_to_buffer(image, formats[i], &bytes, &len, NULL);
        if (rc)
            break;
        struct photo photo;
        struct wire_request limits = { len, 48 * 32 };
        photo_make((struct str){ bytes, len }, &limits, &photo);
        if (photo.answer.status != WIRE_OK)
            rc = -1;
        photo_release(&photo);
        g_free(bytes);
    }
    g_object_unref(image);
    return rc;
}

int photo_start(const char *modules)
{
    if (VIPS_INIT("sward-media"))
        return -1;
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    vips_leak_set(FALSE);

    /* Of libvips' modules only HEIF; where it is built in there is no module. */
    char path[512];
    snprintf(path, sizeof(path), "%s/vips-heif.so", modules);
    GModule *heif = g_module_open(path, G_MODULE_BIND_LOCAL);
    if (heif)
        g_module_make_resident(heif);

    vips_operation_block_set("VipsForeignLoad", TRUE);
    static const char *const loaders[] = { "VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer",
                                           "VipsForeignLoadWebpBuffer",
                                           "VipsForeignLoadHeifBuffer" };
    for (size_t i = 0; i < ARRAY_LEN(loaders); i++)
        vips_operation_block_set(loaders[i], FALSE);
    return warm_up();
}
