/* community/note/draft.h - what somebody is writing, kept as it is typed.
 *
 * A draft is the composer's form as it stands, right or wrong: names and
 * values, as a query has them (codec/query.h), also those that other rooms put
 * into the composer. It is no note and nobody but its author ever sees it. Its
 * photos are attached to it, so that they are not purged while it waits.
 *
 * A scheduled note keeps the draft that it came from, so that it can be taken
 * back into the composer.
 *
 * Memory: the arena given. Threads: no state.
 */
#ifndef SWARD_COMMUNITY_NOTE_DRAFT_H
#define SWARD_COMMUNITY_NOTE_DRAFT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"
#include "codec/params.h"
#include "store/db.h"

/* Most drafts of one person, and bytes of one form. */
#define DRAFTS_MAX     50
#define DRAFT_FORM_MAX (48 * 1024)

/* The form that is kept of what was sent: all texts but the keys of the
 * request. ERR_TOO_LARGE beyond DRAFT_FORM_MAX.
 *   ret_form  OUT: in the arena */
NODISCARD int draft_form_of(struct arena *a, const struct params *sent, struct str *ret_form,
                            struct err *err);

/* Keep a form.
 *   id      the draft that it is a newer state of; 0, or one that is gone = a new one
 *   ret_id  OUT: the draft's id
 * ERR_CONFLICT when it is a scheduled note by now, and beyond DRAFTS_MAX. */
NODISCARD int draft_save(struct db *db, struct arena *a, int64_t author, int64_t id,
                         struct str form, int64_t *ret_id, struct err *err);

/* One's own draft; ERR_NOT_FOUND for anybody else's (gen/note_sql.h). */
struct draft_row_row;
NODISCARD int draft_own(struct db *db, struct arena *a, int64_t id, int64_t author,
                        struct draft_row_row *ret_row, struct err *err);

/* A draft is not needed any more; its photos are let go. ERR_CONFLICT for a
 * scheduled one; ERR_NOT_FOUND as above. */
NODISCARD int draft_discard(struct db *db, struct arena *a, int64_t id, int64_t author,
                            struct err *err);

/* The draft is that scheduled note from now on; note 0 = a draft again. */
NODISCARD int draft_bind(struct db *db, int64_t id, int64_t note, int64_t due, struct err *err);

/* A scheduled note came out: its draft goes. */
NODISCARD int draft_came_out(struct db *db, struct arena *a, int64_t note, struct err *err);

#endif
