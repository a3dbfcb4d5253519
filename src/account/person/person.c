#include "account/person/person.h"

#include <string.h>

#include "account/person/password.h"
#include "event/body.h"
#include "event/event.h"
#include "gen/person_sql.h"
#include "store/memo.h"
#include "web/viewer.h"
#include "words/text.h"

/* Handles that would read as the place itself, or as a part of its addresses. */
static const char *const RESERVED[] = { "admin", "api",  "me",    "moderator", "operator",
                                        "staff", "root", "sward", "system",    "support" };

struct str person_fold(struct arena *a, struct str identifier)
{
    char *out = arena_alloc(a, identifier.len + 1);
    if (!out)
        return (struct str){ 0 };
    for (size_t i = 0; i < identifier.len; i++)
        out[i] =
            (char)(identifier.ptr[i] >= 'A' && identifier.ptr[i] <= 'Z' ? identifier.ptr[i] + 32
                                                                        : identifier.ptr[i]);
    return (struct str){ out, identifier.len };
}

static bool handle_spelt_right(struct str handle)
{
    for (size_t i = 0; i < handle.len; i++) {
        char c = handle.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && !(c >= '0' && c <= '9') && c != '_')
            return false;
    }
    return true;
}

static bool handle_reserved(struct str handle)
{
    for (size_t i = 0; i < ARRAY_LEN(RESERVED); i++)
        if (str_eq_nocase(handle, str_from(RESERVED[i])))
            return true;
    return false;
}

/* A mail address as far as a form can judge it: one @ with something on both
 * sides and a point after it. Whether it is theirs, only a mail can tell. */
static bool mail_plausible(struct str mail)
{
    ptrdiff_t at = str_index(mail, '@');
    if (at < 1 || mail.len > 200 || str_index(mail, ' ') >= 0)
        return false;
    struct str host = str_slice(mail, (size_t)at + 1, mail.len);
    return host.len >= 3 && str_index(host, '@') < 0 && str_index(host, '.') > 0 &&
           host.ptr[host.len - 1] != '.';
}

const char *person_handle_fault(struct str handle)
{
    if (handle.len < HANDLE_MIN || handle.len > HANDLE_MAX || !handle_spelt_right(handle))
        return N_("Use 3 to 20 letters, digits or underscores.");
    return handle_reserved(handle) ? N_("This name is kept for the place itself.") : NULL;
}

int person_check(const struct sign_up *form, struct str password, struct err *err)
{
    int rc = 0;
    const char *fault = person_handle_fault(form->handle);
    if (fault)
        rc = err_field(err, "handle", fault);
    if (text_count(form->name) > NAME_MAX_GRAPHEMES)
        rc = err_field_n(err, "name", N_("At most {n} characters, please."), NAME_MAX_GRAPHEMES);
    if (form->mail.len && !mail_plausible(form->mail))
        rc = err_field(err, "mail", N_("This does not look like a mail address."));
    if (password.len < PASSWORD_MIN)
        rc = err_field_n(err, "password", N_("At least {n} characters, please."), PASSWORD_MIN);
    else if (password.len > PASSWORD_MAX)
        rc = err_field_n(err, "password", N_("At most {n} characters, please."), PASSWORD_MAX);
    return rc;
}

/* Write the identifiers; a taken one marks its field. */
static int insert_identifiers(struct db *db, struct arena *a, int64_t person, struct str handle,
                              struct str mail, struct err *err)
{
    int64_t n;
    int rc = identifier_insert(db, IDENTIFIER_HANDLE, handle, person, OPT_INT(db_now(db)), &n, err);
    if (rc < 0)
        return rc;
    if (n == 0)
        return err_field(err, "handle", N_("Somebody already has this name."));
    if (!mail.len)
        return 0;
    rc = identifier_insert(db, IDENTIFIER_MAIL, person_fold(a, mail), person, OPT_NONE, &n, err);
    if (rc < 0)
        return rc;
    return n ? 0 : err_field(err, "mail", N_("This address already belongs to an account."));
}

