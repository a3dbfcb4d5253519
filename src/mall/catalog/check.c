/* What the parts of a product may be. */

#include "mall/catalog/catalog_int.h"
#include "mall/stock/stock.h"
#include "words/text.h"

bool catalog_is_slug(struct str slug)
{
    if (slug.len == 0 || slug.len > PRODUCT_SLUG_MAX)
        return false;
    for (size_t i = 0; i < slug.len; i++) {
        char c = slug.ptr[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
            return false;
    }
    return slug.ptr[0] != '-';
}

bool catalog_is_currency(struct str currency)
{
    bool right = currency.len == 3;
    for (size_t i = 0; right && i < 3; i++)
        right = currency.ptr[i] >= 'A' && currency.ptr[i] <= 'Z';
    return right;
}

bool catalog_is_barcode(struct str code)
{
    if (code.len != 8 && code.len != 12 && code.len != 13 && code.len != 14)
        return false;
    int sum = 0;
    for (size_t i = 0; i < code.len; i++) {
        int digit = code.ptr[i] - '0';
        if (digit < 0 || digit > 9)
            return false;
        /* From the right: the check digit counts once, its neighbour three times. */
        sum += digit * ((code.len - 1 - i) % 2 ? 3 : 1);
    }
    return sum % 10 == 0;
}

static int too_long(struct err *err, const char *field, int64_t most)
{
    return err_field_n(err, field, N_("At most {n} characters, please."), most);
}

int catalog_check_sku(const struct product_sku *sku, struct err *err)
{
    int rc = 0;
    size_t all = text_count(sku->options);
    for (int i = 0; sku->values[0].len && i < PRODUCT_OPTIONS; i++)
        all += text_count(sku->values[i]);
    if (sku->code.len == 0 || sku->code.len > PRODUCT_CODE_MAX)
        rc =
            err_field_n(err, "sku", N_("A code of 1 to {n} characters, please."), PRODUCT_CODE_MAX);
    for (int i = 0; i < PRODUCT_OPTIONS; i++)
        if (str_index(sku->values[i], '|') >= 0)
            rc = err_field(err, "options", N_("Without the sign |, please."));
    if (all > PRODUCT_OPTIONS_MAX)
        rc = too_long(err, "options", PRODUCT_OPTIONS_MAX);
    if (sku->price < 1 || sku->price > MONEY_MAX)
        rc = err_field(err, "price", N_("A price such as 12.50, please."));
    if (sku->compare > MONEY_MAX)
        rc = err_field(err, "compare", N_("A price such as 12.50, please."));
    if (sku->compare > 0 && sku->compare <= sku->price)
        rc = err_field(err, "compare", N_("The price before is higher than the price now."));
    if (sku->weight > PRODUCT_WEIGHT_MAX)
        rc = err_field(err, "weight", N_("Whole grams, please."));
    if (sku->barcode.len && !catalog_is_barcode(sku->barcode))
        rc = err_field(err, "barcode", N_("This is no barcode: a digit is wrong or missing."));
    if (sku->stock > STOCK_MAX)
        rc = err_field(err, "stock", N_("A whole number, please."));
    return rc;
}

static int check_specs(const struct product_draft *d, struct err *err)
{
    int rc = 0;
    if (d->n_specs > PRODUCT_SPECS_MAX)
        rc = err_field_n(err, "specs", N_("At most {n} lines, please."), PRODUCT_SPECS_MAX);
    for (size_t i = 0; i < d->n_specs && i < PRODUCT_SPECS_MAX; i++) {
        if (text_count(d->specs[i].name) > PRODUCT_SPEC_NAME)
            rc = too_long(err, "specs", PRODUCT_SPEC_NAME);
        if (str_index(d->specs[i].name, '|') >= 0 || str_index(d->specs[i].value, '|') >= 0 ||
            str_index(d->specs[i].name, '=') >= 0 || str_index(d->specs[i].name, ':') >= 0)
            rc =
                err_field(err, "specs", N_("Without the sign |, and no = or : in a name, please."));
        if (text_count(d->specs[i].value) > PRODUCT_SPEC_VALUE)
            rc = too_long(err, "specs", PRODUCT_SPEC_VALUE);
    }
    return rc;
}

int catalog_check_facts(const struct product_draft *d, struct err *err)
{
    static const char *const options[] = { "option1", "option2", "option3" };
    int rc = check_specs(d, err);
    if (!catalog_is_slug(d->slug))
        rc = err_field(err, "slug", N_("Small letters, digits and dashes, please."));
    if (d->name.len == 0 || text_count(d->name) > PRODUCT_NAME_MAX)
        rc = err_field_n(err, "name", N_("A name of 1 to {n} characters, please."),
                         PRODUCT_NAME_MAX);
    if (text_count(d->body) > PRODUCT_BODY_MAX)
        rc = too_long(err, "body", PRODUCT_BODY_MAX);
    if (text_count(d->category) > PRODUCT_CATEGORY_MAX)
        rc = too_long(err, "category", PRODUCT_CATEGORY_MAX);
    for (int i = 0; i < PRODUCT_OPTIONS; i++)
        if (str_index(d->options[i], '|') >= 0)
            rc = err_field(err, options[i], N_("Without the sign |, please."));
        else if (text_count(d->options[i]) > PRODUCT_SPEC_NAME)
            rc = too_long(err, options[i], PRODUCT_SPEC_NAME);
    if (!catalog_is_currency(d->currency))
        rc = err_field(err, "currency", N_("Three capital letters such as EUR, please."));
    return rc;
}
