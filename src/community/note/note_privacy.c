/* An author's notes, drafts and earlier words. When the author goes, a row
 * without words stays of each note: others' likes and comments, sales and the
 * log name it. */

#include "community/note/note.h"
#include "gen/note_sql.h"
#include "store/privacy.h"

#define ERASE_ARENA (4 * 1024 * 1024)

PRIVACY_LIST(note_mine, "notes", id)
PRIVACY_LIST(note_share_mine, "shared", note)
PRIVACY_LIST(draft_mine, "drafts", id)

static int list_photos(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                       struct err *err)
{
    struct note_attachment_mine_rows rows = { 0 };
    int64_t note = 0, position = 0;
    int rc;
    privacy_list(out, "photos");
    do {
        arena_clear(a);
        rc = note_attachment_mine(db, a, actor, note, position, PRIVACY_PAGE, &rows, err);
        for (size_t i = 0; rc == 0 && i < rows.n; i++) {
            note_attachment_mine_row_json(privacy_next(out), &rows.v[i]);
            note = rows.v[i].note;
            position = rows.v[i].position;
        }
    } while (rc == 0 && rows.n == PRIVACY_PAGE);
    return rc;
}

static int list_versions(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                         struct err *err)
{
    struct note_version_mine_rows rows = { 0 };
    int64_t note = 0, n = 0;
    int rc;
    privacy_list(out, "earlier");
    do {
        arena_clear(a);
        rc = note_version_mine(db, a, actor, note, n, PRIVACY_PAGE, &rows, err);
        for (size_t i = 0; rc == 0 && i < rows.n; i++) {
            note_version_mine_row_json(privacy_next(out), &rows.v[i]);
            note = rows.v[i].note;
            n = rows.v[i].n;
        }
    } while (rc == 0 && rows.n == PRIVACY_PAGE);
    return rc;
}

static int list_mentions(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                         struct err *err)
{
    struct note_mention_mine_rows rows = { 0 };
    int64_t note = 0, comment = 0;
    int rc;
    privacy_list(out, "mentions");
    do {
        arena_clear(a);
        rc = note_mention_mine(db, a, actor, note, comment, PRIVACY_PAGE, &rows, err);
        for (size_t i = 0; rc == 0 && i < rows.n; i++) {
            note_mention_mine_row_json(privacy_next(out), &rows.v[i]);
            note = rows.v[i].note;
            comment = rows.v[i].comment;
        }
    } while (rc == 0 && rows.n == PRIVACY_PAGE);
    return rc;
}

static int gather(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                  struct err *err)
{
    int rc = list_note_mine(db, a, actor, out, err);
    if (rc == 0)
        rc = list_photos(db, a, actor, out, err);
    if (rc == 0)
        rc = list_versions(db, a, actor, out, err);
    if (rc == 0)
        rc = list_mentions(db, a, actor, out, err);
    if (rc == 0)
        rc = list_note_share_mine(db, a, actor, out, err);
    return rc < 0 ? rc : list_draft_mine(db, a, actor, out, err);
}

/* Take every note out of all lists, as its author would. */
static int delete_notes(struct db *db, struct arena *a, int64_t actor, struct err *err)
{
    struct note_standing_rows rows = { 0 };
    int64_t after = 0, ids[PRIVACY_PAGE], states[PRIVACY_PAGE];
    size_t n;
    int rc;
    do {
        arena_clear(a);
        rc = note_standing(db, a, actor, after, PRIVACY_PAGE, &rows, err);
        n = rc == 0 ? rows.n : 0;
        for (size_t i = 0; i < n; i++) {
            ids[i] = rows.v[i].id;
            states[i] = rows.v[i].state;
        }
        for (size_t i = 0; rc == 0 && i < n; i++) {
            arena_clear(a);
            after = ids[i];
            rc = states[i] == NOTE_SCHEDULED ? note_take_back(db, a, ids[i], actor, err)
                                             : note_delete(db, a, ids[i], actor, err);
        }
    } while (rc == 0 && n == PRIVACY_PAGE);
    return rc;
}

static int erase(struct db *db, int64_t actor, struct err *err)
{
    struct arena a;
    arena_init(&a, ERASE_ARENA);
    int rc = delete_notes(db, &a, actor, err);
    arena_release(&a);
    if (rc == 0)
        rc = draft_erase(db, actor, NULL, err);
    if (rc == 0)
        rc = note_erase_attachments(db, actor, NULL, err);
    if (rc == 0)
        rc = note_erase_versions(db, actor, NULL, err);
    if (rc == 0)
        rc = note_mention_erase(db, actor, NULL, err);
    if (rc == 0)
        rc = note_share_erase(db, actor, NULL, err);
    return rc < 0 ? rc : note_erase_words(db, actor, NULL, err);
}

const struct privacy_part note_privacy = {
    "note", "note note_attachment note_version note_mention note_share draft", gather, erase
};
