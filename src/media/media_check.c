/* media/media_check.c - rows and files agree: purge, sweep, doctor. */
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "gen/media_sql.h"
#include "media/hash.h"
#include "media/media.h"
#include "store/doctor.h"
#include "store/store.h"

/* Photos purged in one write, and files looked up in one read: neither holds
 * others up for long. */
#define PURGE_BATCH 200
#define SWEEP_BATCH 500

/* Batches of one purge: a job ends well within its lease; the rest has time. */
#define PURGE_BATCHES 25

#define BATCH_ARENA ((size_t)1 << 20)

/* One batch of the purge: what it deleted. */
struct purge {
    struct arena *arena;
    struct str *hashes; /* photos that nobody has any more */
    size_t n_hashes;
    size_t n_rows;
};

static int purge_rows(struct db *db, void *ctx, struct err *err)
{
    struct purge *p = ctx;
    arena_clear(p->arena); /* a write may run more than once */
    p->n_hashes = 0;
    struct media_loose_before_rows rows;
    int64_t before = db_now(db) - MEDIA_LOOSE_HOURS * TIME_HOUR;
    int rc = media_loose_before(db, p->arena, before, PURGE_BATCH, &rows, err);
    if (rc < 0 || rows.n == 0) {
        p->n_rows = 0;
        return rc;
    }
    int64_t *ids = arena_new_array(p->arena, rows.n, int64_t);
    p->hashes = arena_new_array(p->arena, rows.n, struct str);
    if (!ids || !p->hashes)
        return err_detail(err, ERR_NOMEM, "purge");
    for (size_t i = 0; i < rows.n; i++)
        ids[i] = rows.v[i].id;
    struct id_list list = { ids, rows.n };
    rc = media_delete_renditions(db, list, NULL, err);
    if (rc == 0)
        rc = media_delete_videos(db, list, NULL, err);
    if (rc == 0)
        rc = media_delete_loose(db, list, NULL, err);
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        struct media_hash_used_row used;
        rc = media_hash_used(db, p->arena, rows.v[i].hash, &used, err);
        if (rc == 0 && !used.used)
            p->hashes[p->n_hashes++] = rows.v[i].hash;
    }
    p->n_rows = rows.n;
    return rc;
}

static int drop_all(struct media_storage *storage, struct str hash, struct err *err)
{
    for (int r = 0; r < RENDITIONS_ALL; r++) {
        char name[RENDITION_NAME_MAX];
        rendition_name(name, hash, (enum rendition)r);
        int rc = storage->ops->drop(storage, str_from(name), err);
        if (rc < 0)
            return rc;
    }
    return 0;
}

int media_purge(struct media_storage *storage, struct store *store, int64_t *ret_purged,
                struct err *err)
{
    struct arena a;
    arena_init(&a, BATCH_ARENA);
    struct purge p = { .arena = &a };
    int64_t purged = 0;
    int rc, batches = 0;
    do {
        rc = store_write(store, purge_rows, &p, err);
        /* The rows are gone for good now; files without a row do no harm. */
        for (size_t i = 0; rc == 0 && i < p.n_hashes; i++)
            rc = drop_all(storage, p.hashes[i], err);
        purged += rc == 0 ? (int64_t)p.n_rows : 0;
    } while (rc == 0 && p.n_rows == PURGE_BATCH && ++batches < PURGE_BATCHES);
    arena_release(&a);
    if (rc == 0)
        *ret_purged = purged;
    return rc;
}

/* Files found by a walk, looked up in the database a batch at a time. */
struct lookup {
    struct store *store;
    char names[SWEEP_BATCH][RENDITION_NAME_MAX];
    bool known[SWEEP_BATCH];
    size_t n;

    struct media_storage *from;    /* where they were found */
    struct media_storage *storage; /* to remove what is unknown; NULL = only report */
    int64_t swept;
    struct doctor *doctor; /* to report to; NULL = none */
};

