/* store/sqlite_reader.h - each thread's own read-only connection.
 *
 * Private to store/sqlite_*.c. A connection is opened at a thread's first
 * read, kept for the thread, and closed when the thread ends or the store
 * does, whichever comes first.
 *
 * State: a list of readers per thread (thread-local) and one lock for the
 * whole process that guards opening and closing, never reading.
 */
#ifndef SWARD_STORE_SQLITE_READER_H
#define SWARD_STORE_SQLITE_READER_H

#include "store/engine.h"

/* Run fn in one read transaction on the calling thread; engine->read. */
int sqlite_read(struct store *store, store_fn *fn, void *ctx, struct err *err);

/* Close the readers of all threads; nobody reads any more. */
void sqlite_readers_close(struct store *store);

#endif
