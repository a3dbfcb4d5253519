#include "account/person/address.h"

#include "account/person/person.h"
#include "gen/person_sql.h"

int person_address(struct db *db, struct arena *a, int64_t actor, struct person_address *ret,
                   struct err *err)
{
    struct person_id_of_row key = { 0 };
    int rc = person_id_of(db, NULL, actor, &key, err);
    return rc < 0 ? rc : person_address_by_id(db, a, key.id, ret, err);
}

int person_address_by_id(struct db *db, struct arena *a, int64_t person, struct person_address *ret,
                         struct err *err)
{
    struct address_of_row row = { 0 };
    int rc = address_of(db, a, person, IDENTIFIER_MAIL, CREDENTIAL_PASSWORD, &row, err);
    if (rc < 0)
        return rc;
    *ret = (struct person_address){ .person = person,
                                    .actor = row.actor,
                                    .address = row.value.ptr ? row.value : STR(""),
                                    .confirmed = row.verified.has,
                                    .name = row.name,
                                    .lang = row.lang,
                                    .simulated = row.simulated,
                                    .secret_changed = row.changed };
    return 0;
}

int person_of_address(struct db *db, struct arena *a, struct str address,
                      struct person_address *ret, struct err *err)
{
    struct address_owner_row row = { 0 };
    int rc = address_owner(db, NULL, IDENTIFIER_MAIL, person_fold(a, address), &row, err);
    return rc < 0 ? rc : person_address_by_id(db, a, row.person, ret, err);
}

int person_address_confirm(struct db *db, struct arena *a, int64_t person, struct str address,
                           struct err *err)
{
    struct str folded = person_fold(a, address);
    int64_t made = 0;
    int rc = address_clear(db, person, IDENTIFIER_MAIL, folded, NULL, err);
    if (rc == 0)
        rc =
            identifier_insert(db, IDENTIFIER_MAIL, folded, person, OPT_INT(db_now(db)), &made, err);
    if (rc == 0 && !made)
        rc = err_set(err, ERR_CONFLICT, N_("Somebody else uses this address."));
    return rc;
}

int person_reset_secret(struct db *db, int64_t person, struct str secret, struct err *err)
{
    int rc = credential_set(db, person, CREDENTIAL_PASSWORD, secret, db_now(db), NULL, err);
    return rc < 0 ? rc : session_revoke_others(db, person, 0, NULL, err);
}
