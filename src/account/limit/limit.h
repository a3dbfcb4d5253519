/* account/limit/limit.h - how much an account may write.
 *
 * An account that is new (setting new_account_hours) publishes, comments and
 * writes to strangers only so often, and links only so much. Moderators can
 * put an older account under the same limits for a time, or stop its writing.
 * What was done is counted apart from what it made: deleting a note gives
 * nothing back. The setting rate_factor scales these limits too, and 0 switches
 * them off; a stop holds whatever the settings say.
 *
 * Not here: how often a client may knock (web/rate.h), who was held back and
 * why (community/moderation).
 *
 * Memory: none kept. Threads: as the db handle's.
 * Errors: ERR_INVALID on the field "body", so that a form is shown again with
 * what was typed.
 * Source: capability 97; duties: spam without foreign services.
 */
#ifndef SWARD_ACCOUNT_LIMIT_LIMIT_H
#define SWARD_ACCOUNT_LIMIT_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/settings.h"
#include "base/str.h"
#include "store/db.h"
#include "store/privacy.h"

/* What is counted. Numbers are stored. */
enum limit_deed {
    LIMIT_NOTE = 1,     /* notes a day */
    LIMIT_COMMENT = 2,  /* comments an hour */
    LIMIT_STRANGER = 3, /* first messages to strangers a day */
    LIMIT_REPORT = 4,   /* reports a day; counted for every account */
};

/* How an account is held back. Numbers are stored. */
enum limit_kind {
    LIMIT_FREE = 0,
    LIMIT_SLOW = 1, /* as if it were new */
    LIMIT_STOP = 2, /* no writing at all */
};

/* A deed about to be done. */
struct limit_ask {
    const struct settings *settings;
    int64_t actor; /* > 0 */
    enum limit_deed deed;
    struct str text; /* what is to be published: its links are counted; may be empty */
};

/* Count the deed, in the transaction that does it; refuse it when there were
 * enough. ERR_INVALID on "body" says what the limit is, or how long the stop
 * lasts. */
NODISCARD int limit_take(struct db *db, const struct limit_ask *ask, struct err *err);

/* What stops somebody from changing what they wrote: a stop alone, nothing is
 * counted. */
NODISCARD int limit_may_write(struct db *db, int64_t actor, struct err *err);

/* How an account is held back now, and until when. */
struct limit_state {
    enum limit_kind kind;
    int64_t until; /* microseconds UTC; 0 when free */
};
NODISCARD int limit_of(struct db *db, int64_t actor, struct limit_state *ret_state,
                       struct err *err);

/* Hold an account back until a time, in place of what held it before;
 * LIMIT_FREE lets it go. */
NODISCARD int limit_hold(struct db *db, int64_t actor, enum limit_kind kind, int64_t until,
                         struct err *err);

/* How many links a text has: addresses with a scheme, and bare www. ones. */
int limit_links(struct str text);

/* Forget what is kept of an account. */
NODISCARD int limit_forget(struct db *db, int64_t actor, struct err *err);

extern const struct privacy_part limit_privacy;

#endif
