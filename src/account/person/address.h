/* account/person/address.h - the mail address of a person.
 *
 * One at a time. It counts once it was shown to be theirs (confirmed): before
 * that it opens nothing and gets no letters but the one that asks. A confirmed
 * address belongs to one person; one that was only claimed gives way.
 *
 * Not here: letters and signed links (account/mail).
 * Memory: texts live in the arena given. Threads: no state.
 */
#ifndef SWARD_ACCOUNT_PERSON_ADDRESS_H
#define SWARD_ACCOUNT_PERSON_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "store/db.h"

struct person_address {
    int64_t person, actor;
    struct str address; /* empty = none */
    bool confirmed;
    struct str name, lang;
    bool simulated;
    int64_t secret_changed; /* when the password was set last */
};

/* The address of an actor. ERR_NOT_FOUND when there is no such person. */
NODISCARD int person_address(struct db *db, struct arena *a, int64_t actor,
                             struct person_address *ret, struct err *err);

/* Whose confirmed address this is; ERR_NOT_FOUND when nobody's. */
NODISCARD int person_of_address(struct db *db, struct arena *a, struct str address,
                                struct person_address *ret, struct err *err);

/* The same by the person's id. */
NODISCARD int person_address_by_id(struct db *db, struct arena *a, int64_t person,
                                   struct person_address *ret, struct err *err);

/* It was shown to be theirs: it is their only one from now on. ERR_CONFLICT
 * when it is another's by now. */
NODISCARD int person_address_confirm(struct db *db, struct arena *a, int64_t person,
                                     struct str address, struct err *err);

/* A new password, after a letter showed who asks: all browsers are signed out. */
NODISCARD int person_reset_secret(struct db *db, int64_t person, struct str secret,
                                  struct err *err);

#endif
