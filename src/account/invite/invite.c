#include "account/invite/invite.h"

#include <sodium.h>

#include "account/staff/staff.h"
#include "base/clock.h"
#include "event/event.h"
#include "gen/invite_sql.h"
#include "words/text.h"

/* Letters and digits that nobody takes for one another. */
static const char ALPHABET[] = "23456789abcdefghjkmnpqrstuvwxyz";

enum gate invite_gate(const struct settings *settings)
{
    if (str_eq_c(settings->signup_gate, "open"))
        return GATE_OPEN;
    return str_eq_c(settings->signup_gate, "approval") ? GATE_APPROVAL : GATE_INVITATION;
}

static struct str new_code(struct arena *a)
{
    char *out = arena_alloc(a, INVITE_CODE_LEN + 1);
    for (int i = 0; out && i < INVITE_CODE_LEN; i++)
        out[i] = ALPHABET[randombytes_uniform(sizeof(ALPHABET) - 1)];
    return (struct str){ out, out ? INVITE_CODE_LEN : 0 };
}

int invite_look(struct db *db, struct arena *a, struct str code, struct invite *ret_invite,
                struct err *err)
{
    struct invite_row_row row = { 0 };
    int rc = code.len == INVITE_CODE_LEN ? invite_row(db, a, person_fold(a, code), &row, err)
                                         : ERR_NOT_FOUND;
    bool over = rc == 0 && (row.closed || row.uses >= row.uses_max ||
                            (row.expires.has && row.expires.value <= db_now(db)));
    if (rc == ERR_NOT_FOUND || over)
        return err_set(err, ERR_NOT_FOUND, N_("This invitation is used up, or it is none."));
    if (rc == 0)
        *ret_invite = (struct invite){ row.code, row.owner, row.label };
    return rc;
}

int invite_left(struct db *db, struct arena *a, const struct settings *settings, int64_t actor,
                int64_t *ret_left, struct err *err)
{
    struct invite_spent_row spent;
    int rc = invite_spent(db, a, actor, &spent, err);
    if (rc < 0)
        return rc;
    *ret_left = spent.n < settings->invitations ? settings->invitations - spent.n : 0;
    return 0;
}

int invite_make(struct db *db, struct arena *a, const struct settings *settings, int64_t actor,
                struct str *ret_code, struct err *err)
{
    int64_t left = 0;
    int rc = invite_left(db, a, settings, actor, &left, err);
    if (rc == 0 && left == 0)
        return err_set(err, ERR_CONFLICT, N_("You have given all your invitations."));
    struct str code = new_code(a);
    if (!code.len)
        return err_detail(err, ERR_NOMEM, "arena full");
    if (rc == 0)
        rc = invite_insert(db, code, actor, STR(""), 1, db_now(db), OPT_NONE, NULL, err);
    if (rc == 0)
        *ret_code = code;
    return rc;
}

static int check_link(const struct invite_link *link, struct err *err)
{
    int rc = 0;
    if (link->label.len == 0)
        rc = err_field(err, "label", N_("A name for the link, please."));
    else if (text_count(link->label) > INVITE_LABEL_MAX || link->label.len > SOURCE_MAX)
        rc = err_field_n(err, "label", N_("At most {n} characters, please."), INVITE_LABEL_MAX);
    if (link->uses < 1 || link->uses > INVITE_USES_MAX)
        rc = err_field_n(err, "uses", N_("A number from 1 to {n}, please."), INVITE_USES_MAX);
    if (link->days < 0 || link->days > INVITE_DAYS_MAX)
        rc = err_field_n(err, "days", N_("At most {n} days, please."), INVITE_DAYS_MAX);
    return rc;
}

int invite_make_link(struct db *db, struct arena *a, const struct invite_link *link,
                     struct str *ret_code, struct err *err)
{
    int rc = check_link(link, err);
    struct str code = new_code(a);
    if (rc < 0)
        return rc;
    if (!code.len)
        return err_detail(err, ERR_NOMEM, "arena full");
    int64_t now = db_now(db);
    struct opt_int expires = link->days ? OPT_INT(now + link->days * TIME_DAY) : OPT_NONE;
    rc = invite_insert(db, code, 0, link->label, link->uses, now, expires, NULL, err);
    if (rc == 0)
        *ret_code = code;
    return rc;
}

int invite_close(struct db *db, struct str code, int64_t owner, struct err *err)
{
    int64_t n = 0;
    int rc = invite_close_row(db, code, owner, &n, err);
    if (rc == 0 && n == 0)
        return err_set(err, ERR_NOT_FOUND, N_("This invitation is used up, or it is none."));
    return rc;
}

