/* account/inbox/inbox.h - what happened that concerns a person.
 *
 * The inbox is a shared follower of the log: rooms append their facts and
 * never tell anybody themselves. It knows kinds of facts and ids; what a note
 * is called or how an order looks it asks through slots (inbox_web.h).
 *
 * Facts of one kind about one thing are one line, "Lin and 12 others liked
 * your note", as long as they come within INBOX_WINDOW of the line's first.
 * An order is one line for each side, which says how far it is. Who did
 * something themselves is not told of it; who was blocked or muted makes no
 * lines. A like taken back takes its part of the line back, and given again
 * it does not make the line new.
 *
 * A line is new until its person read it; another fact makes it new again.
 * Lines are kept for INBOX_DAYS. What is not a fact of the log (a word of the
 * staff) comes in by inbox_tell(). What was read, what was switched off and
 * the words told are the inbox's own; all the rest comes back from the log.
 *
 * Not here: mail (account/mail), conversations between people.
 * Memory: the arena given. Threads: no state.
 * Errors: 0 or ERR_* with *err filled. Source: capabilities 37, 61, 83.
 */
#ifndef SWARD_ACCOUNT_INBOX_INBOX_H
#define SWARD_ACCOUNT_INBOX_INBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"
#include "event/follower.h"
#include "job/job.h"
#include "store/db.h"
#include "store/doctor.h"

/* What a line tells. Numbers are stored. */
enum inbox_kind {
    INBOX_LIKE = 1,          /* object: the note */
    INBOX_SAVE = 2,          /* the note */
    INBOX_COMMENT = 3,       /* the comment, on the person's note */
    INBOX_REPLY = 4,         /* the comment that answers the person's */
    INBOX_MENTION = 5,       /* the comment, or the note itself */
    INBOX_FOLLOW = 6,        /* the person */
    INBOX_ORDER = 7,         /* an order that the person placed */
    INBOX_SALE = 8,          /* an order that the person is to fulfil */
    INBOX_EARNING = 9,       /* the order that money came from */
    INBOX_NOTICE = 10,       /* the word told */
    INBOX_COMMENT_LIKE = 11, /* the person's comment */
};
#define INBOX_KINDS 12 /* one more than the last */

/* Under which heading a line stands. INBOX_ALL is all of them. Numbers are stored. */
enum inbox_tab { INBOX_ALL, INBOX_LIKES, INBOX_COMMENTS, INBOX_FOLLOWS, INBOX_ORDERS, INBOX_WORDS };

#define INBOX_WINDOW     TIME_DAY /* from a line's first fact to its last */
#define INBOX_DAYS       90
#define INBOX_UNREAD_MAX 100  /* counting stops here */
#define INBOX_DETAIL_MAX 1000 /* bytes */

/* The heading of a kind. */
enum inbox_tab inbox_tab_of(enum inbox_kind kind);

/* Something that a person must be told and that is no fact of the log. */
struct inbox_word {
    int64_t person;    /* actor who is told */
    const char *words; /* N_("...") in the caller; may hold {n} */
    int64_t n;
    struct str detail; /* what staff wrote, as they wrote it; at most INBOX_DETAIL_MAX bytes */
    struct str href;   /* where it leads, a path; empty = nowhere */
};

/* Tell it, by mail too to whoever takes mail from the staff. */
NODISCARD int inbox_tell(struct db *db, const struct inbox_word *word, struct err *err);

/* How many lines are new for a person; stops counting at INBOX_UNREAD_MAX. */
NODISCARD int inbox_unread(struct db *db, int64_t person, int64_t *ret_n, struct err *err);

/* The person has read one line, or all. A line that is not there is no error. */
NODISCARD int inbox_read(struct db *db, int64_t person, int64_t line, struct err *err);
NODISCARD int inbox_read_all(struct db *db, int64_t person, struct err *err);

/* Which kinds a person does not want to be told of: bits 1 << enum inbox_kind.
 * Notices cannot be switched off. */
NODISCARD int inbox_off(struct db *db, struct arena *a, int64_t person, int64_t *ret_kinds,
                        struct err *err);
NODISCARD int inbox_set_off(struct db *db, int64_t person, int64_t kinds, struct err *err);

/* Forget what is older than INBOX_DAYS, in small steps. */
NODISCARD int inbox_tidy(struct store *store, struct err *err);

/* Forget everything of a person and their part in the lines of others. */
NODISCARD int inbox_forget(struct db *db, int64_t person, struct err *err);

/* Each line counts those who stand behind it. */
NODISCARD int inbox_doctor(struct store *store, struct doctor *d, struct err *err);

extern const struct follower inbox_follower;
extern const struct job_kind inbox_jobs[]; /* "inbox.tidy", once a day */

#endif
