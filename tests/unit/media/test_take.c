/* media_take: what comes in and what is kept of it. */
#include "unit/media/kit.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "media/hash.h"

static struct kit kit;

static int set_up(void **state UNUSED)
{
    kit_init(&kit);
    return 0;
}

static int tear_down(void **state UNUSED)
{
    kit_release(&kit);
    return 0;
}

static void assert_says(const char *line, const char *part)
{
    if (!strstr(line, part))
        fail_msg("\"%s\" is not in: %s", part, line);
}

static void assert_silent(const char *line, const char *part)
{
    if (strstr(line, part))
        fail_msg("\"%s\" is in: %s", part, line);
}

static int count_files(const char *folder)
{
    int n = 0;
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *e = readdir(dir); e; e = readdir(dir)) {
        char path[600];
        struct stat st;
        if (e->d_name[0] == '.' && (e->d_name[1] == '\0' || e->d_name[1] == '.'))
            continue;
        snprintf(path, sizeof(path), "%.300s/%.255s", folder, e->d_name);
        assert_int_equal(lstat(path, &st), 0);
        n += S_ISDIR(st.st_mode) ? count_files(path) : 1;
    }
    closedir(dir);
    return n;
}

static int kept_files(void)
{
    char folder[128];
    snprintf(folder, sizeof(folder), "%s/media", kit.folder);
    return count_files(folder);
}

static void a_photo_becomes_four_files(void **state UNUSED)
{
    struct media_photo p = kit_taken(&kit, "plain.jpg");
    assert_int_equal(p.kind, MEDIA_PHOTO);
    assert_int_equal(p.width, 1500);
    assert_int_equal(p.height, 1000);
    assert_int_equal(p.machine, MARK_NONE);
    assert_int_equal(kept_files(), 4);
    assert_says(kit_look(&kit, p.hash, RENDITION_SMALL, ""), "webpload 320x213 3");
    assert_says(kit_look(&kit, p.hash, RENDITION_MEDIUM, ""), "webpload 640x427 3");
    assert_says(kit_look(&kit, p.hash, RENDITION_LARGE, ""), "webpload 1280x853 3");
    assert_says(kit_look(&kit, p.hash, RENDITION_CARD, ""), "jpegload 1280x853 3");
    for (int r = 0; r < RENDITIONS; r++) {
        struct str bytes = kit_read(&kit, kit_file(&kit, p.hash, (enum rendition)r));
        char hash[MEDIA_HASH_LEN + 1];
        media_hash(hash, bytes);
        assert_int_equal(p.kept[r].bytes, bytes.len);
        assert_text(p.kept[r].hash, hash);
    }
    /* Half red, half blue: one of them is dominant, never their mean. */
    assert_true((p.colour >> 16) > 0xb0 || (p.colour & 0xff) > 0xb0);
    assert_true(((p.colour >> 8) & 0xff) < 0x40);
}

static void orientation_is_applied_and_the_place_forgotten(void **state UNUSED)
{
    struct str original = kit_read(&kit, kit_photo("turned.jpg"));
    assert_non_null(memmem(original.ptr, original.len, "Camera of Somebody", 18));
    struct media_photo p = kit_taken(&kit, "turned.jpg");
    assert_int_equal(p.width, 400);
    assert_int_equal(p.height, 800);
    /* Turned by a quarter to the right, what was left is above. */
    const char *line = kit_look(&kit, p.hash, RENDITION_MEDIUM, "200 100 200 700");
    assert_says(line, "400x800");
    assert_silent(line, "exif");
    char *above = strchr(line, '#');
    assert_non_null(above);
    assert_true(above[1] == 'c' || above[1] == 'b' || above[1] == 'd');
    assert_true(above[5] == '1' || above[5] == '2' || above[5] == '0');
    for (int r = 0; r < RENDITIONS; r++) {
        if (p.kept[r].bytes == 0)
            continue;
        struct str bytes = kit_read(&kit, kit_file(&kit, p.hash, (enum rendition)r));
        assert_null(memmem(bytes.ptr, bytes.len, "Exif", 4));
        assert_null(memmem(bytes.ptr, bytes.len, "EXIF", 4));
        assert_null(memmem(bytes.ptr, bytes.len, "Somebody", 8));
    }
}

