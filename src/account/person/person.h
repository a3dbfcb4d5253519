/* account/person/person.h - people: who they are, how they sign in, what they set.
 *
 * A person has an actor: the key that the log, the ledger and every trade
 * record name. This room alone knows which actor is whom. Others show people
 * through the batch door person_cards() or the view person_shown, and learn
 * who asks from rq->viewer.
 *
 * Not here: what a person wrote (community/), bought (mall/) or sees first (insight/).
 *
 * Memory: texts live in the arena given. Threads: no state.
 * Errors: 0 or ERR_* with *err filled; a form's every wrong field is marked.
 * Source: capabilities 26 (sign-up, interests), 94 (core verbs), 134 (consent).
 */
#ifndef SWARD_ACCOUNT_PERSON_PERSON_H
#define SWARD_ACCOUNT_PERSON_PERSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/settings.h"
#include "base/str.h"
#include "store/db.h"

/* How somebody says who they are. Numbers are stored. */
enum identifier_kind { IDENTIFIER_HANDLE = 1, IDENTIFIER_MAIL = 2, IDENTIFIER_PHONE = 3 };

/* What proves it. Numbers are stored. */
enum credential_kind { CREDENTIAL_PASSWORD = 1 };

#define HANDLE_MIN         3
#define HANDLE_MAX         20
#define NAME_MAX_GRAPHEMES 30
#define BIO_MAX_GRAPHEMES  200
#define SOURCE_MAX         60

/* Who is shown beside a note, a comment, an order. */
struct person_card {
    int64_t actor; /* 0 when the person is gone */
    struct str handle;
    struct str name;
    struct str avatar; /* media hash, or empty */
    int roles;
    bool simulated;
};

/* Who these actors are. ret_cards has n places in the order of `actors`; a
 * person who is gone leaves actor 0 and empty texts. */
NODISCARD int person_cards(struct db *db, struct arena *a, const int64_t *actors, size_t n,
                           struct person_card *ret_cards, struct err *err);

/* What a newcomer fills in. */
struct sign_up {
    struct str handle; /* 3..20 letters, digits or _, any case */
    struct str name;   /* shown name; empty = the handle */
    struct str secret; /* made by password_hash */
    struct str mail;   /* empty = none */
    struct str lang;
    bool simulated;
    int64_t arrived_by; /* the note that brought them; 0 = none */
    struct str source;  /* what brought them, when that is known; at most SOURCE_MAX bytes */
    int64_t invited_by; /* actor; 0 = nobody */
};

/* A handle or mail address as it is stored and looked up: ASCII letters small. */
struct str person_fold(struct arena *a, struct str identifier);

/* Mark every wrong field of a sign-up, the password included. 0 when all are right. */
NODISCARD int person_check(const struct sign_up *form, struct str password, struct err *err);

/* Whether the handle and the address are free now: ERR_INVALID names the field that is not. */
NODISCARD int person_check_free(struct db *db, struct arena *a, const struct sign_up *form,
                                struct err *err);

/* Take somebody in: person, actor, identifiers, secret and the events
 * ACCOUNT_CREATED and, when a note brought them, ACCOUNT_ARRIVED_BY_NOTE.
 *   ret_person  OUT: id of the person, for session_begin
 *   ret_actor   OUT: their actor key
 * ERR_INVALID names the field that is taken. */
NODISCARD int person_sign_up(struct db *db, struct arena *a, const struct sign_up *form,
                             int64_t *ret_person, int64_t *ret_actor, struct err *err);

/* What is wrong with a handle as somebody would like to be called: an English
 * message of the catalogue, or NULL. */
const char *person_handle_fault(struct str handle);

/* Give a person exactly these roles (bits of enum role; member is always
 * kept). Appends ACCOUNT_ROLE_GIVEN when they are other than before: the log
 * is the history of who was what.
 *   by  actor who gives them; 0 = the operator's key
 * ERR_NOT_FOUND when nobody has the handle. */
NODISCARD int person_set_roles(struct db *db, struct arena *a, struct str handle, int roles,
                               int64_t by, struct err *err);

/* Who has this handle, or had it: a handle that was given up leads to its
 * owner for ever. */
NODISCARD int person_of_handle(struct db *db, struct arena *a, struct str handle,
                               struct person_card *ret_card, struct err *err);

/* The first character of the shown name, for a person without a picture. */
struct str person_initial(const struct person_card *card);

/* True when a chosen-interests text ("beauty,food") holds the section. */
bool person_interested(struct str interests, struct str section);

/* What a person agrees to. */
struct person_consent {
    bool personalised; /* a feed of their own */
    bool exposure_ok;  /* what they see may be counted */
};

/* Keep it. Appends ACCOUNT_CONSENT_CHANGED when it is different. */
NODISCARD int person_set_consent(struct db *db, struct arena *a, int64_t actor,
                                 const struct person_consent *consent, struct err *err);

/* What an actor's password is compared with, for a deed that asks for it again.
 * ERR_NOT_FOUND when they have none. */
NODISCARD int person_secret(struct db *db, struct arena *a, int64_t actor, struct str *ret_secret,
                            struct err *err);

/* True when the password made this secret; an empty one never does. Slow by
 * design: only prepare steps call it. */
bool person_secret_matches(struct str secret, struct str password);

/* The chosen interests of an actor; empty for a visitor. */
NODISCARD int person_interests_of(struct db *db, struct arena *a, int64_t actor,
                                  struct str *ret_interests, struct err *err);

#endif
