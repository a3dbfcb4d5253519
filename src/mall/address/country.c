#include "mall/address/country.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/ucol.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#define NAME_UNITS 100
#define KEY_BYTES  200

/* A country while the list is sorted. */
struct named {
    struct country country;
    unsigned char key[KEY_BYTES]; /* that orders as a reader would */
};

static int by_key(const void *a, const void *b)
{
    const struct named *left = a, *right = b;
    return memcmp(left->key, right->key, KEY_BYTES);
}

static struct str utf8_of(struct arena *a, const UChar *text, int32_t len)
{
    char out[NAME_UNITS * 3 + 1];
    int32_t n = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strToUTF8(out, (int32_t)sizeof(out), &n, text, len, &status);
    return U_SUCCESS(status) ? arena_str(a, (struct str){ out, (size_t)n }) : STR("");
}

static bool name_one(struct arena *a, UCollator *order, const char *lang, const char *code,
                     struct named *out)
{
    UChar name[NAME_UNITS];
    char locale[8] = "und_";
    UErrorCode status = U_ZERO_ERROR;
    memcpy(locale + 4, code, 2);
    int32_t n = uloc_getDisplayCountry(locale, lang, name, NAME_UNITS, &status);
    if (U_FAILURE(status) || n <= 0 || n >= NAME_UNITS)
        return false;
    out->country.code = arena_str(a, (struct str){ code, 2 });
    out->country.name = utf8_of(a, name, n);
    if (order)
        ucol_getSortKey(order, name, n, out->key, KEY_BYTES);
    else
        memcpy(out->key, code, 2);
    return out->country.name.len > 0;
}

int country_list(struct arena *a, enum lang lang, const struct country **ret_list, size_t *ret_n,
                 struct err *err)
{
    const char *const *codes = uloc_getISOCountries();
    size_t n = 0, found = 0;
    while (codes[n])
        n++;
    struct named *all = arena_new_array(a, n + 1, struct named);
    struct country *list = arena_new_array(a, n + 1, struct country);
    if (!all || !list)
        return err_detail(err, ERR_NOMEM, "arena full");
    UErrorCode status = U_ZERO_ERROR;
    UCollator *order = ucol_open(lang_tag(lang), &status);
    for (size_t i = 0; i < n; i++)
        found +=
            name_one(a, U_SUCCESS(status) ? order : NULL, lang_tag(lang), codes[i], &all[found]);
    ucol_close(order);
    qsort(all, found, sizeof(*all), by_key);
    for (size_t i = 0; i < found; i++)
        list[i] = all[i].country;
    *ret_list = list;
    *ret_n = found;
    return 0;
}

bool country_known(struct str code)
{
    const char *const *codes = uloc_getISOCountries();
    for (size_t i = 0; codes[i]; i++)
        if (str_eq_c(code, codes[i]))
            return true;
    return false;
}
