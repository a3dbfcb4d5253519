/* tools/common/source.h - what the compilers of the build share: reading
 * sources, finding fault with them, and writing C.
 *
 * A compiler reads everything, complains about each fault it finds with
 * `file:line: error: what is wrong and what to do`, and writes its outputs
 * only when it found none.
 *
 * Memory: texts and lists live in the arena they are read into.
 * State: the number of complaints so far, one for the process.
 * Threads: one.
 */
#ifndef SWARD_TOOLS_COMMON_SOURCE_H
#define SWARD_TOOLS_COMMON_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

/* Ceilings of one run, far above what a source tree holds. */
#define SOURCE_FILE_MAX   ((size_t)8 << 20)
#define SOURCE_MEMORY_MAX ((size_t)512 << 20)

struct source {
    const char *path;
    struct str text; /* ends in a NUL that is not counted */
};

/* Read a whole file; complains and returns false when it cannot. */
NODISCARD bool source_read(struct arena *a, const char *path, struct source *ret_source);

/* A growing list of paths. */
struct paths {
    const char **v;
    size_t n, cap;
};

void paths_add(struct arena *a, struct paths *list, const char *path);

/* The regular files of one folder whose names end in `suffix`, sorted by name. */
void paths_folder(struct arena *a, const char *folder, const char *suffix, struct paths *ret_list);

/* All files below `folder` whose names end in one of the suffixes (ended by
 * NULL), sorted, and in *ret_folders every folder that was looked into. */
void paths_tree(struct arena *a, const char *folder, const char *const *suffixes,
                struct paths *ret_files, struct paths *ret_folders);

/* The part of a path after its last slash. */
const char *path_name(const char *path);

/* Say that something is wrong; line 0 leaves the line out. */
void complain(const char *path, int line, const char *format, ...) PRINTF_LIKE(3, 4);

/* The same words, but the build goes on. */
void warn_of(const char *path, int line, const char *format, ...) PRINTF_LIKE(3, 4);

/* How many complaints there were. */
int complaints(void);

/* Write a file unless it already holds just that; complains when it cannot. */
void write_if_changed(const char *path, const struct buf *content);

/* Write a Make rule that says which files `target` was made from. */
void write_depfile(const char *path, const char *target, const struct paths *from);

/* Append text as a C string literal, quotes included, cut into lines. */
void put_c_string(struct buf *out, struct str text);

/* The line on which position `at` stands, when the text begins on `first`. */
int line_at(struct str text, size_t at, int first);

#endif
