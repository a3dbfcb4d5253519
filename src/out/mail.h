/* out/mail.h - handing one mail to a mail server (SMTP).
 *
 * The address of the server says how: smtp:// speaks in the clear (a server on
 * this machine), smtp+starttls:// insists on TLS before anything is said,
 * smtps:// speaks TLS from the first byte. Certificates must hold.
 *
 * For jobs only (job/job.h): it waits for the other side, at most
 * OUT_MAIL_SECONDS.
 *
 * Memory: none kept. State: libcurl's. Threads: any.
 */
#ifndef SWARD_OUT_MAIL_H
#define SWARD_OUT_MAIL_H

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"

#define OUT_MAIL_SECONDS 30

struct out_mail {
    struct str url;            /* smtp://host:25, smtp+starttls://host:587, smtps://host:465 */
    struct str user, password; /* empty = none */
    struct str from, to;       /* bare addresses (codec/mail.h) */
    struct str letter;         /* of mail_write */
};

/* Hand it over. ERR_INVALID: the server refuses this address or letter for
 * good (5xx). ERR_IO: not now; try again later. */
NODISCARD int out_mail(struct arena *a, const struct out_mail *mail, struct err *err);

#endif
