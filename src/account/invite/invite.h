/* account/invite/invite.h - who may join, and who brought them.
 *
 * The setting signup_gate says who may: everybody, whoever has an invitation,
 * or whom the operator lets in. An invitation always opens the door. Each
 * member may invite as many as the setting `invitations` says; an invitation
 * is a code for one person, sent as a link (/i/<code>). The operator makes
 * links for many, each with a label, so that it is known later which of them
 * brought whom.
 *
 * Signing up goes through invite_admit() before person_sign_up() and
 * invite_welcome() after it, all in one transaction. Those who must wait are
 * kept by invite_ask(), with their password hashed, until invite_decide() or
 * ASKING_DAYS later.
 *
 * Not here: the form (account/person/sign_web.c).
 * Memory: texts live in the arena given. Threads: no state.
 * Errors: 0 or ERR_* with *err filled; the form's field is "invite".
 * Source: capability 26 (acquisition source, invitation links).
 */
#ifndef SWARD_ACCOUNT_INVITE_INVITE_H
#define SWARD_ACCOUNT_INVITE_INVITE_H

#include <stdbool.h>
#include <stdint.h>

#include "account/person/person.h"
#include "base/arena.h"
#include "base/err.h"
#include "base/settings.h"
#include "base/str.h"
#include "job/job.h"
#include "store/db.h"

#define INVITE_CODE_LEN       10
#define INVITE_LABEL_MAX      20 /* graphemes */
#define INVITE_USES_MAX       100000
#define INVITE_DAYS_MAX       400
#define ASKING_DAYS           90
#define ASKING_SAID_GRAPHEMES 300

enum gate { GATE_OPEN, GATE_INVITATION, GATE_APPROVAL };

/* What the operator set; a word that is none of the three keeps the door shut
 * but for invitations. */
enum gate invite_gate(const struct settings *settings);

/* An invitation that may still be used. */
struct invite {
    struct str code;
    int64_t owner;    /* actor; 0 = the place itself */
    struct str label; /* of the place's link */
};

/* Look at a code, any case. ERR_NOT_FOUND when it is none, used up, closed or over. */
NODISCARD int invite_look(struct db *db, struct arena *a, struct str code,
                          struct invite *ret_invite, struct err *err);

/* Make one for a person. ERR_CONFLICT when they have given all of theirs.
 *   ret_code  OUT: in the arena */
NODISCARD int invite_make(struct db *db, struct arena *a, const struct settings *settings,
                          int64_t actor, struct str *ret_code, struct err *err);

/* How many a person may still make. */
NODISCARD int invite_left(struct db *db, struct arena *a, const struct settings *settings,
                          int64_t actor, int64_t *ret_left, struct err *err);

/* A link of the place.
 *   label  1..INVITE_LABEL_MAX graphemes, clean
 *   uses   1..INVITE_USES_MAX people
 *   days   0 = for ever
 * ERR_INVALID marks label, uses, days. */
struct invite_link {
    struct str label;
    int64_t uses, days;
};
NODISCARD int invite_make_link(struct db *db, struct arena *a, const struct invite_link *link,
                               struct str *ret_code, struct err *err);

/* Nobody may use it any more. ERR_NOT_FOUND unless it is the owner's and open. */
NODISCARD int invite_close(struct db *db, struct str code, int64_t owner, struct err *err);

/* May they join now? Fills form->source and form->invited_by from the code.
 *   code       what they brought; empty = nothing
 *   typed      they typed it, so a wrong one is told; one that came by a
 *              cookie and is over is left out instead
 *   ret_waits  OUT: true when the operator has to look first */
NODISCARD int invite_admit(struct db *db, struct arena *a, const struct settings *settings,
                           struct str code, bool typed, struct sign_up *form,
                           struct invite *ret_invite, bool *ret_waits, struct err *err);

/* Somebody joined with this invitation (zero = with none): it is used, and the
 * fact INVITE_USED is appended. ERR_CONFLICT when another took the last place. */
NODISCARD int invite_welcome(struct db *db, const struct invite *invite, int64_t actor,
                             bool simulated, struct err *err);

/* Keep one who has to wait. ERR_INVALID when the handle is taken. */
NODISCARD int invite_ask(struct db *db, struct arena *a, const struct sign_up *form,
                         struct str said, struct err *err);

/* The secret of one who waits, by handle; empty when nobody does. */
NODISCARD int invite_asking_secret(struct db *db, struct arena *a, struct str handle,
                                   struct str *ret_secret, struct err *err);

/* Let one in, or not. Appends the facts of a sign-up, and the act to the list of the staff.
 *   by  actor of the operator; 0 = their key
 * ERR_NOT_FOUND when it was decided already; ERR_INVALID (handle, mail) when
 * somebody has taken it meanwhile. */
NODISCARD int invite_decide(struct db *db, struct arena *a, int64_t asking, bool yes, int64_t by,
                            struct err *err);

/* Job "invite.tidy": once a day, forgets who was never answered. */
extern const struct job_kind invite_jobs[];

#endif
