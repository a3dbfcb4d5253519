/* unit/media/kit.c - see kit.h. */
#include "unit/media/kit.h"

#include <fcntl.h>
#include <ftw.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"

static void quiet(void *ctx UNUSED, struct str line UNUSED)
{
}

static const char *from_env(const char *name)
{
    const char *value = getenv(name);
    if (!value)
        fail_msg("%s is not set: run the test by meson test", name);
    return value;
}

static char *ring(void)
{
    static _Thread_local char texts[8][400];
    static _Thread_local unsigned next;
    return texts[next++ % 8];
}

void kit_init(struct kit *k)
{
    const char *tmp = getenv("TMPDIR");
    struct err err = { 0 };
    memset(k, 0, sizeof(*k));
    log_set_sink(getenv("SWARD_TEST_LOG") ? NULL : quiet, NULL);
    snprintf(k->folder, sizeof(k->folder), "%.40s/media-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(k->folder));
    arena_init(&k->arena, (size_t)64 << 20);
    settings_init(&k->settings);
    k->settings.data_dir = str_from(k->folder);
    k->settings.listen = STR("127.0.0.1:0");
    k->settings.rate_factor = 0;
    assert_rc(media_open(&k->settings, from_env("SWARD_TEST_HELPER"), &k->media, &err), 0, &err);
}

/* Folders first read, then removed: what is in them goes before them. */
static int remove_one(const char *path, const struct stat *st UNUSED, int kind UNUSED,
                      struct FTW *at UNUSED)
{
    return remove(path);
}

void kit_release(struct kit *k)
{
    media_close(k->media);
    arena_release(&k->arena);
    assert_int_equal(nftw(k->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
    log_set_sink(NULL, NULL);
}

const char *kit_photo(const char *name)
{
    char *path = ring();
    snprintf(path, 400, "%s/%s", from_env("SWARD_TEST_PHOTOS"), name);
    return path;
}

const char *kit_write(struct kit *k, const char *name, struct str bytes)
{
    char *path = ring();
    snprintf(path, 400, "%s/%s", k->folder, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, f), bytes.len);
    assert_int_equal(fclose(f), 0);
    return path;
}

int kit_take(struct kit *k, const char *path, struct media_photo *ret, struct err *err)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    struct upload upload = { .field = STR("photo"), .size = st.st_size, .path = path };
    return media_take(k->media, &upload, &k->arena, ret, err);
}

struct media_photo kit_taken(struct kit *k, const char *name)
{
    struct media_photo photo = { 0 };
    struct err err = { 0 };
    assert_rc(kit_take(k, kit_photo(name), &photo, &err), 0, &err);
    return photo;
}

const char *kit_file(struct kit *k, struct str hash, enum rendition r)
{
    char name[RENDITION_NAME_MAX];
    char *path = ring();
    rendition_name(name, hash, r);
    snprintf(path, 400, "%s/media/%.2s/%.2s/%s", k->folder, name, name + 2, name);
    return path;
}

/* What a program says, in static storage until the next call. */
static const char *said_by(char *const *args)
{
    static char text[4096];
    int ends[2], status;
    pid_t pid;
    posix_spawn_file_actions_t actions;
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    assert_int_equal(posix_spawn_file_actions_init(&actions), 0);
    assert_int_equal(posix_spawn_file_actions_adddup2(&actions, ends[1], 1), 0);
    assert_int_equal(posix_spawn(&pid, args[0], &actions, NULL, args, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    size_t len = 0;
    ssize_t n;
    while (len < sizeof(text) - 1 && (n = read(ends[0], text + len, sizeof(text) - 1 - len)) > 0)
        len += (size_t)n;
    text[len] = '\0';
    close(ends[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    return text;
}

const char *kit_look(struct kit *k, struct str hash, enum rendition r, const char *points)
{
    char program[400], look[] = "look", file[400], numbers[8][12];
    char *args[3 + ARRAY_LEN(numbers) + 1] = { program, look, file };
    snprintf(program, sizeof(program), "%s", from_env("SWARD_TEST_IMAGES"));
    snprintf(file, sizeof(file), "%s", kit_file(k, hash, r));
    struct str rest = str_from(points), number;
    for (size_t i = 0; rest.len > 0 && str_next(&rest, ' ', &number); i++) {
        assert_true(i < ARRAY_LEN(numbers));
        snprintf(numbers[i], sizeof(numbers[i]), "%.*s", STR_ARG(number));
        args[3 + i] = numbers[i];
    }
    return said_by(args);
}

struct str kit_read(struct kit *k, const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    char *bytes = arena_alloc(&k->arena, (size_t)st.st_size);
    FILE *f = fopen(path, "rb");
    assert_non_null(bytes);
    assert_non_null(f);
    assert_int_equal(fread(bytes, 1, (size_t)st.st_size, f), st.st_size);
    fclose(f);
    return (struct str){ bytes, (size_t)st.st_size };
}

void kit_age(const char *path)
{
    struct timespec old[2] = { { .tv_sec = 1700000000 }, { .tv_sec = 1700000000 } };
    assert_int_equal(utimensat(AT_FDCWD, path, old, 0), 0);
}