static void transparent_parts_are_white(void **state UNUSED)
{
    struct media_photo p = kit_taken(&kit, "alpha.png");
    const char *line = kit_look(&kit, p.hash, RENDITION_CARD, "20 20 350 350");
    assert_says(line, "700x700 3");
    assert_says(line, "#ffffff");
    assert_int_equal(p.colour, 0xffffff);
}

static void webp_and_heic_come_in(void **state UNUSED)
{
    struct media_photo p = kit_taken(&kit, "plain.webp");
    assert_int_equal(p.width, 1500);
    struct stat st;
    assert_int_equal(stat(kit_photo("plain.heic"), &st), 0);
    if (st.st_size == 0) {
        print_message("no HEIC encoder here to make the test's photo with\n");
        return;
    }
    p = kit_taken(&kit, "plain.heic");
    assert_int_equal(p.width, 1500);
    assert_says(kit_look(&kit, p.hash, RENDITION_LARGE, ""), "1280x853 3");
}

static void display_p3_becomes_srgb(void **state UNUSED)
{
    struct media_photo p = kit_taken(&kit, "p3.jpg");
    const char *line = kit_look(&kit, p.hash, RENDITION_CARD, "200 150");
    assert_silent(line, "icc-profile-data");
    /* By the two standards' matrices 180 100 60 there is 193 95 49 here. */
    const char *point = strchr(line, '#');
    assert_non_null(point);
    long colour = strtol(point + 1, NULL, 16);
    assert_in_range(colour >> 16, 190, 196);
    assert_in_range(colour >> 8 & 255, 92, 98);
    assert_in_range(colour & 255, 46, 52);
}

/* Red on the left, blue on the right, as a viewer would show it. */
static void assert_halves(const char *name)
{
    struct media_photo p = kit_taken(&kit, name);
    const char *line = kit_look(&kit, p.hash, RENDITION_CARD, "100 200 400 200");
    assert_says(line, "jpegload 500x400 3");
    const char *point = strchr(line, '#');
    assert_non_null(point);
    long left = strtol(point + 1, NULL, 16), right = strtol(strchr(point + 1, '#') + 1, NULL, 16);
    if ((left >> 16) < 0x90 || (left & 255) > 0x60 || (right & 255) < 0x70 || (right >> 16) > 0x60)
        fail_msg("%s: %s", name, line);
}

static void every_colour_space_becomes_srgb(void **state UNUSED)
{
    assert_halves("deep.png");
    assert_halves("cmyk.jpg");
    struct media_photo p = kit_taken(&kit, "grey.png");
    assert_says(kit_look(&kit, p.hash, RENDITION_CARD, ""), "jpegload 500x400 3");
}

static void of_an_animation_the_first_picture(void **state UNUSED)
{
    struct media_photo p = kit_taken(&kit, "animated.webp");
    assert_int_equal(p.height, 400);
    assert_halves("animated.webp");
}

static void small_and_tall_photos(void **state UNUSED)
{
    struct media_photo p = kit_taken(&kit, "small.png");
    assert_int_equal(p.kept[RENDITION_MEDIUM].bytes, 0);
    assert_int_equal(p.kept[RENDITION_LARGE].bytes, 0);
    assert_says(kit_look(&kit, p.hash, RENDITION_SMALL, ""), "200x100");
    assert_says(kit_look(&kit, p.hash, RENDITION_CARD, ""), "200x100");
    p = kit_taken(&kit, "tall.png");
    assert_int_equal(p.height, 9000);
    assert_says(kit_look(&kit, p.hash, RENDITION_CARD, ""), "34x5120");
}

