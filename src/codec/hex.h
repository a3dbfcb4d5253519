/* codec/hex.h - bytes as pairs of hexadecimal digits, small letters.
 *
 * Memory: into the caller's storage. Threads: no state.
 */
#ifndef SWARD_CODEC_HEX_H
#define SWARD_CODEC_HEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/macros.h"
#include "base/str.h"

/* Bytes of text that len bytes need, with the NUL. */
#define HEX_TEXT_SIZE(len) ((len)*2 + 1)

/* Write len bytes as text and a NUL.
 *   out  HEX_TEXT_SIZE(len) bytes; the result points into it */
struct str hex_encode(char *out, const void *bytes, size_t len);

/* Read exactly len bytes back; capitals are taken too. False when the text
 * has another length or another character; out is then undefined. */
NODISCARD bool hex_decode(struct str text, void *out, size_t len);

/* The value of one digit, or -1. */
int hex_digit(char c);

#endif