static int look_up(struct db *db, void *ctx, struct err *err)
{
    struct lookup *l = ctx;
    struct arena a;
    arena_init(&a, BATCH_ARENA);
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < l->n; i++) {
        struct media_file_used_row used = { 0 };
        struct str hash;
        enum rendition r;
        if (rendition_parse(str_from(l->names[i]), &hash, &r))
            rc = media_file_used(db, &a, hash, r, &used, err);
        l->known[i] = rc == 0 && used.used;
        arena_clear(&a);
    }
    arena_release(&a);
    return rc;
}

/* Its row may be about to be written, or its last row just went. */
static bool is_young(struct lookup *l, struct str name)
{
    struct arena a;
    struct stat st;
    struct str path;
    struct err err = { 0 };
    int64_t bytes;
    arena_init(&a, 4096);
    int rc = l->from->ops->find(l->from, &a, name, &path, &bytes, &err);
    bool young = rc == 0 && stat(path.ptr, &st) == 0 && !storage_stood(st.st_mtime, STORAGE_YOUNG);
    arena_release(&a);
    return young || rc == ERR_NOT_FOUND;
}

static int finish_batch(struct lookup *l, struct err *err)
{
    if (l->n == 0)
        return 0;
    int rc = store_read(l->store, look_up, l, err);
    for (size_t i = 0; rc >= 0 && i < l->n; i++) {
        if (l->known[i])
            continue;
        if (l->doctor && !is_young(l, str_from(l->names[i])))
            doctor_wrong(l->doctor, "file %s belongs to no photo", l->names[i]);
        if (l->storage) {
            rc = l->storage->ops->drop(l->storage, str_from(l->names[i]), err);
            l->swept += rc > 0;
        }
    }
    if (l->doctor)
        doctor_looked(l->doctor, (int64_t)l->n);
    l->n = 0;
    return rc < 0 ? rc : 0;
}

static int on_file(void *ctx, struct str name, struct str path, int64_t bytes UNUSED,
                   struct err *err)
{
    struct lookup *l = ctx;
    if (name.len == 0) {
        if (l->doctor)
            doctor_wrong(l->doctor, "file %.*s is none of ours", STR_ARG(path));
        return 0;
    }
    memcpy(l->names[l->n], name.ptr, name.len);
    l->names[l->n][name.len] = '\0';
    return ++l->n == SWEEP_BATCH ? finish_batch(l, err) : 0;
}

static int walk(struct media_storage *storage, struct lookup *l, struct err *err)
{
    l->from = storage;
    int rc = storage->ops->walk(storage, on_file, l, err);
    return rc < 0 ? rc : finish_batch(l, err);
}

int media_sweep(struct media_storage *storage, struct store *store, int64_t *ret_swept,
                struct err *err)
{
    struct lookup *l = mem_alloc(sizeof(*l));
    if (!l)
        return err_detail(err, ERR_NOMEM, "sweep");
    memset(l, 0, sizeof(*l));
    l->store = store;
    l->storage = storage;
    int rc = walk(storage, l, err);
    if (rc == 0)
        *ret_swept = l->swept;
    mem_free(l);
    return rc;
}

/* One page of rows for the doctor. */
struct rendition_page {
    int64_t media, purpose; /* after this one */
    struct arena *arena;
    struct media_renditions_after_rows rows;
};

static int read_page(struct db *db, void *ctx, struct err *err)
{
    struct rendition_page *p = ctx;
    return media_renditions_after(db, p->arena, p->media, p->purpose, DOCTOR_PAGE, &p->rows, err);
}

