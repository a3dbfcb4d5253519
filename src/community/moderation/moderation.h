/* community/moderation/moderation.h - reports, holds, and what is done about them.
 *
 * Everything a person can see can be reported, by visitors too. A note or a
 * comment with a held word waits for a look before others see it. Both open a
 * case: one for each thing, a new round each time it opens again. A moderator
 * takes the case for a while, looks, and does one of the acts below, each with
 * the rule it rests on and words for the author. The author is told, may
 * correct what they were asked to, and may answer once; somebody else, or the
 * operator, decides about the answer.
 *
 * Nobody acts in a matter of their own: not on what they made, not on what
 * they reported, not on a note that speaks of them or of their goods. So a
 * complaint stays out of reach of the one complained of (capability 96).
 *
 * Not here: how much an account may write (account/limit), how a note or a
 * comment is hidden (note_hide, comment_hide), the list of acts of staff
 * (account/staff).
 *
 * Memory: texts live in the arena given. Threads: no state.
 * Errors: 0 or ERR_* with *err filled; a form's wrong fields are marked.
 * Source: capabilities 95, 96, 127, 164; journey 7.
 */
#ifndef SWARD_COMMUNITY_MODERATION_MODERATION_H
#define SWARD_COMMUNITY_MODERATION_MODERATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"
#include "job/job.h"
#include "store/db.h"
#include "store/doctor.h"

/* What can be reported. Numbers are stored. */
enum thing_kind {
    THING_NOTE = 1,
    THING_COMMENT = 2,
    THING_PERSON = 3, /* by actor key */
    THING_PRODUCT = 4,
    THING_MESSAGE = 5,
    THING_TOPIC = 6,
};

/* "note", "comment", … as addresses and the API name it. */
const char *thing_word(enum thing_kind kind);
NODISCARD bool thing_named(struct str word, enum thing_kind *ret_kind);

/* What is wrong with it; the same list is the rules that an act rests on.
 * Numbers are stored. */
enum harm {
    HARM_SPAM = 1,
    HARM_HIDDEN_AD = 2,
    HARM_UNTRUE = 3,
    HARM_INSULT = 4,
    HARM_SEXUAL = 5,
    HARM_DANGER = 6, /* violence, self-harm: urgent */
    HARM_CHILD = 7,  /* a child at risk: urgent */
    HARM_PRIVATE = 8,
    HARM_FAKE_GOODS = 9,
    HARM_COPIED = 10,
    HARM_PLACE = 11, /* stands in the wrong section */
    HARM_OTHER = 12,
    HARM_WORD = 13, /* a held word; nobody chooses it in a report */
};
#define HARMS 13

/* "spam", … for forms and the log; what it is called; the rule as the author
 * reads it. The last two are messages of the catalogue. */
const char *harm_word(enum harm harm);
const char *harm_name(enum harm harm);
const char *harm_rule(enum harm harm);
NODISCARD bool harm_named(struct str word, enum harm *ret_harm);

/* A thing as its reader sees it. */
struct thing {
    enum thing_kind kind;
    int64_t id;
    int64_t owner; /* actor key; 0 = nobody's */
    struct str section;
    bool complaint;
    struct str title, text;
    const int64_t *named; /* actors whose goods it shows, or whom it speaks of */
    size_t n_named;
};

/* What waits, and how it ended. Numbers are stored. */
enum case_state {
    CASE_OPEN = 1,
    CASE_CORRECTING = 2, /* the author was asked to correct it */
    CASE_LEFT = 3,       /* looked at, nothing taken away; or restored */
    CASE_HIDDEN = 4,
    CASE_ANSWERED = 5,   /* the author answered a sanction */
    CASE_SANCTIONED = 6, /* a warning or a limit, the thing still stands */
};

/* ---- reports and holds ---- */

#define REPORT_TEXT_MAX 500 /* graphemes */

struct report_ask {
    int64_t reporter; /* actor key; 0 = a visitor */
    int64_t visitor;  /* key of the visitor's browser */
    bool simulated;
    enum harm harm;
    struct str text; /* clean; may be empty, but not with HARM_OTHER */
};

/* Report a thing: opens its case, or joins it. Said twice in one round it
 * counts once. Appends REPORT_FILED the first time.
 * ERR_INVALID on "harm", "body"; ERR_CONFLICT for one's own. */
