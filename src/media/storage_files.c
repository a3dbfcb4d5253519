/* media/storage_files.c - renditions as files below one folder. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "media/hash.h"
#include "media/storage.h"

/* Names of files on their way in and out; never served, since no rendition is
 * called so. */
#define COMING ".new-"
#define GOING  ".old-"

struct files {
    struct media_storage storage; /* first: ops find the whole by it */
    int root;                     /* descriptor of the folder */
    char *path;                   /* its path, without a slash at the end */
    _Atomic unsigned serial;      /* makes temporary names differ */
};

static struct files *files_of(struct media_storage *s)
{
    return (struct files *)s;
}

static int failed(struct err *err, const char *what)
{
    int code = errno == ENOSPC || errno == EDQUOT ? ERR_FULL : ERR_IO;
    return err_detail(err, code, "media files: %s: %s", what, strerror(errno));
}

void rendition_name(char out[RENDITION_NAME_MAX], struct str hash, enum rendition r)
{
    BUG_ON(hash.len != MEDIA_HASH_LEN || r >= RENDITIONS_ALL);
    /* Without printf: a page of cards names a hundred. */
    char digits[8];
    size_t at = sizeof(digits), len = strlen(rendition_specs[r].ext);
    for (int left = rendition_specs[r].width; left > 0; left /= 10)
        digits[--at] = (char)('0' + left % 10);
    memcpy(out, hash.ptr, MEDIA_HASH_LEN);
    char *end = out + MEDIA_HASH_LEN;
    *end++ = '-';
    memcpy(end, digits + at, sizeof(digits) - at);
    end += sizeof(digits) - at;
    *end++ = '.';
    memcpy(end, rendition_specs[r].ext, len + 1);
}

static int sync_folder(int fd)
{
    return fsync(fd);
}

/* Open folder `name` in `parent`, made when `make`; its name is then on disk. */
static int open_folder(int parent, const char *name, bool make)
{
    const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW;
    int fd = openat(parent, name, flags);
    if (fd >= 0 || errno != ENOENT || !make)
        return fd;
    if (mkdirat(parent, name, 0750) < 0 && errno != EEXIST)
        return -1;
    fd = openat(parent, name, flags);
    if (fd >= 0 && sync_folder(parent) < 0) {
        close(fd);
        return -1;
    }
    return fd;
}

/* The folder that holds a photo: <root>/ab/cd. */
static int open_shelf(struct files *f, const char *name, bool make)
{
    char first[3] = { name[0], name[1], '\0' }, second[3] = { name[2], name[3], '\0' };
    int outer = open_folder(f->root, first, make);
    if (outer < 0)
        return -1;
    int inner = open_folder(outer, second, make);
    int saved = errno;
    close(outer);
    errno = saved;
    return inner;
}

