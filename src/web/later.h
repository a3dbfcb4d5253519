/* web/later.h - small writes that a read leaves to be done after the answer.
 *
 * A read handler cannot write. What it learns (a note was opened, a referral
 * was followed, somebody was here) it leaves here: a function and a few
 * bytes. The keeper hands them to the writer in batches. The queue is bounded;
 * what it has no room for is dropped, and /metrics counts it. So nothing that
 * must not be lost belongs here.
 *
 * An item that fails is dropped alone. Each is done at most once.
 *
 * Memory: the bytes are copied. Threads: any.
 */
#ifndef SWARD_WEB_LATER_H
#define SWARD_WEB_LATER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "store/db.h"

struct web;

/* Most bytes of one item, and most items waiting. */
#define LATER_BYTES_MAX 256
#define LATER_ITEMS_MAX 4096

/* Does one item, in a write transaction that other items share. */
typedef int later_fn(struct db *db, const void *data, size_t len, struct err *err);

/* Leave one item; false when it was dropped. len <= LATER_BYTES_MAX. */
bool web_later(struct web *web, later_fn *fn, const void *data, size_t len);

#endif
