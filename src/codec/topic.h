/* codec/topic.h - the #topics in what people write.
 *
 * Two habits are understood: "#tea and" (ends where the word ends) and
 * "#茶叶#" (a mark right behind a topic closes it and never opens the next, so
 * "#a#b" is the topic a and the text b); the full-width mark ＃ counts as #.
 * A topic has letters (Latin, Chinese), digits and underscores, at least one
 * letter, and at most 40 code points; a longer one is no topic. A mark within
 * a Latin word, a number or an address ("C#", "page#top", "&#39;") is none.
 *
 * Not here: topics as things of their own (community/topic).
 * Memory: slices of the text; keys in the arena. Threads: no state.
 */
#ifndef SWARD_CODEC_TOPIC_H
#define SWARD_CODEC_TOPIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

#define TOPIC_POINTS_MAX 40 /* code points of one topic */
#define TOPIC_COUNT_MAX  10 /* topics of one text */

struct topic {
    struct str name; /* as written, without marks */
    size_t from, to; /* bytes of the text it takes, marks included */
};

/* Find the next topic at or after *at, repeated ones too: what a page that
 * shows the text makes links of.
 *   at   IN/OUT: 0 at first, then as the call before left it: behind its topic
 * False, *ret untouched, when there is none any more. */
bool topic_next(struct str text, size_t *at, struct topic *ret);

/* What glues a mark to a word or an address before it: Latin letters, digits,
 * accents and _ / &. Chinese does not: there are no spaces in "今天#下午茶". */
bool topic_glues(uint32_t code);

/* One topic of a text and how it is stored. */
struct topic_found {
    struct str name; /* as first written */
    struct str key;  /* the same, ASCII letters made small */
};

/* The different topics of a text, in order, at most TOPIC_COUNT_MAX.
 *   ret  OUT: room for TOPIC_COUNT_MAX
 * Returns how many. Keys live in the arena; when it is full there are fewer
 * topics and the arena's latch is set. */
int topic_find(struct arena *a, struct str text, struct topic_found ret[TOPIC_COUNT_MAX]);

/* The key of a name. */
struct str topic_key(struct arena *a, struct str name);

#endif
