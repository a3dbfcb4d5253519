/* account/mail/mail.h - letters to people.
 *
 * A rule that has something to say by mail queues a letter in its own
 * transaction; the job "mail.send" writes it in the reader's language and
 * hands it to the mail server (settings smtp_url, smtp_user, smtp_password,
 * mail_from), again after a pause when the server is busy, never again when it
 * refuses. An address that is refused for good gets nothing more.
 *
 * Without smtp_url no mail is sent, and pages say so.
 *
 * Letters go to confirmed addresses only, but for the one that asks to
 * confirm. What is not MAIL_SECURITY can be switched off, by the link in each
 * letter too.
 *
 * Not here: SMTP (out/mail.h), the form of a mail (codec/mail.h).
 * Memory: the arena given. Threads: no state.
 * Source: capabilities 37, 61.
 */
#ifndef SWARD_ACCOUNT_MAIL_MAIL_H
#define SWARD_ACCOUNT_MAIL_MAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/money.h"
#include "base/settings.h"
#include "base/str.h"
#include "job/job.h"
#include "store/db.h"
#include "store/privacy.h"
#include "words/lang.h"

/* Why a letter is sent. Numbers are stored. */
enum mail_kind {
    MAIL_SECURITY = 1, /* asked for by the reader themselves; always sent */
    MAIL_ORDERS = 2,
    MAIL_STAFF = 3,
};
#define MAIL_KINDS 4

/* What was bought, as the buyer's letter lists it. */
struct mail_line {
    struct str name, options; /* options may be empty */
    int64_t quantity;
    struct money price, amount; /* of one; of all */
};

#define MAIL_LINES_MAX 50

/* Money is all of one currency. */
struct mail_receipt {
    const struct mail_line *lines;
    size_t n;                /* at most MAIL_LINES_MAX */
    struct str to;           /* where it goes, in a few words; may be empty */
    struct money off;        /* below zero: what was taken off the lines; 0 = nothing */
    struct money delivery;   /* 0 = free */
    struct money tax, total; /* the tax is inside the total */
};

/* A letter. Members left out are 0. Texts that are N_("...") may hold {n}. */
struct mail_letter {
    int64_t person; /* actor it goes to */
    enum mail_kind kind;
    const char *subject; /* N_("...") */
    const char *words;   /* N_("...") */
    int64_t n;
    struct str detail; /* a paragraph as it is: an order's number, words of the staff */
    const struct mail_receipt *receipt; /* NULL = none */
    struct str href;                    /* where it leads: a path; empty = nowhere */
    const char *action;                 /* N_("...") what is there */
    struct str address;                 /* only to confirm it: goes there, confirmed or not */
};

/* Queue it. Whether it is sent is decided when its turn comes. */
NODISCARD int mail_queue(struct db *db, const struct mail_letter *letter, struct err *err);

/* Whether this shop sends mail. */
bool mail_works(const struct settings *settings);

/* True when a letter that the person asks for may go now: not more than one
 * in MAIL_PAUSE. */
#define MAIL_PAUSE (2 * TIME_MINUTE)
NODISCARD int mail_may_ask(struct db *db, int64_t person, enum mail_kind kind, bool *ret_may,
                           struct err *err);

/* Switch a kind on or off; MAIL_SECURITY stays on. */
NODISCARD int mail_switch(struct db *db, int64_t person, enum mail_kind kind, bool on,
                          struct err *err);
NODISCARD int mail_off(struct db *db, struct arena *a, int64_t person, bool ret_off[MAIL_KINDS],
                       struct err *err);

/* Signed words in a link: two numbers and a text that both sides know.
 * `purpose` keeps one kind of link from being used as another. */
struct str mail_token(struct arena *a, const struct settings *settings, const char *purpose,
                      int64_t first, int64_t second, struct str known);
bool mail_token_read(struct str token, int64_t *ret_first, int64_t *ret_second);
bool mail_token_holds(struct arena *a, const struct settings *settings, const char *purpose,
                      struct str known, struct str token);

extern const struct privacy_part mail_privacy;
extern const struct job_kind mail_jobs[]; /* "mail.send", "mail.tidy" */

#endif
