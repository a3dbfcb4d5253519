/* codec/query.h - name=value pairs of an address or of a simple form
 * (application/x-www-form-urlencoded).
 *
 * Memory: names and values live in the list's arena or in the text given,
 * which must live as long. Threads: no state.
 */
#ifndef SWARD_CODEC_QUERY_H
#define SWARD_CODEC_QUERY_H

#include "base/buf.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"
#include "codec/params.h"

/* Append the pairs of text (without the question mark) to a list. Empty
 * pieces are skipped; a name without = has an empty value.
 * ERR_MALFORMED, ERR_TOO_LARGE or ERR_NOMEM; the list then holds the pairs
 * before the bad one. */
NODISCARD int query_parse(struct str text, struct params *p, struct err *err);

/* Append name=value, encoded, with an & before it unless the buffer is empty
 * or ends in a question mark. */
void query_put(struct buf *out, const char *name, struct str value);

#endif
