/* web/static.h - serves the files that are part of the program.
 *
 * Their answers are made once, at start, in every form a client may take:
 * brotli, gzip, plain. A request only picks one.
 *
 * Memory: answers for each file, freed by statics_free. Threads: read-only
 * once made.
 */
#ifndef SWARD_WEB_STATIC_H
#define SWARD_WEB_STATIC_H

#include <stdbool.h>

#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"

struct call;
struct static_file;
struct statics;
struct web;

/* Make the answers for all of the config's assets; NULL when memory is short. */
struct statics *statics_new(struct web *web);
void statics_free(struct statics *statics);

/* The file at an address ("/static/app.3f9c2a1b.css", "/favicon.ico"), or NULL. */
const struct static_file *static_find(const struct statics *statics, struct str path);

/* Queue the answer of call->file. False when the server would not take it. */
NODISCARD bool static_answer(struct call *call);

#endif
