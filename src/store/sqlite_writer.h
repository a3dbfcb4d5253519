/* store/sqlite_writer.h - the one thread that writes on SQLite.
 *
 * Private to store/sqlite_*.c. It takes what waits in store->writes and runs
 * it as batches; store.h ("SQLite") says what a batch promises.
 *
 * Threads: started and stopped by the thread that opens and closes the store.
 */
#ifndef SWARD_STORE_SQLITE_WRITER_H
#define SWARD_STORE_SQLITE_WRITER_H

#include "store/engine.h"

struct sqlite_writer;

/* Open the writing connection (making the file) and start the thread. */
NODISCARD int sqlite_writer_start(struct store *store, struct sqlite_writer **ret_writer,
                                  struct err *err);

/* Finish what store->writes holds (it must be closed), end the thread, close
 * the connection, free. NULL is fine. */
void sqlite_writer_stop(struct sqlite_writer *writer);

#endif
