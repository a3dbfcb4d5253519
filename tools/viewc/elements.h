/* tools/viewc/elements.h - what is known of the elements and attributes of HTML.
 *
 * Threads: no state.
 */
#ifndef SWARD_TOOLS_VIEWC_ELEMENTS_H
#define SWARD_TOOLS_VIEWC_ELEMENTS_H

#include <stdbool.h>

/* How an element stands in a line of text. */
enum flow {
    FLOW_INLINE, /* white space around and in it matters */
    FLOW_BOX,    /* around it, but not inside: button, select, svg */
    FLOW_BLOCK,  /* neither */
};

enum flow element_flow(const char *name);

/* True for elements that have no end tag. */
bool element_is_void(const char *name);

/* True when a paragraph ends where this element begins. */
bool element_ends_p(const char *name);

/* True when this element may not stand anywhere in one of the same name. */
bool element_never_in_itself(const char *name);

enum attr_kind {
    ATTR_PLAIN,
    ATTR_URL,     /* an address */
    ATTR_URLS,    /* addresses with descriptors, by commas: srcset */
    ATTR_LITERAL, /* read as code by htmx: no expressions */
    ATTR_REFUSED, /* inline style or script: the Content-Security-Policy forbids it */
};

/* The kind of an attribute by its name, in whatever case it is written. */
enum attr_kind attr_kind(const char *written);

#endif
