/* account/mail/letter.h - a letter as its views print it; private to the room. */
#ifndef SWARD_ACCOUNT_MAIL_LETTER_H
#define SWARD_ACCOUNT_MAIL_LETTER_H

#include "account/mail/mail.h"

struct letter {
    struct str site;    /* what the place is called */
    struct str name;    /* the reader's */
    struct str subject; /* in the reader's language, as all below */
    struct str words;
    struct str detail;
    struct str url; /* absolute; empty = none */
    struct str action;
    struct str off; /* address to leave; empty = none */
};

#endif
