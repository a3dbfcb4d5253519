/* media/worker/video_cell.h - the walls around ffmpeg and ffprobe.
 *
 * The program sward-video puts them up around itself and then becomes the
 * program that it is told to run:
 *   - bounded memory, processor time, size of a file, open files, threads;
 *     less share of the processor than the server;
 *   - it ends with the server;
 *   - where the kernel grants it, namespaces of its own without a network;
 *   - where the kernel has Landlock, no file but programs and libraries to
 *     read, and its working folder;
 *   - a list of system calls without sockets, processes, mounts, keys, or
 *     looking into other processes. It is longer than the list of cell.h:
 *     ffmpeg is another program, so it is loaded, opens files and starts
 *     threads after the door is closed.
 *
 * What is not on the list fails with EPERM. Threads: before any.
 */
#ifndef SWARD_MEDIA_WORKER_VIDEO_CELL_H
#define SWARD_MEDIA_WORKER_VIDEO_CELL_H

#include "base/macros.h"

/* Bound what the process may use, and let it end with its parent. */
NODISCARD int video_cell_limit(void);

/* Namespaces and Landlock, as far as this kernel grants them: nothing that
 * fails here opens what the filter closes.
 *   folder  the only place where files may be made */
void video_cell_leave(const char *folder);

/* Close the door. 0, or a negative errno; the process must then end. */
NODISCARD int video_cell_lock(void);

#endif
