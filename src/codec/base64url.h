/* codec/base64url.h - bytes as text for addresses and cookies (RFC 4648 §5).
 *
 * Letters, digits, - and _; no padding, no white space. Reading is strict:
 * the bits that are left over must be zero, so a value has one spelling.
 *
 * Memory: into the caller's storage. Threads: no state.
 */
#ifndef SWARD_CODEC_BASE64URL_H
#define SWARD_CODEC_BASE64URL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/macros.h"
#include "base/str.h"

/* Bytes of text that len bytes need, with the NUL. */
#define BASE64URL_TEXT_SIZE(len) (((len)*4 + 2) / 3 + 1)

/* Write len bytes as text and a NUL.
 *   out  BASE64URL_TEXT_SIZE(len) bytes; the result points into it */
struct str base64url_encode(char *out, const void *bytes, size_t len);

/* Read text back.
 *   out      room for `cap` bytes; undefined on failure
 *   ret_len  OUT: bytes read
 * False, *ret_len untouched, when it is no such text or does not fit. */
NODISCARD bool base64url_decode(struct str text, void *out, size_t cap, size_t *ret_len);

#endif
