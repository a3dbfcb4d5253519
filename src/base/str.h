/* base/str.h - a piece of text or bytes that somebody else owns.
 *
 * A struct str is a pointer and a length. It does not own its bytes: whoever
 * made it says how long they live (nearly always: as long as the request's
 * arena). Text made by arena_str* and by query rows is also followed by a NUL,
 * so `.ptr` may be handed to C functions; a slice made by str_slice is not.
 * A zero struct str is the empty text, and `ptr` may then be NULL.
 *
 * Not here: anything that allocates (base/arena.h), anything that knows
 * characters rather than bytes (codec/utf8.h).
 */
#ifndef SWARD_BASE_STR_H
#define SWARD_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/macros.h"

struct str {
    const char *ptr;
    size_t len;
};

/* The text of a literal, without measuring it at run time. */
#define STR(literal) ((struct str){ "" literal, sizeof(literal) - 1 })

/* For printf's %.*s: the two arguments it takes. */
#define STR_ARG(s) (int)(s).len, (s).ptr ? (s).ptr : ""

/* View a NUL-terminated text; NULL is the empty text. */
struct str str_from(const char *text);

bool str_eq(struct str a, struct str b);
bool str_eq_c(struct str a, const char *b);

/* Order by bytes: negative, 0, positive. */
int str_cmp(struct str a, struct str b);

bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);

/* ASCII case only; for header names and media types. */
bool str_eq_nocase(struct str a, struct str b);

/* The part from `from` on, at most `len` bytes; clamped, never out of bounds. */
struct str str_slice(struct str s, size_t from, size_t len);

/* Without ASCII white space at both ends. */
struct str str_trim(struct str s);

/* Position of the first `c`, or -1. */
ptrdiff_t str_index(struct str s, char c);

/* Cut the next piece up to `separator` off *rest.
 *   ret_piece  OUT: the piece, without the separator
 * Returns false when *rest was already used up (its ptr is NULL). */
bool str_next(struct str *rest, char separator, struct str *ret_piece);

/* Read a whole decimal number, optional sign, no spaces, no overflow.
 * Returns false and leaves *ret_value alone when it is not one. */
NODISCARD bool str_to_int(struct str s, int64_t *ret_value);

/* 64-bit hash for tables in memory (keyed at start, so a client cannot aim
 * for collisions); not for storage and not cryptographic. */
uint64_t str_hash(struct str s);

#endif
