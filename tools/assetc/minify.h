/* tools/assetc/minify.h - CSS without what only its authors need. */
#ifndef SWARD_TOOLS_ASSETC_MINIFY_H
#define SWARD_TOOLS_ASSETC_MINIFY_H

#include "base/arena.h"
#include "base/str.h"

/* Without comments, and with runs of white space as one, or none beside
 * { } ; and a comma. Strings and url() stay as they are. In the arena. */
struct str minify_css(struct arena *a, struct str css);

#endif
