/* insight/design/design_web.h - the design language, all of it on one page.
 *
 *   GET /design             tokens, icons, and every component in its states, in
 *                           both languages by day and by night; ?size=large in
 *                           letters half as large again
 *
 * For whoever builds the place or runs it: it is in no menu and no search
 * engine; the operator's settings lead to it. A component is shown by the very
 * view that the pages use, on a stage: a view of one language within one
 * theme. The tokens are read from the style sheet that the pages load, so what
 * stands here is what holds.
 *
 * To add a component: ARCHITECTURE.md says it in five steps; here it is a view spec_… in a *.html
 * of this folder, and a line in design_web.c.
 *
 * Memory: the request's arena. Threads: no state.
 */
#ifndef SWARD_INSIGHT_DESIGN_DESIGN_WEB_H
#define SWARD_INSIGHT_DESIGN_DESIGN_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "account/person/person.h"
#include "community/note/note.h"
#include "insight/design/token.h"
#include "mall/catalog/catalog.h"
#include "web/route.h"
#include "web/view.h"

#define DESIGN_STAGES 4 /* two languages, each by day and by night */

/* What the components of one stage are about. */
struct stage {
    int number; /* from 1; makes ids differ from those of other stages */
    struct str photo;
    struct person_card person, long_person, house;
    struct note_card note, long_note;
    struct product_card product;
    const char *failure; /* of a video, a message */
};

/* A few components that belong together, in all their states. */
struct specimen {
    const char *views; /* names of the views that it shows, by spaces */
    const char *title; /* a message */
    void (*show)(struct view *v, const struct stage *stage);
};

struct design_page {
    struct tokens tokens;
    const struct specimen *specimens;
    size_t n;
    bool large;
};

/* Show a specimen on one of the stages: a view like v, in that stage's language. */
void design_show(const struct view *v, const struct specimen *specimen, int stage);

/* The language of a stage, and the class of its theme. */
enum lang design_lang(int stage);
const char *design_theme(int stage);

/* An id that only this stage has. */
const char *design_id(const struct view *v, const struct stage *stage, const char *name);

/* A view like v after a form was refused: the field `name` is wrong, but takes
 * no cursor, since this is a page to look at. */
struct view design_refused(const struct view *v, const char *name);

extern const struct route design_routes[];

#endif
