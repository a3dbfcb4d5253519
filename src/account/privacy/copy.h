/* account/privacy/copy.h - a person's data as one zip file.
 *
 * Every part writes its room's JSON to a file of its own beside the zip, row by
 * row; the photos are read from where they are kept. So the memory it takes
 * does not grow with the person. libzip writes the whole beside the final name
 * and renames it: a file that is there is complete.
 *
 * Threads: any; slow, so never inside a transaction.
 */
#ifndef SWARD_ACCOUNT_PRIVACY_COPY_H
#define SWARD_ACCOUNT_PRIVACY_COPY_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/settings.h"
#include "base/str.h"
#include "store/store.h"
#include "words/lang.h"

/* Most bytes of a copy. */
#define COPY_MAX (INT64_C(4) << 30)

struct copy_order {
    struct store *store;
    const struct settings *settings;
    int64_t actor;
    enum lang lang;   /* of the README */
    const char *path; /* the zip's; its folder is made */
    /* Told after each room; may be NULL. */
    int (*progress)(void *ctx, int64_t done, struct err *err);
    void *ctx;
};

/* Make it. ERR_TOO_LARGE beyond COPY_MAX, ERR_FULL, ERR_IO.
 *   ret_bytes  OUT: size of the file */
NODISCARD int copy_make(struct arena *a, const struct copy_order *order, int64_t *ret_bytes,
                        struct err *err);

/* Where things of this room are kept: <data_dir>/<folder>/<name>. */
struct str copy_path(struct arena *a, const struct settings *settings, const char *folder,
                     struct str name);

#endif
