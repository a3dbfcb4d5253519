/* What this room holds of a person, and how it lets them go. */

#include "account/person/password.h"
#include "account/person/person.h"
#include "gen/person_sql.h"
#include "store/privacy.h"

PRIVACY_FEW(person_mine, "person")
PRIVACY_FEW(identifier_mine, "identifiers")
PRIVACY_FEW(session_mine, "sessions")
PRIVACY_FEW(credential_mine, "password")
PRIVACY_FEW(second_factor_mine, "second_factor")

static int gather(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                  struct err *err)
{
    int rc = list_person_mine(db, a, actor, out, err);
    if (rc == 0)
        rc = list_identifier_mine(db, a, actor, out, err);
    if (rc == 0)
        rc = list_session_mine(db, a, actor, out, err);
    if (rc == 0)
        rc = list_credential_mine(db, a, actor, out, err);
    return rc < 0 ? rc : list_second_factor_mine(db, a, actor, out, err);
}

static int erase_sign_in(struct db *db, int64_t person, struct err *err)
{
    int rc = person_erase_waits(db, person, NULL, err);
    if (rc == 0)
        rc = person_erase_sessions(db, person, NULL, err);
    if (rc == 0)
        rc = recovery_clear(db, person, NULL, err);
    if (rc == 0)
        rc = second_factor_remove(db, person, NULL, err);
    if (rc == 0)
        rc = person_erase_credentials(db, person, NULL, err);
    return rc < 0 ? rc : person_erase_identifiers(db, person, NULL, err);
}

static int erase(struct db *db, int64_t actor, struct err *err)
{
    struct person_id_of_row row;
    int rc = person_id_of(db, NULL, actor, &row, err);
    if (rc == 0)
        rc = erase_sign_in(db, row.id, err);
    if (rc == 0)
        rc = person_erase_invited(db, actor, NULL, err);
    return rc < 0 ? rc : person_erase(db, actor, NULL, err);
}

const struct privacy_part person_privacy = {
    "person", "person identifier credential session second_factor recovery_code sign_in_wait",
    gather, erase
};

int person_secret(struct db *db, struct arena *a, int64_t actor, struct str *ret_secret,
                  struct err *err)
{
    struct credential_of_row row;
    int rc = credential_of(db, a, actor, CREDENTIAL_PASSWORD, &row, err);
    if (rc == 0)
        *ret_secret = row.secret;
    return rc;
}

bool person_secret_matches(struct str secret, struct str password)
{
    return password.len <= PASSWORD_MAX && password_matches(secret, password);
}
