/* What a moderator does, with everything that follows from it. */
#include "account/inbox/inbox.h"
#include "account/limit/limit.h"
#include "account/staff/staff.h"
#include "base/clock.h"
#include "base/id.h"
#include "community/message/message.h"
#include "community/moderation/case.h"
#include "community/note/note.h"
#include "community/social/social.h"
#include "words/text.h"

#define DAYS_MAX 30

/* An act under way. */
struct doing {
    const struct moderator *m;
    const struct thing *thing;
    const struct act_ask *ask;
    struct case_row_row row;
    bool stands; /* whether a warning or limit of this round stands */
    struct mod_act_sanction_row sanction;
    int64_t until;
};

/* ---- may it be done? ---- */

static bool takes_away(enum mod_action action)
{
    return action == ACT_CORRECT || action == ACT_HIDE || action == ACT_WARN || action == ACT_LIMIT;
}

static bool has_days(enum mod_action action)
{
    return action == ACT_CORRECT || action == ACT_LIMIT;
}

static int check_ask(const struct act_ask *ask, struct err *err)
{
    int rc = 0;
    if (ask->action < ACT_LEAVE || ask->action > ACT_UPHOLD)
        return err_field(err, "act", N_("Choose what to do."));
    if (takes_away(ask->action) && (ask->rule < HARM_SPAM || ask->rule > HARM_OTHER))
        rc = err_field(err, "rule", N_("Choose the rule it rests on."));
    if (ask->action != ACT_LEAVE && ask->text.len == 0)
        rc = err_field(err, "body", N_("Tell the author why, in a sentence."));
    if (text_count(ask->text) > ACT_TEXT_MAX)
        rc = err_field_n(err, "body", N_("At most {n} characters, please."), ACT_TEXT_MAX);
    if (has_days(ask->action) && (ask->days < 1 || ask->days > DAYS_MAX))
        rc = err_field_n(err, "days", N_("From 1 to {n} days."), DAYS_MAX);
    return rc;
}

/* Persons belong to no section, so whoever moderates one does not limit them. */
static int check_reach(struct doing *d, struct err *err)
{
    if (!d->m->everywhere && d->ask->action == ACT_LIMIT)
        return err_set(err, ERR_FORBIDDEN,
                       N_("Only a moderator of the whole place can limit somebody."));
    bool again = d->row.state == CASE_ANSWERED && d->stands && d->sanction.actor == d->m->actor;
    if (again && !d->m->operator_)
        return err_set(err, ERR_FORBIDDEN,
                       N_("You decided first, so somebody else looks at the answer."));
    if (!action_fits(d->ask->action, (enum thing_kind)d->row.kind, (enum case_state)d->row.state))
        return err_set(err, ERR_CONFLICT, N_("This no longer fits how the matter stands."));
    if (d->row.owner == 0 && (d->ask->action == ACT_WARN || d->ask->action == ACT_LIMIT))
        return err_set(err, ERR_CONFLICT, N_("Nobody is answerable for this."));
    return 0;
}

/* ---- doing it ---- */

static int set_hidden(struct db *db, struct arena *a, const struct doing *d, bool hidden,
                      struct err *err)
{
    int rc = 0;
    if (d->row.kind == THING_NOTE)
        rc = note_hide(db, d->row.object, hidden, err);
    else if (d->row.kind == THING_COMMENT)
        rc = comment_hide(db, a, d->row.object, hidden, err);
    else if (d->row.kind == THING_MESSAGE)
        rc = message_hide(db, d->row.object, hidden, err);
    /* Its author may have deleted it meanwhile: then there is nothing to hide. */
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        rc = 0;
    }
    return rc;
}

static int apply(struct db *db, struct arena *a, const struct doing *d, struct err *err)
{
    int rc = 0;
    switch (d->ask->action) {
    case ACT_HIDE:
        return set_hidden(db, a, d, true, err);
    case ACT_LEAVE:
        return set_hidden(db, a, d, false, err);
    case ACT_RESTORE:
        rc = set_hidden(db, a, d, false, err);
        if (rc == 0 && d->stands && d->sanction.act == ACT_LIMIT)
            rc = limit_hold(db, d->row.owner, LIMIT_FREE, 0, err);
        return rc;
    case ACT_LIMIT:
        return limit_hold(db, d->row.owner, d->ask->stop ? LIMIT_STOP : LIMIT_SLOW, d->until, err);
    case ACT_CORRECT:
    case ACT_WARN:
    case ACT_UPHOLD:
        break;
    }
    return 0;
}

/* A warning leaves a note or comment to be decided about; of anything else it
 * is the decision. */
static enum case_state after_word(const struct doing *d)
{
    bool waits = d->row.state == CASE_OPEN || d->row.state == CASE_CORRECTING;
    bool hideable =
        d->row.kind == THING_NOTE || d->row.kind == THING_COMMENT || d->row.kind == THING_MESSAGE;
    return waits && !hideable ? CASE_SANCTIONED : (enum case_state)d->row.state;
}

