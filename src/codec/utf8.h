/* codec/utf8.h - UTF-8 as the rest of sward may rely on it.
 *
 * Text that comes in is checked once, where it comes in (codec/percent.h,
 * json_in.h, multipart.h, csv.h do it); from there on it is valid: shortest
 * form only, no surrogates, nothing above U+10FFFF, and no NUL, which
 * PostgreSQL would refuse. The functions below also stand bytes that are not
 * valid, each of which counts as one U+FFFD.
 *
 * Not here: what a reader sees as one character (words/, with ICU).
 * Memory: none. Threads: no state.
 */
#ifndef SWARD_CODEC_UTF8_H
#define SWARD_CODEC_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

#define UTF8_REPLACEMENT 0xfffdu

/* True when every byte belongs to a valid character and none is NUL. */
bool utf8_valid(struct str s);

/* Length in bytes of the valid character at s.ptr[at], 1 to 4 (a NUL has 1);
 * 0 when there is none or at is the end. */
size_t utf8_length(struct str s, size_t at);

/* Step over one character.
 *   at        IN/OUT: position in bytes
 *   ret_code  OUT: its code point; UTF8_REPLACEMENT for a bad byte
 * False, both untouched, at the end. */
bool utf8_next(struct str s, size_t *at, uint32_t *ret_code);

/* How many code points. */
size_t utf8_count(struct str s);

/* The beginning of s: at most that many bytes, not cutting a character; at
 * most that many code points. */
struct str utf8_cut_bytes(struct str s, size_t max);
struct str utf8_cut_points(struct str s, size_t max);

/* Append one code point; what is none is appended as U+FFFD. */
void utf8_put(struct buf *out, uint32_t code);

/* Append s with bad bytes and NULs replaced by U+FFFD. */
void utf8_put_clean(struct buf *out, struct str s);

#endif