NODISCARD int moderation_report(struct db *db, struct arena *a, const struct thing *thing,
                                const struct report_ask *ask, struct err *err);

/* Whether a text holds a word of its section's list or of the list for all. */
NODISCARD int moderation_words(struct db *db, struct arena *a, struct str section, struct str text,
                               bool *ret_held, struct err *err);

/* A note or comment waits for a look: opens its case. Appends CONTENT_HELD. */
NODISCARD int moderation_hold(struct db *db, struct arena *a, const struct thing *thing,
                              bool simulated, struct err *err);

/* ---- moderators ---- */

/* Who acts. */
struct moderator {
    int64_t actor;   /* 0 = the operator's key */
    bool everywhere; /* a moderator of the whole place; else only of their sections */
    bool operator_;
    struct str handle, name;
};

/* May they look at things of this section? */
NODISCARD int moderator_of(struct db *db, const struct moderator *m, struct str section,
                           bool *ret_may, struct err *err);

#define CLAIM_MINUTES 10

/* Take a case for CLAIM_MINUTES, so that nobody else acts on it meanwhile.
 * ERR_CONFLICT when somebody else has it, ERR_FORBIDDEN in a matter of their
 * own or of another section, ERR_NOT_FOUND. */
NODISCARD int moderation_claim(struct db *db, struct arena *a, const struct moderator *m,
                               int64_t id, const struct thing *thing, struct err *err);

/* Numbers are stored. */
enum mod_action {
    ACT_LEAVE = 1,   /* nothing is wrong; what was held comes out */
    ACT_CORRECT = 2, /* ask the author to change something, by a day */
    ACT_HIDE = 3,
    ACT_RESTORE = 4, /* bring back what was hidden, lift a limit */
    ACT_WARN = 5,
    ACT_LIMIT = 6,
    ACT_UPHOLD = 7, /* the sanction stands, after an answer */
};
#define ACTS 7

/* "leave", "correct", …; what the button says (a catalogue message). */
const char *action_word(enum mod_action action);
const char *action_name(enum mod_action action);
NODISCARD bool action_named(struct str word, enum mod_action *ret_action);

/* May this be done to a thing of that kind, as its case stands? */
bool action_fits(enum mod_action action, enum thing_kind kind, enum case_state state);

#define ACT_TEXT_MAX 500 /* graphemes */

struct act_ask {
    enum mod_action action;
    enum harm rule;  /* needed but for leave, restore, uphold */
    struct str text; /* what the author is told; needed but for leave */
    int64_t days;    /* to correct it, or of a limit: 1..30 */
    bool stop;       /* a limit: no writing at all, instead of as little as a new account */
};

/* Do it: claims the case, changes the thing, writes the staff's list, appends
 * the fact. ERR_INVALID marks act, rule, body, days; ERR_CONFLICT when
 * somebody else has the case or it no longer stands so; ERR_FORBIDDEN in a
 * matter of one's own, and for section moderators on persons. */
NODISCARD int moderation_act(struct db *db, struct arena *a, const struct moderator *m, int64_t id,
                             const struct thing *thing, const struct act_ask *ask, struct err *err);

/* ---- authors ---- */

/* The author says that it is corrected. ERR_CONFLICT when nothing was asked. */
NODISCARD int moderation_corrected(struct db *db, struct arena *a, int64_t id, int64_t owner,
                                   struct err *err);

/* The author answers a sanction, once. ERR_INVALID on "body", ERR_CONFLICT
 * when there is none or it was answered. */
NODISCARD int moderation_answer(struct db *db, struct arena *a, int64_t id, int64_t owner,
                                struct str text, struct err *err);

/* Cases hang together with what they are about. */
NODISCARD int moderation_doctor(struct store *store, struct doctor *d, struct err *err);

/* Reports of visitors name a browser for so long: enough to see that one reports again and again.
 */
#define MODERATION_VISITOR_DAYS 90

/* Forget the browsers of older reports, in small steps. */
NODISCARD int moderation_tidy(struct store *store, struct err *err);

extern const struct job_kind moderation_jobs[]; /* "moderation.tidy", once a day */

#endif
