#include "account/privacy/privacy.h"

#include "account/person/person.h"
#include "account/staff/staff.h"
#include "base/clock.h"
#include "base/id.h"
#include "event/event.h"
#include "gen/privacy_sql.h"
#include "media/storage.h"
#include "web/viewer.h"
#include "words/text.h"

/* Most graphemes of a hold's reason. */
#define REASON_MAX 300

static const struct privacy_part *const *parts_used;

void privacy_use(const struct privacy_part *const *parts)
{
    parts_used = parts;
}

const struct privacy_part *const *privacy_parts(size_t *ret_n)
{
    static const struct privacy_part *const none[] = { NULL };
    const struct privacy_part *const *parts = parts_used ? parts_used : none;
    size_t n = 0;
    while (parts[n])
        n++;
    *ret_n = n;
    return parts;
}

static int tell(struct db *db, enum event_kind kind, int64_t actor, bool simulated, struct err *err)
{
    return event_append(
        db,
        &(struct event){ .kind = kind, .actor = actor, .object = actor, .simulated = simulated },
        err);
}

/* ---- copies ---- */

int privacy_export_ask(struct db *db, struct arena *a, int64_t actor, bool simulated,
                       struct str lang, int64_t *ret_export, struct err *err)
{
    struct export_list_rows rows = { 0 };
    char text[ID_TEXT_MAX];
    int rc = export_list(db, a, actor, &rows, err);
    if (rc < 0)
        return rc;
    if (rows.n && rows.v[0].state == EXPORT_MAKING) {
        *ret_export = rows.v[0].id;
        return 0;
    }
    int64_t id = db_new_id(db);
    struct str name = id_text(text, "copy", id);
    rc = export_insert(db, id, actor, lang, NULL, err);
    if (rc == 0)
        rc = job_add(db, "privacy.export", name, db_now(db), name, err);
    if (rc == 0)
        rc = tell(db, EVENT_ACCOUNT_EXPORT_ASKED, actor, simulated, err);
    if (rc == 0)
        *ret_export = id;
    return rc;
}

/* ---- going ---- */

static int may_go(struct db *db, struct arena *a, int64_t actor, bool sealed, struct err *err)
{
    struct hold_standing_row hold = { 0 };
    struct privacy_operators_row others = { 0 };
    struct person_card card = { 0 };
    int rc = hold_standing(db, NULL, actor, &hold, err);
    if (rc == 0)
        rc = person_cards(db, a, &actor, 1, &card, err);
    if (rc == 0)
        rc = privacy_operators(db, NULL, actor, &others, err);
    if (rc < 0)
        return rc;
    if (card.actor == 0)
        return err_set(err, ERR_NOT_FOUND, N_("Nobody here has that name."));
    if (hold.n && !sealed)
        return err_set(err, ERR_CONFLICT,
                       N_("Something changed in the meantime. Please try again."));
    if ((card.roles & ROLE_OPERATOR) && others.n == 0)
        return err_set(err, ERR_CONFLICT,
                       N_("The last operator cannot go. Make somebody else one first."));
    return 0;
}

/* The files of who went: at once, and once more when no file is young any more. */
static int add_file_jobs(struct db *db, struct err *err)
{
    int64_t now = db_now(db), later = now + (STORAGE_YOUNG + 60) * TIME_SECOND;
    int rc = job_add(db, "privacy.files", STR(""), now, STR(""), err);
    return rc < 0 ? rc : job_add(db, "privacy.files", STR(""), later, STR("all"), err);
}

int privacy_delete(struct db *db, struct arena *a, int64_t actor, bool simulated, bool sealed,
                   struct err *err)
{
    size_t n;
    const struct privacy_part *const *parts = privacy_parts(&n);
    int rc = may_go(db, a, actor, sealed, err);
    if (rc == 0 && sealed)
        rc = hold_keep(db, actor, NULL, err);
    while (rc == 0 && n-- > 0)
        if (parts[n]->erase)
            rc = parts[n]->erase(db, actor, err);
    if (rc == 0)
        rc = tell(db, EVENT_ACCOUNT_DELETED, actor, simulated, err);
    return rc < 0 ? rc : add_file_jobs(db, err);
}

/* ---- holds ---- */

int privacy_held(struct db *db, int64_t actor, bool *ret_held, struct err *err)
{
    struct hold_standing_row row;
    int rc = hold_standing(db, NULL, actor, &row, err);
    if (rc == 0)
        *ret_held = row.n > 0;
    return rc;
}

static int note_act(struct db *db, const char *act, int64_t actor, int64_t by, struct str reason,
                    struct err *err)
{
    return staff_note(
        db,
        &(struct staff_act){
            .actor = by, .act = act, .object_kind = "person", .object = actor, .reason = reason },
        err);
}

int privacy_hold_lay(struct db *db, int64_t actor, struct str reason, int64_t by, struct err *err)
{
    if (reason.len == 0)
        return err_field(err, "reason", N_("Say which duty it is."));
    if (text_count(reason) > REASON_MAX)
        return err_field_n(err, "reason", N_("At most {n} characters, please."), REASON_MAX);
    int rc = hold_insert(db, db_new_id(db), actor, reason, by, NULL, err);
    return rc < 0 ? rc : note_act(db, "hold.laid", actor, by, reason, err);
}

int privacy_hold_lift(struct db *db, struct arena *a, int64_t hold, int64_t by, struct err *err)
{
    struct hold_row_row row;
    int64_t rows = 0;
    int rc = hold_row(db, a, hold, &row, err);
    if (rc == 0)
        rc = hold_lift(db, hold, db_now(db), &rows, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && rows == 0))
        return err_set(err, ERR_NOT_FOUND, N_("This hold does not stand any more."));
    if (rc == 0)
        rc = note_act(db, "hold.lifted", row.actor, by, row.reason, err);
    return rc < 0 ? rc : add_file_jobs(db, err);
}
