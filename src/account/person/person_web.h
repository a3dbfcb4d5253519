/* account/person/person_web.h - the doors of a person's own pages. */
#ifndef SWARD_ACCOUNT_PERSON_PERSON_WEB_H
#define SWARD_ACCOUNT_PERSON_PERSON_WEB_H

#include <stdbool.h>
#include <stdint.h>

#include "account/person/person.h"
#include "account/person/session.h" /* whose a browser is: visitors have carts too */
#include "web/route.h"
#include "web/slot.h"

struct profile_page {
    struct person_card card;
    struct str bio;
    int64_t created;
    bool mine;
    struct part social; /* "person.social": counts and the follow button */
    struct part bond;   /* "person.bond": mute and block; refuses the page to the blocked */
    struct part notes;  /* "person.notes": what they published */
};

struct me_page {
    struct person_card card;
};

struct welcome_page {
    struct str interests;
    struct part choices; /* "person.interests": a checkbox a section */
    bool exposure_ok;
};

struct settings_page {
    struct str name;
    struct str bio;
    bool personalised;
    bool exposure_ok;
};

extern const struct route person_routes[];

#endif