static int tell_arrival(struct db *db, int64_t actor, const struct sign_up *form, struct err *err)
{
    int rc = event_append(db,
                          &(struct event){ .kind = EVENT_ACCOUNT_CREATED,
                                           .actor = actor,
                                           .object = actor,
                                           .simulated = form->simulated },
                          err);
    if (rc < 0 || !form->arrived_by)
        return rc;
    return event_append(db,
                        &(struct event){ .kind = EVENT_ACCOUNT_ARRIVED_BY_NOTE,
                                         .actor = actor,
                                         .object = actor,
                                         .about = form->arrived_by,
                                         .simulated = form->simulated },
                        err);
}

int person_check_free(struct db *db, struct arena *a, const struct sign_up *form, struct err *err)
{
    struct identifier_taken_row handle = { 0 }, mail = { 0 };
    int rc = identifier_taken(db, a, IDENTIFIER_HANDLE, person_fold(a, form->handle), &handle, err);
    if (rc == 0 && form->mail.len)
        rc = identifier_taken(db, a, IDENTIFIER_MAIL, person_fold(a, form->mail), &mail, err);
    if (rc == 0 && handle.taken)
        rc = err_field(err, "handle", N_("Somebody already has this name."));
    if (rc == 0 && mail.taken)
        rc = err_field(err, "mail", N_("This address already belongs to an account."));
    return rc;
}

int person_sign_up(struct db *db, struct arena *a, const struct sign_up *form, int64_t *ret_person,
                   int64_t *ret_actor, struct err *err)
{
    struct str handle = person_fold(a, form->handle);
    int64_t person = db_new_id(db), actor = db_new_id(db), n;
    const struct person_insert_args row = {
        .id = person,
        .actor = actor,
        .handle = handle,
        .name = form->name.len ? form->name : form->handle,
        .roles = ROLE_MEMBER,
        .lang = form->lang,
        .simulated = form->simulated,
        .created = db_now(db),
        .source = form->arrived_by && !form->source.len ? STR("note") : form->source,
        .invited_by = form->invited_by,
    };
    int rc = person_insert(db, &row, &n, err);
    if (rc < 0)
        return rc;
    if (n == 0)
        return err_field(err, "handle", N_("Somebody already has this name."));
    rc = insert_identifiers(db, a, person, handle, form->mail, err);
    if (rc == 0)
        rc = credential_set(db, person, CREDENTIAL_PASSWORD, form->secret, db_now(db), NULL, err);
    if (rc == 0)
        rc = tell_arrival(db, actor, form, err);
    if (rc < 0)
        return rc;
    *ret_person = person;
    *ret_actor = actor;
    return 0;
}

int person_set_roles(struct db *db, struct arena *a, struct str handle, int roles, int64_t by,
                     struct err *err)
{
    struct person_card was;
    int rc = person_of_handle(db, a, handle, &was, err);
    roles |= ROLE_MEMBER;
    if (rc < 0 || was.roles == roles)
        return rc;
    memo_changed(db, "person", was.actor);
    rc = person_roles_set(db, was.handle, roles, NULL, err);
    if (rc < 0)
        return rc;
    struct event_body body;
    event_body_init(&body);
    json_member_int(&body.json, "roles", roles);
    return event_append_body(db,
                             &(struct event){ .kind = EVENT_ACCOUNT_ROLE_GIVEN,
                                              .actor = by,
                                              .object = was.actor,
                                              .simulated = was.simulated },
                             &body, err);
}

/* One at a time, for each is remembered by itself (store/remember.h). */
static int one_card(struct db *db, struct arena *a, int64_t actor, struct person_card *ret_card,
                    struct err *err)
{
    struct person_card_row_row row = { 0 };
    int rc = person_card_row(db, a, actor, &row, err);
    if (rc < 0 && rc != ERR_NOT_FOUND)
        return rc;
    err_clear(err);
    *ret_card = (struct person_card){ .actor = row.actor,
                                      .handle = row.handle,
                                      .name = row.name,
                                      .avatar = row.avatar,
                                      .roles = (int)row.roles,
                                      .simulated = row.simulated };
    return 0;
}

