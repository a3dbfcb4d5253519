#include "account/privacy/privacy.h"

static const struct privacy_part *const *privacy_parts;

void privacy_use(const struct privacy_part *const *parts)
{
    privacy_parts = parts;
}
