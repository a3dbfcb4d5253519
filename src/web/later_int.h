/* web/later_int.h - the keeper's side of web/later.h. */
#ifndef SWARD_WEB_LATER_INT_H
#define SWARD_WEB_LATER_INT_H

#include <stdbool.h>

struct later;
struct web;

struct later *later_new(struct web *web); /* NULL when there is no memory */
void later_free(struct later *later);

/* Hand what waits to the writer, unless it still works on what it got. */
void later_kick(struct later *later);

/* At the end, when nothing is left for later any more and the writer is not
 * busy with any of it: do the rest and wait for it. */
void later_finish(struct later *later);
bool later_busy(const struct later *later);

#endif
