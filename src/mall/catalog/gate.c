#include "mall/catalog/gate.h"

#include "gen/catalog_sql.h"
#include "mall/catalog/catalog_int.h"
#include "words/text.h"

static const char *const parts[] = { "photos", "body", "category", "weight", "barcode" };

static bool is_part(struct str field)
{
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (str_eq_c(field, parts[i]))
            return true;
    return false;
}

/* A product as the rules look at it. */
struct looked {
    struct product_row_row row;
    struct gate_counts_row counts;
    struct product_spec_list_rows specs;
};

static bool part_there(const struct looked *l, const struct gate_rule *rule)
{
    if (str_eq_c(rule->field, "photos"))
        return l->counts.photos >= rule->least;
    if (str_eq_c(rule->field, "body"))
        return (int64_t)text_count(l->row.body) >= rule->least;
    if (str_eq_c(rule->field, "category"))
        return l->row.category.len > 0;
    if (str_eq_c(rule->field, "weight"))
        return l->counts.skus > 0 && l->counts.weighed == l->counts.skus;
    return l->counts.skus > 0 && l->counts.coded == l->counts.skus;
}

static bool spec_there(const struct looked *l, struct str name)
{
    for (size_t i = 0; i < l->specs.n; i++)
        if (str_eq(l->specs.v[i].name, name))
            return true;
    return false;
}

static int look(struct db *db, struct arena *a, int64_t product, struct looked *l, struct err *err)
{
    int rc = product_row(db, a, product, &l->row, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, rc, N_("This is not sold here any more."));
    if (rc == 0)
        rc = gate_counts(db, NULL, product, &l->counts, err);
    if (rc == 0)
        rc = product_spec_list(db, a, product, &l->specs, err);
    return rc;
}

int gate_look(struct db *db, struct arena *a, int64_t product, struct gate_found *ret_gate,
              struct err *err)
{
    struct looked l = { 0 };
    const struct gate_rule *rules = NULL;
    size_t n = 0;
    int rc = look(db, a, product, &l, err);
    if (rc == 0)
        rc = gate_rules_of(db, a, l.row.category, &rules, &n, err);
    if (rc < 0)
        return rc;
    struct gate_line *lines = arena_new_array(a, n + 1, struct gate_line);
    if (!lines)
        return err_detail(err, ERR_NOMEM, "arena full");
    struct gate_found g = { .lines = lines, .n = n, .no_sku = l.counts.skus == 0 };
    int64_t all = 0, got = 0;
    g.missing = g.no_sku;
    for (size_t i = 0; i < n; i++) {
        const struct gate_rule *r = &rules[i];
        struct str input = r->part ? r->field : arena_printf(a, "spec-%.*s", STR_ARG(r->field));
        lines[i] = (struct gate_line){ *r, r->part ? part_there(&l, r) : spec_there(&l, r->field),
                                       arena_str(a, input).ptr };
        all += r->points;
        got += lines[i].there ? r->points : 0;
        g.missing += r->needed && !lines[i].there;
    }
    g.score = all ? got * 100 / all : 100;
    *ret_gate = g;
    return 0;
}

int gate_pass(const struct gate_found *gate, struct err *err)
{
    int rc = 0;
    if (gate->no_sku)
        rc = err_field(err, "sku", N_("Add a variant with a price first."));
    for (size_t i = 0; i < gate->n; i++) {
        const struct gate_line *line = &gate->lines[i];
        if (!line->rule.needed || line->there)
            continue;
        if (line->rule.least > 1 && str_eq_c(line->rule.field, "photos"))
            rc = err_field_n(err, line->input, N_("At least {n} photos before it can be sold."),
                             line->rule.least);
        else if (str_eq_c(line->rule.field, "body"))
            rc = err_field_n(err, line->input, N_("At least {n} characters before it can be sold."),
                             line->rule.least);
        else if (str_eq_c(line->rule.field, "weight") || str_eq_c(line->rule.field, "barcode"))
            rc = err_field(err, line->input, N_("Every variant needs this before it can be sold."));
        else
            rc = err_field(err, line->input, N_("Needed before it can be sold."));
    }
    return rc;
}

int gate_rules_of(struct db *db, struct arena *a, struct str category,
                  const struct gate_rule **ret_rules, size_t *ret_n, struct err *err)
{
    struct needed_field_list_rows rows = { 0 };
    int rc = needed_field_list(db, a, category, &rows, err);
    if (rc < 0)
        return rc;
    struct gate_rule *rules = arena_new_array(a, rows.n + 1, struct gate_rule);
    if (!rules)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        rules[i] = (struct gate_rule){ rows.v[i].category, rows.v[i].field,  rows.v[i].part,
                                       rows.v[i].least,    rows.v[i].needed, rows.v[i].points };
    *ret_rules = rules;
    *ret_n = rows.n;
    return 0;
}

int gate_rules(struct db *db, struct arena *a, const struct gate_rule **ret_rules, size_t *ret_n,
               struct err *err)
{
    struct needed_field_all_rows rows = { 0 };
    int rc = needed_field_all(db, a, &rows, err);
    if (rc < 0)
        return rc;
    struct gate_rule *rules = arena_new_array(a, rows.n + 1, struct gate_rule);
    if (!rules)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        rules[i] = (struct gate_rule){ rows.v[i].category, rows.v[i].field,  rows.v[i].part,
                                       rows.v[i].least,    rows.v[i].needed, rows.v[i].points };
    *ret_rules = rules;
    *ret_n = rows.n;
    return 0;
}

int gate_rule_put(struct db *db, const struct gate_rule *rule, struct err *err)
{
    int rc = 0;
    if (rule->field.len == 0 || text_count(rule->field) > PRODUCT_SPEC_NAME)
        rc = err_field_n(err, "field", N_("A name of 1 to {n} characters, please."),
                         PRODUCT_SPEC_NAME);
    if (text_count(rule->category) > PRODUCT_CATEGORY_MAX)
        rc = err_field_n(err, "category", N_("At most {n} characters, please."),
                         PRODUCT_CATEGORY_MAX);
    if (rule->points < 1 || rule->points > 100)
        rc = err_field(err, "points", N_("1 to 100, please."));
    if (rule->least < 1 || rule->least > PRODUCT_BODY_MAX)
        rc = err_field(err, "least", N_("A whole number above zero, please."));
    if (rc < 0)
        return rc;
    return needed_field_put(db,
                            &(struct needed_field_put_args){ .category = rule->category,
                                                             .field = rule->field,
                                                             .part = is_part(rule->field),
                                                             .least = rule->least,
                                                             .needed = rule->needed,
                                                             .points = rule->points,
                                                             .position = 50 },
                            NULL, err);
}

int gate_rule_remove(struct db *db, struct str category, struct str field, struct err *err)
{
    return needed_field_delete(db, category, field, NULL, err);
}