static void the_mark_of_a_machine_is_kept(void **state UNUSED)
{
    static const char *const names[] = { "marked.jpg", "generated.png" };
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct media_photo p = kit_taken(&kit, names[i]);
        assert_int_equal(p.machine, MARK_MADE);
        for (int r = 0; r < RENDITIONS; r++) {
            if (p.kept[r].bytes == 0)
                continue;
            const char *line = kit_look(&kit, p.hash, (enum rendition)r, "");
            assert_says(line, "digitalsourcetype/trainedAlgorithmicMedia");
            assert_silent(line, "Somebody");
            assert_silent(line, "unreadable");
            assert_silent(line, "exif");
        }
        /* What we give away is marked for whoever takes it in next, us included. */
        struct media_photo again = { 0 };
        struct err err = { 0 };
        assert_rc(kit_take(&kit, kit_file(&kit, p.hash, RENDITION_MEDIUM), &again, &err), 0, &err);
        assert_int_equal(again.machine, MARK_MADE);
    }
}

static void assert_refused(const char *name, int code)
{
    struct media_photo p = { .width = 77 };
    struct err err = { 0 };
    int rc = kit_take(&kit, kit_photo(name), &p, &err);
    if (rc != code)
        fail_msg("%s: %d instead of %d: %s", name, rc, code, err.detail);
    assert_int_equal(err.code, code);
    assert_non_null(err.message);
    const struct err_field *field = err_find_field(&err, "photo");
    assert_non_null(field);
    assert_string_equal(field->message, err.message);
    assert_int_equal(p.width, 77);
}

static void what_is_no_photo_is_refused(void **state UNUSED)
{
    assert_refused("truncated.jpg", ERR_INVALID);
    assert_refused("bomb.png", ERR_TOO_LARGE);
    assert_refused("gif.jpg", ERR_UNSUPPORTED);
    assert_refused("svg.jpg", ERR_UNSUPPORTED);
    assert_refused("pdf.jpg", ERR_UNSUPPORTED);
    assert_refused("html.jpg", ERR_UNSUPPORTED);
    assert_refused("empty.jpg", ERR_UNSUPPORTED);
    assert_int_equal(kept_files(), 0);
}

static void settings_bound_bytes_and_pixels(void **state UNUSED)
{
    media_close(kit.media);
    struct err err = { 0 };
    kit.settings.photo_max_bytes = 4096;
    kit.settings.photo_max_pixels = 10000;
    assert_rc(media_open(&kit.settings, getenv("SWARD_TEST_HELPER"), &kit.media, &err), 0, &err);
    assert_refused("plain.jpg", ERR_TOO_LARGE);
    assert_refused("small.png", ERR_TOO_LARGE);
}

static void the_same_bytes_are_stored_once(void **state UNUSED)
{
    struct media_photo p = kit_taken(&kit, "plain.jpg");
    const char *path = kit_file(&kit, p.hash, RENDITION_SMALL);
    struct stat before, after;
    kit_age(path);
    assert_int_equal(stat(path, &before), 0);
    struct media_photo again = kit_taken(&kit, "plain.jpg");
    assert_true(str_eq(p.hash, again.hash));
    assert_int_equal(kept_files(), 4);
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    assert_true(after.st_mtime > before.st_mtime); /* young again: no sweep takes it now */
}

static void what_stands_is_kept_and_told(void **state UNUSED)
{
    struct media_photo p = kit_taken(&kit, "plain.jpg");
    const char *path = kit_file(&kit, p.hash, RENDITION_SMALL);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs("by an older encoder", f);
    fclose(f);
    struct media_photo again = kit_taken(&kit, "plain.jpg");
    assert_int_equal(again.kept[RENDITION_SMALL].bytes, 19);
    assert_false(str_eq(again.kept[RENDITION_SMALL].hash, p.kept[RENDITION_SMALL].hash));
    assert_true(str_eq(again.kept[RENDITION_LARGE].hash, p.kept[RENDITION_LARGE].hash));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_photo_becomes_four_files),
        TEST(orientation_is_applied_and_the_place_forgotten),
        TEST(transparent_parts_are_white),
        TEST(webp_and_heic_come_in),
        TEST(display_p3_becomes_srgb),
        TEST(every_colour_space_becomes_srgb),
        TEST(of_an_animation_the_first_picture),
        TEST(small_and_tall_photos),
        TEST(the_mark_of_a_machine_is_kept),
        TEST(what_is_no_photo_is_refused),
        TEST(settings_bound_bytes_and_pixels),
        TEST(the_same_bytes_are_stored_once),
        TEST(what_stands_is_kept_and_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
