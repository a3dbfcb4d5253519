/* codec/mail.h - a mail as it goes over the wire (RFC 5322, MIME).
 *
 * Two forms of one letter, plain text and simple HTML, as
 * multipart/alternative, both UTF-8 in base64. Header texts that are not plain
 * ASCII become encoded words (RFC 2047). Whatever is in a value, it cannot
 * begin a header of its own: control characters become spaces, and an address
 * that is not one is refused.
 *
 * Not here: sending (out/mail.h), what is said (account/mail).
 * Memory: appends to a buffer. Threads: no state.
 */
#ifndef SWARD_CODEC_MAIL_H
#define SWARD_CODEC_MAIL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"

#define MAIL_ADDRESS_MAX 254 /* bytes */

/* True for an address as people have them: local part of letters, digits and
 * !#$%&'*+-/=?^_`{|}~. (no dot at an end, no two in a row), a domain of at
 * least two names. Quoted local parts, comments and addresses beyond ASCII are
 * not taken. */
bool mail_is_address(struct str address);

struct mail_letter_out {
    struct str from_name; /* any text; empty = none */
    struct str from, to;  /* addresses */
    struct str subject;   /* any text */
    struct str id;        /* letters, digits, "_": names this letter; the domain is the sender's */
    int64_t at;           /* microseconds UTC */
    struct str text, html;
    struct str unsubscribe; /* https://... that takes a POST; empty = none */
};

/* Append the whole letter. ERR_INVALID when from or to is no address, or id
 * or unsubscribe hold what they must not. */
NODISCARD int mail_write(struct buf *out, const struct mail_letter_out *letter, struct err *err);

#endif
