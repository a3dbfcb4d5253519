/* account/mail/letter.h - a letter as its views print it; private to the room. */
#ifndef SWARD_ACCOUNT_MAIL_LETTER_H
#define SWARD_ACCOUNT_MAIL_LETTER_H

#include "account/mail/mail.h"
#include "base/buf.h"
#include "codec/json_out.h"
#include "codec/params.h"

struct letter {
    struct str site;    /* what the place is called */
    struct str name;    /* the reader's */
    struct str subject; /* in the reader's language, as all below */
    struct str words;
    struct str detail;
    const struct mail_receipt *receipt; /* NULL = none */
    struct str url;                     /* absolute; empty = none */
    struct str action;
    struct str off; /* address to leave; empty = none */
};

/* Members of an open object of a job's body, and back: texts stay where the
 * parameters have them, the lines are in the arena. */
void receipt_write(struct json_out *j, const struct mail_receipt *r);
NODISCARD int receipt_read(const struct params *p, struct arena *a, struct mail_receipt *ret,
                           struct err *err);

/* As text, for a letter's plain part. */
void receipt_print(struct buf *out, enum lang lang, const struct mail_receipt *r);

#endif
