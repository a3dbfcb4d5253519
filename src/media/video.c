/* media/video.c - a video comes in: what it is, how long, and its poster. */
#include "media/video.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "media/hash.h"
#include "media/media_int.h"
#include "media/worker/marks.h"

#define PROBE_MS   20000
#define POSTER_MS  30000
#define SIDE_LEAST 16

/* The poster stands this far into the video, at most: what comes first is often black. */
#define POSTER_AT_MS 3000

/* No run takes this long: what is older, nobody uses. */
#define FOLDER_SECONDS 86400

#define POSTER_BYTES_MAX ((uint64_t)64 << 20)

const char video_decoders[] =
    "h264,hevc,vp8,vp9,libdav1d,av1,mpeg4,h263,mjpeg,aac,mp3,mp3float,opus,vorbis,flac,alac,ac3,"
    "eac3,amrnb,pcm_s16le,pcm_s16be,pcm_s24le";

static int refuse_unreadable(struct err *err)
{
    return media_refuse(err, ERR_UNSUPPORTED,
                        N_("This is no video that we can show. MP4, MOV, WebM and MKV are fine."),
                        0);
}

static int refuse_broken(struct err *err)
{
    return media_refuse(err, ERR_INVALID,
                        N_("This video could not be read. It may have been cut off on its way."),
                        0);
}

/* ---- the working folder ---- */

static int folder_failed(struct err *err)
{
    return err_detail(err, errno == ENOSPC ? ERR_FULL : ERR_IO, "video folder: %s",
                      strerror(errno));
}

int video_folder_make(const struct settings *settings, const char *path, char ret_folder[PATH_MAX],
                      struct err *err)
{
    char in[PATH_MAX];
    int n = snprintf(ret_folder, PATH_MAX, "%.*s/video", STR_ARG(settings->data_dir));
    if (n < 0 || n + 32 >= PATH_MAX)
        return err_detail(err, ERR_INVALID, "data_dir is too long");
    if (mkdir(ret_folder, 0700) < 0 && errno != EEXIST)
        return folder_failed(err);
    snprintf(ret_folder + n, PATH_MAX - (size_t)n, "/XXXXXX"); /* check: allow mkdtemp's form */
    if (!mkdtemp(ret_folder))
        return folder_failed(err);
    snprintf(in, sizeof(in), "%.*s/in", n + 7, ret_folder);
    if (link(path, in) == 0)
        return 0;
    int rc = folder_failed(err);
    video_folder_remove(ret_folder);
    return rc;
}

void video_folder_remove(const char *folder)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;
    while (dir && (entry = readdir(dir)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir)
        closedir(dir);
    rmdir(folder);
}

void video_folders_clear(const struct settings *settings)
{
    char path[PATH_MAX], folder[PATH_MAX + 300];
    struct stat st;
    const struct dirent *entry;
    int n = snprintf(path, sizeof(path), "%.*s/video", STR_ARG(settings->data_dir));
    DIR *dir = n > 0 && n < PATH_MAX ? opendir(path) : NULL;
    while (dir && (entry = readdir(dir)) != NULL) {
        bool old = entry->d_name[0] != '.' && fstatat(dirfd(dir), entry->d_name, &st, 0) == 0 &&
                   storage_stood(st.st_mtime, FOLDER_SECONDS);
        snprintf(folder, sizeof(folder), "%s/%s", path, entry->d_name);
        if (old)
            video_folder_remove(folder);
    }
    if (dir)
        closedir(dir);
}

/* ---- what ffprobe says ---- */

#define STREAMS_MAX 16

/* What is known of a file while its lines come. */
struct probe {
    struct {
        bool picture, sound, still;
        int64_t width, height;
    } streams[STREAMS_MAX];
    int64_t duration;
};

/* "12.345000" as milliseconds; false when it is no such number. */
static bool read_seconds(struct str text, int64_t *ret_ms)
{
    struct str whole, rest = text;
    int64_t seconds = 0, ms = 0;
    if (!str_next(&rest, '.', &whole) || !str_to_int(whole, &seconds) || seconds < 0 ||
        seconds > INT32_MAX)
        return false;
    struct str part = str_slice(rest, 0, 3);
    if (part.len == 3 && !str_to_int(part, &ms))
        return false;
    *ret_ms = seconds * 1000 + ms;
    return true;
}

