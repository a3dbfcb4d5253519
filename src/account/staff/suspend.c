/* Suspensions: begun with a reason, told, answered once, ended by their time or by the staff. */
#include "account/staff/people.h"

#include <inttypes.h>
#include <stdio.h>

#include "account/inbox/inbox.h"
#include "account/staff/staff.h"
#include "event/event.h"
#include "gen/staff_sql.h"
#include "words/text.h"

#define END_JOB   "suspension.end"
#define TOLD_MAX  300 /* characters of a reason in the inbox; the page shows all of it */
#define ASKED_MAX 20  /* operators who are told of an answer */
#define KEY_MAX   24

static struct str job_key(char key[KEY_MAX], int64_t actor)
{
    int n = snprintf(key, KEY_MAX, "%" PRId64, actor);
    return (struct str){ key, (size_t)n };
}

static int check_suspension(const struct people_act *act, const struct person_card *card,
                            bool suspended, struct err *err)
{
    if (card->actor == act->by)
        return err_set(err, ERR_FORBIDDEN, N_("Nobody suspends themselves."));
    if (suspended && (card->roles & ROLE_OPERATOR))
        return err_set(err, ERR_FORBIDDEN,
                       N_("An operator cannot be suspended. Take the role first."));
    if (suspended && act->reason.len == 0)
        return err_field(err, "reason", N_("A reason, please. The person will read it."));
    if (suspended && (act->days < 0 || act->days > PEOPLE_DAYS_MAX))
        return err_field_n(err, "days", N_("Up to {n} days, or until it is lifted."),
                           PEOPLE_DAYS_MAX);
    return 0;
}

static int tell(struct db *db, int64_t person, const char *words, int64_t n, struct str reason,
                struct err *err)
{
    return inbox_tell(db,
                      &(struct inbox_word){ .person = person,
                                            .words = words,
                                            .n = n,
                                            .detail = text_cut(reason, TOLD_MAX),
                                            .href = STR("/me/standing") },
                      err);
}

static int append(struct db *db, enum event_kind kind, int64_t by, int64_t actor, struct err *err)
{
    return event_append(db, &(struct event){ .kind = kind, .actor = by, .object = actor }, err);
}

static const char *words_of(int64_t days)
{
    if (days == 0)
        return N_("Your account is suspended until the staff lift it. You can read, and answer "
                  "once.");
    if (days == 1)
        return N_("Your account is suspended for one day. You can read, and answer once.");
    return N_("Your account is suspended for {n} days. You can read, and answer once.");
}

static int begin(struct db *db, const struct people_act *act, int64_t actor, struct err *err)
{
    char key[KEY_MAX];
    int64_t now = db_now(db), until = act->days ? now + act->days * TIME_DAY : 0;
    int rc = suspension_set(db, actor, act->reason, now, until, NULL, err);
    if (rc == 0 && until)
        rc = job_add(db, END_JOB, job_key(key, actor), until, STR(""), err);
    if (rc == 0)
        rc = append(db, EVENT_ACCOUNT_SUSPENDED, act->by, actor, err);
    return rc < 0 ? rc : tell(db, actor, words_of(act->days), act->days, act->reason, err);
}

/* The person may write again. */
static int end(struct db *db, int64_t by, int64_t actor, const char *words, struct str reason,
               struct err *err)
{
    int rc = suspension_lift(db, actor, NULL, err);
    if (rc == 0)
        rc = append(db, EVENT_ACCOUNT_RESTORED, by, actor, err);
    return rc < 0 ? rc : tell(db, actor, words, 0, reason, err);
}

static int lift(struct db *db, const struct people_act *act, int64_t actor, struct err *err)
{
    char key[KEY_MAX];
    int rc = job_cancel(db, END_JOB, job_key(key, actor), err);
    return rc < 0 ? rc
                  : end(db, act->by, actor, N_("Your suspension was lifted: you can write again."),
                        act->reason, err);
}

static int set_mark(struct db *db, struct arena *a, const struct person_card *card, bool suspended,
                    int64_t by, struct err *err)
{
    int roles = suspended ? card->roles | ROLE_SUSPENDED : card->roles & ~ROLE_SUSPENDED;
    return person_set_roles(db, a, card->handle, roles, by, err);
}

