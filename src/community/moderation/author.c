/* What the author says: it is corrected, or an answer to a sanction. */
#include "community/moderation/case.h"
#include "words/text.h"

static int own_case(struct db *db, struct arena *a, int64_t id, int64_t owner,
                    struct case_row_row *ret_row, struct err *err)
{
    struct case_row_row row = { 0 };
    int rc = case_row(db, a, id, &row, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && (owner == 0 || row.owner != owner)))
        return err_set(err, ERR_NOT_FOUND, N_("There is no such decision about you."));
    if (rc == 0)
        *ret_row = row;
    return rc;
}

static int tell(struct db *db, enum event_kind kind, const struct case_row_row *row,
                struct err *err)
{
    struct event_body body;
    const struct thing thing = { .kind = (enum thing_kind)row->kind };
    case_body(&body, &thing, row);
    return event_append_body(
        db, &(struct event){ .kind = kind, .actor = row->owner, .object = row->object }, &body,
        err);
}

int moderation_corrected(struct db *db, struct arena *a, int64_t id, int64_t owner, struct err *err)
{
    struct case_row_row row = { 0 };
    int64_t rows = 0;
    int rc = own_case(db, a, id, owner, &row, err);
    if (rc == 0)
        rc = case_corrected(db, id, &rows, err);
    if (rc == 0 && rows == 0)
        rc = err_set(err, ERR_CONFLICT, N_("Nothing is left to correct here."));
    return rc < 0 ? rc : tell(db, EVENT_CORRECTION_MADE, &row, err);
}

int moderation_answer(struct db *db, struct arena *a, int64_t id, int64_t owner, struct str text,
                      struct err *err)
{
    struct case_row_row row = { 0 };
    int64_t rows = 0;
    int rc = own_case(db, a, id, owner, &row, err);
    if (rc < 0)
        return rc;
    if (row.state != CASE_HIDDEN && row.state != CASE_SANCTIONED)
        return err_set(err, ERR_CONFLICT, N_("There is nothing to answer here now."));
    if (text.len == 0)
        return err_field(err, "body", N_("Write what you want us to consider."));
    if (text_count(text) > REPORT_TEXT_MAX)
        return err_field_n(err, "body", N_("At most {n} characters, please."), REPORT_TEXT_MAX);
    rc = mod_answer_insert(db, id, row.round, db_now(db), text, &rows, err);
    if (rc == 0 && rows == 0)
        rc = err_set(err, ERR_CONFLICT, N_("You have answered this; once is how often one can."));
    if (rc == 0)
        rc = case_answered(db, id, NULL, err);
    return rc < 0 ? rc : tell(db, EVENT_SANCTION_ANSWERED, &row, err);
}
