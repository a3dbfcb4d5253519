/* web/gzip.h - packs a page for a client that takes gzip.
 *
 * The lightest level: it takes most of the gain for the least time. A proxy
 * may do it instead; the setting compress_pages switches it off.
 *
 * Memory: one packer (256 KB) for each thread that packs at the same time,
 * kept for reuse. Threads: any.
 */
#ifndef SWARD_WEB_GZIP_H
#define SWARD_WEB_GZIP_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/macros.h"
#include "base/str.h"

/* Shorter answers are not worth it. */
#define GZIP_LEAST 1024

struct gzips;

struct gzips *gzips_new(void); /* NULL when there is no memory */
void gzips_free(struct gzips *gzips);

/* Append the packed bytes. False, out to be cleared, when it did not work out
 * or did not get smaller: send the page as it is. */
NODISCARD bool gzip_pack(struct gzips *gzips, struct str bytes, struct buf *out);

#endif
