/* media/rendition.h and media/img.h: sizes, names, addresses. */
#include "unit/unit.h"

#include "media/img.h"
#include "media/storage.h"

#define HASH "0123456789abcdefghjkmnpqrstvwxyz"

static void assert_size(enum rendition r, int64_t w, int64_t h, int64_t want_w, int64_t want_h)
{
    int64_t got_w = 0, got_h = 0;
    bool made = rendition_size(r, w, h, &got_w, &got_h);
    assert_int_equal(made, want_w > 0);
    assert_int_equal(got_w, want_w);
    assert_int_equal(got_h, want_h);
}

static void sizes_shrink_and_never_grow(void **state UNUSED)
{
    assert_size(RENDITION_SMALL, 4032, 3024, 320, 240);
    assert_size(RENDITION_MEDIUM, 4032, 3024, 640, 480);
    assert_size(RENDITION_LARGE, 4032, 3024, 1280, 960);
    assert_size(RENDITION_CARD, 4032, 3024, 1280, 960);
    assert_size(RENDITION_SMALL, 500, 400, 320, 256);
    assert_size(RENDITION_MEDIUM, 500, 400, 500, 400);
    assert_size(RENDITION_LARGE, 500, 400, 0, 0);
    assert_size(RENDITION_CARD, 500, 400, 500, 400);
    assert_size(RENDITION_SMALL, 200, 100, 200, 100);
    assert_size(RENDITION_MEDIUM, 200, 100, 0, 0);
    assert_size(RENDITION_MEDIUM, 320, 100, 0, 0);
    assert_size(RENDITION_MEDIUM, 321, 100, 321, 100);
}

static void sizes_stay_within_what_formats_hold(void **state UNUSED)
{
    assert_size(RENDITION_LARGE, 1080, 20000, 276, 5120);
    assert_size(RENDITION_SMALL, 1, 40000000, 1, 1280);
    assert_size(RENDITION_LARGE, 40000000, 1, 1280, 1);
    assert_size(RENDITION_MEDIUM, 300, 9000, 85, 2560);
}

static void names_read_back(void **state UNUSED)
{
    char name[RENDITION_NAME_MAX];
    for (int r = 0; r < RENDITIONS; r++) {
        struct str hash;
        enum rendition found;
        rendition_name(name, STR(HASH), (enum rendition)r);
        assert_true(rendition_parse(str_from(name), &hash, &found));
        assert_text(hash, HASH);
        assert_int_equal(found, r);
    }
}

static void other_names_are_refused(void **state UNUSED)
{
    static const char *const names[] = {
        "",
        "-320.webp",
        HASH,
        HASH "-",
        HASH "-320",
        HASH "-320.",
        HASH "-320.jpg",
        HASH "-1280.png",
        HASH "-0320.webp",
        HASH "-+320.webp",
        HASH "- 320.webp",
        HASH "-320.webp.",
        HASH "-320.webp/..",
        HASH "a-320.webp",
        HASH "-999.webp",
        HASH "-320.WEBP",
        "../../../../etc/passwd",
        "0123456789ABCDEFGHJKMNPQRSTVWXYZ-320.webp",
        "0123456789abcdefghjkmnpqrst/../z-320.webp",
        ".new-1-0",
    };
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct str hash = { 0 };
        enum rendition r = RENDITIONS;
        if (rendition_parse(str_from(names[i]), &hash, &r))
            fail_msg("taken: %s", names[i]);
        assert_int_equal(r, RENDITIONS);
    }
}

static void images_have_their_addresses(void **state UNUSED)
{
    struct arena a;
    arena_init(&a, 4096);
    struct media_img img = media_img_of(&a, STR(HASH), 3000, 2000, 0xc83020, STR("a hill"));
    assert_text(img.src, "/m/" HASH "-640.webp");
    assert_text(img.srcset, "/m/" HASH "-320.webp 320w, /m/" HASH "-640.webp 640w, /m/" HASH
                            "-1280.webp 1280w");
    assert_int_equal(img.width, 3000);
    assert_text(img.alt, "a hill");
    assert_string_equal(img.colour, "c-30");

    img = media_img_of(&a, STR(HASH), 500, 400, 0xffffff, STR(""));
    assert_text(img.srcset, "/m/" HASH "-320.webp 320w, /m/" HASH "-640.webp 500w");
    assert_string_equal(img.colour, "c-3f");

    img = media_img_of(&a, STR(HASH), 100, 90, 0, STR(""));
    assert_text(img.src, "/m/" HASH "-320.webp");
    assert_int_equal(img.srcset.len, 0);

    img = media_img_of(&a, STR(""), 0, 0, 0, STR(""));
    assert_int_equal(img.src.len, 0);
    assert_non_null(img.colour);
    char colour[8];
    assert_text(media_colour_text(colour, 0x0a0b0c), "#0a0b0c");
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_shrink_and_never_grow),
        cmocka_unit_test(sizes_stay_within_what_formats_hold),
        cmocka_unit_test(names_read_back),
        cmocka_unit_test(other_names_are_refused),
        cmocka_unit_test(images_have_their_addresses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
