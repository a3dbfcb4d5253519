/* codec/html.h - makes text safe for the place of a page where it stands.
 *
 * Compiled views call these; a room never does. Text is taken to be valid
 * UTF-8, as everything that came through a codec is; bytes above 0x7f are
 * copied as they are.
 *
 * Not here: which place wants which escape (the view compiler knows).
 * Memory: appends to the buffer. Threads: no state.
 */
#ifndef SWARD_CODEC_HTML_H
#define SWARD_CODEC_HTML_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

/* For the text of an element (not script, not style): & < > */
void html_put_text(struct buf *out, struct str s);

/* For a value in double or single quotes: & < > " ' */
void html_put_attr(struct buf *out, struct str s);

/* An address that may stand in href or src: http, https, mailto, or relative
 * to this site. Anything else, and anything with control characters, is "#".
 * Still to be escaped as an attribute. */
struct str html_url(struct str url);

/* True for a path on this very site ("/note/x?y#z"): what a redirect may go
 * to. "//other.example" and "/\other.example" are not. */
bool html_url_is_local(struct str url);

#endif
