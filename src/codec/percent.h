/* codec/percent.h - %41 in addresses and forms.
 *
 * Memory: what needed decoding is copied to the arena, the rest is a view of
 * the input. Threads: no state.
 */
#ifndef SWARD_CODEC_PERCENT_H
#define SWARD_CODEC_PERCENT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"

/* Decode.
 *   plus  a + is a space, as in forms and queries; not in paths
 *   ret   OUT: valid UTF-8 without NUL
 * ERR_MALFORMED for a % without two digits and for what is not UTF-8;
 * ERR_NOMEM when the arena is full. */
NODISCARD int percent_decode(struct arena *a, struct str s, bool plus, struct str *ret,
                             struct err *err);

/* Append s with everything but letters, digits and - . _ ~ encoded: safe as
 * one part of a path and as a name or value of a query. */
void percent_encode(struct buf *out, struct str s);

/* The same, but slashes stay: for a whole path. */
void percent_encode_path(struct buf *out, struct str s);

#endif
