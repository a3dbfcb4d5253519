/* account/person/password.h - turn a password into what may be stored, and check one.
 *
 * argon2id, 19 MiB and two passes (OWASP's floor; 29 ms on a plain core), at
 * most two at a time in the process, so that many sign-ins at once cost time
 * and not memory. Slow by design: only prepare steps call it.
 *
 * Threads: any; a third caller waits for one of the two places.
 */
#ifndef SWARD_ACCOUNT_PERSON_PASSWORD_H
#define SWARD_ACCOUNT_PERSON_PASSWORD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/* A password's bounds in bytes; the upper one only keeps hashing cheap. */
#define PASSWORD_MIN 8
#define PASSWORD_MAX 200

/* Hash for storage.
 *   ret_secret  OUT: text in the arena, with salt and cost inside */
NODISCARD int password_hash(struct arena *a, struct str password, struct str *ret_secret,
                            struct err *err);

/* True when the password made this secret. An empty secret is compared with a
 * stand-in and always fails, so that the time says nothing about who exists. */
bool password_matches(struct str secret, struct str password);

#endif
