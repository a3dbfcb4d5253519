/* tests/fuzz/fuzz.h - what every fuzz target includes.
 *
 * A target is one function that must come back from any bytes. It does not
 * only wait for a crash: FUZZ_CHECK states what holds for all input (what was
 * written reads back, what was accepted is valid, nothing points outside).
 *
 * tests/fuzz/replay.c runs the same function over corpus/ and regression/ in
 * every ordinary test run.
 */
#ifndef SWARD_TESTS_FUZZ_H
#define SWARD_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_CHECK(rule)                                                                           \
    do {                                                                                           \
        if (!(rule)) {                                                                             \
            fprintf(stderr, "ERROR: %s:%d: does not hold: %s\n", __FILE__, __LINE__, #rule);       \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

static inline struct str fuzz_input(const uint8_t *data, size_t size)
{
    return (struct str){ (const char *)data, size };
}

/* True when `part` lies within `whole` (or is empty). */
static inline bool fuzz_within(struct str part, struct str whole)
{
    return part.len == 0 || (part.ptr >= whole.ptr && part.ptr + part.len <= whole.ptr + whole.len);
}

#endif
