/* media/helper.h - one helper process: start it, end it.
 *
 * Memory: none. Threads: a helper belongs to one thread at a time.
 */
#ifndef SWARD_MEDIA_HELPER_H
#define SWARD_MEDIA_HELPER_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"
#include "base/macros.h"

struct helper {
    pid_t pid;  /* 0 = does not run */
    int socket; /* our end of the pair */
    int jobs;   /* done so far */
};

/* One that does not run. */
void helper_init(struct helper *h);

/* Start the program with nothing but its socket: no arguments, no environment,
 * no other descriptor of ours.
 *   ret_helper  OUT: ended by helper_end
 * ERR_IO. */
NODISCARD int helper_start(struct helper *ret_helper, const char *program, struct err *err);

/* End it and wait for it. `kill` when it may not end by itself; how it died is
 * then logged. Nothing happens when it does not run. */
void helper_end(struct helper *h, bool kill);

#endif