static int write_all(int fd, struct str bytes)
{
    while (bytes.len > 0) {
        ssize_t n = write(fd, bytes.ptr, bytes.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        bytes = str_slice(bytes, (size_t)n, bytes.len);
    }
    return 0;
}

/* Write, sync, then give it its name. */
static int write_new(struct files *f, int shelf, struct storage_item *item, struct err *err)
{
    char coming[64];
    snprintf(coming, sizeof(coming), COMING "%ld-%u", (long)getpid(),
             atomic_fetch_add(&f->serial, 1));
    int fd = openat(shelf, coming, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
    if (fd < 0)
        return failed(err, "create");
    int rc = 0;
    if (write_all(fd, item->bytes) < 0)
        rc = failed(err, "write");
    else if (fsync(fd) < 0)
        rc = failed(err, "fsync");
    if (close(fd) < 0 && rc == 0)
        rc = failed(err, "close");
    if (rc == 0 && renameat(shelf, coming, shelf, item->name) < 0)
        rc = failed(err, "rename");
    if (rc < 0) {
        unlinkat(shelf, coming, 0);
        return rc;
    }
    item->kept_bytes = (int64_t)item->bytes.len;
    media_hash(item->sum, item->bytes);
    return 0;
}

/* What is there already stays; it may differ from ours in its bytes, when an
 * earlier version of the encoder made it. */
static int keep_one(struct files *f, int shelf, struct storage_item *item, struct err *err)
{
    if (utimensat(shelf, item->name, NULL, AT_SYMLINK_NOFOLLOW) < 0) {
        if (errno != ENOENT)
            return failed(err, "touch");
        return write_new(f, shelf, item, err);
    }
    int fd = openat(shelf, item->name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return errno == ENOENT ? write_new(f, shelf, item, err) : failed(err, "open");
    int rc = media_hash_file(fd, INT64_MAX, item->sum, &item->kept_bytes, err);
    close(fd);
    return rc;
}

static int files_keep(struct media_storage *s, struct storage_item *items, size_t n,
                      struct err *err)
{
    struct files *f = files_of(s);
    BUG_ON(n == 0);
    int shelf = open_shelf(f, items[0].name, true);
    if (shelf < 0)
        return failed(err, "folder");
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        BUG_ON(memcmp(items[i].name, items[0].name, 4) != 0);
        rc = keep_one(f, shelf, &items[i], err);
    }
    if (rc == 0 && sync_folder(shelf) < 0)
        rc = failed(err, "fsync folder");
    close(shelf);
    return rc;
}

static int files_find(struct media_storage *s, struct arena *a, struct str name,
                      struct str *ret_path, int64_t *ret_bytes, struct err *err)
{
    struct files *f = files_of(s);
    BUG_ON(name.len < 4);
    struct str path =
        arena_printf(a, "%s/%.2s/%.2s/%.*s", f->path, name.ptr, name.ptr + 2, STR_ARG(name));
    if (path.len == 0)
        return err_detail(err, ERR_NOMEM, "arena full");
    struct stat st;
    if (lstat(path.ptr, &st) < 0)
        return errno == ENOENT || errno == ENOTDIR ? err_set(err, ERR_NOT_FOUND, NULL)
                                                   : failed(err, "stat");
    if (!S_ISREG(st.st_mode))
        return err_set(err, ERR_NOT_FOUND, NULL);
    *ret_path = path;
    *ret_bytes = st.st_size;
    return 0;
}

bool storage_stood(int64_t written, int64_t seconds)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return written + seconds <= now.tv_sec;
}

static bool is_young(const struct stat *st)
{
    return !storage_stood(st->st_mtim.tv_sec, STORAGE_YOUNG);
}

/* Somebody may keep the same photo again at this very moment. They either
 * touch the file before it is renamed, and its age then shows it, or they do
 * not find it and write it anew. */
static int drop_at(struct files *f, int shelf, const char *name, struct err *err)
{
    struct stat st;
    if (fstatat(shelf, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
        return errno == ENOENT ? 0 : failed(err, "stat");
    if (is_young(&st))
        return 0;
    char going[64];
    snprintf(going, sizeof(going), GOING "%ld-%u", (long)getpid(), atomic_fetch_add(&f->serial, 1));
    if (renameat(shelf, name, shelf, going) < 0)
        return errno == ENOENT ? 0 : failed(err, "rename");
    if (fstatat(shelf, going, &st, AT_SYMLINK_NOFOLLOW) == 0 && is_young(&st)) {
        if (renameat2(shelf, going, shelf, name, RENAME_NOREPLACE) == 0)
            return 0;
        if (errno != EEXIST)
            return failed(err, "rename back");
        unlinkat(shelf, going, 0);
        return 0;
    }
    return unlinkat(shelf, going, 0) < 0 ? failed(err, "unlink") : 1;
}

static int files_drop(struct media_storage *s, struct str name, struct err *err)
{
    struct files *f = files_of(s);
    char text[RENDITION_NAME_MAX];
    BUG_ON(name.len < 4 || name.len >= sizeof(text));
    snprintf(text, sizeof(text), "%.*s", STR_ARG(name));
    int shelf = open_shelf(f, text, false);
    if (shelf < 0)
        return errno == ENOENT ? 0 : failed(err, "folder");
    int rc = drop_at(f, shelf, text, err);
    close(shelf);
    return rc;
}

/* A walk in progress. */
struct walk {
    struct files *f;
    storage_walk_fn *fn;
    void *ctx;
    struct err *err;
};

static int walk_file(struct walk *w, int shelf, const char *folder, const char *name)
{
    struct stat st;
    if (fstatat(shelf, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
        return errno == ENOENT ? 0 : failed(w->err, "stat");
    struct str text = str_from(name);
    if (str_starts(text, STR(COMING)) || str_starts(text, STR(GOING))) {
        if (!is_young(&st))
            unlinkat(shelf, name, 0);
        return 0;
    }
    char path[256 + 16];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    struct str hash;
    enum rendition r;
    bool ours = S_ISREG(st.st_mode) && rendition_parse(text, &hash, &r) && folder[0] == name[0] &&
                folder[1] == name[1] && folder[3] == name[2] && folder[4] == name[3];
    return w->fn(w->ctx, ours ? text : STR(""), str_from(path), st.st_size, w->err);
}

typedef int walk_entry_fn(struct walk *w, int folder, const char *path, const char *name);

/* Call fn for each entry of a folder; closes fd. */
static int walk_folder(struct walk *w, int fd, const char *path, walk_entry_fn *fn)
{
    DIR *dir = fdopendir(fd);
    if (!dir) {
        int rc = failed(w->err, "folder");
        close(fd);
        return rc;
    }
    int rc = 0;
    const struct dirent *entry;
    while (rc == 0 && (errno = 0, entry = readdir(dir)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            rc = fn(w, dirfd(dir), path, entry->d_name);
    if (rc == 0 && errno != 0)
        rc = failed(w->err, "folder");
    closedir(dir);
    return rc;
}

static int stray(struct walk *w, const char *path, const char *name)
{
    char full[32 + 256];
    snprintf(full, sizeof(full), "%s%s%s", path, path[0] ? "/" : "", name);
    return w->fn(w->ctx, STR(""), str_from(full), 0, w->err);
}

static int walk_inner(struct walk *w, int folder, const char *path, const char *name)
{
    int fd = strlen(name) == 2 ? open_folder(folder, name, false) : -1;
    if (fd < 0)
        return stray(w, path, name);
    char inner[8];
    snprintf(inner, sizeof(inner), "%.2s/%.2s", path, name);
    return walk_folder(w, fd, inner, walk_file);
}

static int walk_outer(struct walk *w, int folder, const char *path, const char *name)
{
    int fd = strlen(name) == 2 ? open_folder(folder, name, false) : -1;
    if (fd < 0)
        return stray(w, path, name);
    return walk_folder(w, fd, name, walk_inner);
}

static int files_walk(struct media_storage *s, storage_walk_fn *fn, void *ctx, struct err *err)
{
    struct files *f = files_of(s);
    struct walk w = { f, fn, ctx, err };
    int fd = openat(f->root, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return failed(err, "folder");
    return walk_folder(&w, fd, "", walk_outer);
}

static void files_close(struct media_storage *s)
{
    struct files *f = files_of(s);
    if (f->root >= 0)
        close(f->root);
    mem_free(f->path);
    mem_free(f);
}

static const struct media_storage_ops files_ops = {
    .keep = files_keep,
    .find = files_find,
    .drop = files_drop,
    .walk = files_walk,
    .close = files_close,
};

int storage_files_open(struct str root, struct media_storage **ret_storage, struct err *err)
{
    struct files *f = mem_alloc(sizeof(*f));
    char *path = mem_alloc(root.len + 1);
    if (!f || !path) {
        mem_free(f);
        mem_free(path);
        return err_detail(err, ERR_NOMEM, "media files");
    }
    memset(f, 0, sizeof(*f));
    if (root.len > 0)
        memcpy(path, root.ptr, root.len);
    path[root.len] = '\0';
    f->storage.ops = &files_ops;
    f->path = path;
    f->root = open_folder(AT_FDCWD, path, false);
    if (f->root < 0 && errno == ENOENT && mkdir(path, 0750) == 0)
        f->root = open_folder(AT_FDCWD, path, false);
    if (f->root < 0) {
        int rc = err_detail(err, ERR_IO, "media folder %s: %s", path, strerror(errno));
        files_close(&f->storage);
        return rc;
    }
    *ret_storage = &f->storage;
    return 0;
}
