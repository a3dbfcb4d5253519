/* base/arena.h - memory with one lifetime: a request, a job, a start-up.
 *
 * Allocate freely, free once. An arena has a ceiling; an allocation that
 * would pass it returns NULL and latches `overflow`, so a caller that builds
 * many small things may check once at the end (arena_overflowed) and answer
 * "too much". Memory comes zeroed and aligned for any type.
 *
 * With SWARD_ARENA_EXACT (set by the sanitizer build) each allocation is its
 * own malloc, so an overrun by one byte is seen.
 *
 * Threads: an arena belongs to one thread at a time.
 * Not here: memory that outlives a request (malloc, owned by its module).
 */
#ifndef SWARD_BASE_ARENA_H
#define SWARD_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/macros.h"
#include "base/str.h"

struct arena_chunk;

struct arena {
    struct arena_chunk *chunk; /* newest chunk, which links to the older ones */
    size_t used;               /* bytes handed out, of all chunks */
    size_t max;                /* the ceiling */
    bool overflow;             /* an allocation was refused since the last reset */
};

/* Start an empty arena that hands out at most `max` bytes. Allocates nothing. */
void arena_init(struct arena *a, size_t max);

/* Give all memory back; the arena is empty and usable again. */
void arena_release(struct arena *a);

/* Forget all allocations but keep one chunk for the next use; clears overflow. */
void arena_clear(struct arena *a);

/* Zeroed memory of `size` bytes, or NULL with the latch set. size 0 gives a
 * valid pointer to nothing. */
void *arena_alloc(struct arena *a, size_t size);

/* Zeroed array of n elements; NULL also when n * size overflows. */
void *arena_array(struct arena *a, size_t n, size_t size);

/* A new zeroed struct, typed. */
#define arena_new(a, type)          ((type *)arena_alloc((a), sizeof(type)))
#define arena_new_array(a, n, type) ((type *)arena_array((a), (n), sizeof(type)))

/* Copy text; the copy ends in NUL. On overflow the empty text is returned. */
struct str arena_str(struct arena *a, struct str s);
struct str arena_str_c(struct arena *a, const char *s);

/* Copy text as a C string. Never NULL: "" on overflow. */
const char *arena_cstr(struct arena *a, struct str s);

/* Formatted text, ended by NUL. On overflow the empty text is returned. */
struct str arena_printf(struct arena *a, const char *format, ...) PRINTF_LIKE(2, 3);

/* True when some allocation was refused; what was built is then incomplete. */
bool arena_overflowed(const struct arena *a);

#endif
