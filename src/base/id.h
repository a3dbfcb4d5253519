/* base/id.h - names for things: 64 bits, ordered by time, made by us.
 *
 * Bits, from the top: 0 | 41 milliseconds since 2024-01-01 UTC | 8 node |
 * 14 sequence. Ids of one generator always grow, even when the clock steps
 * back. Two processes on one database have different nodes, so they never
 * make the same id. Outside, an id is short text with a prefix that says what
 * it names: note_0v3k... (13 characters of Crockford's base 32).
 *
 * Threads: id_next may be called from any thread.
 */
#ifndef SWARD_BASE_ID_H
#define SWARD_BASE_ID_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/macros.h"
#include "base/str.h"

#define ID_NODE_MAX 255
#define ID_TEXT_MAX 32 /* prefix, underscore, 13 characters, NUL */

struct id_source {
    _Atomic int64_t last; /* last id given, node bits left out */
    int node;
};

/* Start a source.
 *   node    0..ID_NODE_MAX, different in every process on one database
 *   after   no id made will be at or below this one, whichever node made it;
 *           0 when nothing is stored */
void id_source_init(struct id_source *s, int node, int64_t after);

/* The next id, greater than all before it. now: microseconds UTC. */
int64_t id_next(struct id_source *s, int64_t now);

/* When an id was made: microseconds UTC, to the millisecond. */
int64_t id_time(int64_t id);

/* Below every id made at that time or later, above those made before: what is
 * older than a time has a smaller id. */
int64_t id_at(int64_t at);

/* Text of an id, e.g. id_text(out, "note", 5). Writes prefix_ and 13 characters
 * and a NUL; the result points into out. A prefix has at most 17 characters. */
struct str id_text(char out[ID_TEXT_MAX], const char *prefix, int64_t id);

/* Read such text back; false, *ret_id untouched, when prefix or spelling is
 * wrong. Only the spelling that id_text writes is accepted (small letters,
 * 13 characters), so a thing has one address. An id read is greater than 0. */
NODISCARD bool id_parse(struct str text, const char *prefix, int64_t *ret_id);

#endif
