/* tests/unit/torture.h - makes each allocation of a piece of code fail once.
 *
 *   static void build(void *ctx) { ... must stand any failure ... }
 *   assert_true(torture(build, NULL) > 3);
 *
 * The code under test must take its memory through base/mem.h. Run under
 * AddressSanitizer this also shows that a failure leaks nothing.
 */
#ifndef SWARD_TESTS_TORTURE_H
#define SWARD_TESTS_TORTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mem.h"

/* Runs `once` with the first allocation failing, then the second, and so on,
 * until a run comes through untouched. Returns how many allocations a run has. */
static inline int64_t torture(void (*once)(void *ctx), void *ctx)
{
    for (int64_t n = 1;; n++) {
        mem_fail_at(n);
        once(ctx);
        bool untouched = mem_fail_pending();
        mem_fail_at(0);
        if (untouched)
            return n - 1;
    }
}

#endif
