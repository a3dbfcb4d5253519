/* tests/unit/media/images.c - makes the photos of the tests, and looks into results.
 *
 *   images make DIR            writes every file of `made` into DIR; one whose
 *                              encoder is missing is left empty
 *   images look FILE [X Y]...  prints one line: loader, width, height, bands,
 *                              the metadata it carries (sorted), and the
 *                              colour at each X Y as #rrggbb
 *
 * A program of its own, so that the tests need not link libvips.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vips/vips.h>

static char folder[1000];

static const char *path_of(const char *name)
{
    static char path[1200];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    return path;
}

static void write_file(const char *name, const void *bytes, size_t len)
{
    FILE *f = fopen(path_of(name), "wb");
    if (!f || fwrite(bytes, 1, len, f) != len || fclose(f) != 0)
        vips_error_exit("cannot write %s", path_of(name));
}

static void die_if(int rc)
{
    if (rc)
        vips_error_exit(NULL);
}

/* A picture of two halves: the left red, the right blue, in sRGB. */
static VipsImage *halves(int width, int height)
{
    VipsImage *left, *right, *both, *image;
    VipsImage *base;
    double red[] = { 200, 30, 30 }, blue[] = { 30, 30, 200 };
    die_if(vips_black(&base, width / 2, height, NULL));
    left = vips_image_new_from_image(base, red, 3);
    g_object_unref(base);
    die_if(vips_black(&base, width - width / 2, height, NULL));
    right = vips_image_new_from_image(base, blue, 3);
    g_object_unref(base);
    die_if(vips_join(left, right, &both, VIPS_DIRECTION_HORIZONTAL, NULL));
    die_if(vips_cast(both, &base, VIPS_FORMAT_UCHAR, NULL));
    die_if(vips_copy(base, &image, "interpretation", VIPS_INTERPRETATION_sRGB, NULL));
    g_object_unref(left);
    g_object_unref(right);
    g_object_unref(both);
    g_object_unref(base);
    return image;
}

static VipsImage *changeable(VipsImage *image)
{
    VipsImage *copy = vips_image_copy_memory(image);
    g_object_unref(image);
    return copy;
}

/* Lying on its side, as a phone held upright writes it, and with a place. */
static void make_turned(void)
{
    VipsImage *image = changeable(halves(800, 400));
    vips_image_set_int(image, VIPS_META_ORIENTATION, 6);
    vips_image_set_string(image, "exif-ifd0-Orientation", "6");
    vips_image_set_string(image, "exif-ifd0-Make", "Camera of Somebody");
    vips_image_set_string(image, "exif-ifd3-GPSLatitude", "31/1 13/1 48/1");
    vips_image_set_string(image, "exif-ifd3-GPSLongitude", "121/1 28/1 25/1");
    die_if(vips_jpegsave(image, path_of("turned.jpg"), "Q", 90, NULL));
    g_object_unref(image);
}

/* Green in the middle, transparent around. */
static void make_alpha(void)
{
    VipsImage *black, *base, *image, *out;
    double clear[] = { 0, 0, 0, 0 }, green[] = { 20, 180, 40, 255 };
    die_if(vips_black(&black, 700, 700, NULL));
    base = vips_image_new_from_image(black, clear, 4);
    image = changeable(base);
    die_if(vips_draw_rect(image, green, 4, 200, 200, 300, 300, "fill", TRUE, NULL));
    die_if(vips_cast(image, &base, VIPS_FORMAT_UCHAR, NULL));
    die_if(vips_copy(base, &out, "interpretation", VIPS_INTERPRETATION_sRGB, NULL));
    die_if(vips_pngsave(out, path_of("alpha.png"), NULL));
    g_object_unref(black);
    g_object_unref(image);
    g_object_unref(base);
    g_object_unref(out);
}

static void make_plain(void)
{
    VipsImage *image = halves(1500, 1000);
    die_if(vips_jpegsave(image, path_of("plain.jpg"), "Q", 90, NULL));
    die_if(vips_webpsave(image, path_of("plain.webp"), "Q", 90, NULL));
    die_if(vips_gifsave(image, path_of("gif.jpg"), NULL));
    if (vips_heifsave(image, path_of("plain.heic"), "compression",
                      VIPS_FOREIGN_HEIF_COMPRESSION_HEVC, "Q", 80, NULL))
        write_file("plain.heic", "", 0);
    vips_error_clear();
    g_object_unref(image);

    image = halves(200, 100);
    die_if(vips_pngsave(image, path_of("small.png"), NULL));
    g_object_unref(image);
    image = halves(60, 9000);
    die_if(vips_pngsave(image, path_of("tall.png"), NULL));
    g_object_unref(image);
}

static void make_truncated(void)
{
    gchar *bytes;
    gsize len;
    if (!g_file_get_contents(path_of("plain.jpg"), &bytes, &len, NULL))
        vips_error_exit("plain.jpg");
    write_file("truncated.jpg", bytes, len * 2 / 3);
    g_free(bytes);
}

/* A brown of Display P3, which has other numbers in sRGB. */
static void make_p3(void)
{
    VipsImage *black, *base, *image;
    double brown[] = { 180, 100, 60 };
    VipsBlob *profile;
    die_if(vips_black(&black, 400, 300, NULL));
    base = vips_image_new_from_image(black, brown, 3);
    g_object_unref(black);
    die_if(vips_cast(base, &black, VIPS_FORMAT_UCHAR, NULL));
    die_if(vips_copy(black, &image, "interpretation", VIPS_INTERPRETATION_sRGB, NULL));
    image = changeable(image);
    die_if(vips_profile_load("p3", &profile, NULL));
    vips_image_set_blob_copy(image, VIPS_META_ICC_NAME, VIPS_AREA(profile)->data,
                             VIPS_AREA(profile)->length);
    vips_area_unref(VIPS_AREA(profile));
    die_if(vips_jpegsave(image, path_of("p3.jpg"), "Q", 95, NULL));
    g_object_unref(base);
    g_object_unref(black);
    g_object_unref(image);
}

