/* media/worker/cell.h - the walls around the helper that decodes photos.
 *
 * Decoders of pictures are where the dangerous bugs are. So the helper has no
 * way out: bounded memory, processor time and file size; no new privileges;
 * and, once it is set up, a list of system calls that holds neither opening
 * nor making a file, nor a socket, nor starting a program, nor memory that may
 * be run. What is not on the list fails with EPERM, so that a library that
 * asks for something harmless (the number of cores) goes on without it.
 *
 * Threads: enter_limits before any thread; lock applies to all threads.
 */
#ifndef SWARD_MEDIA_WORKER_CELL_H
#define SWARD_MEDIA_WORKER_CELL_H

#include "base/macros.h"

/* Bound what the process may use. 0, or a negative errno. */
NODISCARD int cell_limit(void);

/* Close the door: from here on only the listed system calls work. 0, or a
 * negative errno; the process must then end. */
NODISCARD int cell_lock(void);

#endif