/* All at once, where nothing is remembered and each question is a way to the database. */
static int all_cards(struct db *db, struct arena *a, const int64_t *actors, size_t n,
                     struct person_card *ret_cards, struct err *err)
{
    struct person_cards_rows_rows rows = { 0 };
    int rc = person_cards_rows(db, a, (struct id_list){ actors, n }, &rows, err);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        ret_cards[i] = (struct person_card){ 0 };
        for (size_t j = 0; j < rows.n; j++)
            if (rows.v[j].actor == actors[i])
                ret_cards[i] = (struct person_card){ .actor = rows.v[j].actor,
                                                     .handle = rows.v[j].handle,
                                                     .name = rows.v[j].name,
                                                     .avatar = rows.v[j].avatar,
                                                     .roles = (int)rows.v[j].roles,
                                                     .simulated = rows.v[j].simulated };
    }
    return rc;
}

int person_cards(struct db *db, struct arena *a, const int64_t *actors, size_t n,
                 struct person_card *ret_cards, struct err *err)
{
    int rc = 0;
    if (n > 1 && db_is_postgres(db))
        return all_cards(db, a, actors, n, ret_cards, err);
    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = one_card(db, a, actors[i], &ret_cards[i], err);
    return rc;
}

int person_of_handle(struct db *db, struct arena *a, struct str handle,
                     struct person_card *ret_card, struct err *err)
{
    struct person_by_handle_row row;
    struct person_handle_now_row now;
    int rc = person_by_handle(db, a, person_fold(a, handle), &row, err);
    if (rc == ERR_NOT_FOUND) {
        rc = person_handle_now(db, a, person_fold(a, handle), &now, err);
        if (rc == 0)
            rc = person_by_handle(db, a, now.handle, &row, err);
    }
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("Nobody here has that name."));
    if (rc < 0)
        return rc;
    err_clear(err);
    *ret_card = (struct person_card){ .actor = row.actor,
                                      .handle = row.handle,
                                      .name = row.name,
                                      .avatar = row.avatar,
                                      .roles = (int)row.roles,
                                      .simulated = row.simulated };
    return 0;
}

struct str person_initial(const struct person_card *card)
{
    return text_cut(card->name, 1);
}

bool person_interested(struct str interests, struct str section)
{
    struct str rest = interests, piece;
    while (rest.len && str_next(&rest, ',', &piece))
        if (str_eq(piece, section))
            return true;
    return false;
}

int person_set_consent(struct db *db, struct arena *a, int64_t actor,
                       const struct person_consent *consent, struct err *err)
{
    struct person_settings_row_row was = { 0 };
    int rc = person_settings_row(db, a, actor, &was, err);
    if (rc < 0 ||
        (was.personalised == consent->personalised && was.exposure_ok == consent->exposure_ok))
        return rc;
    rc = person_consent_set(db, actor, consent->personalised, consent->exposure_ok, NULL, err);
    if (rc < 0)
        return rc;
    struct event_body body;
    event_body_init(&body);
    json_member_bool(&body.json, "exposure", consent->exposure_ok);
    json_member_bool(&body.json, "personalised", consent->personalised);
    return event_append_body(db,
                             &(struct event){ .kind = EVENT_ACCOUNT_CONSENT_CHANGED,
                                              .actor = actor,
                                              .object = actor,
                                              .simulated = was.simulated },
                             &body, err);
}

int person_interests_of(struct db *db, struct arena *a, int64_t actor, struct str *ret_interests,
                        struct err *err)
{
    if (actor == 0) {
        *ret_interests = (struct str){ 0 };
        return 0;
    }
    struct person_interests_row row;
    int rc = person_interests(db, a, actor, &row, err);
    if (rc < 0)
        return rc;
    *ret_interests = row.interests;
    return 0;
}
