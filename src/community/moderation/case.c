/* How a case opens: a report, or a held word; and who takes it. */
#include "community/moderation/case.h"

#include <string.h>

#include "base/clock.h"
#include "base/id.h"
#include "event/body.h"
#include "words/fold.h"
#include "words/text.h"

/* Titles and texts of a case are for looking at; more than this is not. */
#define SEEN_MAX 2000 /* graphemes */

static int64_t rank_of(enum harm harm)
{
    return harm == HARM_DANGER || harm == HARM_CHILD ? 0 : 1;
}

/* Cases that wait are joined; others open again. A hidden thing has no
 * readers, so what is reported of it is an old page: its case stays. */
static bool is_closed(enum case_state state)
{
    return state == CASE_LEFT || state == CASE_SANCTIONED;
}

static int new_case(struct db *db, const struct thing *thing, enum harm harm, struct err *err)
{
    const struct case_insert_args args = {
        .id = db_new_id(db),
        .kind = thing->kind,
        .object = thing->id,
        .owner = thing->owner,
        .section = thing->section,
        .complaint = thing->complaint,
        .rank = rank_of(harm),
        .opened = db_now(db),
        .title = thing->title,
        .seen = text_cut(thing->text, SEEN_MAX),
    };
    return case_insert(db, &args, NULL, err);
}

/* The case of a thing, open. */
static int open_case(struct db *db, struct arena *a, const struct thing *thing, enum harm harm,
                     struct case_row_row *ret_case, struct err *err)
{
    struct case_of_row row = { 0 };
    int rc = case_of(db, a, thing->kind, thing->id, &row, err);
    struct str seen = text_cut(thing->text, SEEN_MAX);
    if (rc == ERR_NOT_FOUND)
        rc = new_case(db, thing, harm, err);
    else if (rc == 0 && is_closed((enum case_state)row.state))
        rc = case_reopen(db, row.id, rank_of(harm), db_now(db), thing->title, seen, NULL, err);
    else if (rc == 0)
        rc = case_add(db, row.id, rank_of(harm), thing->title, seen, NULL, err);
    if (rc == 0)
        rc = case_of(db, a, thing->kind, thing->id, &row, err);
    return rc < 0 ? rc : case_row(db, a, row.id, ret_case, err);
}

static int check_report(const struct thing *thing, const struct report_ask *ask, struct err *err)
{
    if (ask->reporter && ask->reporter == thing->owner)
        return err_set(err, ERR_CONFLICT, N_("This is your own."));
    int rc = 0;
    if (ask->harm < HARM_SPAM || ask->harm > HARM_OTHER)
        rc = err_field(err, "harm", N_("Choose what is wrong with it."));
    if (ask->harm == HARM_OTHER && ask->text.len == 0)
        rc = err_field(err, "body", N_("Please say in a few words what is wrong."));
    if (text_count(ask->text) > REPORT_TEXT_MAX)
        rc = err_field_n(err, "body", N_("At most {n} characters, please."), REPORT_TEXT_MAX);
    return rc;
}

bool case_names(const struct thing *thing, int64_t actor)
{
    for (size_t i = 0; i < thing->n_named; i++)
        if (actor && thing->named[i] == actor)
            return true;
    return false;
}

void case_body(struct event_body *body, const struct thing *thing, const struct case_row_row *row)
{
    event_body_init(body);
    json_member_str(&body->json, "what", str_from(thing_word(thing->kind)));
    json_member_int(&body->json, "case", row->id);
    json_member_int(&body->json, "round", row->round);
    json_member_bool(&body->json, "complaint", row->complaint);
}

static int tell_report(struct db *db, const struct thing *thing, const struct report_ask *ask,
                       bool brand, const struct case_row_row *row, struct err *err)
{
    struct event_body body;
    case_body(&body, thing, row);
    json_member_str(&body.json, "reason", str_from(harm_word(ask->harm)));
    json_member_bool(&body.json, "brand", brand);
    return event_append_body(db,
                             &(struct event){ .kind = EVENT_REPORT_FILED,
                                              .actor = ask->reporter,
                                              .object = thing->id,
                                              .about = thing->owner,
                                              .simulated = ask->simulated },
                             &body, err);
}

int moderation_report(struct db *db, struct arena *a, const struct thing *thing,
                      const struct report_ask *ask, struct err *err)
{
    struct case_row_row row = { 0 };
    int64_t rows = 0, id = db_new_id(db);
    bool brand = case_names(thing, ask->reporter);
    int rc = check_report(thing, ask, err);
    if (rc == 0)
        rc = open_case(db, a, thing, ask->harm, &row, err);
    if (rc < 0)
        return rc;
    const struct report_insert_args args = {
        .id = id,
        .thing_case = row.id,
        .round = row.round,
        .reporter = ask->reporter,
        .visitor = ask->reporter ? 0 : ask->visitor,
        .harm = ask->harm,
        .brand = brand,
        .body = ask->text,
    };
    rc = report_insert(db, &args, &rows, err);
    if (rc == 0 && rows)
        rc = tell_report(db, thing, ask, brand, &row, err);
    return rc;
}