int people_suspend(struct db *db, struct arena *a, const struct people_act *act, bool suspended,
                   struct err *err)
{
    struct person_card card = { 0 };
    int rc = person_of_handle(db, a, act->handle, &card, err);
    if (rc == 0)
        rc = check_suspension(act, &card, suspended, err);
    if (rc < 0 || suspended == ((card.roles & ROLE_SUSPENDED) != 0))
        return rc;
    rc = set_mark(db, a, &card, suspended, act->by, err);
    if (rc == 0)
        rc = staff_note(
            db,
            &(struct staff_act){ .actor = act->by,
                                 .act = suspended ? "person.suspended" : "person.restored",
                                 .object_kind = "person",
                                 .object = card.actor,
                                 .reason = act->reason },
            err);
    if (rc < 0)
        return rc;
    return suspended ? begin(db, act, card.actor, err) : lift(db, act, card.actor, err);
}

/* ---- its end ---- */

/* Its time is over. One that was lifted or begun anew meanwhile is none of this job's. */
static int end_in_time(struct db *db, struct arena *a, const struct job *job, void *ctx UNUSED,
                       struct err *err)
{
    struct people_standing standing = { 0 };
    struct person_card card = { 0 };
    int64_t actor = 0;
    if (!str_to_int(job->key, &actor))
        return 0;
    int rc = people_standing(db, a, actor, &standing, err);
    if (rc < 0 || standing.until == 0 || standing.until > db_now(db))
        return rc;
    rc = person_cards(db, a, &actor, 1, &card, err);
    if (rc < 0 || card.actor == 0)
        return rc;
    rc = set_mark(db, a, &card, false, 0, err);
    return rc < 0 ? rc
                  : end(db, 0, actor, N_("Your suspension is over: you can write again."), STR(""),
                        err);
}

const struct job_kind people_jobs[] = {
    { .name = END_JOB, .write = end_in_time },
    { 0 },
};

/* ---- what the person sees, and says ---- */

int people_standing(struct db *db, struct arena *a, int64_t actor,
                    struct people_standing *ret_standing, struct err *err)
{
    struct suspension_of_row row = { 0 };
    int rc = suspension_of(db, a, actor, &row, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        row = (struct suspension_of_row){ 0 };
        rc = 0;
    }
    if (rc == 0)
        *ret_standing =
            (struct people_standing){ row.reason, row.since, row.until, row.answer, row.answered };
    return rc;
}

/* Whoever keeps the place hears of it: one of them decides. */
static int tell_operators(struct db *db, struct arena *a, int64_t actor, struct str text,
                          struct err *err)
{
    struct person_card who = { 0 }, cards[ASKED_MAX];
    bool second[ASKED_MAX];
    size_t n = 0;
    int rc = person_cards(db, a, &actor, 1, &who, err);
    if (rc == 0)
        rc = people_list(db, a, STR(""), STR(""), ROLE_OPERATOR, ASKED_MAX, cards, second, &n, err);
    struct str href = arena_printf(a, "/operator/people/%.*s", STR_ARG(who.handle));
    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = inbox_tell(db,
                        &(struct inbox_word){ .person = cards[i].actor,
                                              .words = N_("Somebody suspended has answered."),
                                              .detail = text_cut(text, TOLD_MAX),
                                              .href = href },
                        err);
    return rc;
}

int people_answer(struct db *db, struct arena *a, int64_t actor, struct str text, struct err *err)
{
    int64_t rows = 0;
    if (text.len == 0)
        return err_field(err, "body", N_("Write what you want us to consider."));
    if (text_count(text) > PEOPLE_ANSWER_MAX)
        return err_field_n(err, "body", N_("At most {n} characters, please."), PEOPLE_ANSWER_MAX);
    int rc = suspension_answer(db, actor, text, db_now(db), &rows, err);
    if (rc == 0 && rows == 0)
        return err_set(err, ERR_CONFLICT, N_("There is nothing to answer here now."));
    if (rc == 0)
        rc = append(db, EVENT_ACCOUNT_SUSPENSION_ANSWERED, actor, actor, err);
    return rc < 0 ? rc : tell_operators(db, a, actor, text, err);
}
