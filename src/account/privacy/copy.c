#include "account/privacy/copy.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "account/privacy/privacy.h"
#include "account/privacy/readme.h"
#include "media/media.h"

#define GATHER_ARENA (8 * 1024 * 1024)

struct copy {
    const struct copy_order *order;
    struct arena *arena; /* names: they must live until the zip is closed */
    struct arena page;   /* what a part reads */
    struct media_storage *storage;
    zip_t *zip;
    const char *folder; /* of the JSON files, while it is made */
    int64_t room;       /* bytes that may still go in */
    const struct privacy_part *part;
    struct privacy_out out;
};

struct str copy_path(struct arena *a, const struct settings *settings, const char *folder,
                     struct str name)
{
    return arena_printf(a, "%.*s/%s/%.*s", STR_ARG(settings->data_dir), folder, STR_ARG(name));
}

static int zip_failed(struct copy *c, const char *what, struct err *err)
{
    return err_detail(err, ERR_IO, "%s: %s", what, zip_strerror(c->zip));
}

/* Put a file into the zip: its bytes are read when that is closed. */
static int add_file(struct copy *c, const char *name, const char *path, bool packed,
                    struct err *err)
{
    zip_source_t *source = zip_source_file(c->zip, path, 0, -1);
    if (!source)
        return zip_failed(c, path, err);
    zip_int64_t at = zip_file_add(c->zip, name, source, ZIP_FL_OVERWRITE | ZIP_FL_ENC_UTF_8);
    if (at < 0) {
        zip_source_free(source);
        return zip_failed(c, name, err);
    }
    if (zip_set_file_compression(c->zip, (zip_uint64_t)at, packed ? ZIP_CM_DEFLATE : ZIP_CM_STORE,
                                 0) < 0)
        return zip_failed(c, name, err);
    return 0;
}

static int add_photo(void *ctx, struct str name, struct err *err)
{
    struct copy *c = ctx;
    struct str path;
    int64_t bytes;
    int rc = c->storage->ops->find(c->storage, c->arena, name, &path, &bytes, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        return 0;
    }
    if (rc < 0)
        return rc;
    c->room -= bytes;
    if (c->room < 0)
        return err_detail(err, ERR_TOO_LARGE, "the photos are more than a copy holds");
    struct str inside = arena_printf(c->arena, "photos/%.*s", STR_ARG(name));
    return add_file(c, inside.ptr, path.ptr, false, err);
}

static int gather(struct db *db, void *ctx, struct err *err)
{
    struct copy *c = ctx;
    return c->part->gather(db, &c->page, c->order->actor, &c->out, err);
}

/* One room's JSON, in a file beside the zip. */
static int add_part(struct copy *c, const struct privacy_part *part, struct err *err)
{
    struct str path = arena_printf(c->arena, "%s/%s.json", c->folder, part->name);
    struct str name = arena_printf(c->arena, "%s.json", part->name);
    FILE *stream = fopen(path.ptr, "we");
    struct err second = { 0 };
    if (!stream)
        return err_detail(err, ERR_IO, "%s: %s", path.ptr, strerror(errno));
    c->part = part;
    privacy_begin(&c->out, stream, c->room, add_photo, c);
    int rc = store_read(c->order->store, gather, c, err);
    int ended = privacy_end(&c->out, &second);
    if (rc == 0 && ended < 0) {
        *err = second;
        rc = ended;
    }
    long bytes = ftell(stream);
    if (fclose(stream) != 0 && rc == 0)
        rc = err_detail(err, errno == ENOSPC ? ERR_FULL : ERR_IO, "%s: %s", path.ptr,
                        strerror(errno));
    c->room -= bytes;
    return rc < 0 ? rc : add_file(c, name.ptr, path.ptr, true, err);
}

static int add_readme(struct copy *c, struct err *err)
{
    struct str text;
    int rc = readme_write(c->arena, c->order->lang, c->order->settings, &text, err);
    if (rc < 0)
        return rc;
    zip_source_t *source = zip_source_buffer(c->zip, text.ptr, text.len, 0);
    if (!source)
        return zip_failed(c, "README", err);
    if (zip_file_add(c->zip, "README.txt", source, ZIP_FL_OVERWRITE | ZIP_FL_ENC_UTF_8) < 0) {
        zip_source_free(source);
        return zip_failed(c, "README", err);
    }
    return 0;
}

static int add_parts(struct copy *c, struct err *err)
{
    size_t n;
    const struct privacy_part *const *parts = privacy_parts(&n);
    int rc = add_readme(c, err);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        if (parts[i]->gather)
            rc = add_part(c, parts[i], err);
        if (rc == 0 && c->order->progress)
            rc = c->order->progress(c->order->ctx, (int64_t)i + 1, err);
    }
    return rc;
}

static int make_folder(const char *path, struct err *err)
{
    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        return err_detail(err, ERR_IO, "%s: %s", path, strerror(errno));
    return 0;
}

/* The JSON files went into the zip, or the copy failed: they are not needed. */
static void remove_parts(struct copy *c)
{
    size_t n;
    const struct privacy_part *const *parts = privacy_parts(&n);
    for (size_t i = 0; i < n; i++) {
        struct str path = arena_printf(c->arena, "%s/%s.json", c->folder, parts[i]->name);
        if (path.len)
            (void)unlink(path.ptr);
    }
    (void)rmdir(c->folder);
}

static int write_zip(struct copy *c, struct err *err)
{
    int code = 0;
    c->zip = zip_open(c->order->path, ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (!c->zip)
        return err_detail(err, ERR_IO, "%s: libzip error %d", c->order->path, code);
    int rc = add_parts(c, err);
    if (rc == 0 && zip_close(c->zip) == 0)
        return 0;
    if (rc == 0)
        rc = zip_failed(c, "close", err);
    zip_discard(c->zip);
    return rc;
}

int copy_make(struct arena *a, const struct copy_order *order, int64_t *ret_bytes, struct err *err)
{
    struct stat st;
    struct copy *c = arena_new(a, struct copy);
    const char *slash = strrchr(order->path, '/');
    if (!c || !slash)
        return err_detail(err, ERR_NOMEM, "arena full");
    c->order = order;
    c->arena = a;
    c->room = COPY_MAX;
    struct str parent = { order->path, (size_t)(slash - order->path) };
    c->folder = arena_printf(a, "%s.parts", order->path).ptr;
    int rc = make_folder(arena_cstr(a, parent), err);
    if (rc == 0)
        rc = make_folder(c->folder, err);
    if (rc == 0)
        rc = media_storage_open(order->settings, &c->storage, err);
    if (rc < 0)
        return rc;
    arena_init(&c->page, GATHER_ARENA);
    rc = write_zip(c, err);
    arena_release(&c->page);
    c->storage->ops->close(c->storage);
    remove_parts(c);
    if (rc == 0 && stat(order->path, &st) != 0)
        rc = err_detail(err, ERR_IO, "%s: %s", order->path, strerror(errno));
    if (rc == 0)
        *ret_bytes = st.st_size;
    return rc;
}
