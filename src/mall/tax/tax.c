#include "mall/tax/tax.h"

#include "base/money.h"
#include "event/body.h"
#include "event/event.h"
#include "gen/tax_sql.h"
#include "mall/address/country.h"
#include "words/text.h"

#define CATEGORY_MAX 60 /* graphemes */

int tax_rules(struct db *db, struct arena *a, const struct tax_rule **ret_rules, size_t *ret_n,
              struct err *err)
{
    struct tax_rules_all_rows rows = { 0 };
    int rc = tax_rules_all(db, a, &rows, err);
    if (rc < 0)
        return rc;
    struct tax_rule *rules = arena_new_array(a, rows.n + 1, struct tax_rule);
    if (!rules)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        rules[i] = (struct tax_rule){ .id = rows.v[i].id,
                                      .country = rows.v[i].country,
                                      .category = rows.v[i].category,
                                      .rate = rows.v[i].rate,
                                      .added = rows.v[i].added,
                                      .since = rows.v[i].since,
                                      .ended = rows.v[i].ended };
    *ret_rules = rules;
    *ret_n = rows.n;
    return 0;
}

/* How much a rule says about these goods; -1 when it says nothing. */
static int says(const struct tax_rule *rule, struct str country, struct str category, int64_t at)
{
    if (rule->since > at || (rule->ended.has && rule->ended.value <= at))
        return -1;
    if (rule->country.len && !str_eq(rule->country, country))
        return -1;
    if (rule->category.len && !str_eq(rule->category, category))
        return -1;
    return (rule->country.len ? 2 : 0) + (rule->category.len ? 1 : 0);
}

const struct tax_rule *tax_find(const struct tax_rule *rules, size_t n, struct str country,
                                struct str category, int64_t at)
{
    const struct tax_rule *best = NULL;
    int most = -1;
    for (size_t i = 0; i < n; i++) {
        int much = says(&rules[i], country, category, at);
        if (much > most) { /* of two alike the newer comes first */
            most = much;
            best = &rules[i];
        }
    }
    return best;
}

static int tell(struct db *db, enum event_kind kind, int64_t id, int64_t rate, struct err *err)
{
    struct event_body body;
    event_body_init(&body);
    json_member_int(&body.json, "rate", rate);
    return event_append_body(db, &(struct event){ .kind = kind, .object = id }, &body, err);
}

int tax_set(struct db *db, const struct tax_rule *rule, int64_t *ret_id, struct err *err)
{
    int rc = 0;
    if (rule->country.len && !country_known(rule->country))
        rc = err_field(err, "country", N_("Choose a country."));
    if (text_count(rule->category) > CATEGORY_MAX)
        rc = err_field_n(err, "category", N_("At most {n} characters, please."), CATEGORY_MAX);
    if (rule->rate < 0 || rule->rate > MONEY_RATE_ONE)
        rc = err_field(err, "rate", N_("Between 0 and 100 percent, please."));
    if (rc < 0)
        return rc;
    int64_t id = db_new_id(db);
    rc = tax_rule_insert(db, id, rule->country, rule->category, rule->rate, rule->added,
                         rule->since, NULL, err);
    if (rc == 0)
        rc = tell(db, EVENT_TAX_RULE_SET, id, rule->rate, err);
    if (rc == 0)
        *ret_id = id;
    return rc;
}

int tax_end(struct db *db, int64_t id, struct err *err)
{
    int64_t n = 0;
    int rc = tax_rule_end(db, id, db_now(db), &n, err);
    if (rc == 0 && n == 0)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such rule."));
    return rc < 0 ? rc : tell(db, EVENT_TAX_RULE_ENDED, id, 0, err);
}

int tax_categories(struct db *db, struct arena *a, const int64_t *skus, size_t n,
                   struct str *ret_categories, struct err *err)
{
    struct sku_categories_rows rows = { 0 };
    int rc = n ? sku_categories(db, a, (struct id_list){ skus, n }, &rows, err) : 0;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        ret_categories[i] = STR("");
        for (size_t k = 0; k < rows.n; k++)
            if (rows.v[k].id == skus[i])
                ret_categories[i] = rows.v[k].category;
    }
    return rc;
}
