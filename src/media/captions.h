/* media/captions.h - the captions of a video: brought, kept, for whom.
 *
 * They are read strictly (codec/vtt.h) and kept as they were written anew, one
 * text for each video, in the row of its owner.
 *
 * Memory: texts live in the arena. Threads: no state.
 */
#ifndef SWARD_MEDIA_CAPTIONS_H
#define SWARD_MEDIA_CAPTIONS_H

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "codec/params.h"
#include "store/db.h"
#include "words/lang.h"

/* Read an upload. A refusal names `field`. */
NODISCARD int captions_read(const struct upload *file, struct arena *a, const char *field,
                            struct str *ret_text, struct err *err);

/* Give a video of this owner captions, or none when text is empty.
 * ERR_NOT_FOUND unless it is theirs and a video. */
NODISCARD int captions_set(struct db *db, struct arena *a, int64_t owner, int64_t media,
                           struct str text, enum lang lang, struct err *err);

#endif
