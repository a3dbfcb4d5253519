/* base/buf.h - a growing piece of bytes with a ceiling given at birth.
 *
 * Appending past the ceiling appends nothing, latches `overflow`, and every
 * later append is ignored; check buf_overflowed once at the end. The bytes
 * are always followed by a NUL that does not count.
 *
 * What is appended must not lie inside the buffer itself.
 *
 * Memory: base/mem.h; freed by buf_release. Memory that runs short latches
 * `overflow` like the ceiling does.
 * Threads: a buf belongs to one thread at a time.
 */
#ifndef SWARD_BASE_BUF_H
#define SWARD_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/macros.h"
#include "base/str.h"

struct buf {
    char *ptr; /* NULL until the first append */
    size_t len;
    size_t cap; /* bytes allocated, NUL included */
    size_t max; /* most bytes of content */
    bool overflow;
};

/* Start an empty buffer of at most `max` bytes. Allocates nothing. */
void buf_init(struct buf *b, size_t max);

/* Free the bytes; the buffer is empty and keeps its ceiling. */
void buf_release(struct buf *b);

/* Make it empty and keep the memory; clears overflow. */
void buf_clear(struct buf *b);

void buf_put(struct buf *b, const void *bytes, size_t len);
void buf_put_str(struct buf *b, struct str s);
void buf_put_c(struct buf *b, const char *text);
void buf_put_char(struct buf *b, char c);
void buf_put_int(struct buf *b, int64_t value);
void buf_printf(struct buf *b, const char *format, ...) PRINTF_LIKE(2, 3);

/* Append a literal without measuring it. */
#define BUF_PUT_LIT(b, literal) buf_put((b), "" literal, sizeof(literal) - 1)

/* Room for `len` more bytes, to be filled by the caller, or NULL with the
 * latch set. Say how many were used with buf_grow. */
char *buf_reserve(struct buf *b, size_t len);
void buf_grow(struct buf *b, size_t len);

/* The content so far; valid until the next append. */
struct str buf_str(const struct buf *b);

/* Hand the bytes over: the caller frees them with free(); the buffer is empty
 * and its latch is cleared, so ask buf_overflowed first. The bytes end in a
 * NUL that ret_len does not count. NULL, and *ret_len untouched, only when
 * nothing was ever appended and memory is short. */
char *buf_detach(struct buf *b, size_t *ret_len);

bool buf_overflowed(const struct buf *b);

#endif
