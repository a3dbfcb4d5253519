/* tools/wordc/catalogue.h - every message that sward says, while it is collected.
 *
 * A message is known by its context and English text. Sources say where it is
 * used, .po files what it is in another language.
 *
 * Memory: everything lives in the catalogue's arena.
 */
#ifndef SWARD_TOOLS_WORDC_CATALOGUE_H
#define SWARD_TOOLS_WORDC_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/macros.h"
#include "base/str.h"

/* Where something stands. */
struct spot {
    const char *path; /* NULL = nowhere */
    int line;
};

struct entry {
    struct str context; /* empty = none */
    struct str english;
    struct str plural; /* ptr NULL = none */
    struct spot used;  /* the first place */
    struct spot translated;
    struct str chinese; /* the one form that Chinese has */
};

struct catalogue {
    struct arena *a;
    /* How a fault is told: complain, or warn_of while pages are being written. */
    void (*fault)(const char *path, int line, const char *format, ...) PRINTF_LIKE(3, 4);
    struct entry **slots; /* hash table, open addressing */
    size_t n, cap;
};

/* The entry of that context and text, made when it is not there. */
struct entry *catalogue_entry(struct catalogue *c, struct str context, struct str english);

/* All entries, sorted by English text, then context. */
struct entry **catalogue_sorted(struct catalogue *c);

#endif
