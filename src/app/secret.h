/* app/secret.h - keys that nobody had to choose.
 *
 * The data folder holds a file `secret` of 32 random bytes in hexadecimal,
 * made at the first start and readable by its owner alone. Keys that the
 * operator did not set are drawn from it, each by its own name. Several
 * processes on one PostgreSQL need the same keys: set them, or copy the file.
 */
#ifndef SWARD_APP_SECRET_H
#define SWARD_APP_SECRET_H

#include "base/arena.h"
#include "base/err.h"
#include "base/settings.h"

/* Fill payment_secret, referral_secret and operator_key where they are empty.
 * So whoever may read the data folder may act as the operator: the verbs of
 * the command line do, when they talk to a running server. */
NODISCARD int secret_fill(struct arena *a, struct settings *settings, struct err *err);

#endif
