/* media/video_make.c - the job that makes a video ready. */
#include "media/video_make.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/log.h"
#include "gen/media_sql.h"
#include "media/media_int.h"
#include "media/worker/marks.h"
#include "store/store.h"

#define TRIES      4
#define WAIT       (2 * TIME_SECOND) /* until a place is free */
#define SPEED      15                /* a second of video may take this many, and MAKE_LEAST */
#define MAKE_LEAST 180000

/* It may lack this much at its end, milliseconds and share; a camera cuts the
 * sound and the pictures at different times. */
#define LACKS_MS 1500
#define LACKS_OF 10

/* One video in the making. */
struct making {
    const struct video_tools *tools;
    struct store *store;
    const struct job *job;
    struct arena *arena;
    int64_t id;
    struct media_by_id_row row;
    int64_t twin; /* another row of the same bytes that is ready; 0 = none */
    char folder[PATH_MAX];
    int64_t made; /* milliseconds */
    int64_t said; /* percent that the row says */
    struct media_kept kept[RENDITIONS_ALL];
    enum video_failure failure;
};

static _Atomic int at_once;

const char *video_failure_says(enum video_failure failure)
{
    switch (failure) {
    case VIDEO_BROKEN:
        return N_("This video could not be read to its end. Please take it out and try another.");
    case VIDEO_OURS:
        return N_("This video could not be prepared. It is our fault; please take it out and try "
                  "again later.");
    case VIDEO_FINE:
        break;
    }
    return N_("The video is being prepared.");
}

/* ---- the database's part ---- */

static int find(struct db *db, void *ctx, struct err *err)
{
    struct making *k = ctx;
    struct media_video_twin_row twin = { 0 };
    int rc = media_by_id(db, k->arena, k->id, &k->row, err);
    if (rc == 0)
        rc = media_video_twin(db, k->arena, k->row.hash, &twin, err);
    if (rc == ERR_NOT_FOUND && k->row.id) {
        err_clear(err);
        rc = 0;
    }
    k->twin = rc == 0 ? twin.id : 0;
    return rc;
}

static int say_percent(struct db *db, void *ctx, struct err *err)
{
    const struct making *k = ctx;
    return media_video_percent(db, k->id, k->said, NULL, err);
}

static int insert_kept(struct db *db, const struct making *k, struct err *err)
{
    int rc = 0;
    for (int r = RENDITION_VIDEO_480; rc == 0 && r <= RENDITION_VIDEO_720; r++) {
        const struct media_insert_rendition_args args = { .media = k->id,
                                                          .purpose = r,
                                                          .format =
                                                              str_from(rendition_specs[r].ext),
                                                          .width = k->kept[r].width,
                                                          .height = k->kept[r].height,
                                                          .hash = k->kept[r].hash,
                                                          .bytes = k->kept[r].bytes };
        if (args.bytes)
            rc = media_insert_rendition(db, &args, NULL, err);
    }
    return rc;
}

static int settle(struct db *db, void *ctx, struct err *err)
{
    const struct making *k = ctx;
    int rc;
    if (k->failure) {
        rc = media_video_fail(db, k->id, k->failure, NULL, err);
        return rc < 0 ? rc : media_set_state(db, k->id, MEDIA_FAILED, NULL, err);
    }
    rc = k->twin ? media_copy_renditions(db, k->id, k->twin, NULL, err) : insert_kept(db, k, err);
    if (rc == 0)
        rc = media_video_percent(db, k->id, 100, NULL, err);
    return rc < 0 ? rc : media_set_state(db, k->id, MEDIA_READY, NULL, err);
}

/* ---- ffmpeg's part ---- */

static int on_progress(void *ctx, struct str line, struct err *err)
{
    struct making *k = ctx;
    int64_t us;
    if (str_starts(line, STR("out_time_us=")) &&
        str_to_int(str_slice(line, sizeof("out_time_us=") - 1, SIZE_MAX), &us) && us > 0)
        k->made = us / 1000;
    if (line.len > 0 && !str_starts(line, STR("progress=")))
        return 0;
    int rc = job_hold(k->job, err);
    int64_t percent = k->made * 100 / k->row.duration;
    percent = percent > 99 ? 99 : percent;
    if (rc == 0 && percent > k->said) {
        k->said = percent;
        rc = store_write(k->store, say_percent, k, err);
    }
    return rc;
}

#define ENCODE                                                                                     \
    "-map", "0:a:0?", "-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn", "-c:v",          \
        "libx264", "-profile:v", "high", "-preset", "veryfast", "-crf", "24", "-g", "120",         \
        "-threads", "2", "-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000", "-movflags",   \
        "+faststart", "-fflags", "+bitexact", "-fpsmax", "60"
#define SMALL "-maxrate", "1600k", "-bufsize", "3200k", "-f", "mp4", "file:480.mp4"
#define LARGE "-maxrate", "3200k", "-bufsize", "6400k", "-f", "mp4", "file:720.mp4"

