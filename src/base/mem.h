/* base/mem.h - the one door to the heap.
 *
 * Everything that grows by itself (base/arena.h, base/buf.h and the few
 * modules with memory of their own) takes memory here and not from malloc, so
 * that a test can make any one allocation fail and see that nothing breaks.
 * Memory from mem_alloc may also be freed with free().
 *
 * State: one process-wide counter, used only between mem_fail_at and the
 * failure it asks for; otherwise one relaxed load per allocation.
 * Threads: any.
 */
#ifndef SWARD_BASE_MEM_H
#define SWARD_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/macros.h"

/* Memory of `size` bytes, not zeroed, or NULL. size 0 gives a valid pointer. */
NODISCARD void *mem_alloc(size_t size);

/* Make a piece larger or smaller; NULL leaves the old piece as it was.
 * ptr may be NULL, which allocates. */
NODISCARD void *mem_resize(void *ptr, size_t size);

/* Give a piece back; NULL is nothing to do. */
void mem_free(void *ptr);

/* For tests: the n-th allocation from now on fails, once; 0 switches off. */
void mem_fail_at(int64_t n);

/* For tests: true when the failure that was asked for has not happened yet,
 * which is how a loop over n learns that it went through all allocations. */
bool mem_fail_pending(void);

#endif
