#include "mall/order/order_policy.h"

#include "account/staff/staff.h"
#include "event/body.h"
#include "gen/order_sql.h"
#include "mall/ledger/ledger.h"
#include "words/text.h"

#define CATEGORY_MAX 60

int order_policy_now(struct db *db, int64_t supplier, int64_t *ret_id, struct err *err)
{
    struct order_policy_in_force_row row;
    int rc = order_policy_in_force(db, NULL, supplier, db_now(db), &row, err);
    if (rc == 0)
        *ret_id = row.id;
    return rc;
}

/* The categories of some versions, which come ordered by them. */
static int fill_excluded(struct db *db, struct arena *a, struct order_policy *list, size_t n,
                         struct err *err)
{
    struct order_policy_excluded_rows rows = { 0 };
    int64_t *ids = arena_new_array(a, n ? n : 1, int64_t);
    if (!ids)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++)
        ids[i] = list[i].id;
    int rc = n ? order_policy_excluded(db, a, (struct id_list){ ids, n }, &rows, err) : 0;
    if (rc < 0)
        return rc;
    struct str *all = arena_new_array(a, rows.n ? rows.n : 1, struct str);
    if (!all)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t k = 0; k < rows.n; k++) {
        all[k] = rows.v[k].category;
        for (size_t i = 0; i < n; i++) {
            if (list[i].id != rows.v[k].policy)
                continue;
            if (list[i].n_excluded++ == 0)
                list[i].excluded = &all[k];
        }
    }
    return 0;
}

int order_policy_by_id(struct db *db, struct arena *a, int64_t id, struct order_policy *ret_policy,
                       struct err *err)
{
    struct order_policy_row_row row;
    int rc = order_policy_row(db, a, id ? id : 1, &row, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("There are no such terms."));
    if (rc < 0)
        return rc;
    struct order_policy policy = { .id = row.id,
                                   .since = row.since,
                                   .supplier = row.supplier,
                                   .return_days = row.return_days,
                                   .way_back = (enum way_back)row.way_back,
                                   .fee_rule = row.fee_rule,
                                   .tax_rule = row.tax_rule,
                                   .note = row.note };
    rc = fill_excluded(db, a, &policy, 1, err);
    if (rc == 0)
        *ret_policy = policy;
    return rc;
}

int order_policy_of(struct db *db, struct arena *a, int64_t supplier,
                    struct order_policy *ret_policy, struct err *err)
{
    int64_t id = 0;
    int rc = order_policy_now(db, supplier, &id, err);
    return rc < 0 ? rc : order_policy_by_id(db, a, id, ret_policy, err);
}

int order_policy_list(struct db *db, struct arena *a, int64_t before, size_t n,
                      struct order_policy **ret_list, size_t *ret_n, struct err *err)
{
    struct order_policy_rows_rows rows = { 0 };
    int rc = order_policy_rows(db, a, before, (int64_t)n, &rows, err);
    if (rc < 0)
        return rc;
    struct order_policy *list = arena_new_array(a, rows.n ? rows.n : 1, struct order_policy);
    if (!list)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        list[i] = (struct order_policy){ .id = rows.v[i].id,
                                         .since = rows.v[i].since,
                                         .supplier = rows.v[i].supplier,
                                         .return_days = rows.v[i].return_days,
                                         .way_back = (enum way_back)rows.v[i].way_back,
                                         .fee_rule = rows.v[i].fee_rule,
                                         .tax_rule = rows.v[i].tax_rule,
                                         .note = rows.v[i].note };
    rc = fill_excluded(db, a, list, rows.n, err);
    if (rc < 0)
        return rc;
    *ret_list = list;
    *ret_n = rows.n;
    return 0;
}

int64_t order_policy_days(const struct order_policy *policy, int64_t setting)
{
    return policy->return_days < 0 ? setting : policy->return_days;
}

bool order_policy_excludes(const struct order_policy *policy, struct str category)
{
    for (size_t i = 0; i < policy->n_excluded; i++)
        if (str_eq(policy->excluded[i], category))
            return true;
    return false;
}

static int check(const struct order_policy *p, struct err *err)
{
    int rc = 0;
    if (p->return_days < POLICY_DAYS_SETTING || p->return_days > POLICY_DAYS_MAX)
        rc = err_field_n(err, "return_days", N_("Between 0 and {n}, please."), POLICY_DAYS_MAX);
    if (p->way_back < WAY_BACK_BUYER || p->way_back > WAY_BACK_PLATFORM)
        rc = err_field(err, "way_back", N_("Choose one of these."));
    if (text_count(p->note) > POLICY_NOTE_MAX)
        rc = err_field_n(err, "note", N_("At most {n} characters, please."), POLICY_NOTE_MAX);
    else if (p->note.len == 0)
        rc = err_field(err, "note", N_("Say why, please."));
    if (p->n_excluded > POLICY_EXCLUDED_MAX)
        rc = err_field_n(err, "excluded", N_("At most {n} categories, please."),
                         POLICY_EXCLUDED_MAX);
    for (size_t i = 0; i < p->n_excluded; i++)
        if (text_count(p->excluded[i]) > CATEGORY_MAX)
            rc = err_field_n(err, "excluded", N_("At most {n} characters, please."), CATEGORY_MAX);
    return rc;
}

static int tell(struct db *db, const struct order_policy *p, int64_t id, int64_t by,
                struct err *err)
{
    struct event_body body;
    event_body_init(&body);
    json_member_int(&body.json, "supplier", p->supplier);
    json_member_int(&body.json, "return_days", p->return_days);
    json_member_int(&body.json, "excluded", (int64_t)p->n_excluded);
    int rc = event_append_body(
        db, &(struct event){ .kind = EVENT_ORDER_POLICY_SET, .actor = by, .object = id }, &body,
        err);
    if (rc == 0)
        rc = staff_note(db,
                        &(struct staff_act){ .actor = by,
                                             .act = "policy.added",
                                             .object_kind = "policy",
                                             .object = id,
                                             .reason = p->note },
                        err);
    return rc;
}

int order_policy_add(struct db *db, struct arena *a, const struct order_policy *policy, int64_t by,
                     int64_t *ret_id, struct err *err)
{
    struct fee_rule rule = { 0 };
    int64_t id = db_new_id(db);
    int rc = check(policy, err);
    if (rc == 0)
        rc = fee_rule_at(db, a, db_now(db), &rule, err);
    if (rc == 0)
        rc = order_policy_insert(db,
                                 &(struct order_policy_insert_args){
                                     .id = id,
                                     .since = db_now(db),
                                     .supplier = policy->supplier,
                                     .return_days = policy->return_days,
                                     .way_back = policy->way_back,
                                     .fee_rule = rule.id,
                                     .note = policy->note,
                                 },
                                 NULL, err);
    for (size_t i = 0; rc == 0 && i < policy->n_excluded; i++)
        rc = order_policy_exclusion_insert(db, id, policy->excluded[i], NULL, err);
    if (rc == 0)
        rc = tell(db, policy, id, by, err);
    if (rc == 0)
        *ret_id = id;
    return rc;
}
