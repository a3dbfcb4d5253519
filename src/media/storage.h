/* media/storage.h - where renditions are kept, by name.
 *
 * A name is what rendition_name makes: <hash>-<width>.<ext>. What is kept
 * under a name never changes, so it can be kept twice, found by anyone, and
 * served for ever. Behind the interface are files today (storage_files_open);
 * object storage fits the same four doors.
 *
 * Durable before visible: when keep returns, what it kept is on the disk, so a
 * row that names it may be committed.
 *
 * Threads: any, at the same time, also several processes on one folder.
 */
#ifndef SWARD_MEDIA_STORAGE_H
#define SWARD_MEDIA_STORAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"
#include "media/rendition.h"

/* Characters of a rendition's name, NUL included. */
#define RENDITION_NAME_MAX (MEDIA_HASH_LEN + 16)

/* One thing to keep. */
struct storage_item {
    char name[RENDITION_NAME_MAX];
    struct str bytes;
    int64_t kept_bytes;           /* OUT: size of what stands under the name now */
    char sum[MEDIA_HASH_LEN + 1]; /* OUT: media_hash of it */
};

struct media_storage;

/* Told of each thing in storage, in no order; ends the walk when not 0.
 *   name   "" for a left-over that is no rendition; path names it then */
typedef int storage_walk_fn(void *ctx, struct str name, struct str path, int64_t bytes,
                            struct err *err);

struct media_storage_ops {
    /* Keep all n, which belong to one photo. What is there already stays as it
     * is and becomes young again. ERR_FULL, ERR_IO. */
    int (*keep)(struct media_storage *s, struct storage_item *items, size_t n, struct err *err);

    /* Where a thing is: a local path in the arena, and its size. ERR_NOT_FOUND. */
    int (*find)(struct media_storage *s, struct arena *a, struct str name, struct str *ret_path,
                int64_t *ret_bytes, struct err *err);

    /* Remove a thing unless it is young (kept or kept again within STORAGE_YOUNG
     * seconds): somebody may be about to name it in a row. 1 when it was
     * removed, 0 when it stays or was not there, negative on error. */
    int (*drop)(struct media_storage *s, struct str name, struct err *err);

    /* Everything there is; also removes what a crash left half-written. */
    int (*walk)(struct media_storage *s, storage_walk_fn *fn, void *ctx, struct err *err);

    void (*close)(struct media_storage *s);
};

struct media_storage {
    const struct media_storage_ops *ops;
};

/* How long between the files of a photo and its row, at most, with much to
 * spare. Measured by the file system's own clock. */
#define STORAGE_YOUNG 900

/* Whether a file that was last written at `written` (seconds since 1970) has
 * stood for `seconds`, by the file system's clock. */
bool storage_stood(int64_t written, int64_t seconds);

/* Files below a folder, which is made: <root>/ab/cd/<name>.
 *   ret_storage  OUT: freed by ops->close */
NODISCARD int storage_files_open(struct str root, struct media_storage **ret_storage,
                                 struct err *err);

/* The name of a rendition. */
void rendition_name(char out[RENDITION_NAME_MAX], struct str hash, enum rendition r);

#endif
