#include "mall/payment/payment_provider.h"

#include "base/id.h"

static const struct payment_provider *const providers[] = { &provider_test, &provider_manual,
                                                            &provider_stripe };

const struct payment_provider *payment_provider_named(struct str name)
{
    for (size_t i = 0; i < ARRAY_LEN(providers); i++)
        if (str_eq_c(name, providers[i]->name))
            return providers[i];
    return NULL;
}

int payment_provider_of(const struct settings *s, const struct payment_provider **ret_provider,
                        struct err *err)
{
    const struct payment_provider *p =
        s ? payment_provider_named(s->payment_provider) : &provider_test;
    if (!p)
        return err_detail(err, ERR_INTERNAL, "the setting payment_provider names no provider");
    *ret_provider = p;
    return 0;
}

struct str payment_path(struct arena *a, const char *provider, int64_t payment)
{
    char id[ID_TEXT_MAX];
    struct str text = id_text(id, "pay", payment);
    return arena_printf(a, "/pay/%s/%.*s", provider, STR_ARG(text));
}
