/* unit/media/kit.h - a media folder with test helpers, and the photos of the tests. */
#ifndef SWARD_TESTS_UNIT_MEDIA_KIT_H
#define SWARD_TESTS_UNIT_MEDIA_KIT_H

#include "support/test_store.h"

#include "base/arena.h"
#include "base/settings.h"
#include "media/media.h"

struct kit {
    struct settings settings;
    struct arena arena;
    struct media *media;
    char folder[64]; /* data_dir */
};

/* A fresh data folder, sward-media-test as the helper. */
void kit_init(struct kit *k);

/* Removes the folder with all that is in it. */
void kit_release(struct kit *k);

/* Path of a photo of the tests; in a ring of static storage. */
const char *kit_photo(const char *name);

/* Write bytes as a file of the data folder; its path, as kit_photo. */
const char *kit_write(struct kit *k, const char *name, struct str bytes);

/* Take a photo; the code of media_take. */
int kit_take(struct kit *k, const char *path, struct media_photo *ret, struct err *err);

/* The same where it must succeed. */
struct media_photo kit_taken(struct kit *k, const char *name);

/* What `images look` says about a rendition; points as "X Y X Y". In static
 * storage until the next call. */
const char *kit_look(struct kit *k, struct str hash, enum rendition r, const char *points);

/* Path of a rendition's file, as kit_photo. */
const char *kit_file(struct kit *k, struct str hash, enum rendition r);

/* A whole file; in the kit's arena. */
struct str kit_read(struct kit *k, const char *path);

/* Sets both times of a file so that it is no longer young. */
void kit_age(const char *path);

#endif