static void make_marked(void)
{
    static const char xmp[] =
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
        "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description "
        "xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\">"
        "<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/"
        "trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>"
        "<dc:creator>Somebody Secret</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>";
    VipsImage *image = changeable(halves(700, 500));
    vips_image_set_blob_copy(image, VIPS_META_XMP_NAME, xmp, strlen(xmp));
    die_if(vips_jpegsave(image, path_of("marked.jpg"), "Q", 90, NULL));
    g_object_unref(image);

    image = changeable(halves(640, 480));
    vips_image_set_string(image, "png-comment-0-parameters",
                          "a stretch of grass\nSteps: 20, Sampler: Euler a, Seed: 1");
    die_if(vips_pngsave(image, path_of("generated.png"), NULL));
    g_object_unref(image);
}

/* Photos that are not three bands of eight bits in sRGB, or not one picture. */
static void make_other_kinds(void)
{
    VipsImage *image = halves(500, 400), *next, *shifted;
    die_if(vips_colourspace(image, &next, VIPS_INTERPRETATION_B_W, NULL));
    die_if(vips_pngsave(next, path_of("grey.png"), NULL));
    g_object_unref(next);
    die_if(vips_colourspace(image, &next, VIPS_INTERPRETATION_RGB16, NULL));
    die_if(vips_pngsave(next, path_of("deep.png"), "interlace", TRUE, NULL));
    g_object_unref(next);
    die_if(vips_colourspace(image, &next, VIPS_INTERPRETATION_CMYK, NULL));
    die_if(vips_jpegsave(next, path_of("cmyk.jpg"), "Q", 90, "strip", TRUE, NULL));
    g_object_unref(next);

    /* Two pictures one above the other are an animation to libvips. */
    die_if(vips_rot180(image, &shifted, NULL));
    die_if(vips_join(image, shifted, &next, VIPS_DIRECTION_VERTICAL, NULL));
    g_object_unref(shifted);
    next = changeable(next);
    vips_image_set_int(next, VIPS_META_PAGE_HEIGHT, 400);
    die_if(vips_webpsave(next, path_of("animated.webp"), "Q", 90, NULL));
    g_object_unref(next);
    g_object_unref(image);
}

/* A head that promises 60,000 x 60,000 pixels, and next to nothing behind it. */
static void make_bomb(void)
{
    static const unsigned char png[] = {
        0x89, 'P',  'N',  'G',  '\r', '\n', 0x1a, '\n', 0,    0,    0,    13,   'I',  'H',
        'D',  'R',  0,    0,    0xea, 0x60, 0,    0,    0xea, 0x60, 8,    2,    0,    0,
        0,    0x0f, 0xb0, 0xe2, 0x15, 0,    0,    0,    11,   'I',  'D',  'A',  'T',  0x78,
        0x9c, 0x63, 0x60, 0x60, 0x00, 0x00, 0x00, 0x03, 0x00, 0x01, 0xb8, 0xad, 0x3a, 0x63,
        0,    0,    0,    0,    'I',  'E',  'N',  'D',  0xae, 0x42, 0x60, 0x82,
    };
    write_file("bomb.png", png, sizeof(png));
}

static void make_false(void)
{
    static const char svg[] =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";
    static const char pdf[] = "%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\n";
    static const char html[] = "<!doctype html><script>alert(document.domain)</script>";
    write_file("svg.jpg", svg, strlen(svg));
    write_file("pdf.jpg", pdf, strlen(pdf));
    write_file("html.jpg", html, strlen(html));
    write_file("empty.jpg", "", 0);
}

static int look(const char *file, int n, char **at)
{
    VipsImage *image = vips_image_new_from_file(file, NULL);
    if (!image) {
        printf("unreadable\n");
        return 0;
    }
    const char *loader = "?";
    vips_image_get_string(image, VIPS_META_LOADER, &loader);
    printf("%s %dx%d %d", loader, image->Xsize, image->Ysize, image->Bands);
    static const char *const kinds[] = { VIPS_META_EXIF_NAME, VIPS_META_ICC_NAME,
                                         VIPS_META_IPTC_NAME, VIPS_META_XMP_NAME };
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (vips_image_get_typeof(image, kinds[i]))
            printf(" %s", kinds[i]);
    const void *xmp;
    size_t len;
    if (vips_image_get_typeof(image, VIPS_META_XMP_NAME) &&
        vips_image_get_blob(image, VIPS_META_XMP_NAME, &xmp, &len) == 0)
        printf(" <%.*s>", (int)len, (const char *)xmp);
    for (int i = 0; i + 1 < n; i += 2) {
        double *point;
        int bands;
        die_if(vips_getpoint(image, &point, &bands, (int)strtol(at[i], NULL, 10),
                             (int)strtol(at[i + 1], NULL, 10), NULL));
        printf(" #%02x%02x%02x", (int)point[0], (int)point[1 % bands], (int)point[2 % bands]);
        g_free(point);
    }
    printf("\n");
    g_object_unref(image);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 3 || VIPS_INIT(argv[0]))
        return 2;
    if (strcmp(argv[1], "look") == 0)
        return look(argv[2], argc - 3, argv + 3);
    snprintf(folder, sizeof(folder), "%s", argv[2]);
    make_turned();
    make_alpha();
    make_plain();
    make_truncated();
    make_p3();
    make_marked();
    make_other_kinds();
    make_bomb();
    make_false();
    return 0;
}
