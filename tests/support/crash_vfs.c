/* support/crash_vfs.c - see crash_vfs.h. */
#include "support/crash_vfs.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/macros.h"
#include "base/random.h"

#define SECTOR   512
#define FILES    64
#define SUFFIX   16
#define PATH_LEN 512

/* What a file looks like to SQLite; the real one is what the disk holds. */
struct image {
    char path[PATH_LEN];
    char *bytes;
    bool *dirty; /* one for each sector */
    int64_t size;
    int64_t room;    /* bytes allocated, whole sectors */
    int64_t on_disk; /* size of the real file */
    int64_t syncs;
    sqlite3_file *real; /* of the handle that wrote last, or opened first */
};

struct crash_file {
    sqlite3_file base;
    struct image *image; /* NULL: a temporary file, passed through */
    sqlite3_file *real;
};

struct failure {
    char suffix[SUFFIX];
    int after, times, code;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct image images[FILES];
static struct failure failures[2];
static bool lying;
static int64_t space = -1;
static int cut_after = -1;
static int cut_keep;
static struct random cut_chance;
static sqlite3_vfs *real_vfs;
static sqlite3_vfs crash_vfs;

static bool ends_in(const char *path, const char *suffix)
{
    size_t a = strlen(path), b = strlen(suffix);
    return a >= b && strcmp(path + a - b, suffix) == 0;
}

static void write_sector(struct image *im, int64_t sector)
{
    int64_t at = sector * SECTOR;
    int64_t len = im->size - at < SECTOR ? im->size - at : SECTOR;
    if (len <= 0)
        return;
    BUG_ON(im->real->pMethods->xWrite(im->real, im->bytes + at, (int)len, at) != SQLITE_OK);
    if (at + len > im->on_disk)
        im->on_disk = at + len;
}

static void power_cut(void)
{
    for (size_t i = 0; i < FILES; i++) {
        struct image *im = &images[i];
        for (int64_t s = 0; im->real && s < im->room / SECTOR; s++) {
            if (im->dirty[s] && (int)random_below(&cut_chance, 100) < cut_keep)
                write_sector(im, s);
        }
    }
    _exit(CRASH_STATUS);
}

/* Each write and sync passes here first; an SQLite code, SQLITE_OK to go on. */
static int pass(enum crash_op op, const struct image *im)
{
    if (cut_after >= 0 && cut_after-- == 0)
        power_cut();
    struct failure *f = &failures[op];
    if (f->times == 0 || !ends_in(im->path, f->suffix))
        return SQLITE_OK;
    if (f->after > 0) {
        f->after--;
        return SQLITE_OK;
    }
    if (f->times > 0)
        f->times--;
    return f->code;
}

static void make_room(struct image *im, int64_t size)
{
    if (size <= im->room)
        return;
    int64_t room = (size * 2 / SECTOR + 64) * SECTOR;
    im->bytes = realloc(im->bytes, (size_t)room);
    im->dirty = realloc(im->dirty, (size_t)(room / SECTOR));
    BUG_ON(!im->bytes || !im->dirty);
    memset(im->bytes + im->room, 0, (size_t)(room - im->room));
    memset(im->dirty + im->room / SECTOR, 0, (size_t)((room - im->room) / SECTOR));
    im->room = room;
}

static struct image *find(const char *path)
{
    for (size_t i = 0; i < FILES; i++) {
        if (strcmp(images[i].path, path) == 0)
            return &images[i];
    }
    return NULL;
}

/* The image of a file, filled from the disk when it is new here. */
static struct image *image_of(const char *path, sqlite3_file *real)
{
    struct image *im = find(path);
    if (im) {
        im->real = im->real ? im->real : real;
        return im;
    }
    im = find("");
    BUG_ON(!im || strlen(path) >= PATH_LEN);
    memcpy(im->path, path, strlen(path) + 1);
    sqlite3_int64 size = 0;
    BUG_ON(real->pMethods->xFileSize(real, &size) != SQLITE_OK);
    make_room(im, size + 1);
    if (size > 0)
        BUG_ON(real->pMethods->xRead(real, im->bytes, (int)size, 0) != SQLITE_OK);
    im->size = im->on_disk = size;
    im->real = real;
    return im;
}

static void forget(struct image *im)
{
    free(im->bytes);
    free(im->dirty);
    memset(im, 0, sizeof(*im));
}

#define REAL(f)  (((struct crash_file *)(f))->real)
#define IMAGE(f) (((struct crash_file *)(f))->image)

static int file_close(sqlite3_file *f)
{
    pthread_mutex_lock(&lock);
    for (size_t i = 0; i < FILES; i++) {
        if (images[i].real == REAL(f))
            images[i].real = NULL;
    }
    int rc = REAL(f)->pMethods->xClose(REAL(f));
    free(REAL(f));
    pthread_mutex_unlock(&lock);
    return rc;
}

static int file_read(sqlite3_file *f, void *out, int n, sqlite3_int64 at)
{
    struct image *im = IMAGE(f);
    if (!im)
        return REAL(f)->pMethods->xRead(REAL(f), out, n, at);
    pthread_mutex_lock(&lock);
    int64_t have = im->size - at;
    have = have < 0 ? 0 : have > n ? n : have;
    memcpy(out, im->bytes + (have ? at : 0), (size_t)have);
    memset((char *)out + have, 0, (size_t)(n - have));
    pthread_mutex_unlock(&lock);
    return have == n ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int file_write(sqlite3_file *f, const void *bytes, int n, sqlite3_int64 at)
{
    struct image *im = IMAGE(f);
    if (!im)
        return REAL(f)->pMethods->xWrite(REAL(f), bytes, n, at);
    pthread_mutex_lock(&lock);
    im->real = REAL(f);
    int rc = pass(CRASH_WRITE, im);
    if (rc == SQLITE_OK && space >= 0 && at + n > space)
        rc = SQLITE_FULL;
    if (rc == SQLITE_OK) {
        make_room(im, at + n);
        memcpy(im->bytes + at, bytes, (size_t)n);
        for (int64_t s = at / SECTOR; s <= (at + n - 1) / SECTOR; s++)
            im->dirty[s] = true;
        im->size = at + n > im->size ? at + n : im->size;
    }
    pthread_mutex_unlock(&lock);
    return rc;
}

static int file_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    struct image *im = IMAGE(f);
    if (!im)
        return REAL(f)->pMethods->xTruncate(REAL(f), size);
    pthread_mutex_lock(&lock);
    if (size < im->size) {
        memset(im->bytes + size, 0, (size_t)(im->size - size));
        im->size = size;
    }
    pthread_mutex_unlock(&lock);
    return SQLITE_OK;
}

static int file_sync(sqlite3_file *f, int flags)
{
    struct image *im = IMAGE(f);
    if (!im)
        return REAL(f)->pMethods->xSync(REAL(f), flags);
    pthread_mutex_lock(&lock);
    im->real = REAL(f);
    int rc = pass(CRASH_SYNC, im);
    if (rc == SQLITE_OK && !lying) {
        for (int64_t s = 0; s < im->room / SECTOR; s++) {
            if (im->dirty[s])
                write_sector(im, s);
            im->dirty[s] = false;
        }
        if (im->size < im->on_disk) {
            rc = im->real->pMethods->xTruncate(im->real, im->size);
            im->on_disk = im->size;
        }
        im->syncs++;
    }
    pthread_mutex_unlock(&lock);
    return rc;
}

static int file_size(sqlite3_file *f, sqlite3_int64 *ret)
{
    struct image *im = IMAGE(f);
    if (!im)
        return REAL(f)->pMethods->xFileSize(REAL(f), ret);
    pthread_mutex_lock(&lock);
    *ret = im->size;
    pthread_mutex_unlock(&lock);
    return SQLITE_OK;
}

static int file_lock(sqlite3_file *f, int level)
{
    return REAL(f)->pMethods->xLock(REAL(f), level);
}

static int file_unlock(sqlite3_file *f, int level)
{
    return REAL(f)->pMethods->xUnlock(REAL(f), level);
}

static int file_check_lock(sqlite3_file *f, int *ret)
{
    return REAL(f)->pMethods->xCheckReservedLock(REAL(f), ret);
}

static int file_control(sqlite3_file *f, int op, void *arg)
{
    /* A hint to grow the real file early would write what is not synced. */
    if (op == SQLITE_FCNTL_SIZE_HINT)
        return SQLITE_OK;
    return REAL(f)->pMethods->xFileControl(REAL(f), op, arg);
}

static int file_sector(sqlite3_file *f)
{
    return REAL(f)->pMethods->xSectorSize(REAL(f));
}

static int file_device(sqlite3_file *f)
{
    return REAL(f)->pMethods->xDeviceCharacteristics(REAL(f));
}

static int file_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **ret)
{
    return REAL(f)->pMethods->xShmMap(REAL(f), page, size, extend, ret);
}

