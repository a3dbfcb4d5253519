/* What things, harms and acts are called. */
#include "base/macros.h"
#include "community/moderation/moderation.h"

static const char *const things[] = {
    [THING_NOTE] = "note",       [THING_COMMENT] = "comment", [THING_PERSON] = "person",
    [THING_PRODUCT] = "product", [THING_MESSAGE] = "message", [THING_TOPIC] = "topic",
};

const char *thing_word(enum thing_kind kind)
{
    return kind >= THING_NOTE && kind <= THING_TOPIC ? things[kind] : "thing";
}

/* The place of a word in a list that begins at 1; 0 when it is not there. */
static int named(const char *const *words, int last, struct str word)
{
    for (int i = 1; i <= last; i++)
        if (str_eq_c(word, words[i]))
            return i;
    return 0;
}

bool thing_named(struct str word, enum thing_kind *ret_kind)
{
    int found = named(things, THING_TOPIC, word);
    if (found)
        *ret_kind = (enum thing_kind)found;
    return found != 0;
}

static const char *const harm_words[HARMS + 1] = {
    [HARM_SPAM] = "spam",      [HARM_HIDDEN_AD] = "hidden_ad", [HARM_UNTRUE] = "untrue",
    [HARM_INSULT] = "insult",  [HARM_SEXUAL] = "sexual",       [HARM_DANGER] = "danger",
    [HARM_CHILD] = "child",    [HARM_PRIVATE] = "private",     [HARM_FAKE_GOODS] = "fake_goods",
    [HARM_COPIED] = "copied",  [HARM_PLACE] = "place",         [HARM_OTHER] = "other",
    [HARM_WORD] = "held_word",
};

static const char *const harm_names[HARMS + 1] = {
    [HARM_SPAM] = N_("Spam or a trick"),
    [HARM_HIDDEN_AD] = N_("Advertising that does not say so"),
    [HARM_UNTRUE] = N_("Untrue or misleading"),
    [HARM_INSULT] = N_("Insult, hate or harassment"),
    [HARM_SEXUAL] = N_("Sexual content"),
    [HARM_DANGER] = N_("Violence, self-harm or danger"),
    [HARM_CHILD] = N_("A child could be harmed"),
    [HARM_PRIVATE] = N_("Shows somebody’s private life"),
    [HARM_FAKE_GOODS] = N_("Fake or forbidden goods"),
    [HARM_COPIED] = N_("Copied from somebody else"),
    [HARM_PLACE] = N_("Stands in the wrong section"),
    [HARM_OTHER] = N_("Something else"),
    [HARM_WORD] = N_("Holds a word that waits for a look"),
};

static const char *const harm_rules[HARMS + 1] = {
    [HARM_SPAM] = N_("Nothing is posted again and again, and nobody is led astray for gain."),
    [HARM_HIDDEN_AD] = N_("Whoever was paid, given or promised something says so."),
    [HARM_UNTRUE] = N_("What is said of goods and people is true as far as one knows."),
    [HARM_INSULT] =
        N_("We speak about things as sharply as we like, and about people with respect."),
    [HARM_SEXUAL] = N_("Nothing sexual stands here."),
    [HARM_DANGER] = N_("Nothing here threatens, shows off violence or leads to harm."),
    [HARM_CHILD] = N_("Children are safe here, in pictures and in words."),
    [HARM_PRIVATE] = N_("Names, addresses, faces and papers of others stay with them."),
    [HARM_FAKE_GOODS] = N_("No fakes, and nothing that may not be sold."),
    [HARM_COPIED] = N_("Photos and words are one’s own, or used with leave."),
    [HARM_PLACE] = N_("A note stands in the section it belongs to."),
    [HARM_OTHER] = N_("What makes the place worse for the others does not stay."),
    [HARM_WORD] = N_("Some words wait until somebody has looked."),
};

static int harm_at(enum harm harm)
{
    return harm >= HARM_SPAM && harm <= HARM_WORD ? (int)harm : HARM_OTHER;
}

const char *harm_word(enum harm harm)
{
    return harm_words[harm_at(harm)];
}

const char *harm_name(enum harm harm)
{
    return harm_names[harm_at(harm)];
}

const char *harm_rule(enum harm harm)
{
    return harm_rules[harm_at(harm)];
}

bool harm_named(struct str word, enum harm *ret_harm)
{
    int found = named(harm_words, HARM_OTHER, word);
    if (found)
        *ret_harm = (enum harm)found;
    return found != 0;
}

static const char *const action_words[ACTS + 1] = {
    [ACT_LEAVE] = "leave",     [ACT_CORRECT] = "correct", [ACT_HIDE] = "hide",
    [ACT_RESTORE] = "restore", [ACT_WARN] = "warn",       [ACT_LIMIT] = "limit",
    [ACT_UPHOLD] = "uphold",
};

static const char *const action_names[ACTS + 1] = {
    [ACT_LEAVE] = N_("Leave it"),
    [ACT_CORRECT] = N_("Ask for a correction"),
    [ACT_HIDE] = N_("Hide it"),
    [ACT_RESTORE] = N_("Restore it"),
    [ACT_WARN] = N_("Warn the author"),
    [ACT_LIMIT] = N_("Limit the author"),
    [ACT_UPHOLD] = N_("The decision stands"),
};

const char *action_word(enum mod_action action)
{
    return action >= ACT_LEAVE && action <= ACT_UPHOLD ? action_words[action] : "act";
}

const char *action_name(enum mod_action action)
{
    return action_names[action >= ACT_LEAVE && action <= ACT_UPHOLD ? action : ACT_LEAVE];
}

bool action_named(struct str word, enum mod_action *ret_action)
{
    int found = named(action_words, ACTS, word);
    if (found)
        *ret_action = (enum mod_action)found;
    return found != 0;
}

static bool can_be_hidden(enum thing_kind kind)
{
    return kind == THING_NOTE || kind == THING_COMMENT || kind == THING_MESSAGE;
}

bool action_fits(enum mod_action action, enum thing_kind kind, enum case_state state)
{
    bool open = state == CASE_OPEN || state == CASE_CORRECTING;
    bool punished = state == CASE_HIDDEN || state == CASE_SANCTIONED;
    switch (action) {
    case ACT_LEAVE:
        return open;
    case ACT_CORRECT:
        return open && (kind == THING_NOTE || kind == THING_PERSON || kind == THING_PRODUCT);
    case ACT_HIDE:
        return can_be_hidden(kind) && (open || state == CASE_SANCTIONED || state == CASE_LEFT);
    case ACT_RESTORE:
        return punished || state == CASE_ANSWERED;
    case ACT_WARN:
    case ACT_LIMIT:
        return kind != THING_TOPIC && (open || state == CASE_HIDDEN);
    case ACT_UPHOLD:
        return state == CASE_ANSWERED;
    }
    return false;
}
