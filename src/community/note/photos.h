/* community/note/photos.h - the photos that a note shows: found, attached, let go.
 *
 * Within the room: for publishing, editing and drafts. Memory: the arena given.
 */
#ifndef SWARD_COMMUNITY_NOTE_PHOTOS_H
#define SWARD_COMMUNITY_NOTE_PHOTOS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "community/note/note.h"
#include "gen/note_sql.h"
#include "media/media.h"
#include "store/db.h"

/* Look the photos of a draft up, in its order. ERR_INVALID marks "photo" or
 * "alt": one that is not the author's own or is named twice, too many, none; a
 * video that is still being prepared, for a note comes out whole.
 *   ret_photos  OUT: room for NOTE_PHOTOS_MAX */
NODISCARD int note_photos_find(struct db *db, struct arena *a, const struct note_draft *draft,
                               struct note_media_row *ret_photos, struct err *err);

/* The text of photo i: what the draft says, else what it had before. */
struct str note_photo_alt(const struct note_draft *draft, const struct note_media_row *photos,
                          size_t i);

/* Write the rows of a note that has none, and attach the photos. */
NODISCARD int note_photos_attach(struct db *db, int64_t note, const struct note_draft *draft,
                                 const struct note_media_row *photos, enum media_use use,
                                 struct err *err);

/* Let a note's photos go; its rows stay. */
NODISCARD int note_photos_detach(struct db *db, struct arena *a, int64_t note, enum media_use use,
                                 struct err *err);

/* Everyone sees the note from now on, or no longer. */
NODISCARD int note_photos_reopen(struct db *db, struct arena *a, int64_t note, enum media_use use,
                                 struct err *err);

#endif
