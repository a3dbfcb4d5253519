/* tools/viewc/compile.h - one .html file becomes C functions.
 *
 * Memory: names and lists live in the arena given; the caller owns the buffers.
 */
#ifndef SWARD_TOOLS_VIEWC_COMPILE_H
#define SWARD_TOOLS_VIEWC_COMPILE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "tools/common/source.h"

/* What the views of one room have in common. */
struct room {
    struct arena *a;
    const char *name;
    struct paths static_folders; /* where asset("...") may come from */
    struct paths assets;         /* names of static files that stand elsewhere */
    const char *icons;           /* folder of Lucide's .svg files */
    struct paths includes;       /* headers named by the files, each once */
    struct paths messages;       /* C names of messages, each once */
    struct paths reads;          /* files read besides the .html, for the depfile */
    struct buf declarations;     /* for the header */
    struct buf functions;        /* for the .c file */
};

/* Compile the views of one file into the room's buffers; complains. */
void compile_file(struct room *room, const struct source *source);

/* Add a text to a list unless it is there. */
void add_once(struct arena *a, struct paths *list, const char *text);

#endif