/* The file of one row: is it there, and is it what it was? */
static int check_file(struct media_storage *storage, struct arena *a, struct doctor *d,
                      const struct media_renditions_after_row *row, struct err *err)
{
    if (row->purpose < 0 || row->purpose >= RENDITIONS_ALL || row->photo.len != MEDIA_HASH_LEN) {
        doctor_wrong(d, "photo %" PRId64 " has a rendition that nobody knows", row->media);
        return 0;
    }
    char name[RENDITION_NAME_MAX], hash[MEDIA_HASH_LEN + 1];
    rendition_name(name, row->photo, (enum rendition)row->purpose);
    struct str path;
    int64_t bytes;
    int rc = storage->ops->find(storage, a, str_from(name), &path, &bytes, err);
    if (rc == ERR_NOT_FOUND) {
        doctor_wrong(d, "photo %" PRId64 " lacks its file %s", row->media, name);
        err_clear(err);
        return 0;
    }
    if (rc < 0)
        return rc;
    int fd = open(path.ptr, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        rc = media_hash_file(fd, INT64_MAX, hash, &bytes, err);
        close(fd);
    }
    if (fd < 0 || rc < 0) {
        doctor_wrong(d, "file %s of photo %" PRId64 " cannot be read", name, row->media);
        err_clear(err);
    } else if (bytes != row->bytes || !str_eq_c(row->hash, hash)) {
        doctor_wrong(d, "file %s of photo %" PRId64 " is not what was kept", name, row->media);
    }
    return 0;
}

static int check_rows(struct media_storage *storage, struct store *store, struct doctor *d,
                      struct err *err)
{
    struct arena a;
    arena_init(&a, 8 * BATCH_ARENA);
    struct rendition_page page = { .media = 0, .purpose = -1, .arena = &a };
    int rc;
    do {
        arena_clear(&a);
        rc = store_read(store, read_page, &page, err);
        for (size_t i = 0; rc == 0 && i < page.rows.n; i++) {
            rc = check_file(storage, &a, d, &page.rows.v[i], err);
            page.media = page.rows.v[i].media;
            page.purpose = page.rows.v[i].purpose;
        }
        doctor_looked(d, rc == 0 ? (int64_t)page.rows.n : 0);
    } while (rc == 0 && page.rows.n == DOCTOR_PAGE);
    arena_release(&a);
    return rc;
}

/* The other way round: files that no row knows. */
static int check_files(struct media_storage *storage, struct store *store, struct doctor *d,
                       struct err *err)
{
    struct lookup *l = mem_alloc(sizeof(*l));
    if (!l)
        return err_detail(err, ERR_NOMEM, "doctor");
    memset(l, 0, sizeof(*l));
    l->store = store;
    l->doctor = d;
    int rc = walk(storage, l, err);
    mem_free(l);
    return rc;
}

static int purge_job(struct store *store, struct arena *a UNUSED, const struct job *job,
                     void *ctx UNUSED, struct err *err)
{
    struct media_storage *storage;
    int64_t purged;
    int rc = media_storage_open(job->settings, &storage, err);
    if (rc < 0)
        return rc;
    rc = media_purge(storage, store, &purged, err);
    storage->ops->close(storage);
    return rc;
}

static int sweep_job(struct store *store, struct arena *a UNUSED, const struct job *job,
                     void *ctx UNUSED, struct err *err)
{
    struct media_storage *storage;
    int64_t swept;
    int rc = media_storage_open(job->settings, &storage, err);
    if (rc < 0)
        return rc;
    rc = media_sweep(storage, store, &swept, err);
    storage->ops->close(storage);
    return rc;
}

const struct job_kind media_jobs[] = {
    { .name = "media.purge", .call = purge_job, .every = TIME_HOUR },
    { .name = "media.sweep", .call = sweep_job, .every = 7 * TIME_DAY },
    { 0 },
};

int media_doctor(struct store *store, struct doctor *d, struct err *err)
{
    struct media_storage *storage;
    int rc = media_storage_open(d->settings, &storage, err);
    if (rc < 0)
        return rc;
    doctor_begin(d);
    rc = check_rows(storage, store, d, err);
    if (rc == 0) {
        doctor_end(d, "every photo has its files, unchanged");
        doctor_begin(d);
        rc = check_files(storage, store, d, err);
    }
    if (rc == 0)
        doctor_end(d, "every media file belongs to a photo");
    storage->ops->close(storage);
    return rc;
}