static enum case_state next_state(const struct doing *d)
{
    switch (d->ask->action) {
    case ACT_LEAVE:
        return d->stands ? CASE_SANCTIONED : CASE_LEFT;
    case ACT_CORRECT:
        return CASE_CORRECTING;
    case ACT_HIDE:
        return CASE_HIDDEN;
    case ACT_RESTORE:
        return CASE_LEFT;
    case ACT_WARN:
    case ACT_LIMIT:
        return after_word(d);
    case ACT_UPHOLD:
        break;
    }
    return d->row.hidden ? CASE_HIDDEN : CASE_SANCTIONED;
}

static bool next_hidden(const struct doing *d)
{
    switch (d->ask->action) {
    case ACT_HIDE:
        return true;
    case ACT_LEAVE:
    case ACT_RESTORE:
        return false;
    default:
        return d->row.hidden;
    }
}

static bool still_held(const struct doing *d)
{
    enum mod_action act = d->ask->action;
    return d->row.held && act != ACT_LEAVE && act != ACT_HIDE && act != ACT_RESTORE;
}

static int settle(struct db *db, const struct doing *d, struct err *err)
{
    enum case_state state = next_state(d);
    struct opt_int due = { .has = false };
    if (d->ask->action == ACT_CORRECT)
        due = (struct opt_int){ .value = d->until, .has = true };
    else if (state == CASE_CORRECTING)
        due = d->row.due;
    int rc = case_settle(db, d->row.id, state, next_hidden(d), still_held(d), due, db_now(db), NULL,
                         err);
    if (rc == 0 && d->row.state == CASE_ANSWERED)
        rc = mod_answer_decide(db, d->row.id, d->row.round, db_now(db),
                               d->ask->action == ACT_RESTORE, NULL, err);
    if (rc < 0)
        return rc;
    const struct mod_act_insert_args args = {
        .id = db_new_id(db),
        .thing_case = d->row.id,
        .round = d->row.round,
        .actor = d->m->actor,
        .owner = d->row.owner,
        .act = d->ask->action,
        .rule = takes_away(d->ask->action) ? d->ask->rule : 0,
        .until = d->until,
        .body = d->ask->text,
    };
    return mod_act_insert(db, &args, NULL, err);
}

/* ---- telling ---- */

static enum event_kind fact_of(const struct doing *d)
{
    switch (d->ask->action) {
    case ACT_LEAVE:
        if (d->row.held)
            return EVENT_CONTENT_RELEASED;
        return d->row.corrected ? EVENT_CORRECTION_ACCEPTED : EVENT_CONTENT_LEFT;
    case ACT_CORRECT:
        return EVENT_CORRECTION_ASKED;
    case ACT_HIDE:
        return EVENT_CONTENT_HIDDEN;
    case ACT_RESTORE:
        return EVENT_CONTENT_RESTORED;
    case ACT_WARN:
        return EVENT_PERSON_WARNED;
    case ACT_LIMIT:
        return EVENT_PERSON_LIMITED;
    case ACT_UPHOLD:
        break;
    }
    return EVENT_SANCTION_UPHELD;
}

static int append_fact(struct db *db, struct arena *a, const struct doing *d, struct err *err)
{
    enum event_kind kind = fact_of(d);
    struct mod_act_asked_row asked = { 0 };
    struct event_body body;
    int64_t now = db_now(db);
    int rc = 0;
    if (kind == EVENT_CORRECTION_ACCEPTED)
        rc = mod_act_asked(db, a, d->row.id, d->row.round, &asked, err);
    if (rc < 0)
        return rc;
    case_body(&body, d->thing, &d->row);
    if (takes_away(d->ask->action))
        json_member_str(&body.json, "rule", str_from(harm_word(d->ask->rule)));
    if (!d->row.first_act.has)
        json_member_int(&body.json, "waited", (now - d->row.opened) / TIME_SECOND);
    if (asked.id)
        json_member_int(&body.json, "took", (now - id_time(asked.id)) / TIME_SECOND);
    if (d->ask->action == ACT_LIMIT) {
        json_member_bool(&body.json, "stop", d->ask->stop);
        json_member_int(&body.json, "days", d->ask->days);
    }
    return event_append_body(
        db,
        &(struct event){
            .kind = kind, .actor = d->m->actor, .object = d->row.object, .about = d->row.owner },
        &body, err);
}

