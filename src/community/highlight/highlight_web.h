/* community/highlight/highlight_web.h - the doors of what stands first on a profile.
 *
 *   GET  /me/highlights   one's notes, to choose from
 *   POST /me/highlights   note, repeated, in the order they are to stand
 *
 * Slots: "person.highlights" on the profile, "person.highlights.form" in its form.
 */
#ifndef SWARD_COMMUNITY_HIGHLIGHT_HIGHLIGHT_WEB_H
#define SWARD_COMMUNITY_HIGHLIGHT_HIGHLIGHT_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "community/highlight/highlight.h"
#include "community/note/note.h"
#include "web/route.h"
#include "web/slot.h"

struct privacy_part;

/* On the profile, and in the form. */
struct highlights {
    const struct note_card *cards;
    size_t n;
};

/* One of one's notes, to choose. */
struct highlight_choice {
    struct note_card card;
    bool chosen;
};

struct highlight_page {
    const struct highlight_choice *choices;
    size_t n;
    struct str more; /* address of older ones; empty = these are all */
};

extern const struct route highlight_routes[];
extern const struct privacy_part highlight_privacy;

slot_fn highlight_person_fill, highlight_form_fill;

#endif
