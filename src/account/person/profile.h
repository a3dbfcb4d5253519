/* account/person/profile.h - how a person shows themselves: name, handle, words, photos.
 *
 * The handle, which stands in addresses, may be changed once in
 * HANDLE_CHANGE_DAYS. The old one stays its owner's: addresses and mentions
 * with it lead to the new one, and nobody else can take it, so nobody can
 * pass for who somebody was. The owner may go back to it. HANDLES_KEPT old
 * ones are kept so; beyond that the oldest becomes free.
 *
 * Not here: notes that stand first on the profile and what others gave them
 * (community/profile).
 * Memory: texts live in the arena given. Threads: no state.
 * Errors: 0 or ERR_* with *err filled; every wrong field is marked.
 * Source: capability 151 (self-presentation).
 */
#ifndef SWARD_ACCOUNT_PERSON_PROFILE_H
#define SWARD_ACCOUNT_PERSON_PROFILE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "media/media.h"
#include "store/db.h"

#define HANDLE_CHANGE_DAYS 30
#define HANDLES_KEPT       5

/* What a person says about themselves; clean. */
struct profile_words {
    struct str handle; /* any case; the one they have = no change */
    struct str name;
    struct str bio;
};

/* Keep the words. Appends ACCOUNT_PROFILE_CHANGED, and ACCOUNT_HANDLE_CHANGED
 * for a new handle, when something is different. ERR_INVALID marks handle
 * (misspelt, taken, changed too recently), name, bio. */
NODISCARD int profile_set_words(struct db *db, struct arena *a, int64_t actor,
                                const struct profile_words *words, struct err *err);

enum profile_picture { PROFILE_AVATAR, PROFILE_COVER };

/* Show a photo that media_take made; NULL = none any more. The photo before it
 * is let go. Appends ACCOUNT_PROFILE_CHANGED. */
NODISCARD int profile_set_picture(struct db *db, struct arena *a, int64_t actor,
                                  enum profile_picture which, const struct media_photo *photo,
                                  struct err *err);

/* When the handle may be changed again; a moment in the past = now. */
NODISCARD int profile_handle_free_at(struct db *db, struct arena *a, int64_t actor, int64_t *ret_at,
                                     struct err *err);

#endif