static struct str unquoted(struct str s)
{
    return s.len >= 2 && s.ptr[0] == '"' ? str_slice(s, 1, s.len - 2) : s;
}

static int64_t number_of(struct str s)
{
    int64_t value;
    return str_to_int(s, &value) ? value : 0;
}

/* streams.stream.N.key="value", or format.duration="value" */
static int on_fact(void *ctx, struct str line, struct err *err UNUSED)
{
    struct probe *p = ctx;
    struct str name, place, rest = line;
    int64_t n;
    if (!str_next(&rest, '=', &name) || !rest.ptr)
        return 0;
    struct str value = unquoted(rest);
    if (str_eq_c(name, "format.duration")) {
        if (!read_seconds(value, &p->duration))
            p->duration = 0;
        return 0;
    }
    if (!str_starts(name, STR("streams.stream.")))
        return 0;
    rest = str_slice(name, sizeof("streams.stream.") - 1, SIZE_MAX);
    if (!str_next(&rest, '.', &place) || !str_to_int(place, &n) || n < 0 || n >= STREAMS_MAX)
        return 0;
    if (str_eq_c(rest, "codec_type")) {
        p->streams[n].picture = str_eq_c(value, "video");
        p->streams[n].sound = str_eq_c(value, "audio");
    } else if (str_eq_c(rest, "disposition.attached_pic")) {
        p->streams[n].still = str_eq_c(value, "1");
    } else if (str_eq_c(rest, "width")) {
        p->streams[n].width = number_of(value);
    } else if (str_eq_c(rest, "height")) {
        p->streams[n].height = number_of(value);
    }
    return 0;
}

/* How far a run through the whole file came. */
static int on_time(void *ctx, struct str line, struct err *err UNUSED)
{
    int64_t us, *ms = ctx;
    if (str_starts(line, STR("out_time_us=")) &&
        str_to_int(str_slice(line, sizeof("out_time_us=") - 1, SIZE_MAX), &us) && us > 0)
        *ms = us / 1000;
    return 0;
}

/* A file that does not say how long it is: what a browser records. */
static int measure(const struct video_tools *tools, enum video_kind kind, const char *folder,
                   int64_t *ret_ms, struct err *err)
{
    const char *args[] = { "-nostdin",
                           "-v",
                           "error",
                           "-progress",
                           "pipe:1",
                           "-f",
                           video_demuxer(kind),
                           "-protocol_whitelist",
                           "file",
                           "-codec_whitelist",
                           video_decoders,
                           "-i",
                           "file:in",
                           "-map",
                           "0:V:0",
                           "-c",
                           "copy",
                           "-f",
                           "null",
                           "/dev/null",
                           NULL };
    const struct video_run run = { tools->ffmpeg, args, folder, PROBE_MS, on_time, ret_ms };
    return video_run(tools, &run, err);
}

int video_probe(const struct video_tools *tools, enum video_kind kind, const char *folder,
                struct video_facts *ret_facts, struct err *err)
{
    static const char entries[] = "format=duration:stream=codec_type,width,height:"
                                  "stream_disposition=attached_pic";
    struct probe p = { 0 };
    const char *args[] = { "-v",
                           "error",
                           "-f",
                           video_demuxer(kind),
                           "-protocol_whitelist",
                           "file",
                           "-codec_whitelist",
                           video_decoders,
                           "-show_entries",
                           entries,
                           "-of",
                           "flat",
                           "file:in",
                           NULL };
    const struct video_run run = { tools->ffprobe, args, folder, PROBE_MS, on_fact, &p };
    struct video_facts facts = { 0 };
    int rc = video_run(tools, &run, err);
    for (int i = STREAMS_MAX - 1; i >= 0; i--) {
        facts.sound |= p.streams[i].sound;
        if (p.streams[i].picture && !p.streams[i].still) {
            facts.width = p.streams[i].width;
            facts.height = p.streams[i].height;
        }
    }
    if (rc == 0 && (facts.width <= 0 || facts.height <= 0))
        rc = err_detail(err, ERR_INVALID, "no pictures");
    if (rc == 0 && p.duration == 0)
        rc = measure(tools, kind, folder, &p.duration, err);
    if (rc == 0 && p.duration <= 0)
        rc = err_detail(err, ERR_INVALID, "no length");
    facts.duration = p.duration;
    if (rc == 0)
        *ret_facts = facts;
    return rc;
}

