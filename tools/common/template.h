/* tools/common/template.h - cuts an .html file into its pieces.
 *
 *     {{ expression }}   {{> view(args) }}   {{# comment #}}   {% C code %}
 *     {{ include "x.h" }}   {{ view name(args) }}
 *
 * What lies between is literal HTML. Strings in C are stepped over, so "}}"
 * in a literal ends nothing.
 *
 * Memory: pieces are slices of the source; the list is in the arena.
 */
#ifndef SWARD_TOOLS_COMMON_TEMPLATE_H
#define SWARD_TOOLS_COMMON_TEMPLATE_H

#include "base/arena.h"
#include "base/str.h"
#include "tools/common/source.h"

enum piece_kind {
    PIECE_HTML,
    PIECE_PRINT,   /* {{ x }}; text is the trimmed expression */
    PIECE_CALL,    /* {{> x }} */
    PIECE_CODE,    /* {% x %} */
    PIECE_INCLUDE, /* text is the path in the quotes */
    PIECE_VIEW,    /* text is what follows the word view */
};

struct piece {
    enum piece_kind kind;
    struct str text;
    int line; /* of the first character of text */
};

struct template
{
    struct piece *v;
    size_t n, cap;
};

/* Complains about pieces that are not closed; what was read is still given. */
void template_read(struct arena *a, const struct source *source, struct template *ret_template);

#endif
