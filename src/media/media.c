/* media/media.c - takes photos in and keeps their rows. */
#include "media/media.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/id.h"
#include "base/mem.h"
#include "gen/media_sql.h"
#include "media/hash.h"
#include "media/media_int.h"

/* A phone's photo takes half a second, 40 megapixels of HEIC four; some times
 * that on a busy machine is still no reason to wait longer. */
#define JOB_MS  30000
#define WAIT_MS 20000

/* The helper's path: as a rule it stands beside the server. */
static bool find_worker(char *out, size_t size)
{
    static const char *const places[] = { "sward-media", "../libexec/sward/sward-media",
                                          "../media/sward-media", "src/media/sward-media" };
    char self[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);
    if (len <= 0)
        return false;
    self[len] = '\0';
    char *name = strrchr(self, '/');
    if (!name)
        return false;
    *name = '\0';
    for (size_t i = 0; i < ARRAY_LEN(places); i++) {
        int n = snprintf(out, size, "%s/%s", self, places[i]);
        if (n > 0 && (size_t)n < size && access(out, X_OK) == 0)
            return true;
    }
    return false;
}

int media_storage_open(const struct settings *settings, struct media_storage **ret_storage,
                       struct err *err)
{
    char path[PATH_MAX];
    int n = snprintf(path, sizeof(path), "%.*s/media", STR_ARG(settings->data_dir));
    if (n < 0 || (size_t)n >= sizeof(path))
        return err_detail(err, ERR_INVALID, "data_dir is too long");
    return storage_files_open(str_from(path), ret_storage, err);
}

int media_open(const struct settings *settings, const char *worker, struct media **ret_media,
               struct err *err)
{
    char found[PATH_MAX];
    if (!worker) {
        if (!find_worker(found, sizeof(found)))
            return err_detail(err, ERR_IO, "sward-media is not beside this program");
        worker = found;
    }
    struct media *m = mem_alloc(sizeof(*m));
    if (!m)
        return err_detail(err, ERR_NOMEM, "media");
    memset(m, 0, sizeof(*m));
    m->settings = settings;
    m->can_video = video_tools_find(worker, &m->tools);
    m->max_bytes = settings->photo_max_bytes;
    m->max_pixels = settings->photo_max_pixels;
    struct pool_config config = { worker, (int)settings->media_workers, JOB_MS, WAIT_MS };
    int rc = pool_open(&config, &m->pool, err);
    if (rc == 0)
        rc = media_storage_open(settings, &m->storage, err);
    if (rc < 0) {
        media_close(m);
        return rc;
    }
    *ret_media = m;
    return 0;
}

void media_close(struct media *m)
{
    if (!m)
        return;
    pool_close(m->pool);
    if (m->storage)
        m->storage->ops->close(m->storage);
    mem_free(m);
}

struct media_storage *media_storage_of(struct media *m)
{
    return m->storage;
}

int media_refuse(struct err *err, int code, const char *message, int64_t n)
{
    err_field_n(err, "photo", message, n);
    err_set(err, code, message);
    if (err)
        err->number = n;
    return code;
}

static int refuse_bytes(const struct media *m, struct err *err)
{
    return media_refuse(err, ERR_TOO_LARGE,
                        N_("A photo may have at most {n} MB. Please choose a smaller one."),
                        m->max_bytes / 1000000 > 0 ? m->max_bytes / 1000000 : 1);
}

static int refuse_damaged(struct err *err)
{
    return media_refuse(err, ERR_INVALID,
                        N_("This photo could not be read. Please try again or choose another one."),
                        0);
}

/* What the helper's verdict means for the person. */
static int check_status(const struct media *m, const struct wire_answer *answer, struct err *err)
{
    switch (answer->status) {
    case WIRE_OK:
        return 0;
    case WIRE_NOT_PHOTO:
        return media_refuse(
            err, ERR_UNSUPPORTED,
            N_("This is no photo that we can show. JPEG, PNG, WebP and HEIC are fine."), 0);
    case WIRE_TOO_LARGE:
        return refuse_bytes(m, err);
    case WIRE_TOO_MANY_PIXELS:
        return media_refuse(
            err, ERR_TOO_LARGE,
            N_("A photo may have at most {n} megapixels. Please choose a smaller one."),
            m->max_pixels / 1000000 > 0 ? m->max_pixels / 1000000 : 1);
    case WIRE_NO_MEMORY:
        err_detail(err, ERR_TOO_LARGE, "%s", answer->detail);
        return media_refuse(err, ERR_TOO_LARGE,
                            N_("This photo takes too much to read. Please choose a smaller one."),
                            0);
    case WIRE_DAMAGED:
        err_detail(err, ERR_INVALID, "%s", answer->detail);
        return refuse_damaged(err);
    case WIRE_FAILED:
    case WIRE_STATUSES:
        break;
    }
    return err_detail(err, ERR_IO, "photo helper failed: %s", answer->detail);
}