/* ---- taking it in ---- */

static enum video_kind kind_of(int fd)
{
    char head[VIDEO_HEAD];
    ssize_t n = pread(fd, head, sizeof(head), 0);
    return n == VIDEO_HEAD ? video_kind_of((struct str){ head, VIDEO_HEAD }) : VIDEO_NONE;
}

bool video_is(const struct upload *file)
{
    int fd = open(file->path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    enum video_kind kind = kind_of(fd);
    close(fd);
    return kind != VIDEO_NONE || str_starts(file->content_type, STR("video/"));
}

bool video_is_on(struct media *m)
{
    return m->can_video && settings_now(m->settings)->video;
}

/* One video on its way in. */
struct taking {
    struct media *m;
    const struct settings *settings;
    int fd;
    enum video_kind kind;
    char folder[PATH_MAX];
    struct arena *a;
    struct media_photo *video;
};

static int check_facts(const struct taking *t, const struct video_facts *facts, struct err *err)
{
    int64_t most = t->settings->video_max_seconds;
    if (facts->width < SIDE_LEAST || facts->height < SIDE_LEAST)
        return refuse_unreadable(err);
    if (facts->width > VIDEO_PIXELS_MAX || facts->height > VIDEO_PIXELS_MAX ||
        facts->width * facts->height > VIDEO_PIXELS_MAX)
        return media_refuse(err, ERR_TOO_LARGE,
                            N_("The pictures of this video are too large. 4K is the most."), 0);
    if (facts->duration <= most * 1000 + 999)
        return 0;
    if (most % 60 == 0)
        return media_refuse(err, ERR_TOO_LARGE,
                            N_("A video may be at most {n} minutes long. Please cut it."),
                            most / 60);
    return media_refuse(err, ERR_TOO_LARGE,
                        N_("A video may be at most {n} seconds long. Please cut it."), most);
}

/* One picture as "poster.jpg", upright, with square pixels and even sides. */
static int take_poster(const struct taking *t, int64_t at_ms, struct err *err)
{
    static const char upright[] = "scale=w='max(16,min(4096,trunc(iw*sar/2)*2))':"
                                  "h='max(16,trunc(ih/2)*2)',setsar=1,format=yuvj420p";
    char at[32];
    snprintf(at, sizeof(at), "%lld.%03lld", (long long)(at_ms / 1000), (long long)(at_ms % 1000));
    const char *args[] = { "-nostdin",
                           "-v",
                           "error",
                           "-threads",
                           "2",
                           "-ss",
                           at,
                           "-f",
                           video_demuxer(t->kind),
                           "-protocol_whitelist",
                           "file",
                           "-codec_whitelist",
                           video_decoders,
                           "-max_pixels",
                           "9437184",
                           "-i",
                           "file:in",
                           "-map",
                           "0:V:0",
                           "-frames:v",
                           "1",
                           "-map_metadata",
                           "-1",
                           "-vf",
                           upright,
                           "-c:v",
                           "mjpeg",
                           "-q:v",
                           "2",
                           "-f",
                           "image2",
                           "-update",
                           "1",
                           "file:poster.jpg",
                           NULL };
    const struct video_run run = { t->m->tools.ffmpeg, args, t->folder, POSTER_MS, NULL, NULL };
    return video_run(&t->m->tools, &run, err);
}

/* Of a file that ends earlier than it says, the first picture. */
static int open_poster(const struct taking *t, int64_t duration, int *ret_fd, struct err *err)
{
    char path[PATH_MAX + 16];
    int64_t at = duration / 10 < POSTER_AT_MS ? duration / 10 : POSTER_AT_MS;
    snprintf(path, sizeof(path), "%s/poster.jpg", t->folder);
    int rc = take_poster(t, at, err), fd = -1;
    if (rc == 0)
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (rc == ERR_INVALID || (rc == 0 && fd < 0)) {
        err_clear(err);
        rc = take_poster(t, 0, err);
        if (rc == 0)
            fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    }
    if (rc == 0 && fd < 0)
        rc = err_detail(err, ERR_INVALID, "no picture could be taken out");
    if (rc == 0)
        *ret_fd = fd;
    else if (fd >= 0)
        close(fd);
    return rc;
}

static int make_poster(const struct taking *t, int64_t duration, struct err *err)
{
    const struct wire_request limits = { POSTER_BYTES_MAX, 4 * (uint64_t)VIDEO_PIXELS_MAX };
    int fd = -1;
    int rc = open_poster(t, duration, &fd, err);
    if (rc < 0)
        return rc;
    rc = media_decode(t->m, fd, &limits, t->a, t->video, err);
    close(fd);
    return rc;
}

/* What is kept until the video is made, and what it says of machines. */
static int keep_source(const struct taking *t, struct err *err)
{
    struct media_photo *video = t->video;
    struct storage_item item = { 0 };
    struct marks marks = { 0 };
    int rc = media_map(t->fd, &item.bytes, err);
    if (rc < 0)
        return rc;
    marks_read_video(&marks, item.bytes);
    video->machine = marks.machine;
    video->credentials = marks.credentials;
    rendition_name(item.name, video->hash, RENDITION_SOURCE);
    rc = t->m->storage->ops->keep(t->m->storage, &item, 1, err);
    munmap((void *)(uintptr_t)item.bytes.ptr, item.bytes.len);
    if (rc < 0)
        return rc;
    video->kept[RENDITION_SOURCE] =
        (struct media_kept){ video->width, video->height, item.kept_bytes,
                             arena_str_c(t->a, item.sum) };
    return arena_overflowed(t->a) ? err_detail(err, ERR_NOMEM, "arena full") : 0;
}

static int take_in_folder(struct taking *t, struct err *err)
{
    struct video_facts facts;
    int rc = video_probe(&t->m->tools, t->kind, t->folder, &facts, err);
    if (rc == ERR_INVALID)
        return refuse_broken(err);
    if (rc == 0)
        rc = check_facts(t, &facts, err);
    if (rc < 0)
        return rc;
    rc = make_poster(t, facts.duration, err);
    if (rc == ERR_INVALID)
        return refuse_broken(err);
    if (rc < 0)
        return rc;
    t->video->kind = MEDIA_VIDEO;
    t->video->duration = facts.duration;
    return keep_source(t, err);
}

static int take(struct taking *t, const struct upload *file, struct err *err)
{
    char hash[MEDIA_HASH_LEN + 1];
    t->kind = kind_of(t->fd);
    if (t->kind == VIDEO_NONE)
        return refuse_unreadable(err);
    if (!video_is_whole(t->fd, t->kind, file->size))
        return refuse_broken(err);
    int rc = media_hash_file(t->fd, INT64_MAX, hash, &t->video->bytes, err);
    if (rc < 0)
        return rc;
    t->video->hash = arena_str_c(t->a, hash);
    if (t->video->hash.len == 0)
        return err_detail(err, ERR_NOMEM, "arena full");
    rc = video_folder_make(t->settings, file->path, t->folder, err);
    if (rc < 0)
        return rc;
    rc = take_in_folder(t, err);
    video_folder_remove(t->folder);
    return rc;
}

int video_take(struct media *m, const struct upload *file, struct arena *a,
               struct media_photo *ret_video, struct err *err)
{
    struct media_photo video = { 0 };
    struct taking t = { .m = m, .settings = settings_now(m->settings), .a = a, .video = &video };
    if (!video_is_on(m))
        return media_refuse(err, ERR_UNSUPPORTED, N_("Videos are not taken here, only photos."), 0);
    if (file->size > t.settings->video_max_bytes)
        return media_refuse(
            err, ERR_TOO_LARGE, N_("A video may have at most {n} MB. Please choose a smaller one."),
            t.settings->video_max_bytes / 1048576 > 0 ? t.settings->video_max_bytes / 1048576 : 1);
    t.fd = open(file->path, O_RDONLY | O_CLOEXEC);
    if (t.fd < 0)
        return err_detail(err, ERR_IO, "upload: %s", strerror(errno));
    int rc = take(&t, file, err);
    close(t.fd);
    if (rc == 0)
        *ret_video = video;
    return rc;
}

int video_take_any(struct media *m, const struct upload *file, struct arena *a,
                   struct media_photo *ret_taken, struct err *err)
{
    return video_is(file) ? video_take(m, file, a, ret_taken, err)
                          : media_take(m, file, a, ret_taken, err);
}
