/* support/crash_vfs.h - a disk for SQLite that loses power, fails, or lies.
 *
 * A VFS named CRASH_VFS over SQLite's own. What is written to a database or
 * its log stays in this process's memory until it is synced; only then does it
 * reach the real file. So a process that dies leaves exactly what it had
 * synced, which kill -9 alone does not do: there the kernel still writes.
 *
 * A power cut may let a random part of the unsynced 512-byte sectors through,
 * as a real disk does, in any order and torn.
 *
 * State: one process-wide set of files and switches behind a lock.
 * Threads: any. Locks and shared memory of the files are the real ones.
 */
#ifndef SWARD_TESTS_SUPPORT_CRASH_VFS_H
#define SWARD_TESTS_SUPPORT_CRASH_VFS_H

#include <stdbool.h>
#include <stdint.h>

#define CRASH_VFS "crash"

/* How the process ends at a power cut. */
#define CRASH_STATUS 86

enum crash_op { CRASH_WRITE, CRASH_SYNC };

/* Make CRASH_VFS known to SQLite; again is fine. */
void crash_vfs_register(void);

/* All switches off, all counters 0. What was not synced is forgotten; no file
 * may be open. */
void crash_vfs_reset(void);

/* Let operations on files whose names end in `suffix` fail.
 *   after  this many of them still go well
 *   times  then this many fail; -1 = all
 *   code   SQLITE_FULL, SQLITE_IOERR_FSYNC, ... */
void crash_vfs_fail(enum crash_op op, const char *suffix, int after, int times, int code);

/* No file may grow past so many bytes (SQLITE_FULL): a disk of that size.
 * -1 = any size. */
void crash_vfs_space(int64_t bytes);

/* Say "synced" and keep everything in memory: a disk that lies, which is also
 * what synchronous=OFF looks like from below. */
void crash_vfs_lie(bool lies);

/* End the process with CRASH_STATUS at a write or sync.
 *   after         this many operations from now
 *   keep_percent  of the unsynced sectors reach the disk by chance
 *   seed          of that chance */
void crash_vfs_power_cut(int after, int keep_percent, uint64_t seed);

/* Syncs that reached the disk so far, of files whose names end in `suffix`,
 * and sectors written and not synced. */
int64_t crash_vfs_syncs(const char *suffix);
int64_t crash_vfs_unsynced(const char *suffix);

#endif