int moderation_words(struct db *db, struct arena *a, struct str section, struct str text,
                     bool *ret_held, struct err *err)
{
    struct held_words_rows rows = { 0 };
    struct text_haystack haystack = { 0 };
    bool held = false;
    int rc = held_words(db, a, section, &rows, err);
    if (rc == 0 && rows.n)
        rc = text_haystack(a, text, &haystack, err);
    if (rc < 0)
        return rc;
    for (size_t i = 0; !held && i < rows.n; i++) {
        const struct text_haystack word = { rows.v[i].words, rows.v[i].tight };
        held = text_holds(&haystack, &word);
    }
    *ret_held = held;
    return 0;
}

int moderation_hold(struct db *db, struct arena *a, const struct thing *thing, bool simulated,
                    struct err *err)
{
    struct case_row_row row = { 0 };
    struct event_body body;
    int rc = open_case(db, a, thing, HARM_WORD, &row, err);
    if (rc == 0)
        rc = case_hold(db, row.id, NULL, err);
    if (rc < 0)
        return rc;
    case_body(&body, thing, &row);
    return event_append_body(db,
                             &(struct event){ .kind = EVENT_CONTENT_HELD,
                                              .object = thing->id,
                                              .about = thing->owner,
                                              .simulated = simulated },
                             &body, err);
}

int moderator_of(struct db *db, const struct moderator *m, struct str section, bool *ret_may,
                 struct err *err)
{
    struct section_moderator_of_row row = { 0 };
    if (m->everywhere) {
        *ret_may = true;
        return 0;
    }
    int rc = section_moderator_of(db, NULL, m->actor, section, &row, err);
    if (rc == 0)
        *ret_may = row.here && section.len > 0;
    return rc;
}

/* Does a complaint, or a text with an @, speak of this moderator? */
static int speaks_of(struct arena *a, const struct thing *thing, const struct moderator *m,
                     bool *ret_speaks, struct err *err)
{
    struct str all = arena_printf(a, "%.*s\n%.*s", STR_ARG(thing->title), STR_ARG(thing->text));
    struct str at = arena_printf(a, "@%.*s", STR_ARG(m->handle)), folded = STR("");
    struct text_haystack text = { 0 }, handle = { 0 }, name = { 0 };
    int rc = text_haystack(a, all, &text, err);
    if (rc == 0)
        rc = text_haystack(a, m->handle, &handle, err);
    if (rc == 0)
        rc = text_haystack(a, m->name, &name, err);
    if (rc == 0)
        rc = text_fold(a, all, &folded, err);
    if (rc < 0)
        return rc;
    bool called = m->handle.len && memmem(folded.ptr, folded.len, at.ptr, at.len);
    bool in = text_count(m->name) > 1 && text_holds(&text, &name);
    *ret_speaks = called || (thing->complaint && (in || text_holds(&text, &handle)));
    return 0;
}

int case_own_matter(struct db *db, struct arena *a, const struct moderator *m,
                    const struct case_row_row *row, const struct thing *thing, bool *ret_own,
                    struct err *err)
{
    struct report_by_row by = { 0 };
    bool speaks = false;
    *ret_own = false;
    if (m->actor == 0)
        return 0;
    int rc = report_by(db, NULL, row->id, row->round, m->actor, &by, err);
    if (rc == 0)
        rc = speaks_of(a, thing, m, &speaks, err);
    if (rc == 0)
        *ret_own = row->owner == m->actor || by.reported || speaks || case_names(thing, m->actor);
    return rc;
}

int moderation_claim(struct db *db, struct arena *a, const struct moderator *m, int64_t id,
                     const struct thing *thing, struct err *err)
{
    struct case_row_row row = { 0 };
    bool may = false, own = false;
    int64_t now = db_now(db), rows = 0;
    int rc = case_row(db, a, id, &row, err);
    if (rc == 0)
        rc = moderator_of(db, m, row.section, &may, err);
    if (rc == 0 && !may)
        rc = err_set(err, ERR_FORBIDDEN, N_("This section is looked after by others."));
    if (rc == 0)
        rc = case_own_matter(db, a, m, &row, thing, &own, err);
    if (rc == 0 && own)
        rc = err_set(err, ERR_FORBIDDEN,
                     N_("This concerns you or your goods, so somebody else decides."));
    if (rc == 0)
        rc = case_claim(db, id, m->actor, now + CLAIM_MINUTES * TIME_MINUTE, now, &rows, err);
    if (rc == 0 && rows == 0)
        rc = err_set(err, ERR_CONFLICT, N_("Somebody else is looking at this now."));
    return rc;
}
