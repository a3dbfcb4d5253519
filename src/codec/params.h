/* codec/params.h - named values that came in: form fields, query, path, JSON.
 *
 * One list for all of them, so that one handler serves a form, an upload and
 * the JSON API. Names may repeat; order is kept. A list is filled by its
 * readers (codec/query.h, codec/json_in.h, web/ for multipart and path parts)
 * and then only read.
 *
 * Not here: trimming, bounds and messages (web/request.h req_*).
 * Memory: the list grows in its arena; names and values are views, whose
 * bytes the filler lets live as long as that arena.
 * Threads: none of its own.
 */
#ifndef SWARD_CODEC_PARAMS_H
#define SWARD_CODEC_PARAMS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"

/* Most entries of one list; more is refused, never dropped in silence. */
#define PARAMS_MAX 1000

/* A file of a form, whose bytes web/ has put into its spool folder. */
struct upload {
    struct str field;        /* the form field's name */
    struct str filename;     /* what the client calls it; for show only, never a path */
    struct str content_type; /* what the client claims; media/ looks at the bytes */
    int64_t size;
    const char *path; /* where the bytes are, until the request ends */
};

struct param {
    struct str name;
    struct str value;          /* empty for a file */
    const struct upload *file; /* NULL for text */
};

struct params {
    struct arena *arena;
    struct param *items;
    int n;
    int cap;
};

/* Start an empty list in an arena. */
void params_init(struct params *p, struct arena *a);

/* Append; ERR_TOO_LARGE beyond PARAMS_MAX, ERR_NOMEM when the arena is full. */
NODISCARD int params_add(struct params *p, struct str name, struct str value, struct err *err);
NODISCARD int params_add_file(struct params *p, const struct upload *file, struct err *err);

/* All below take p == NULL as the empty list. */

/* The first value of that name; empty when there is none. */
struct str params_get(const struct params *p, const char *name);

/* True when the name was sent, even with an empty value. */
bool params_has(const struct params *p, const char *name);

/* How often the name was sent, and its n-th value (from 0); empty beyond. */
int params_count(const struct params *p, const char *name);
struct str params_get_nth(const struct params *p, const char *name, int n);

/* All values of the name, in order, as an array in the list's arena.
 *   ret_n  OUT: how many
 * NULL, and *ret_n 0, when there are none or the arena is full. */
struct str *params_get_all(const struct params *p, const char *name, int *ret_n);

/* The first value as a whole number. False, *ret_value untouched, when the
 * name is absent or its value is not one. */
NODISCARD bool params_int(const struct params *p, const char *name, int64_t *ret_value);

/* The n-th file of that field (from 0), or NULL. */
const struct upload *params_file(const struct params *p, const char *name, int n);

#endif
