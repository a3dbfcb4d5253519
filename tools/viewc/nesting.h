/* tools/viewc/nesting.h - which elements are open, and whether they may be.
 *
 * Part of markup.h, whose stack it keeps.
 */
#ifndef SWARD_TOOLS_VIEWC_NESTING_H
#define SWARD_TOOLS_VIEWC_NESTING_H

#include "tools/viewc/markup.h"

/* True when an element of that name is open. */
bool nesting_in(const struct markup *m, const char *name);
bool nesting_in_svg(const struct markup *m);

/* Complain when this element may not stand here. */
void nesting_check(const struct markup *m, const struct element *element);

void nesting_open(struct markup *m, const struct element *element);
void nesting_close(struct markup *m, const char *name, int line);

/* The view begins with these open, outermost first, separated by spaces. */
void nesting_expect(struct markup *m, struct str names, int line);

/* A block of C ends: just what was open before is open again. */
void nesting_join(const struct markup *m, const struct markup *before, int line);

/* The view ends: just these are open. */
void nesting_end(const struct markup *m, struct str names, int line);

#endif