int invite_admit(struct db *db, struct arena *a, const struct settings *settings, struct str code,
                 bool typed, struct sign_up *form, struct invite *ret_invite, bool *ret_waits,
                 struct err *err)
{
    enum gate gate = invite_gate(settings);
    struct invite found = { 0 };
    int rc = code.len ? invite_look(db, a, code, &found, err) : 0;
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        if (typed)
            return err_field(err, "invite", N_("This invitation is used up, or it is none."));
        rc = 0;
    }
    if (rc < 0)
        return rc;
    if (!found.code.len && gate == GATE_INVITATION)
        return err_field(err, "invite", N_("One joins here by invitation. Do you have a code?"));
    if (found.code.len) {
        form->source = found.owner ? STR("invite") : found.label;
        form->invited_by = found.owner;
    }
    *ret_invite = found;
    *ret_waits = !found.code.len && gate == GATE_APPROVAL;
    return 0;
}

int invite_welcome(struct db *db, const struct invite *invite, int64_t actor, bool simulated,
                   struct err *err)
{
    int64_t n = 0;
    if (!invite->code.len)
        return 0;
    int rc = invite_take(db, invite->code, db_now(db), &n, err);
    if (rc == 0 && n == 0)
        return err_set(err, ERR_CONFLICT, N_("Somebody else was quicker with this invitation."));
    if (rc == 0)
        rc = invited_insert(db, actor, invite->code, invite->owner, db_now(db), NULL, err);
    if (rc < 0)
        return rc;
    return event_append(db,
                        &(struct event){ .kind = EVENT_INVITE_USED,
                                         .actor = actor,
                                         .object = actor,
                                         .about = invite->owner,
                                         .simulated = simulated },
                        err);
}

/* ---- those who wait ---- */

int invite_ask(struct db *db, struct arena *a, const struct sign_up *form, struct str said,
               struct err *err)
{
    int64_t n = 0;
    int rc = person_check_free(db, a, form, err);
    if (rc == 0 && text_count(said) > ASKING_SAID_GRAPHEMES)
        rc = err_field_n(err, "said", N_("At most {n} characters, please."), ASKING_SAID_GRAPHEMES);
    if (rc < 0)
        return rc;
    const struct asking_insert_args row = {
        .id = db_new_id(db),
        .handle = person_fold(a, form->handle),
        .name = form->name.len ? form->name : form->handle,
        .mail = form->mail,
        .secret = form->secret,
        .lang = form->lang,
        .said = said,
        .source = form->source,
        .arrived_by = form->arrived_by,
        .created = db_now(db),
    };
    rc = asking_insert(db, &row, &n, err);
    return rc < 0 || n ? rc : err_field(err, "handle", N_("Somebody already has this name."));
}

int invite_asking_secret(struct db *db, struct arena *a, struct str handle, struct str *ret_secret,
                         struct err *err)
{
    struct asking_of_handle_row row = { 0 };
    int rc = asking_of_handle(db, a, person_fold(a, handle), &row, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        row.secret = STR("");
        rc = 0;
    }
    if (rc == 0)
        *ret_secret = row.secret;
    return rc;
}

static int let_in(struct db *db, struct arena *a, const struct asking_row_row *row,
                  int64_t *ret_actor, struct err *err)
{
    const struct sign_up form = { .handle = row->handle,
                                  .name = row->name,
                                  .secret = row->secret,
                                  .mail = row->mail,
                                  .lang = row->lang,
                                  .arrived_by = row->arrived_by,
                                  .source = row->source };
    int64_t person;
    return person_sign_up(db, a, &form, &person, ret_actor, err);
}

int invite_decide(struct db *db, struct arena *a, int64_t asking, bool yes, int64_t by,
                  struct err *err)
{
    struct asking_row_row row = { 0 };
    int64_t actor = 0;
    int rc = asking_row(db, a, asking, &row, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("This was decided already."));
    if (rc == 0 && yes)
        rc = let_in(db, a, &row, &actor, err);
    if (rc == 0)
        rc = asking_delete(db, asking, NULL, err);
    if (rc < 0)
        return rc;
    return staff_note(db,
                      &(struct staff_act){ .actor = by,
                                           .act = yes ? "joining.accepted" : "joining.declined",
                                           .object_kind = "person",
                                           .object = actor,
                                           .name = yes ? row.handle : STR("") },
                      err);
}

static int tidy(struct db *db, struct arena *a UNUSED, const struct job *job UNUSED,
                void *ctx UNUSED, struct err *err)
{
    return asking_tidy(db, db_now(db) - ASKING_DAYS * TIME_DAY, NULL, err);
}

const struct job_kind invite_jobs[] = {
    { .name = "invite.tidy", .write = tidy, .every = TIME_DAY },
    { 0 },
};
