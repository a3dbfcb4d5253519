/* web/fragment.h - a view printed on its own, to be remembered and set into pages.
 *
 * Pages are printed after their transaction; a handler does not print. The one
 * exception is markup that is the same for every reader of a language: it may
 * be printed once, kept as a memo (store/memo.h), and set into a page as
 * struct html. Such a view must not ask for the reader, the form or the path.
 *
 * Memory: the request's arena. Threads: no state.
 */
#ifndef SWARD_WEB_FRAGMENT_H
#define SWARD_WEB_FRAGMENT_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/macros.h"
#include "web/request.h"
#include "web/view.h"

/* A view that prints for this request into out. */
struct view view_of(const struct req *rq, struct buf *out);

/* Print a view in the request's language, for nobody in particular.
 *   max  bytes; ERR_TOO_LARGE beyond them */
NODISCARD int fragment_print(const struct req *rq, void (*print)(struct view *v, const void *data),
                             const void *data, size_t max, struct html *ret_html, struct err *err);

#endif