/* Keep the renditions, and note what is kept. */
static int keep(struct media *m, const struct pool_result *made, struct arena *a,
                struct media_photo *photo, struct err *err)
{
    struct storage_item items[RENDITIONS];
    enum rendition which[RENDITIONS];
    size_t n = 0;
    memset(items, 0, sizeof(items));
    for (int r = 0; r < RENDITIONS; r++) {
        if (made->outputs[r].len == 0)
            continue;
        rendition_name(items[n].name, photo->hash, (enum rendition)r);
        items[n].bytes = made->outputs[r];
        which[n++] = (enum rendition)r;
    }
    int rc = m->storage->ops->keep(m->storage, items, n, err);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        const struct wire_output *size = &made->answer.outputs[which[i]];
        photo->kept[which[i]] = (struct media_kept){ size->width, size->height, items[i].kept_bytes,
                                                     arena_str_c(a, items[i].sum) };
    }
    return rc;
}

int media_map(int fd, struct str *ret_bytes, struct err *err)
{
    struct stat st;
    if (fstat(fd, &st) < 0 || st.st_size <= 0)
        return err_detail(err, ERR_IO, "map: nothing to map");
    void *bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        return err_detail(err, ERR_IO, "map: %s", strerror(errno));
    *ret_bytes = (struct str){ bytes, (size_t)st.st_size };
    /* cppcheck-suppress memleak ; the caller unmaps it */
    return 0;
}

int media_decode(struct media *m, int fd, const struct wire_request *limits, struct arena *a,
                 struct media_photo *photo, struct err *err)
{
    struct pool_result made;
    int rc = pool_run(m->pool, fd, limits, &made, err);
    if (rc == ERR_INVALID)
        return refuse_damaged(err);
    if (rc < 0)
        return rc;
    rc = check_status(m, &made.answer, err);
    if (rc == 0) {
        photo->kind = made.answer.kind;
        photo->width = made.answer.width;
        photo->height = made.answer.height;
        photo->colour = made.answer.colour;
        photo->machine = made.answer.machine;
        photo->credentials = made.answer.credentials;
        rc = keep(m, &made, a, photo, err);
    }
    pool_result_release(&made);
    if (rc == 0 && arena_overflowed(a))
        rc = err_detail(err, ERR_NOMEM, "arena full");
    return rc;
}

static int take(struct media *m, int fd, struct arena *a, struct media_photo *photo,
                struct err *err)
{
    char hash[MEDIA_HASH_LEN + 1];
    int rc = media_hash_file(fd, m->max_bytes, hash, &photo->bytes, err);
    if (rc == ERR_TOO_LARGE)
        return refuse_bytes(m, err);
    if (rc < 0)
        return rc;
    photo->hash = arena_str_c(a, hash);
    if (photo->hash.len == 0)
        return err_detail(err, ERR_NOMEM, "arena full");

    const struct wire_request limits = { (uint64_t)m->max_bytes, (uint64_t)m->max_pixels };
    return media_decode(m, fd, &limits, a, photo, err);
}

