/* account/person/agent.h - what a browser says it is, in plain words.
 *
 * For the list of signed-in browsers, so that their owner knows which is
 * which. Browsers say many things that are not so; what is not recognised is
 * left open.
 *
 * Pure. Memory: literals. Threads: any.
 */
#ifndef SWARD_ACCOUNT_PERSON_AGENT_H
#define SWARD_ACCOUNT_PERSON_AGENT_H

#include <stdbool.h>

#include "base/str.h"

struct agent {
    const char *browser; /* "Firefox"; NULL = not recognised */
    const char *system;  /* "Android"; NULL = not recognised */
    bool phone;          /* small enough for a pocket */
};

/* Read a User-Agent header. */
struct agent agent_of(struct str header);

#endif