static int run_ffmpeg(struct making *k, enum video_kind kind, struct err *err)
{
    char filter[256], most[24];
    int64_t w, h, w2 = 0, h2 = 0;
    BUG_ON(!rendition_video_size(RENDITION_VIDEO_480, k->row.width, k->row.height, &w, &h));
    bool both = rendition_video_size(RENDITION_VIDEO_720, k->row.width, k->row.height, &w2, &h2);
    if (both)
        snprintf(filter, sizeof(filter),
                 "[0:V:0]split=2[a][b];[a]scale=%lld:%lld,setsar=1,format=yuv420p[s];"
                 "[b]scale=%lld:%lld,setsar=1,format=yuv420p[l]",
                 (long long)w, (long long)h, (long long)w2, (long long)h2);
    else
        snprintf(filter, sizeof(filter), "[0:V:0]scale=%lld:%lld,setsar=1,format=yuv420p[s]",
                 (long long)w, (long long)h);
    snprintf(most, sizeof(most), "%lld", (long long)k->row.duration / 1000 + 2);
    const char *args[] = { "-nostdin",
                           "-v",
                           "error",
                           "-stats_period",
                           "1",
                           "-progress",
                           "pipe:1",
                           "-threads",
                           "2",
                           "-f",
                           video_demuxer(kind),
                           "-protocol_whitelist",
                           "file",
                           "-codec_whitelist",
                           video_decoders,
                           "-max_pixels",
                           "9437184",
                           "-t",
                           most,
                           "-i",
                           "file:in",
                           "-filter_complex",
                           filter,
                           "-map",
                           "[s]",
                           ENCODE,
                           SMALL,
                           both ? "-map" : NULL,
                           "[l]",
                           ENCODE,
                           LARGE,
                           NULL };
    const struct video_run run = { k->tools->ffmpeg, args,
                                   k->folder,        MAKE_LEAST + k->row.duration * SPEED,
                                   on_progress,      k };
    k->kept[RENDITION_VIDEO_480] = (struct media_kept){ .width = w, .height = h };
    k->kept[RENDITION_VIDEO_720] = (struct media_kept){ .width = w2, .height = h2 };
    int rc = video_run(k->tools, &run, err);
    int64_t lacks = k->row.duration - k->made;
    if (rc == 0 && lacks > LACKS_MS && lacks > k->row.duration / LACKS_OF)
        rc = err_detail(err, ERR_INVALID, "ended after %lld of %lld ms", (long long)k->made,
                        (long long)k->row.duration);
    return rc;
}

/* The mark that a machine made it goes along, behind everything else. */
static int add_mark(const struct making *k, const char *path, struct err *err)
{
    struct buf box;
    if (k->row.machine_made == MARK_NONE)
        return 0;
    buf_init(&box, 4096);
    marks_write_mp4_box(&box, (enum machine_mark)k->row.machine_made);
    struct str bytes = buf_str(&box);
    int fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
    bool good = fd >= 0 && write(fd, bytes.ptr, bytes.len) == (ssize_t)bytes.len;
    if (fd >= 0)
        close(fd);
    buf_release(&box);
    return good ? 0 : err_detail(err, ERR_IO, "mark: %s", strerror(errno));
}

static int keep_one(struct making *k, struct media_storage *storage, enum rendition r,
                    struct err *err)
{
    char path[PATH_MAX + 16];
    struct storage_item item = { 0 };
    if (k->kept[r].width == 0)
        return 0;
    snprintf(path, sizeof(path), "%s/%d.%s", k->folder, rendition_specs[r].width,
             rendition_specs[r].ext);
    int rc = add_mark(k, path, err);
    if (rc < 0)
        return rc;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return err_detail(err, ERR_INVALID, "%s was not made", path);
    rc = media_map(fd, &item.bytes, err);
    close(fd);
    if (rc < 0)
        return rc;
    rendition_name(item.name, k->row.hash, r);
    rc = storage->ops->keep(storage, &item, 1, err);
    munmap((void *)(uintptr_t)item.bytes.ptr, item.bytes.len);
    k->kept[r].bytes = item.kept_bytes;
    k->kept[r].hash = arena_str_c(k->arena, item.sum);
    return rc;
}

static int make_in_folder(struct making *k, struct media_storage *storage, struct err *err)
{
    char path[PATH_MAX + 8], head[VIDEO_HEAD];
    snprintf(path, sizeof(path), "%s/in", k->folder);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    ssize_t n = fd >= 0 ? pread(fd, head, sizeof(head), 0) : -1;
    if (fd >= 0)
        close(fd);
    if (n != VIDEO_HEAD)
        return err_detail(err, ERR_IO, "video source: %s", strerror(errno));
    int rc = run_ffmpeg(k, video_kind_of((struct str){ head, VIDEO_HEAD }), err);
    for (int r = RENDITION_VIDEO_480; rc == 0 && r <= RENDITION_VIDEO_720; r++)
        rc = keep_one(k, storage, (enum rendition)r, err);
    return rc;
}

