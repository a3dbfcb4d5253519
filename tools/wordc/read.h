/* tools/wordc/read.h - finds messages in sources and translations in .po files. */
#ifndef SWARD_TOOLS_WORDC_READ_H
#define SWARD_TOOLS_WORDC_READ_H

#include "tools/common/source.h"
#include "tools/wordc/catalogue.h"

/* _ _n _c in the C of an .html file. */
void read_html(struct catalogue *c, const struct source *source);

/* N_ in a .c, .h or .def file. */
void read_c(struct catalogue *c, const struct source *source);

/* A gettext .po file: msgctxt, msgid, msgid_plural, msgstr, msgstr[0],
 * strings over several lines, comments. Fuzzy and obsolete entries are
 * refused: a translation is true or it is not there. */
void read_po(struct catalogue *c, const struct source *source);

#endif
