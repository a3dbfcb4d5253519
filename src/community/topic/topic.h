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
#include "store/doctor.h"

/* Bind a note to the topics of its body, making those that are new. Appends
 * TOPIC_USED for each. For a new note: nothing is unbound. */
NODISCARD int topic_set(struct db *db, struct arena *a, int64_t note, int64_t author,
                        struct str body, bool simulated, struct err *err);

/* The same for a note that may be bound already: what its body no longer
 * names is unbound. A topic counts as used once, however often a note leaves
 * it and comes back. */
NODISCARD int topic_reset(struct db *db, struct arena *a, int64_t note, int64_t author,
                          struct str body, bool simulated, struct err *err);

/* What a topic is called, and the last part of its address. ERR_NOT_FOUND. */
NODISCARD int topic_named(struct db *db, struct arena *a, int64_t topic, struct str *ret_name,
                          struct str *ret_key, struct err *err);

/* The topic of such an address. ERR_NOT_FOUND. */
NODISCARD int topic_of_key(struct db *db, struct arena *a, struct str key, int64_t *ret_topic,
                           struct err *err);

/* Take a note out of all its topics; the topics stay. */
NODISCARD int topic_unset(struct db *db, int64_t note, struct err *err);

/* Every topic counts the notes that are bound to it, and those exist. */
NODISCARD int topic_doctor(struct store *store, struct doctor *d, struct err *err);

#endif
