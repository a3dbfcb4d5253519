/* Who is paid: tax identity and account. */

#include "base/money.h"
#include "gen/payout_sql.h"
#include "mall/address/country.h"
#include "mall/payout/payout.h"
#include "words/text.h"

#define IBAN_MIN 15
#define IBAN_MAX 34

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool payout_is_iban(struct str s)
{
    int rest = 0;
    if (s.len < IBAN_MIN || s.len > IBAN_MAX || !is_capital(s.ptr[0]) || !is_capital(s.ptr[1]) ||
        !is_digit(s.ptr[2]) || !is_digit(s.ptr[3]))
        return false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[(i + 4) % s.len]; /* country and check digits stand last */
        if (is_digit(c))
            rest = (rest * 10 + (c - '0')) % 97;
        else if (is_capital(c))
            rest = (rest * 100 + (c - 'A' + 10)) % 97;
        else
            return false;
    }
    return rest == 1;
}

/* Letters that begin like an IBAN must be one: a typing mistake sends money to a stranger. */
static bool looks_like_iban(struct str s)
{
    return s.len > 4 && is_capital(s.ptr[0]) && is_capital(s.ptr[1]) && is_digit(s.ptr[2]) &&
           is_digit(s.ptr[3]);
}

static bool is_bank(struct str s)
{
    if (s.len != 8 && s.len != 11)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!is_capital(s.ptr[i]) && !(is_digit(s.ptr[i]) && i > 3))
            return false;
    return true;
}

static int check_text(struct str text, const char *field, size_t max, struct err *err)
{
    if (text.len == 0)
        return err_field(err, field, N_("Please fill this in."));
    if (text_count(text) > max)
        return err_field_n(err, field, N_("At most {n} characters, please."), (int64_t)max);
    return 0;
}

static int check(const struct payout_party *who, struct err *err)
{
    const struct {
        struct str text;
        const char *field;
        size_t max;
    } parts[] = {
        { who->name, "name", 70 },     { who->address, "address", 140 }, { who->tax, "tax", 40 },
        { who->holder, "holder", 70 }, { who->account, "account", 34 },
    };
    int rc = 0;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        int wrong = check_text(parts[i].text, parts[i].field, parts[i].max, err);
        rc = wrong < 0 ? wrong : rc;
    }
    if (!country_known(who->country))
        rc = err_field(err, "country", N_("Choose a country."));
    if (looks_like_iban(who->account) && !payout_is_iban(who->account))
        rc = err_field(err, "account", N_("This IBAN has a mistake in it."));
    if (who->bank.len && !is_bank(who->bank))
        rc = err_field(err, "bank", N_("A BIC has 8 or 11 letters and digits."));
    if (who->provider.len > 64)
        rc = err_field_n(err, "provider", N_("At most {n} characters, please."), 64);
    return rc;
}

int payout_party_set(struct db *db, struct arena *a UNUSED, int64_t party,
                     const struct payout_party *who, struct err *err)
{
    int rc = check(who, err);
    const struct payout_party_put_args row = { .party = party,
                                               .company = who->company,
                                               .name = who->name,
                                               .address = who->address,
                                               .country = who->country,
                                               .tax = who->tax,
                                               .holder = who->holder,
                                               .account = who->account,
                                               .bank = who->bank,
                                               .provider = who->provider,
                                               .changed = db_now(db) };
    return rc < 0 ? rc : payout_party_put(db, &row, NULL, err);
}

int payout_party_of(struct db *db, struct arena *a, int64_t party, struct payout_party *ret_who,
                    struct err *err)
{
    struct payout_party_row_row row;
    int rc = payout_party_row(db, a, party, &row, err);
    if (rc == 0)
        *ret_who = (struct payout_party){ .company = row.company,
                                          .name = row.name,
                                          .address = row.address,
                                          .country = row.country,
                                          .tax = row.tax,
                                          .holder = row.holder,
                                          .account = row.account,
                                          .bank = row.bank,
                                          .provider = row.provider };
    return rc;
}