static int file_shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
    return REAL(f)->pMethods->xShmLock(REAL(f), offset, n, flags);
}

static void file_shm_barrier(sqlite3_file *f)
{
    REAL(f)->pMethods->xShmBarrier(REAL(f));
}

static int file_shm_unmap(sqlite3_file *f, int delete)
{
    return REAL(f)->pMethods->xShmUnmap(REAL(f), delete);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2, /* without memory mapping, which would go past us */
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_lock,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_device,
    .xShmMap = file_shm_map,
    .xShmLock = file_shm_lock,
    .xShmBarrier = file_shm_barrier,
    .xShmUnmap = file_shm_unmap,
};

static int vfs_open(sqlite3_vfs *vfs UNUSED, sqlite3_filename path, sqlite3_file *f, int flags,
                    int *ret_flags)
{
    struct crash_file *file = (struct crash_file *)f;
    memset(file, 0, sizeof(*file));
    file->real = calloc(1, (size_t)real_vfs->szOsFile);
    BUG_ON(!file->real);
    int rc = real_vfs->xOpen(real_vfs, path, file->real, flags, ret_flags);
    if (rc != SQLITE_OK) {
        free(file->real);
        return rc;
    }
    if (path && flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) {
        pthread_mutex_lock(&lock);
        file->image = image_of(path, file->real);
        pthread_mutex_unlock(&lock);
    }
    file->base.pMethods = &methods;
    return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs UNUSED, const char *path, int sync_folder)
{
    pthread_mutex_lock(&lock);
    struct image *im = find(path);
    if (im)
        forget(im);
    pthread_mutex_unlock(&lock);
    return real_vfs->xDelete(real_vfs, path, sync_folder);
}

