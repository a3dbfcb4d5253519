/* base/clock.h - the time, handed in.
 *
 * No rule asks the operating system what time it is: it is given a time, or
 * a clock. So a test or a simulation can stand on any day, and a run can be
 * repeated. Time is microseconds UTC since 1970 in an int64_t.
 *
 * Threads: a clock may be read from any thread; a manual clock may be set
 * while others read it.
 */
#ifndef SWARD_BASE_CLOCK_H
#define SWARD_BASE_CLOCK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/macros.h"

#define TIME_MILLISECOND INT64_C(1000)
#define TIME_SECOND      INT64_C(1000000)
#define TIME_MINUTE      (60 * TIME_SECOND)
#define TIME_HOUR        (60 * TIME_MINUTE)
#define TIME_DAY         (24 * TIME_HOUR)

struct clock {
    bool manual;            /* stands still until clock_set */
    _Atomic int64_t stands; /* where a manual clock stands */
};

/* The operating system's clock. */
void clock_init_system(struct clock *c);

/* A clock that stands at `at` until it is set. */
void clock_init_manual(struct clock *c, int64_t at);

/* Move a manual clock. Going back is a bug: time here only passes. */
void clock_set(struct clock *c, int64_t at);

/* Microseconds UTC. */
int64_t clock_now(struct clock *c);

/* For deadlines and durations: never goes back, says nothing about the date. */
int64_t clock_monotonic(void);

/* The start of the UTC day that holds `at`. */
int64_t time_day(int64_t at);

#endif
