/* community/note/mention.h - people who are named with an @ in a note or a comment.
 *
 * Whoever is named and may see the note (reach.h) is told once for each text,
 * by the fact PERSON_MENTIONED, also when it is changed or shown again. Nobody
 * is told of themselves, nor of somebody with whom a block stands in between.
 *
 * Not here: finding them in a text (codec/mention.h), telling them (account/inbox).
 * Memory: the arena given. Threads: no state. Source: capabilities 61, 83.
 */
#ifndef SWARD_COMMUNITY_NOTE_MENTION_H
#define SWARD_COMMUNITY_NOTE_MENTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"
#include "store/db.h"

/* Where people are named, and by whom. */
struct mention_place {
    int64_t note;
    int64_t comment; /* 0 = in the note itself */
    int64_t author;
    bool simulated;
};

/* Tell those whom a text names that others can see now. Appends
 * PERSON_MENTIONED for each who was not told before. */
NODISCARD int note_tell_mentioned(struct db *db, struct arena *a, const struct mention_place *place,
                                  struct str text, struct err *err);

#endif
