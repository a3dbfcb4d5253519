/* tools/viewc/rewrite.h - C expressions of a view, with the words that only
 * views have turned into calls of the runtime (web/view.h).
 *
 *     _("...") _n("...", "...", n = x) _c("...", "...")   a message
 *     icon("heart")   asset("app.css")                     known at build
 *     typed("title") typed_or("title", x) ...              about the form
 */
#ifndef SWARD_TOOLS_VIEWC_REWRITE_H
#define SWARD_TOOLS_VIEWC_REWRITE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"
#include "tools/viewc/compile.h"

/* Append C code, rewritten. */
void rewrite_code(struct room *room, const char *path, struct str code, int line, struct buf *out);

/* When the whole of `code` is one message: append the arguments that follow
 * the view in a runtime call (", &msg_x, values, n") and return true. */
bool rewrite_message(struct room *room, const char *path, struct str code, int line,
                     struct buf *out);

/* When the whole of `code` is icon("..."): give its markup and return true. */
bool rewrite_icon(struct room *room, const char *path, struct str code, int line,
                  struct str *ret_svg);

#endif
