/* account/person/person_web.h - the doors of a person's own pages.
 *
 *   GET  /me              where everything of one's own is found
 *   GET, POST /me/settings, /welcome
 *   POST /lang
 *
 * Slots of /me, by the reader's actor; data: a const int64_t, how many.
 * "me.drafts" of one's drafts and scheduled notes; "me.moderation" of what
 * waits for a moderator in the reader's sections, empty for who moderates
 * nothing.
 */
#ifndef SWARD_ACCOUNT_PERSON_PERSON_WEB_H
#define SWARD_ACCOUNT_PERSON_PERSON_WEB_H

#include <stdbool.h>
#include <stdint.h>

#include "account/person/password.h" /* the first operator's is hashed where the place is set up */
#include "account/person/person.h"
#include "account/person/session.h" /* whose a browser is: visitors have carts too */
#include "web/route.h"
#include "web/slot.h"

struct me_page {
    struct person_card card;
    const int64_t *drafts;     /* NULL = not known */
    const int64_t *moderation; /* NULL = they moderate nothing */
};

struct welcome_page {
    struct str interests;
    struct part choices; /* "person.interests": a checkbox a section */
    bool exposure_ok;
};

struct settings_page {
    bool personalised;
    bool exposure_ok;
    bool saved;
};

extern const struct route person_routes[];

#endif
