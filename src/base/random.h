/* base/random.h - random bytes, handed in.
 *
 * Production draws from the operating system; a test or a simulation draws
 * from a seed, so that its run can be repeated. Tokens and salts always come
 * from the system source.
 *
 * Threads: the system source may be used from any thread; a seeded one
 * belongs to one thread.
 */
#ifndef SWARD_BASE_RANDOM_H
#define SWARD_BASE_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/macros.h"

struct random {
    bool seeded;
    uint64_t state[4]; /* xoshiro256**, when seeded */
};

void random_init_system(struct random *r);
void random_init_seed(struct random *r, uint64_t seed);

/* Fill with random bytes. Ends the process when the system has none to give. */
void random_fill(struct random *r, void *out, size_t len);

/* A number in 0..below-1, without bias; below > 0. */
uint64_t random_below(struct random *r, uint64_t below);

#endif
