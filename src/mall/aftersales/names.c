/* What states, deeds and reasons are called. */
#include "mall/aftersales/aftersales_web.h"

static const char *const states[AFTER_STATES] = {
    "",         "requested", "accepted", "labelled",  "sent",     "received", "inspected",
    "refunded", "exchanged", "refused",  "withdrawn", "disputed", "to_pay",
};

const char *after_state_name(enum after_state state)
{
    return state >= 0 && state < AFTER_STATES ? states[state] : "";
}

const char *after_state_words(enum after_state state)
{
    static const char *const words[AFTER_STATES] = {
        "",
        N_("Waits for the shop"),
        N_("Accepted: send it back"),
        N_("Label is here: send it back"),
        N_("On its way back"),
        N_("Back at the shop"),
        N_("Looked at"),
        N_("Money returned"),
        N_("Exchanged"),
        N_("Refused"),
        N_("Taken back"),
        N_("The platform decides"),
        N_("Difference to be paid"),
    };
    return state >= 0 && state < AFTER_STATES ? words[state] : "";
}

static const char *const acts[AFTER_ACTS] = {
    "",        "request",  "accept",    "refuse", "label",    "send",
    "receive", "restock",  "write_off", "refund", "exchange", "ask",
    "money",   "withdraw", "dispute",   "uphold", "grant",    "say",
};

const char *after_act_name(enum after_act act)
{
    return (int)act >= 0 && act < AFTER_ACTS ? acts[act] : "";
}

enum after_act after_act_of(struct str name)
{
    for (int i = AFTER_DO_ACCEPT; i < AFTER_ACTS; i++)
        if (str_eq_c(name, acts[i]))
            return (enum after_act)i;
    return (enum after_act)0;
}

const char *after_act_words(enum after_act act)
{
    static const char *const words[AFTER_ACTS] = {
        "",
        N_("asked"),
        N_("accepted it"),
        N_("refused it"),
        N_("sent what is needed for the way back"),
        N_("sent it back"),
        N_("received it"),
        N_("looked at it: it can be sold again"),
        N_("looked at it: it cannot be sold again"),
        N_("gave money back"),
        N_("sent the other one"),
        N_("asked for the difference"),
        N_("would rather have the money"),
        N_("took the request back"),
        N_("asked the platform to decide"),
        N_("decided for the shop"),
        N_("decided that it may be sent back"),
        N_("wrote"),
    };
    return (int)act >= 0 && act < AFTER_ACTS ? words[act] : "";
}

static const char *const reasons[AFTER_REASONS] = {
    "none", "defect", "damaged", "wrong", "unlike", "missing", "other",
};

const char *after_reason_name(enum after_reason reason)
{
    return (int)reason >= 0 && reason < AFTER_REASONS ? reasons[reason] : "";
}

const char *after_reason_words(enum after_reason reason)
{
    static const char *const words[AFTER_REASONS] = {
        N_("No reason"),           N_("It is faulty"),           N_("It broke on its way"),
        N_("Something else came"), N_("It is not as described"), N_("Something is missing"),
        N_("Something else"),
    };
    return (int)reason >= 0 && reason < AFTER_REASONS ? words[reason] : "";
}