static int make(struct making *k, struct err *err)
{
    struct media_storage *storage;
    char name[RENDITION_NAME_MAX];
    struct str path;
    int64_t bytes;
    int rc = media_storage_open(k->job->settings, &storage, err);
    if (rc < 0)
        return rc;
    rendition_name(name, k->row.hash, RENDITION_SOURCE);
    rc = storage->ops->find(storage, k->arena, str_from(name), &path, &bytes, err);
    if (rc == 0)
        rc = video_folder_make(k->job->settings, path.ptr, k->folder, err);
    if (rc == 0) {
        rc = make_in_folder(k, storage, err);
        video_folder_remove(k->folder);
    }
    storage->ops->close(storage);
    return rc;
}

/* A refusal by ffmpeg is for good; our own fault is, after some tries. */
static int settle_failure(struct making *k, int rc, struct err *err)
{
    bool last = k->job->tries >= TRIES;
    if (rc == ERR_BUSY || rc == ERR_CONFLICT || (rc != ERR_INVALID && !last))
        return rc;
    k->failure = rc == ERR_INVALID ? VIDEO_BROKEN : VIDEO_OURS;
    log_at(LOG_WARN, "media.video_failed", LOG_F_INT("media", k->id), LOG_F_C("why", err->detail));
    err_clear(err);
    return store_write(k->store, settle, k, err);
}

int video_make(const struct video_tools *tools, struct store *store, struct arena *a,
               const struct job *job, struct err *err)
{
    struct making k = { .tools = tools, .store = store, .job = job, .arena = a };
    if (!id_parse(job->body, "media", &k.id))
        return err_detail(err, ERR_INTERNAL, "media.video: no media");
    int rc = store_read(store, find, &k, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && k.row.state != MEDIA_MAKING)) {
        err_clear(err); /* taken back, or made already */
        return 0;
    }
    if (rc == 0 && job->tries > TRIES) /* nobody lived to say so */
        rc = err_detail(err, ERR_IO, "every worker that had it ended before it did");
    else if (rc == 0 && !k.twin)
        rc = make(&k, err);
    return rc == 0 ? store_write(store, settle, &k, err) : settle_failure(&k, rc, err);
}

static int make_job(struct store *store, struct arena *a, const struct job *job, void *ctx UNUSED,
                    struct err *err)
{
    struct video_tools tools;
    int rc;
    if (!video_tools_find(NULL, &tools))
        return err_detail(err, ERR_IO, "ffmpeg is not there");
    if (atomic_fetch_add(&at_once, 1) >= VIDEO_AT_ONCE)
        rc = job_later(job, WAIT, err);
    else
        rc = video_make(&tools, store, a, job, err);
    atomic_fetch_sub(&at_once, 1);
    return rc;
}

/* ---- the file that it came as ---- */

#define SPENT_MAX 100

struct spent {
    struct media_spent_rows rows;
    struct arena *arena;
    struct str hash; /* one of them */
    int64_t id;
    bool used;
};

static int find_spent(struct db *db, void *ctx, struct err *err)
{
    struct spent *s = ctx;
    return media_spent(db, s->arena, SPENT_MAX, &s->rows, err);
}

static int forget_source(struct db *db, void *ctx, struct err *err)
{
    struct spent *s = ctx;
    struct media_file_used_row row = { 0 };
    int rc = media_delete_source(db, s->id, NULL, err);
    if (rc == 0)
        rc = media_file_used(db, s->arena, s->hash, RENDITION_SOURCE, &row, err);
    s->used = rc < 0 || row.used;
    return rc;
}

/* Young files stay (storage.h); so do their rows, for the next time. */
static bool is_old(struct media_storage *storage, struct arena *a, const char *name)
{
    struct stat st;
    struct str path;
    int64_t bytes;
    struct err err = { 0 };
    int rc = storage->ops->find(storage, a, str_from(name), &path, &bytes, &err);
    if (rc < 0)
        return rc == ERR_NOT_FOUND;
    return stat(path.ptr, &st) < 0 || storage_stood(st.st_mtime, STORAGE_YOUNG);
}

static int drop_spent(struct store *store, struct arena *a, const struct job *job, void *ctx UNUSED,
                      struct err *err)
{
    struct media_storage *storage;
    struct spent s = { .arena = a };
    char name[RENDITION_NAME_MAX];
    video_folders_clear(job->settings);
    int rc = media_storage_open(job->settings, &storage, err);
    if (rc < 0)
        return rc;
    rc = store_read(store, find_spent, &s, err);
    for (size_t i = 0; rc >= 0 && i < s.rows.n; i++) {
        s.id = s.rows.v[i].id;
        s.hash = s.rows.v[i].hash;
        rendition_name(name, s.hash, RENDITION_SOURCE);
        if (!is_old(storage, a, name))
            continue;
        rc = store_write(store, forget_source, &s, err);
        if (rc == 0 && !s.used)
            rc = storage->ops->drop(storage, str_from(name), err);
    }
    storage->ops->close(storage);
    return rc < 0 ? rc : 0;
}

const struct job_kind video_jobs[] = {
    { .name = "media.video", .call = make_job, .max_tries = TRIES + 2, .pause = 5 * TIME_SECOND },
    { .name = "media.spent", .call = drop_spent, .every = TIME_HOUR / 2 },
    { 0 },
};
