/* The operator's own bank account, or cash: people move the money and say so. */

#include "mall/payment/payment_provider.h"

static int begin(struct db *db UNUSED, struct arena *a, const struct provider_charge *charge,
                 struct str *ret_address, struct err *err UNUSED)
{
    *ret_address = payment_path(a, provider_manual.name, charge->payment);
    return 0;
}

static int refund(const struct provider_call *call UNUSED, const struct provider_refund *r UNUSED,
                  struct provider_answer *ret_answer, struct err *err UNUSED)
{
    *ret_answer = (struct provider_answer){ .outcome = PROVIDER_BY_HAND };
    return 0;
}

const struct payment_provider provider_manual = {
    .name = "manual", .custody = CUSTODY_PLATFORM, .begin = begin, .refund = refund
};
