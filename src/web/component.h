/* web/component.h - what the components of the house are given.
 *
 * The views of component.html are the small things that every room's pages
 * are made of: a field with its hint and error, an empty list with one next
 * step, the way to more of a list. A room shows one with
 *     {{> empty_state(icon("inbox"), _("No orders yet."), link_main(STR("/mall"), _("To the
 * mall"))) }} and never writes that markup itself. The page /design (insight/design) shows each of
 * them in every state.
 *
 * Not here: what one room alone shows (a card of a note, the steps of an
 * order). Those stand in their rooms' files.
 *
 * Memory: texts are read while the view runs. Threads: no state. Errors: none.
 */
#ifndef SWARD_WEB_COMPONENT_H
#define SWARD_WEB_COMPONENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "web/view.h"

/* A way on: an address and what it is called. */
struct link {
    struct str href;  /* empty = there is none */
    struct str label; /* in the reader's language */
    bool main;        /* the one primary action of a screen */
};

static inline struct link link_to(struct str href, struct str label)
{
    return (struct link){ href, label, false };
}
static inline struct link link_main(struct str href, struct str label)
{
    return (struct link){ href, label, true };
}
static inline struct link link_none(void)
{
    return (struct link){ 0 };
}

/* No picture beside the words. */
static inline struct html no_picture(void)
{
    return (struct html){ { 0 } };
}

/* One field of a form. It fills itself with what the person sent, or with
 * `value`; a password and a file are never filled. The first field that was
 * refused takes the cursor. Only name and label must be set. */
struct field {
    const char *name;         /* as it is sent, and as errors name it */
    const char *id;           /* in the page; NULL = the name */
    struct str label;         /* in the reader's language */
    struct str hint;          /* under the field; may be empty */
    struct str value;         /* before anything was typed */
    const char *type;         /* "password", "email", "date", …; NULL = text */
    const char *autocomplete; /* NULL = not said */
    const char *lang;         /* of what is typed, when it is not the reader's */
    const char *placeholder;  /* NULL = none */
    const char *accept;       /* of a file */
    const char *look;         /* a class of the input: "field-short", "code-input" */
    int rows;                 /* of field_text */
    int min_length, max_length;
    int64_t min, max; /* of a number: both 0 = not said */
    bool required;
    bool optional; /* says so beside the label */
    bool plain;    /* a name or code: no capitals put in, no spelling marked */
    bool digits;   /* a phone shows its number keys */
    bool read_only;
};

/* The id of a field in the page. */
static inline struct str field_id(const struct field *f)
{
    return str_from(f->id ? f->id : f->name);
}

/* Whether the field is the first of those that were refused: it takes the cursor. */
bool field_is_first_wrong(const struct view *v, const struct field *f);

/* What stands in the field now. */
struct str field_value(const struct view *v, const struct field *f);

#endif
