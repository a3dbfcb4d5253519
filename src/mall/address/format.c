#include "mall/address/format.h"

#include "base/macros.h"

/* For countries that the table does not name. */
static const struct address_format most = { "", "N12PCR", REGION_NONE, false, true, true, NULL };

/* country, order, region, region needed, town needed, postcode needed, postcode */
static const struct address_format formats[] = {
    { "US", "N12CRP", REGION_STATE, true, true, true, "99999|999999999" },
    { "CN", "NRC12P", REGION_PROVINCE, true, true, false, "999999" },
    { "GB", "N12CRP", REGION_COUNTY, false, true, true,
      "A99AA|A999AA|AA99AA|AA999AA|A9A9AA|AA9A9AA" },
    { "DE", "N12PC", REGION_NONE, false, true, true, "99999" },
    { "FR", "N12PC", REGION_NONE, false, true, true, "99999" },
    { "IT", "N12PCR", REGION_PROVINCE, true, true, true, "99999" },
    { "ES", "N12PCR", REGION_PROVINCE, true, true, true, "99999" },
    { "PT", "N12PC", REGION_NONE, false, true, true, "9999999|9999" },
    { "NL", "N12PC", REGION_NONE, false, true, true, "9999AA" },
    { "BE", "N12PC", REGION_NONE, false, true, true, "9999" },
    { "LU", "N12PC", REGION_NONE, false, true, true, "9999|A9999" },
    { "AT", "N12PC", REGION_NONE, false, true, true, "9999" },
    { "CH", "N12PC", REGION_NONE, false, true, true, "9999" },
    { "IE", "N12CRP", REGION_COUNTY, false, true, false, "A99????|A9A????" },
    { "DK", "N12PC", REGION_NONE, false, true, true, "9999" },
    { "SE", "N12PC", REGION_NONE, false, true, true, "99999" },
    { "NO", "N12PC", REGION_NONE, false, true, true, "9999" },
    { "FI", "N12PC", REGION_NONE, false, true, true, "99999" },
    { "PL", "N12PC", REGION_NONE, false, true, true, "99999" },
    { "CZ", "N12PC", REGION_NONE, false, true, true, "99999" },
    { "SK", "N12PC", REGION_NONE, false, true, true, "99999" },
    { "HU", "NC12P", REGION_NONE, false, true, true, "9999" },
    { "RO", "N12PCR", REGION_COUNTY, false, true, true, "999999" },
    { "GR", "N12PC", REGION_NONE, false, true, true, "99999" },
    { "TR", "N12PCR", REGION_PROVINCE, false, true, true, "99999" },
    { "IL", "N12CP", REGION_NONE, false, true, false, "9999999|99999" },
    { "AE", "N12CR", REGION_STATE, true, false, false, NULL },
    { "SA", "N12CP", REGION_NONE, false, true, true, "99999|999999999" },
    { "ZA", "N12CP", REGION_NONE, false, true, true, "9999" },
    { "IN", "N12CPR", REGION_STATE, true, true, true, "999999" },
    { "JP", "PRC12N", REGION_PREFECTURE, true, true, true, "9999999" },
    { "KR", "PRC12N", REGION_PROVINCE, false, true, true, "99999" },
    { "TW", "PCR12N", REGION_COUNTY, false, true, true, "999|99999|999999" },
    { "HK", "N12CR", REGION_NONE, false, true, false, NULL },
    { "MO", "N12C", REGION_NONE, false, false, false, NULL },
    { "SG", "N12P", REGION_NONE, false, false, true, "999999" },
    { "MY", "N12PCR", REGION_STATE, true, true, true, "99999" },
    { "TH", "N12CRP", REGION_PROVINCE, true, true, true, "99999" },
    { "VN", "N12CRP", REGION_PROVINCE, true, true, false, "99999|999999" },
    { "PH", "N12CPR", REGION_PROVINCE, false, true, true, "9999" },
    { "ID", "N12CRP", REGION_PROVINCE, true, true, true, "99999" },
    { "AU", "N12CRP", REGION_STATE, true, true, true, "9999" },
    { "NZ", "N12CP", REGION_NONE, false, true, true, "9999" },
    { "CA", "N12CRP", REGION_PROVINCE, true, true, true, "A9A9A9" },
    { "MX", "N12PCR", REGION_STATE, true, true, true, "99999" },
    { "BR", "N12CRP", REGION_STATE, true, true, true, "99999999" },
    { "AR", "N12PCR", REGION_PROVINCE, false, true, true, "9999|A9999AAA" },
    { "CL", "N12PCR", REGION_NONE, false, true, false, "9999999" },
};

const struct address_format *address_format(struct str country)
{
    for (size_t i = 0; i < ARRAY_LEN(formats); i++)
        if (str_eq_c(country, formats[i].country))
            return &formats[i];
    return &most;
}

size_t address_formats(void)
{
    return ARRAY_LEN(formats);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool char_fits(char pattern, char c)
{
    return pattern == '9' ? is_digit(c) : is_letter(c) || (pattern == '?' && is_digit(c));
}

/* One of several patterns, which ends at | or the end. */
static bool fits_one(const char *pattern, struct str postcode)
{
    for (size_t i = 0; i < postcode.len; i++) {
        if (postcode.ptr[i] == ' ' || postcode.ptr[i] == '-')
            continue;
        if (*pattern == '\0' || *pattern == '|' || !char_fits(*pattern, postcode.ptr[i]))
            return false;
        pattern++;
    }
    return *pattern == '\0' || *pattern == '|';
}

bool address_postcode_fits(const struct address_format *format, struct str postcode)
{
    const char *pattern = format->postcode;
    if (!pattern || postcode.len == 0)
        return true;
    for (;;) {
        if (fits_one(pattern, postcode))
            return true;
        while (*pattern && *pattern != '|')
            pattern++;
        if (!*pattern++)
            return false;
    }
}

const char *address_region_label(const struct address_format *format)
{
    switch (format->region) {
    case REGION_STATE:
        return str_eq_c(str_from(format->country), "AE") ? N_("Emirate") : N_("State");
    case REGION_PROVINCE:
        return N_("Province");
    case REGION_PREFECTURE:
        return N_("Prefecture");
    case REGION_COUNTY:
        return N_("County");
    case REGION_NONE:
    default:
        return N_("Region");
    }
}

const char *address_postcode_label(const struct address_format *format)
{
    if (str_eq_c(str_from(format->country), "US"))
        return N_("ZIP code");
    if (str_eq_c(str_from(format->country), "IN"))
        return N_("PIN code");
    return str_eq_c(str_from(format->country), "IE") ? N_("Eircode") : N_("Postcode");
}
