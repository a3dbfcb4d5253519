/* account/person/second.h - the second factor: a code from a phone besides the password.
 *
 * Setting up: second_begin makes a key, the person scans it, second_confirm
 * wants a right code and then hands out SECOND_RECOVERY_CODES codes for the
 * day the phone is lost. They are shown once; only their hashes are kept.
 * From then on a sign-in waits, after the password, for a code
 * (SECOND_WAIT_MINUTES), and the session it ends in is `strong`.
 *
 * Guessing: SECOND_TRIES wrong codes in SECOND_TRIES_MINUTES, however many
 * browsers send them, and the rest of that time every code is refused. The
 * count is kept by second_count_try, in a write of its own before the one that
 * may fail.
 *
 * Staff: with the setting staff_second_factor, the roles moderator and
 * operator rest in every session that is not strong (session_resolve).
 *
 * Memory: texts live in the arena given. Threads: no state.
 * Errors: 0 or ERR_* with *err filled; the field is "code".
 */
#ifndef SWARD_ACCOUNT_PERSON_SECOND_H
#define SWARD_ACCOUNT_PERSON_SECOND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "codec/totp.h"
#include "store/db.h"

#define SECOND_RECOVERY_CODES 10
#define SECOND_WAIT_MINUTES   10
#define SECOND_TRIES          10
#define SECOND_TRIES_MINUTES  15

/* Where a person stands with it. */
struct second_state {
    bool begun;     /* there is a key */
    bool confirmed; /* and it is asked for */
    struct str key; /* TOTP_KEY_BYTES, when it is begun */
    int64_t recovery_left;
};
NODISCARD int second_state(struct db *db, struct arena *a, int64_t person,
                           struct second_state *ret_state, struct err *err);

/* A new key, to be confirmed. ERR_CONFLICT when one is in use. */
NODISCARD int second_begin(struct db *db, int64_t person, struct err *err);

/* Count a try with a code, right or wrong; call it in a write of its own.
 * ERR_RATE, with the seconds to wait, when there were too many. Nothing
 * happens for a person without a second factor. */
NODISCARD int second_count_try(struct db *db, struct arena *a, int64_t person, struct err *err);

/* The first right code. Appends ACCOUNT_SECOND_FACTOR_SET.
 *   ret_codes  OUT: SECOND_RECOVERY_CODES texts; shown now and never again
 * ERR_INVALID when the code is not right. */
NODISCARD int second_confirm(struct db *db, struct arena *a, int64_t person, struct str code,
                             struct str *ret_codes, struct err *err);

/* Whether a code, or a recovery code, is right; a right one is used up.
 * ERR_INVALID when it is not. */
NODISCARD int second_check(struct db *db, struct arena *a, int64_t person, struct str code,
                           struct err *err);

/* New recovery codes instead of those before. */
NODISCARD int second_new_codes(struct db *db, struct arena *a, int64_t person,
                               struct str *ret_codes, struct err *err);

/* No second factor any more. Appends ACCOUNT_SECOND_FACTOR_REMOVED. */
NODISCARD int second_remove(struct db *db, struct arena *a, int64_t person, struct err *err);

#endif
