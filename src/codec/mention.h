/* codec/mention.h - the @people in what people write.
 *
 * A mention is a mark (@, or the full-width ＠) and a handle behind it: 3 to 20
 * ASCII letters, digits and underscores, at least one letter. Chinese needs no
 * space around it: "问@lin吧" names lin. A mark behind a Latin letter, a digit or one of
 * _ . + - / & @ is none ("me@lin.example"), nor is one whose name is longer or
 * goes on in another Latin letter ("@liné").
 *
 * Not here: whether somebody has that handle (account/person).
 * Pure. Memory: slices of the text. Threads: any.
 */
#ifndef SWARD_CODEC_MENTION_H
#define SWARD_CODEC_MENTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

#define MENTION_MIN       3 /* characters of a handle */
#define MENTION_MAX       20
#define MENTION_COUNT_MAX 10 /* people of one text */

struct mention {
    struct str handle; /* as written, without the mark */
    size_t from, to;   /* bytes of the text it takes, mark included */
};

/* Find the next mention at or after *at, repeated ones too.
 *   at   IN/OUT: 0 at first, then as the call before left it: behind its mention
 * False, *ret untouched, when there is none any more. */
bool mention_next(struct str text, size_t *at, struct mention *ret);

/* The different handles of a text, in order, at most MENTION_COUNT_MAX; two that
 * differ in capitals alone are the same.
 *   ret  OUT: room for MENTION_COUNT_MAX
 * Returns how many. */
int mention_find(struct str text, struct str ret[MENTION_COUNT_MAX]);

#endif
