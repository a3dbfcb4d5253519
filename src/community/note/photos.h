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

/* Those of these photos and videos that are the owner's, in no order, videos
 * that are not ready among them.
 *   n           NOTE_PHOTOS_MAX at most
 *   ret_rows    OUT: room for NOTE_PHOTOS_MAX; ret_n OUT: how many */
NODISCARD int note_photos_any(struct db *db, struct arena *a, const int64_t *ids, size_t n,
                              int64_t owner, struct note_media_row *ret_rows, size_t *ret_n,
                              struct err *err);

/* Look the photos of a draft up, in its order. ERR_INVALID marks "photo" or
 * "alt": one that is not the author's own or is named twice, too many, none; a
 * video that is still being prepared, for a note comes out whole, unless the
 * draft says when_ready.
 *   ret_photos  OUT: room for NOTE_PHOTOS_MAX
 *   ret_waits   OUT: a video of it is still being prepared */
NODISCARD int note_photos_find(struct db *db, struct arena *a, const struct note_draft *draft,
                               struct note_media_row *ret_photos, bool *ret_waits, struct err *err);

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
