/* Videos: what is one, what is taken, what is made of it, and the walls around ffmpeg. */
#include "unit/media/kit.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/id.h"
#include "gen/media_sql.h"
#include "gen/schema.h"
#include "job/runner.h"
#include "media/video_make.h"
#include "store/doctor.h"

#define START INT64_C(1800000000000000)
#define LIN   INT64_C(11)
#define MEI   INT64_C(12)

static struct video_tools tools;

/* A video as a file of the data folder; its path, as kit_photo. */
static const char *film(struct kit *k, const char *name, const char *source, const char *options)
{
    char command[1024], *args[64], *rest = command;
    const char *path = kit_write(k, name, STR("x"));
    size_t n = 0;
    int status;
    pid_t pid;
    snprintf(command, sizeof(command), "ffmpeg -nostdin -v error -y -f lavfi -i %s %s %s", source,
             options, path);
    while (n < ARRAY_LEN(args) - 1 && (args[n] = strsep(&rest, " ")) != NULL)
        n++;
    args[n] = NULL;
    assert_int_equal(posix_spawnp(&pid, "ffmpeg", NULL, NULL, args, environ), 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    return path;
}

#define H264 "-c:v libx264 -preset ultrafast -pix_fmt yuv420p"

static int take(struct kit *k, const char *path, struct media_photo *ret, struct err *err)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    struct upload upload = { .field = STR("photo"), .size = st.st_size, .path = path };
    return video_take_any(k->media, &upload, &k->arena, ret, err);
}

static void assert_refused(struct kit *k, const char *path, int code, const char *words)
{
    struct media_photo video;
    struct err err = { 0 };
    assert_rc(take(k, path, &video, &err), code, &err);
    assert_string_equal(err.fields[0].name, "photo");
    if (!strstr(err.message, words))
        fail_msg("said: %s", err.message);
}

/* ---- what is a video ---- */

static void a_video_is_known_by_its_bytes(void **state UNUSED)
{
    static const struct {
        const char *head;
        enum video_kind kind;
    } heads[] = {
        { "\0\0\0\x20"
          "ftypisom\0\0\2\0",
          VIDEO_ISO },
        { "\0\0\0\x14"
          "ftypqt  \0\0\2\0",
          VIDEO_ISO },
        { "\0\0\0\x08"
          "wide\0\0\0\0mdat",
          VIDEO_ISO },
        { "\x1a\x45\xdf\xa3"
          "0123456789ab",
          VIDEO_MATROSKA },
        { "\0\0\0\x20"
          "ftypheic\0\0\0\0",
          VIDEO_NONE },
        { "\0\0\0\x20"
          "ftypavif\0\0\0\0",
          VIDEO_NONE },
        { "RIFF0123AVI LIST", VIDEO_NONE },
        { "\x89PNG\r\n\x1a\n01234567", VIDEO_NONE },
    };
    for (size_t i = 0; i < ARRAY_LEN(heads); i++)
        assert_int_equal(video_kind_of((struct str){ heads[i].head, 16 }), heads[i].kind);
    assert_int_equal(video_kind_of(STR("ftyp")), VIDEO_NONE);
}

static bool is_whole(struct kit *k, enum video_kind kind, const char *bytes, size_t len)
{
    const char *path = kit_write(k, "boxes", (struct str){ bytes, len });
    int fd = open(path, O_RDONLY);
    bool whole = video_is_whole(fd, kind, (int64_t)len);
    close(fd);
    return whole;
}

#define WHOLE(kind, bytes) is_whole(&k, kind, bytes, sizeof(bytes) - 1)

static void what_was_cut_off_is_not_whole(void **state UNUSED)
{
    struct kit k;
    kit_init(&k);
    assert_true(WHOLE(VIDEO_ISO, "\0\0\0\x08"
                                 "moov"
                                 "\0\0\0\x09"
                                 "mdat1"));
    assert_true(WHOLE(VIDEO_ISO, "\0\0\0\x08"
                                 "moov"
                                 "\0\0\0\0"
                                 "mdat12345")); /* to the end */
    assert_true(WHOLE(VIDEO_ISO, "\0\0\0\x08"
                                 "moov"
                                 "\0\0\0\1"
                                 "mdat\0\0\0\0\0\0\0\x11"
                                 "1"));
    assert_false(WHOLE(VIDEO_ISO, "\0\0\0\x08"
                                  "moov"
                                  "\0\0\0\x0a"
                                  "mdat1"));
    assert_false(WHOLE(VIDEO_ISO, "\0\0\0\x09"
                                  "mdat1")); /* nothing that says what is in it */
    assert_false(WHOLE(VIDEO_ISO, "\0\0\0\x07"
                                  "moov1234")); /* would never end */
    assert_false(WHOLE(VIDEO_ISO, "\0\0\0\1"
                                  "moov\xff\xff\xff\xff\xff\xff\xff\xff"));
    assert_true(WHOLE(VIDEO_MATROSKA, "\x1a\x45\xdf\xa3\x81"
                                      "a"
                                      "\x18\x53\x80\x67\x84"
                                      "12345678"));
    assert_true(WHOLE(VIDEO_MATROSKA, "\x1a\x45\xdf\xa3\x81"
                                      "a"
                                      "\x18\x53\x80\x67\xff"
                                      "12345678"));
    assert_false(WHOLE(VIDEO_MATROSKA, "\x1a\x45\xdf\xa3\x81"
                                       "a"
                                       "\x18\x53\x80\x67\x8f"
                                       "12345678"));
    assert_false(WHOLE(VIDEO_MATROSKA, "\x1a\x45\xdf\xa3\xff"
                                       "aaaaaaaaaaaaaaa"));
    kit_release(&k);
}