int media_take(struct media *m, const struct upload *file, struct arena *a,
               struct media_photo *ret_photo, struct err *err)
{
    if (file->size > m->max_bytes)
        return refuse_bytes(m, err);
    int fd = open(file->path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_detail(err, ERR_IO, "upload: %s", strerror(errno));
    struct media_photo photo = { 0 };
    int rc = take(m, fd, a, &photo, err);
    close(fd);
    if (rc == 0)
        *ret_photo = photo;
    return rc;
}

static int insert_renditions(struct db *db, int64_t id, const struct media_photo *photo,
                             struct err *err)
{
    for (int r = 0; r < RENDITIONS_ALL; r++) {
        const struct media_kept *kept = &photo->kept[r];
        if (kept->bytes == 0)
            continue;
        struct media_insert_rendition_args args = {
            .media = id,
            .purpose = r,
            .format = str_from(rendition_specs[r].ext),
            .width = kept->width,
            .height = kept->height,
            .hash = kept->hash,
            .bytes = kept->bytes,
        };
        int rc = media_insert_rendition(db, &args, NULL, err);
        if (rc < 0)
            return rc;
    }
    return 0;
}

/* What is shown of a video will be made; until then nothing can show it. */
static int start_making(struct db *db, int64_t id, struct err *err)
{
    char text[ID_TEXT_MAX];
    struct str name = id_text(text, "media", id);
    int rc = media_set_state(db, id, MEDIA_MAKING, NULL, err);
    if (rc == 0)
        rc = media_video_begin(db, id, NULL, err);
    return rc < 0 ? rc : job_add(db, "media.video", name, db_now(db), name, err);
}

/* The owner brought the same bytes before. */
static int use_again(struct db *db, int64_t owner, const struct media_photo *photo, int64_t now,
                     int64_t *ret_id, struct err *err)
{
    struct arena a;
    arena_init(&a, 16 * 1024);
    struct media_of_owner_row row;
    int rc = media_of_owner(db, &a, photo->hash, owner, &row, err);
    if (rc == 0)
        rc = media_touch(db, row.id, photo->alt.len > 0 ? photo->alt : row.alt, now, NULL, err);
    if (rc == 0 && photo->kind == MEDIA_VIDEO) {
        /* It was kept again; its row says so, so that it goes again. */
        rc = insert_renditions(db, row.id, photo, err);
        if (rc == 0 && row.state == MEDIA_FAILED)
            rc = start_making(db, row.id, err);
    }
    if (rc == 0)
        *ret_id = row.id;
    arena_release(&a);
    return rc;
}

int media_insert(struct db *db, int64_t owner, const struct media_photo *photo, int64_t now,
                 int64_t *ret_id, struct err *err)
{
    BUG_ON(owner <= 0 || photo->hash.len != MEDIA_HASH_LEN);
    struct media_insert_row_args args = {
        .id = db_new_id(db),
        .owner = owner,
        .kind = photo->kind,
        .hash = photo->hash,
        .width = photo->width,
        .height = photo->height,
        .duration = photo->duration,
        .colour = photo->colour,
        .machine_made = photo->machine,
        .credentials = photo->credentials,
        .alt = photo->alt,
        .bytes = photo->bytes,
        .now = now,
    };
    int64_t changed;
    int rc = media_insert_row(db, &args, &changed, err);
    if (rc < 0)
        return rc;
    if (changed == 0)
        return use_again(db, owner, photo, now, ret_id, err);
    rc = insert_renditions(db, args.id, photo, err);
    if (rc == 0 && photo->kind == MEDIA_VIDEO)
        rc = start_making(db, args.id, err);
    if (rc == 0)
        *ret_id = args.id;
    return rc;
}

int media_attach(struct db *db, int64_t owner, const int64_t *ids, size_t n, enum media_use use,
                 int64_t now, struct err *err)
{
    int64_t changed = 0;
    if (n == 0)
        return 0;
    int rc = media_attach_all(db, (struct id_list){ ids, n }, owner, use, now, &changed, err);
    if (rc == 0 && changed != (int64_t)n)
        rc = err_set(err, ERR_NOT_FOUND, N_("One of the photos is gone. Please add it again."));
    return rc;
}

int media_hold(struct db *db, int64_t owner, const int64_t *ids, size_t n, int64_t now,
               struct err *err)
{
    int64_t changed = 0;
    if (n == 0)
        return 0;
    int rc = media_hold_all(db, (struct id_list){ ids, n }, owner, now, &changed, err);
    if (rc == 0 && changed != (int64_t)n)
        rc = err_set(err, ERR_NOT_FOUND, N_("One of the photos is gone. Please add it again."));
    return rc;
}

int media_detach(struct db *db, const int64_t *ids, size_t n, enum media_use use, int64_t now,
                 struct err *err)
{
    if (n == 0)
        return 0;
    return media_detach_all(db, (struct id_list){ ids, n }, use, now, NULL, err);
}

int media_reopen(struct db *db, const int64_t *ids, size_t n, enum media_use use, struct err *err)
{
    if (n == 0)
        return 0;
    return media_open_all(db, (struct id_list){ ids, n }, use == MEDIA_OPEN ? 1 : -1, NULL, err);
}

int media_forget(struct db *db, int64_t owner, struct err *err)
{
    return media_forget_owner(db, owner, NULL, err);
}

int media_discard(struct db *db, struct arena *a, int64_t owner, int64_t id, struct err *err)
{
    struct media_by_id_row row;
    int rc = media_by_id(db, a, id, &row, err);
    if (rc < 0)
        return rc;
    if (row.owner != owner)
        return err_set(err, ERR_NOT_FOUND, NULL);
    if (row.attached > 0)
        return err_set(err, ERR_CONFLICT, N_("This photo is in use. Take it out there first."));
    struct id_list ids = { &id, 1 };
    rc = media_delete_renditions(db, ids, NULL, err);
    if (rc == 0)
        rc = media_delete_videos(db, ids, NULL, err);
    return rc < 0 ? rc : media_delete_loose(db, ids, NULL, err);
}
