/* base/clock.c - the system's time, or a time that stands still. */
#include "base/clock.h"

#include <time.h>

static int64_t microseconds(clockid_t which)
{
    struct timespec t;
    BUG_ON(clock_gettime(which, &t) != 0);
    return (int64_t)t.tv_sec * TIME_SECOND + t.tv_nsec / 1000;
}

void clock_init_system(struct clock *c)
{
    c->manual = false;
    atomic_init(&c->stands, 0);
}

void clock_init_manual(struct clock *c, int64_t at)
{
    c->manual = true;
    atomic_init(&c->stands, at);
}

void clock_set(struct clock *c, int64_t at)
{
    BUG_ON(!c->manual);
    BUG_ON(at < atomic_load(&c->stands));
    atomic_store(&c->stands, at);
}

int64_t clock_now(struct clock *c)
{
    return c->manual ? atomic_load(&c->stands) : microseconds(CLOCK_REALTIME);
}

int64_t clock_monotonic(void)
{
    return microseconds(CLOCK_MONOTONIC);
}

int64_t time_day(int64_t at)
{
    int64_t into = at % TIME_DAY;
    return at - (into < 0 ? into + TIME_DAY : into);
}
