/* tools/viewc/markup.h - knows where in the HTML it is.
 *
 * Fed with the literal pieces of a view, it writes them out without the white
 * space that a page does not need, says where an expression stands, and
 * complains about HTML that is not sound: elements that are not closed or
 * wrongly nested, values without quotes, and what the Content-Security-Policy
 * would refuse (inline script and style).
 *
 * C blocks are told to it too: at the closing brace it must be just where it
 * was at the opening one, so whichever way the code goes, the page is sound.
 *
 * Not here: what the pieces of C mean (emit.c).
 * Memory: fixed, but for the output buffer, which the caller owns.
 */
#ifndef SWARD_TOOLS_VIEWC_MARKUP_H
#define SWARD_TOOLS_VIEWC_MARKUP_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

#define MARKUP_DEPTH 64 /* elements open at a time */
#define MARKUP_NAME  32 /* longest name of an element or attribute, NUL included */
#define MARKUP_VALUE 64 /* as much of a literal value as is looked at */

enum place {
    PLACE_NONE, /* an expression may not stand here; complained about */
    PLACE_TEXT,
    PLACE_ATTR,
    PLACE_URL,      /* at the beginning of an address */
    PLACE_URL_PART, /* within one: becomes one part of a path or query */
    PLACE_JSON,     /* the whole of a script of data */
};

enum markup_state {
    IN_TEXT,
    IN_TAG,        /* between attributes */
    IN_NAME,       /* in an attribute's name */
    AFTER_NAME,    /* the name is done, = may follow */
    BEFORE_VALUE,  /* after the = */
    IN_VALUE,      /* between quotes */
    IN_RAW,        /* in a script */
    IN_PLAIN_TEXT, /* in a textarea or title: no tags but its own end */
    IN_COMMENT,
    IN_DOCTYPE,
};

/* What was written last, which decides whether white space matters. */
enum last { LAST_EDGE, LAST_SPACE, LAST_TEXT };

struct element {
    char name[MARKUP_NAME];
    int line;
};

struct markup {
    const char *path;
    struct buf *out;
    enum markup_state state;
    enum last last;
    bool space; /* white space was read and not yet written */
    char quote;
    bool closing, slash, has_src, data_script; /* of the tag being read */
    struct element tag;
    char attr[MARKUP_NAME];
    char value[MARKUP_VALUE];
    size_t value_len; /* literal bytes so far, also those beyond MARKUP_VALUE */
    char value_last;  /* last literal character that is not white space */
    bool value_printed;
    int depth, floor; /* elements open; those opened outside of the innermost block */
    struct element open[MARKUP_DEPTH];
};

/* Begin a view; elements that are open already are named, outermost first. */
void markup_begin(struct markup *m, const char *path, struct buf *out, struct str closes, int line);

/* Take literal HTML that begins on `line`. */
void markup_literal(struct markup *m, struct str html, int line);

/* An expression is printed here. */
enum place markup_print(struct markup *m, int line);

/* A whole element or view is printed here; false, and complained, when it may not be. */
bool markup_call(struct markup *m, int line);

/* C code runs here; false, and complained, when it may not. */
bool markup_code(struct markup *m, int line);

/* After a block of C: the state is that of `before`, or it is complained
 * about. Either way may have been taken. */
void markup_join(struct markup *m, const struct markup *before, int line);

/* End a view; elements that it leaves open are named, outermost first. */
void markup_end(struct markup *m, struct str opens, int line);

#endif
