/* community/topic/topic.h - topics, made by writing #them in a note.
 *
 * Not here: finding them in a text (codec/topic.h).
 * Memory: the arena given. Threads: no state. Source: capabilities 37, 39.
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

#define TOPIC_INTRO_MAX 300 /* graphemes */

/* Follow a topic, or stop; its notes then stand in Follow. Saying it twice is
 * saying it once. Appends TOPIC_FOLLOWED or TOPIC_UNFOLLOWED when it changed.
 *   ret_followers  OUT: how many follow it afterwards */
NODISCARD int topic_set_followed(struct db *db, struct arena *a, int64_t actor, bool simulated,
                                 int64_t topic, bool on, int64_t *ret_followers, struct err *err);

/* What a topic is about, in an operator's words: clean texts, may be empty.
 * ERR_INVALID on intro_en or intro_zh when one is longer than TOPIC_INTRO_MAX.
 * The staff's list of acts keeps it. */
NODISCARD int topic_set_intro(struct db *db, struct arena *a, int64_t actor, int64_t topic,
                              struct str en, struct str zh, struct err *err);

/* Take a note out of all its topics; the topics stay. */
NODISCARD int topic_unset(struct db *db, int64_t note, struct err *err);

/* Every topic counts the notes that are bound to it, and those exist. */
NODISCARD int topic_doctor(struct store *store, struct doctor *d, struct err *err);

#endif