/* What the author is told; NULL = nothing, for nothing happened to them. */
static const char *word_for_author(const struct doing *d)
{
    switch (d->ask->action) {
    case ACT_LEAVE:
        if (d->row.held)
            return N_("What you wrote was looked at, and stands now.");
        return d->row.corrected ? N_("Thank you for the correction. All is well now.") : NULL;
    case ACT_CORRECT:
        return N_("Please correct something within {n} days.");
    case ACT_HIDE:
        return N_("Something you wrote was hidden. You can answer.");
    case ACT_RESTORE:
        return N_("The decision was taken back: what you wrote stands again.");
    case ACT_WARN:
        return N_("You were warned. You can answer.");
    case ACT_LIMIT:
        return N_("You can write less for {n} days. You can answer.");
    case ACT_UPHOLD:
        break;
    }
    return N_("Your answer was read by somebody else, and the decision stands.");
}

static int tell_author(struct db *db, struct arena *a, const struct doing *d, struct err *err)
{
    char id[ID_TEXT_MAX];
    const char *words = word_for_author(d);
    if (!words || d->row.owner == 0)
        return 0;
    struct str href =
        arena_printf(a, "/me/decisions/%.*s", STR_ARG(id_text(id, "case", d->row.id)));
    return inbox_tell(db,
                      &(struct inbox_word){ .person = d->row.owner,
                                            .words = words,
                                            .n = d->ask->days,
                                            .detail = text_cut(d->ask->text, 300),
                                            .href = href },
                      err);
}

static const char *word_for_reporter(const struct doing *d)
{
    switch (d->ask->action) {
    case ACT_LEAVE:
        return N_("We looked at what you reported and left it as it is.");
    case ACT_CORRECT:
        return N_("We looked at what you reported: its author was asked to correct it.");
    case ACT_HIDE:
        return N_("We looked at what you reported, and hid it. Thank you.");
    case ACT_RESTORE:
        return N_("We looked again at what you reported, and brought it back.");
    case ACT_WARN:
    case ACT_LIMIT:
        return N_("We looked at what you reported, and spoke to its author. Thank you.");
    case ACT_UPHOLD:
        break;
    }
    return NULL;
}

static int tell_reporters(struct db *db, struct arena *a, const struct doing *d, struct err *err)
{
    struct report_reporters_rows rows = { 0 };
    const char *words = word_for_reporter(d);
    int rc = words ? report_reporters(db, a, d->row.id, d->row.round, &rows, err) : 0;
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        if (rows.v[i].reporter > 0)
            rc = inbox_tell(db,
                            &(struct inbox_word){ .person = rows.v[i].reporter,
                                                  .words = words,
                                                  .href = STR("/me/reports") },
                            err);
    return rc;
}

static int note_staff(struct db *db, struct arena *a, const struct doing *d, struct err *err)
{
    static const char *const acts[ACTS + 1] = {
        [ACT_LEAVE] = "content.left",     [ACT_CORRECT] = "correction.asked",
        [ACT_HIDE] = "content.hidden",    [ACT_RESTORE] = "content.restored",
        [ACT_WARN] = "person.warned",     [ACT_LIMIT] = "person.limited",
        [ACT_UPHOLD] = "sanction.upheld",
    };
    struct str reason = d->ask->text;
    if (takes_away(d->ask->action))
        reason = arena_printf(a, "%s: %.*s", harm_word(d->ask->rule), STR_ARG(d->ask->text));
    return staff_note(db,
                      &(struct staff_act){ .actor = d->m->actor,
                                           .act = acts[d->ask->action],
                                           .object_kind = thing_word((enum thing_kind)d->row.kind),
                                           .object = d->row.object,
                                           .reason = reason },
                      err);
}

static int find_sanction(struct db *db, struct arena *a, struct doing *d, struct err *err)
{
    int rc = mod_act_sanction(db, a, d->row.id, d->row.round, &d->sanction, err);
    d->stands = rc == 0;
    return rc == ERR_NOT_FOUND ? 0 : rc;
}

int moderation_act(struct db *db, struct arena *a, const struct moderator *m, int64_t id,
                   const struct thing *thing, const struct act_ask *ask, struct err *err)
{
    struct doing d = { .m = m, .thing = thing, .ask = ask };
    int rc = check_ask(ask, err);
    if (rc == 0)
        rc = moderation_claim(db, a, m, id, thing, err);
    if (rc == 0)
        rc = case_row(db, a, id, &d.row, err);
    if (rc == 0)
        rc = find_sanction(db, a, &d, err);
    if (rc == 0)
        rc = check_reach(&d, err);
    if (rc < 0)
        return rc;
    d.until = has_days(ask->action) ? db_now(db) + ask->days * TIME_DAY : 0;
    rc = apply(db, a, &d, err);
    if (rc == 0)
        rc = settle(db, &d, err);
    if (rc == 0)
        rc = append_fact(db, a, &d, err);
    if (rc == 0)
        rc = note_staff(db, a, &d, err);
    if (rc == 0)
        rc = tell_author(db, a, &d, err);
    return rc < 0 ? rc : tell_reporters(db, a, &d, err);
}
