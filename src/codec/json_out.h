/* codec/json_out.h - writes JSON into a buffer, piece by piece.
 *
 *   struct json_out j;
 *   json_out_init(&j, &buf);
 *   json_begin_object(&j);
 *   json_key(&j, "title");
 *   json_str(&j, note->title);
 *   json_end_object(&j);
 *
 * Commas and escapes are its work. What comes out is always valid UTF-8 (bad
 * bytes become U+FFFD) and may stand inside an HTML script element: < > & and
 * the two line separators of Unicode are written as \u escapes. Calls in an
 * order that no JSON has (a value without its key, an end too many) are bugs.
 *
 * Two names differ from what one would guess, json_nil and json_double:
 * libjansson owns json_null and json_real, and both are linked into one
 * program.
 *
 * Memory: the buffer's; ask buf_overflowed at the end.
 * Threads: none of its own.
 */
#ifndef SWARD_CODEC_JSON_OUT_H
#define SWARD_CODEC_JSON_OUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

/* Objects and arrays may be this deep in each other; deeper is a bug. */
#define JSON_OUT_DEPTH 32

struct json_out {
    struct buf *buf;
    uint64_t objects; /* bit d: what is open at depth d is an object */
    uint64_t filled;  /* bit d: it has something in it already */
    int depth;        /* how many are open */
    bool keyed;       /* a key is written, its value comes next */
};

/* Start writing one value at the end of the buffer. */
void json_out_init(struct json_out *j, struct buf *out);

void json_begin_object(struct json_out *j);
void json_end_object(struct json_out *j);
void json_begin_array(struct json_out *j);
void json_end_array(struct json_out *j);

/* The name of the next value; only within an object. */
void json_key(struct json_out *j, const char *key);
void json_key_text(struct json_out *j, struct str key);

/* Values. json_double writes the shortest text that reads back as the same
 * number, and null for what JSON has no number for. json_raw takes text that
 * is JSON already, such as the stored body of an event. */
void json_str(struct json_out *j, struct str value);
void json_c(struct json_out *j, const char *value); /* NULL is written as null */
void json_int(struct json_out *j, int64_t value);
void json_bool(struct json_out *j, bool value);
void json_double(struct json_out *j, double value);
void json_nil(struct json_out *j);
void json_raw(struct json_out *j, struct str value);

/* A key and its value in one call. */
void json_member_str(struct json_out *j, const char *key, struct str value);
void json_member_int(struct json_out *j, const char *key, int64_t value);
void json_member_bool(struct json_out *j, const char *key, bool value);

/* True when everything that was begun is ended. */
bool json_out_done(const struct json_out *j);

#endif
