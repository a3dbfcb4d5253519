/* app/config.h - where the settings come from.
 *
 * Defaults, then the file (--config=…, else <data_dir>/sward.conf when there
 * is one), then the environment (SWARD_PUBLIC_URL), then flags
 * (--public-url=…). The later wins. What is not a setting is refused with the
 * nearest right name.
 */
#ifndef SWARD_APP_CONFIG_H
#define SWARD_APP_CONFIG_H

#include "base/arena.h"
#include "base/err.h"
#include "base/settings.h"

/* The command line without flags. */
struct command {
    const char *verb; /* NULL = none */
    char **args;      /* what follows the verb, flags left out */
    int n_args;
};

/* Read everything.
 *   argv         moved in place: flags go, words stay
 *   ret_command  OUT: points into argv */
NODISCARD int config_read(struct arena *a, int argc, char **argv, struct settings *ret_settings,
                          struct command *ret_command, struct err *err);

#endif
