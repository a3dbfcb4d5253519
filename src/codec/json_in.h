/* codec/json_in.h - a JSON object becomes the same list a form becomes.
 *
 *   {"title":"A","seller":{"id":7},"tags":["x","y"],"lines":[{"sku":"s","n":2}]}
 *   title=A  seller.id=7  tags=x  tags=y  lines.0.sku=s  lines.0.n=2
 *
 * So one handler serves a form and the API. Texts, numbers, "true" and
 * "false" become text; null is left out, as are empty objects and arrays; an
 * array's simple values repeat its name, its objects and arrays get their
 * place in the name. Keys given twice, keys that are empty or hold a dot (two
 * inputs would become one name), NUL, and bytes that are not UTF-8 are
 * refused.
 *
 * Memory: names and values are copied to the list's arena; what the parser
 * needs meanwhile is freed before the return.
 * Threads: no state.
 */
#ifndef SWARD_CODEC_JSON_IN_H
#define SWARD_CODEC_JSON_IN_H

#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"
#include "codec/params.h"

#define JSON_IN_MAX   1048576 /* most bytes of one text */
#define JSON_IN_DEPTH 16      /* objects and arrays in each other */

/* Append what the object says to a list. ERR_MALFORMED, ERR_TOO_LARGE (bytes,
 * depth or entries) or ERR_NOMEM; the list may then hold a part of it. */
NODISCARD int json_in_parse(struct str text, struct params *p, struct err *err);

#endif