static void what_is_made_is_never_larger(void **state UNUSED)
{
    int64_t w = 0, h = 0;
    assert_true(rendition_video_size(RENDITION_VIDEO_480, 1920, 1080, &w, &h));
    assert_int_equal(w, 854);
    assert_int_equal(h, 480);
    assert_true(rendition_video_size(RENDITION_VIDEO_720, 1080, 1920, &w, &h));
    assert_int_equal(w, 720);
    assert_int_equal(h, 1280);
    assert_true(rendition_video_size(RENDITION_VIDEO_480, 320, 240, &w, &h));
    assert_int_equal(w, 320);
    assert_false(rendition_video_size(RENDITION_VIDEO_720, 4000, 480, &w, &h));
    assert_true(rendition_video_size(RENDITION_VIDEO_720, 640, 482, &w, &h));
    assert_int_equal(h, 482);
}

/* ---- what is refused ---- */

static void what_cannot_be_shown_is_refused(void **state UNUSED)
{
    struct kit k;
    kit_init(&k);
    k.settings.video_max_seconds = 3;
    const char *good = film(&k, "good.mp4", "testsrc=size=160x120:rate=5", "-t 2 " H264);
    struct str bytes = kit_read(&k, good);
    assert_refused(&k, kit_write(&k, "cut.mp4", str_slice(bytes, 0, bytes.len - 900)), ERR_INVALID,
                   "could not be read");
    assert_refused(&k, film(&k, "long.mp4", "testsrc=size=160x120:rate=5", "-t 6 " H264),
                   ERR_TOO_LARGE, "seconds");
    /* A small file that would be a gigabyte of pictures. */
    const char *bomb = film(&k, "bomb.mp4", "color=size=8192x4320:rate=1", "-t 1 " H264);
    assert_true(kit_read(&k, bomb).len < 200000);
    assert_refused(&k, bomb, ERR_TOO_LARGE, "4K");
    assert_refused(&k, film(&k, "song.mp4", "sine", "-t 1 -c:a aac"), ERR_INVALID, "could not");
    assert_refused(&k,
                   kit_write(&k, "noise.mp4",
                             STR("\0\0\0\x10"
                                 "ftypisom\0\0\0\0"
                                 "\0\0\0\x0cmoov1234")),
                   ERR_INVALID, "could not be read");
    k.settings.video_max_bytes = 1024;
    assert_refused(&k, good, ERR_TOO_LARGE, "MB");
    k.settings.video = false;
    assert_refused(&k, good, ERR_UNSUPPORTED, "not taken here");
    kit_release(&k);
}

/* ---- the walls ---- */

static int run(struct kit *k, const char *script, int64_t most_ms, video_heard_fn *heard)
{
    const char *args[] = { "-c", script, NULL };
    const struct video_run r = { "/bin/sh", args, k->folder, most_ms, heard, NULL };
    struct err err = { 0 };
    return video_run(&tools, &r, &err);
}

static int enough(void *ctx UNUSED, struct str line UNUSED, struct err *err)
{
    return err_detail(err, ERR_BUSY, "enough");
}

static void a_run_has_walls(void **state UNUSED)
{
    struct kit k;
    kit_init(&k);
    assert_int_equal(run(&k, "exit 0", 5000, NULL), 0);
    assert_int_equal(run(&k, "exit 3", 5000, NULL), ERR_INVALID);
    assert_int_equal(run(&k, "/bin/true; exit 0", 5000, NULL), ERR_INVALID); /* another process */
    assert_int_equal(run(&k, "exec /bin/mkdir inner", 5000, NULL), ERR_INVALID);
    assert_int_equal(
        run(&k, "exec /usr/bin/perl -MSocket -e 'socket(S,2,1,0) or exit 7'", 5000, NULL),
        ERR_INVALID);
    assert_int_equal(run(&k, "while :; do :; done", 300, NULL), ERR_INVALID);
    assert_int_equal(run(&k, "echo; while :; do :; done", 60000, enough), ERR_BUSY);
    kit_release(&k);
}

