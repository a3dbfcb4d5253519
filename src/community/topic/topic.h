/* community/topic/topic.h - topics, made by writing #them in a note.
 *
 * Not here: finding them in a text (codec/topic.h).
 * Memory: the arena given. Threads: no state. Source: capability 39.
 */
#ifndef SWARD_COMMUNITY_TOPIC_TOPIC_H
#define SWARD_COMMUNITY_TOPIC_TOPIC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "store/db.h"

/* Bind a note to the topics of its body, making those that are new. Appends
 * TOPIC_USED for each. A new note only: nothing is unbound. */
NODISCARD int topic_set(struct db *db, struct arena *a, int64_t note, int64_t author,
                        struct str body, bool simulated, struct err *err);

#endif
