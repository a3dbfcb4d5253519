/* tools/viewc/icon.h - Lucide's pictures as markup to be put into a page. */
#ifndef SWARD_TOOLS_VIEWC_ICON_H
#define SWARD_TOOLS_VIEWC_ICON_H

#include "base/str.h"
#include "tools/viewc/compile.h"

/* The <svg class="icon"> of that name, hidden from readers of screens, whose
 * label is the text beside it. Complains about an icon that Lucide lacks. */
struct str icon_markup(struct room *room, const char *path, struct str name, int line);

#endif
