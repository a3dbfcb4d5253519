#include "account/staff/people.h"

#include "account/staff/staff.h"
#include "gen/staff_sql.h"

static const struct people_role ROLES[] = {
    { ROLE_SUPPLIER, "supplier", N_("Supplier") },
    { ROLE_LEADER, "leader", N_("Community leader") },
    { ROLE_BRAND, "brand", N_("Brand") },
    { ROLE_MODERATOR, "moderator", N_("Moderator") },
    { ROLE_OPERATOR, "operator", N_("Operator") },
    { ROLE_EDITOR, "editor", N_("Official: editors of the house") },
    { ROLE_SERVICE, "service", N_("Official: customer service") },
};

const struct people_role *people_roles(size_t *ret_n)
{
    *ret_n = ARRAY_LEN(ROLES);
    return ROLES;
}

int people_role_of(struct str key)
{
    for (size_t i = 0; i < ARRAY_LEN(ROLES); i++)
        if (str_eq_c(key, ROLES[i].key))
            return ROLES[i].bit;
    return 0;
}

int people_with(struct db *db, int roles, int64_t *ret_n, struct err *err)
{
    struct staff_with_role_row row = { 0 };
    int rc = staff_with_role(db, NULL, roles, &row, err);
    if (rc == 0)
        *ret_n = row.n;
    return rc;
}

/* One row in the list of acts for each role that changes. */
static int note_roles(struct db *db, const struct people_act *act, int64_t actor, int before,
                      int after, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(ROLES); i++) {
        int bit = ROLES[i].bit;
        if (((before ^ after) & bit) == 0)
            continue;
        bool official = bit & ROLES_OFFICIAL, given = after & bit;
        const char *words = official ? (given ? "person.official" : "person.unofficial")
                                     : (given ? "role.given" : "role.taken");
        rc = staff_note(db,
                        &(struct staff_act){ .actor = act->by,
                                             .act = words,
                                             .object_kind = "person",
                                             .object = actor,
                                             .name = str_from(ROLES[i].key),
                                             .reason = act->reason },
                        err);
    }
    return rc;
}

int people_set_roles(struct db *db, struct arena *a, const struct people_act *act, int roles,
                     struct err *err)
{
    struct person_card card = { 0 };
    int64_t operators = 0;
    int rc = person_of_handle(db, a, act->handle, &card, err);
    if (rc < 0)
        return rc;
    int after = (roles & STAFF_ROLES) | (card.roles & ~STAFF_ROLES);
    if (after == card.roles)
        return 0;
    if ((card.roles & ROLE_OPERATOR) && !(after & ROLE_OPERATOR)) {
        rc = people_with(db, ROLE_OPERATOR, &operators, err);
        if (rc == 0 && operators < 2)
            rc = err_field(err, "role",
                           N_("The last operator keeps the role. Make somebody else one first."));
    }
    if (rc == 0)
        rc = person_set_roles(db, a, card.handle, after, act->by, err);
    if (rc == 0)
        rc = note_roles(db, act, card.actor, card.roles, after, err);
    return rc;
}

int people_list(struct db *db, struct arena *a, struct str begins, struct str after, int roles,
                size_t n, struct person_card *ret_cards, bool *ret_second, size_t *ret_n,
                struct err *err)
{
    struct staff_people_rows rows = { 0 };
    int rc = staff_people(db, a, begins.len ? begins : STR(""), after.len ? after : STR(""), roles,
                          (int64_t)n, &rows, err);
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct staff_people_row *r = &rows.v[i];
        ret_cards[i] = (struct person_card){ .actor = r->actor,
                                             .handle = r->handle,
                                             .name = r->name,
                                             .avatar = r->avatar,
                                             .roles = (int)r->roles,
                                             .simulated = r->simulated };
        ret_second[i] = r->second;
    }
    if (rc == 0)
        *ret_n = rows.n;
    return rc;
}