/* ---- what is made ---- */

struct world {
    struct kit kit;
    struct test_store *store;
    struct jobs *jobs;
};

static int make_job(struct store *store, struct arena *a, const struct job *job, void *ctx UNUSED,
                    struct err *err)
{
    return video_make(&tools, store, a, job, err);
}

static const struct job_kind kinds[] = {
    { .name = "media.video", .call = make_job, .max_tries = 6 },
    { 0 },
};
static const struct job_kind *const tables[] = { kinds, NULL };
static const struct job_kind *const real[] = { video_jobs, NULL };

static void world_init(struct world *w, const char *engine)
{
    struct err err = { 0 };
    kit_init(&w->kit);
    w->store = test_store_make(engine, NULL);
    clock_init_manual(&w->store->clock, START);
    test_store_open(w->store);
    for (size_t i = 0; i < schema_rooms_n; i++)
        if (strcmp(schema_rooms[i].name, "media") == 0 || strcmp(schema_rooms[i].name, "job") == 0)
            assert_rc(store_migrate(w->store->store, &schema_rooms[i], 1, NULL, &err), 0, &err);
    assert_rc(jobs_open(w->store->store, tables, &w->kit.settings, &w->jobs, &err), 0, &err);
}

static void world_release(struct world *w)
{
    jobs_close(w->jobs);
    test_store_free(w->store);
    kit_release(&w->kit);
}

struct call {
    int64_t owner, id;
    const struct media_photo *video;
    struct arena *arena;
    struct media_by_id_row row;
    struct media_video_row_row more;
    struct media_renditions_of_rows files;
};

static int do_insert(struct db *db, void *ctx, struct err *err)
{
    struct call *c = ctx;
    return media_insert(db, c->owner, c->video, db_now(db), &c->id, err);
}

static int do_read(struct db *db, void *ctx, struct err *err)
{
    struct call *c = ctx;
    int rc = media_by_id(db, c->arena, c->id, &c->row, err);
    if (rc == 0)
        rc = media_video_row(db, c->arena, c->id, &c->more, err);
    return rc < 0 ? rc : media_renditions_of(db, c->arena, c->id, &c->files, err);
}

/* Bring a video, do the jobs, and read how it stands. */
static struct call brought(struct world *w, int64_t owner, const struct media_photo *video)
{
    struct call c = { .owner = owner, .video = video, .arena = &w->kit.arena };
    struct err err = { 0 };
    assert_rc(store_write(w->store->store, do_insert, &c, &err), 0, &err);
    assert_rc(store_read(w->store->store, do_read, &c, &err), 0, &err);
    assert_rc(jobs_run_due(w->jobs, NULL, &err), 0, &err);
    struct call after = { .id = c.id, .arena = &w->kit.arena };
    assert_rc(store_read(w->store->store, do_read, &after, &err), 0, &err);
    return after;
}

static void on_line(void *ctx UNUSED, struct str line UNUSED)
{
}

static void assert_well(struct world *w)
{
    struct err err = { 0 };
    struct doctor d = { .settings = &w->kit.settings, .line = on_line };
    assert_rc(media_doctor(w->store->store, &d, &err), 0, &err);
    assert_int_equal(d.total, 0);
}

static void a_video_becomes_two(void **state)
{
    struct world w;
    struct media_photo video;
    struct err err = { 0 };
    world_init(&w, *state);
    const char *path = film(&w.kit, "a.mkv", "testsrc=size=640x490:rate=5", "-t 1 " H264);
    assert_rc(take(&w.kit, path, &video, &err), 0, &err);
    assert_int_equal(video.kind, MEDIA_VIDEO);
    assert_int_equal(video.duration, 1000);
    struct call first = brought(&w, LIN, &video);
    assert_int_equal(first.row.state, MEDIA_READY);
    assert_int_equal(first.more.percent, 100);
    assert_int_equal(first.files.n, 3); /* two, and what it came as */
    assert_int_equal(first.files.v[1].height, 490);
    /* Whoever brings the same is ready at once: nothing is made. */
    unlink(kit_file(&w.kit, video.hash, RENDITION_SOURCE));
    struct call second = brought(&w, MEI, &video);
    assert_int_equal(second.row.state, MEDIA_READY);
    assert_int_equal(second.files.n, 3);
    assert_int_not_equal(second.id, first.id);
    world_release(&w);
}

