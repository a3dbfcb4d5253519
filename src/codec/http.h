/* codec/http.h - the values of HTTP headers that sward understands.
 *
 * Readers are forgiving where the RFCs are (an odd header counts as absent)
 * and exact about what they do accept.
 *
 * Not here: the wire (libmicrohttpd in web/), cookies (codec/cookie.h).
 * Memory: views of the header. Threads: no state.
 */
#ifndef SWARD_CODEC_HTTP_H
#define SWARD_CODEC_HTTP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/macros.h"
#include "base/str.h"

/* Accept-Language: which of our tags the client would rather have.
 *   tags  n of them, e.g. {"en", "zh"}; a wanted "zh-Hans-CN" matches "zh"
 * Returns an index; `fallback` when the client wants none of them. */
int http_choose_language(struct str header, const char *const *tags, int n, int fallback);

enum http_accept { HTTP_ACCEPT_HTML, HTTP_ACCEPT_JSON };

/* Accept: what to answer with. HTML unless JSON is named with a higher
 * weight; a header that is absent or only says * / * wants HTML. */
enum http_accept http_choose_form(struct str header);

/* The media type of a Content-Type or Accept entry, without parameters. */
struct str http_media_type(struct str header);

/* True when the header's media type is that one, ASCII case aside. */
bool http_is_type(struct str header, const char *type);

/* A parameter of such a header, e.g. "boundary"; quotes taken off, escapes
 * inside quotes not understood. False, untouched, when it is absent. */
NODISCARD bool http_param(struct str header, const char *name, struct str *ret_value);

enum http_range { HTTP_RANGE_NONE, HTTP_RANGE_PART, HTTP_RANGE_UNSATISFIABLE };

/* Range of something of `size` bytes.
 *   ret_first, ret_last  OUT, with HTTP_RANGE_PART: first and last byte, both inside
 * Absent, malformed, several ranges and other units are HTTP_RANGE_NONE: send
 * all of it. A range that begins beyond the end is UNSATISFIABLE (416). */
enum http_range http_range(struct str header, int64_t size, int64_t *ret_first, int64_t *ret_last);

#define HTTP_DATE_SIZE 30 /* Sun, 06 Nov 1994 08:49:37 GMT and a NUL */

/* Write a time as HTTP does; the result points into out. */
struct str http_date_write(char out[HTTP_DATE_SIZE], int64_t at);

/* Read it back; only the fixed form that every sender uses today. */
NODISCARD bool http_date_read(struct str text, int64_t *ret_at);

/* If-None-Match: true when it lists the tag (given without quotes, compared
 * weakly) or is a star. */
bool http_etag_matches(struct str header, struct str etag);

#endif
