/* web/idempotency.h - a write that is sent twice acts once.
 *
 * A client that may have to send again names its request by a key: the header
 * Idempotency-Key, or the form's hidden field idempotency_key. The answer is
 * kept under the key, in the same transaction as the change; a second request
 * with that key, from the same actor, gets the same answer and changes
 * nothing. The same key with other content is refused. A refusal keeps
 * nothing, so it may be tried again.
 *
 * Kept are status, address and the JSON body; not pages, and no answer that
 * sets a cookie: whoever loses that one has to sign in again.
 *
 * Keys made here begin with the time, so rows that are written together lie
 * together in the table. Rows are purged after IDEMPOTENCY_KEEP.
 *
 * Memory: what is found lives in the arena given. Threads: no state.
 */
#ifndef SWARD_WEB_IDEMPOTENCY_H
#define SWARD_WEB_IDEMPOTENCY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"
#include "store/db.h"

#define IDEMPOTENCY_FINGERPRINT 32
#define IDEMPOTENCY_KEEP        (2 * TIME_DAY)
#define IDEMPOTENCY_BODY_MAX    (16 * 1024) /* bytes of JSON that are kept */

struct idempotency_key {
    struct str key; /* 8..80 of letters, digits, - and _ */
    int64_t actor;
    const char *route;                /* "POST /n/:note/like" */
    const unsigned char *fingerprint; /* IDEMPOTENCY_FINGERPRINT bytes: of address and body */
};

struct idempotency_row {
    bool found;
    int status;
    struct str location;
    struct str json;
};

/* True when a text can be a key. */
bool idempotency_is_key(struct str key);

/* A new key for a form: 26 characters, time first. */
struct str idempotency_new_key(struct arena *a, int64_t now);

/* Look the key up. ERR_INVALID when it was used for something else. */
NODISCARD int idempotency_find(struct db *db, struct arena *a, const struct idempotency_key *key,
                               struct idempotency_row *ret_row, struct err *err);

/* Keep an answer. ERR_CONFLICT when the key is there by now. */
NODISCARD int idempotency_keep(struct db *db, const struct idempotency_key *key,
                               const struct idempotency_row *row, struct err *err);

/* Remove at most 500 rows that are older than IDEMPOTENCY_KEEP.
 *   ret_removed  OUT: how many */
NODISCARD int idempotency_purge(struct db *db, int64_t *ret_removed, struct err *err);

#endif