static void what_it_came_as_goes_when_it_is_made(void **state)
{
    struct world w;
    struct media_photo video;
    struct jobs *jobs;
    struct err err = { 0 };
    world_init(&w, *state);
    const char *path = film(&w.kit, "a.mp4", "testsrc=size=160x120:rate=5", "-t 1 " H264);
    assert_rc(take(&w.kit, path, &video, &err), 0, &err);
    struct call made = brought(&w, LIN, &video);
    assert_int_equal(made.files.n, 2);
    assert_well(&w);
    kit_age(kit_file(&w.kit, video.hash, RENDITION_SOURCE));
    /* A folder that a crash left, with what was in it. */
    char left[PATH_MAX];
    assert_rc(video_folder_make(&w.kit.settings, path, left, &err), 0, &err);
    kit_age(left);
    assert_rc(jobs_open(w.store->store, real, &w.kit.settings, &jobs, &err), 0, &err);
    assert_rc(jobs_run_due(jobs, NULL, &err), 0, &err);
    jobs_close(jobs);
    assert_int_not_equal(access(left, F_OK), 0);
    assert_int_not_equal(access(kit_file(&w.kit, video.hash, RENDITION_SOURCE), F_OK), 0);
    assert_int_equal(access(kit_file(&w.kit, video.hash, RENDITION_VIDEO_480), F_OK), 0);
    assert_well(&w);
    world_release(&w);
}

static int do_forget(struct db *db, void *ctx UNUSED, struct err *err)
{
    return media_forget(db, LIN, err);
}

static void who_leaves_takes_all_of_it(void **state)
{
    struct world w;
    struct media_photo video;
    struct err err = { 0 };
    int64_t purged = 0;
    world_init(&w, *state);
    const char *path = film(&w.kit, "a.mp4", "testsrc=size=640x490:rate=5", "-t 1 " H264);
    assert_rc(take(&w.kit, path, &video, &err), 0, &err);
    assert_int_equal(brought(&w, LIN, &video).row.state, MEDIA_READY);
    for (int r = 0; r < RENDITIONS_ALL; r++)
        if (access(kit_file(&w.kit, video.hash, (enum rendition)r), F_OK) == 0)
            kit_age(kit_file(&w.kit, video.hash, (enum rendition)r));
    assert_rc(store_write(w.store->store, do_forget, NULL, &err), 0, &err);
    assert_rc(media_purge(media_storage_of(w.kit.media), w.store->store, &purged, &err), 0, &err);
    assert_int_equal(purged, 1);
    for (int r = 0; r < RENDITIONS_ALL; r++)
        assert_int_not_equal(access(kit_file(&w.kit, video.hash, (enum rendition)r), F_OK), 0);
    assert_well(&w);
    world_release(&w);
}

/* It says that it is longer than what there is of it. */
static const char *shortened(struct kit *k, const char *path)
{
    struct str bytes = kit_read(k, path);
    const char *at = memmem(bytes.ptr, bytes.len, "mdat", 4);
    assert_non_null(at);
    size_t from = (size_t)(at - bytes.ptr) - 4, len = (bytes.len - from) / 3;
    char *copy = (char *)(uintptr_t)bytes.ptr;
    for (int i = 0; i < 4; i++)
        copy[from + (size_t)i] = (char)(len >> (24 - 8 * i));
    return kit_write(k, "short.mp4", (struct str){ copy, from + len });
}

static void what_ends_too_early_fails_and_says_so(void **state)
{
    struct world w;
    struct media_photo video;
    struct err err = { 0 };
    world_init(&w, *state);
    const char *whole = film(&w.kit, "a.mp4", "testsrc2=size=160x120:rate=5",
                             "-t 8 -g 5 -movflags +faststart " H264);
    assert_rc(take(&w.kit, shortened(&w.kit, whole), &video, &err), 0, &err);
    struct call made = brought(&w, LIN, &video);
    assert_int_equal(made.row.state, MEDIA_FAILED);
    assert_int_equal(made.more.failure, VIDEO_BROKEN);
    assert_well(&w);
    world_release(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_video_is_known_by_its_bytes),
        cmocka_unit_test(what_was_cut_off_is_not_whole),
        cmocka_unit_test(what_is_made_is_never_larger),
        cmocka_unit_test(what_cannot_be_shown_is_refused),
        cmocka_unit_test(a_run_has_walls),
        ON_BOTH(a_video_becomes_two),
        ON_BOTH(what_it_came_as_goes_when_it_is_made),
        ON_BOTH(who_leaves_takes_all_of_it),
        ON_BOTH(what_ends_too_early_fails_and_says_so),
    };
    const char *helper = getenv("SWARD_TEST_HELPER");
    if (!helper || !video_tools_find(helper, &tools))
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
