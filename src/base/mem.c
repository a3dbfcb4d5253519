/* base/mem.c - the heap, and the hook that makes one allocation fail. */
#include "base/mem.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

static _Atomic int64_t fail_countdown;

/* True when this very allocation is the one that shall fail. */
static bool must_fail(void)
{
    if (atomic_load_explicit(&fail_countdown, memory_order_relaxed) == 0)
        return false;
    int64_t left = atomic_load(&fail_countdown);
    while (left > 0)
        if (atomic_compare_exchange_weak(&fail_countdown, &left, left - 1))
            return left == 1;
    return false;
}

void *mem_alloc(size_t size)
{
    if (must_fail())
        return NULL;
    return malloc(size ? size : 1);
}

void *mem_resize(void *ptr, size_t size)
{
    if (must_fail())
        return NULL;
    return realloc(ptr, size ? size : 1);
}

void mem_free(void *ptr)
{
    free(ptr);
}

void mem_fail_at(int64_t n)
{
    atomic_store(&fail_countdown, n);
}

bool mem_fail_pending(void)
{
    return atomic_load(&fail_countdown) > 0;
}
