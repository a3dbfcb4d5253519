/* community/note/state.h - what follows when others begin or cease to see a note.
 *
 * Within the room. A note is open when it is shown and for everyone; then its
 * photos are for whoever has their address, and its topics count it. The log
 * hears of a note once, when somebody beside the author may see it.
 */
#ifndef SWARD_COMMUNITY_NOTE_STATE_H
#define SWARD_COMMUNITY_NOTE_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "community/note/note.h"
#include "gen/note_sql.h"
#include "media/media.h"
#include "store/db.h"

/* Everyone sees it. */
bool note_is_open(int64_t state, int64_t audience);

/* How its photos are used then. */
enum media_use note_use(int64_t state, int64_t audience);

/* A note that others would see, and that holds a held word
 * (community/moderation), waits for a look instead. Before note_settle. */
NODISCARD int note_screen(struct db *db, struct arena *a, int64_t note, struct err *err);

/* Bring topics and the log in step with a note's row as it is now.
 *   photos  how many it has, for the log */
NODISCARD int note_settle(struct db *db, struct arena *a, int64_t note, int64_t photos,
                          struct err *err);

#endif
