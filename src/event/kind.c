/* event/kind.c - the table of kinds.def and look-ups in it. */
#include "event/kind.h"

#include <string.h>

static const struct event_kind_info kinds[] = {
#define KIND(symbol, number, name, context, arrow, meaning)                                        \
    { EVENT_##symbol, name, CONTEXT_##context, ARROW_##arrow, meaning },
#include "event/kinds.def"
#undef KIND
};

static const char *const arrow_names[ARROW_COUNT] = {
    [ARROW_NO_ARROW] = "none",
    [ARROW_CUSTOMER_RELEVANCY] = "customer-relevancy",
    [ARROW_RELEVANCY_RESPONSE] = "relevancy-response",
    [ARROW_RESPONSE_RELATION] = "response-relation",
    [ARROW_RELATION_RETURN] = "relation-return",
    [ARROW_RETURN_CUSTOMER] = "return-customer",
    [ARROW_MONEY_INTERACTION] = "money-interaction",
    [ARROW_CONTENT_NEWUSERS] = "content-newusers",
};

const struct event_kind_info *event_kinds(size_t *ret_n)
{
    *ret_n = ARRAY_LEN(kinds);
    return kinds;
}

const struct event_kind_info *event_kind_find(int64_t number)
{
    size_t low = 0, high = ARRAY_LEN(kinds);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if ((int64_t)kinds[middle].kind < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < ARRAY_LEN(kinds) && (int64_t)kinds[low].kind == number ? &kinds[low] : NULL;
}

const struct event_kind_info *event_kind_named(struct str name)
{
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (str_eq_c(name, kinds[i].name))
            return &kinds[i];
    return NULL;
}

const char *event_context_name(enum event_context context)
{
    switch (context) {
    case CONTEXT_SOCIAL:
        return "social";
    case CONTEXT_CONSUMPTION:
        return "consumption";
    case CONTEXT_NONE:
        break;
    }
    return "none";
}

const char *event_arrow_name(enum event_arrow arrow)
{
    return (unsigned)arrow < ARROW_COUNT ? arrow_names[arrow] : "none";
}
