/* codec/cookie.h - the Cookie header in, Set-Cookie out (RFC 6265).
 *
 * sward's own cookies hold only letters, digits and - _ . ~ so they need no
 * quoting; whatever else a browser sends along is stepped over.
 *
 * Memory: views of the header. Threads: no state.
 */
#ifndef SWARD_CODEC_COOKIE_H
#define SWARD_CODEC_COOKIE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"

/* The value of the first cookie of that name (exact case); empty when absent.
 * Quotes around a value are taken off. */
struct str cookie_find(struct str header, const char *name);

struct cookie {
    const char *name; /* a literal: letters, digits, - and _ */
    struct str value;
    int64_t max_age; /* seconds; 0 deletes; negative = until the browser closes */
    bool readable;   /* scripts may read it (no HttpOnly) */
    bool secure;     /* only over https */
};

/* Append the value of a Set-Cookie header: Path=/, SameSite=Lax.
 * ERR_INVALID, nothing appended, when the value has a byte that a cookie may
 * not hold (control, space, quote, comma, semicolon, backslash, non-ASCII). */
NODISCARD int cookie_write(struct buf *out, const struct cookie *c, struct err *err);

#endif