static int vfs_access(sqlite3_vfs *vfs UNUSED, const char *path, int flags, int *ret)
{
    pthread_mutex_lock(&lock);
    struct image *im = find(path);
    bool exists = im && im->size > 0;
    pthread_mutex_unlock(&lock);
    if (exists && flags == SQLITE_ACCESS_EXISTS) {
        *ret = 1;
        return SQLITE_OK;
    }
    return real_vfs->xAccess(real_vfs, path, flags, ret);
}

void crash_vfs_register(void)
{
    if (real_vfs)
        return;
    real_vfs = sqlite3_vfs_find(NULL);
    crash_vfs = *real_vfs;
    crash_vfs.pNext = NULL;
    crash_vfs.zName = CRASH_VFS;
    crash_vfs.szOsFile = sizeof(struct crash_file);
    crash_vfs.xOpen = vfs_open;
    crash_vfs.xDelete = vfs_delete;
    crash_vfs.xAccess = vfs_access;
    BUG_ON(sqlite3_vfs_register(&crash_vfs, 0) != SQLITE_OK);
}

void crash_vfs_reset(void)
{
    pthread_mutex_lock(&lock);
    for (size_t i = 0; i < FILES; i++) {
        BUG_ON(images[i].real);
        forget(&images[i]);
    }
    memset(failures, 0, sizeof(failures));
    lying = false;
    space = -1;
    cut_after = -1;
    pthread_mutex_unlock(&lock);
}

void crash_vfs_fail(enum crash_op op, const char *suffix, int after, int times, int code)
{
    pthread_mutex_lock(&lock);
    struct failure *f = &failures[op];
    BUG_ON(strlen(suffix) >= SUFFIX);
    memcpy(f->suffix, suffix, strlen(suffix) + 1);
    f->after = after;
    f->times = times;
    f->code = code;
    pthread_mutex_unlock(&lock);
}

void crash_vfs_space(int64_t bytes)
{
    pthread_mutex_lock(&lock);
    space = bytes;
    pthread_mutex_unlock(&lock);
}

void crash_vfs_lie(bool lies)
{
    pthread_mutex_lock(&lock);
    lying = lies;
    pthread_mutex_unlock(&lock);
}

void crash_vfs_power_cut(int after, int keep_percent, uint64_t seed)
{
    pthread_mutex_lock(&lock);
    random_init_seed(&cut_chance, seed);
    cut_keep = keep_percent;
    cut_after = after;
    pthread_mutex_unlock(&lock);
}

int64_t crash_vfs_syncs(const char *suffix)
{
    int64_t n = 0;
    pthread_mutex_lock(&lock);
    for (size_t i = 0; i < FILES; i++) {
        if (images[i].path[0] && ends_in(images[i].path, suffix))
            n += images[i].syncs;
    }
    pthread_mutex_unlock(&lock);
    return n;
}

int64_t crash_vfs_unsynced(const char *suffix)
{
    int64_t n = 0;
    pthread_mutex_lock(&lock);
    for (size_t i = 0; i < FILES; i++) {
        struct image *im = &images[i];
        if (!im->path[0] || !ends_in(im->path, suffix))
            continue;
        for (int64_t s = 0; s < im->room / SECTOR; s++)
            n += im->dirty[s];
    }
    pthread_mutex_unlock(&lock);
    return n;
}
