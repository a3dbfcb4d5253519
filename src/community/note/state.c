/* Notes that come out, are hidden, and are shown again. */

#include "community/note/state.h"

#include "base/id.h"
#include "community/moderation/moderation.h"
#include "community/note/draft.h"
#include "community/note/mention.h"
#include "community/note/photos.h"
#include "community/topic/topic.h"
#include "event/body.h"
#include "event/event.h"
#include "store/memo.h"

#define STATE_ARENA (256 * 1024)

bool note_is_open(int64_t state, int64_t audience)
{
    return state == NOTE_PUBLISHED && audience == NOTE_EVERYONE;
}

enum media_use note_use(int64_t state, int64_t audience)
{
    return note_is_open(state, audience) ? MEDIA_OPEN : MEDIA_CLOSED;
}

static int tell_published(struct db *db, const struct note_row_row *row, int64_t photos,
                          struct err *err)
{
    struct event_body body;
    int rc = note_set_told(db, row->id, NULL, err);
    if (rc < 0)
        return rc;
    event_body_init(&body);
    json_member_str(&body.json, "section", row->section);
    json_member_int(&body.json, "photos", photos);
    return event_append_body(db,
                             &(struct event){ .kind = EVENT_NOTE_PUBLISHED,
                                              .actor = row->author,
                                              .object = row->id,
                                              .simulated = row->simulated },
                             &body, err);
}

int note_settle(struct db *db, struct arena *a, int64_t note, int64_t photos, struct err *err)
{
    struct note_row_row row;
    int rc = note_row(db, a, note, &row, err);
    if (rc < 0)
        return rc;
    bool tell = row.state == NOTE_PUBLISHED && row.audience != NOTE_ONLY_ME && !row.told;
    if (tell)
        rc = tell_published(db, &row, photos, err);
    if (rc == 0 && row.state == NOTE_PUBLISHED && row.audience != NOTE_ONLY_ME)
        rc = note_tell_mentioned(db, a,
                                 &(struct mention_place){ .note = note,
                                                          .author = row.author,
                                                          .simulated = row.simulated },
                                 row.body, err);
    if (rc < 0)
        return rc;
    if (!note_is_open(row.state, row.audience))
        return topic_unset(db, note, err);
    return topic_reset(db, a, note, row.author, row.body, row.simulated, err);
}

int note_screen(struct db *db, struct arena *a, int64_t note, struct err *err)
{
    struct note_row_row row;
    bool held = false;
    int rc = note_row(db, a, note, &row, err);
    if (rc < 0 || row.state != NOTE_PUBLISHED || row.audience == NOTE_ONLY_ME)
        return rc;
    struct str text = arena_printf(a, "%.*s\n%.*s", STR_ARG(row.title), STR_ARG(row.body));
    rc = moderation_words(db, a, row.section, text, &held, err);
    if (rc < 0 || !held)
        return rc;
    memo_changed(db, "author", row.author);
    rc = note_set_state(db, note, NOTE_HELD, NULL, err);
    if (rc == 0 && note_is_open(row.state, row.audience))
        rc = note_photos_reopen(db, a, note, MEDIA_CLOSED, err);
    if (rc < 0)
        return rc;
    const struct thing thing = { .kind = THING_NOTE,
                                 .id = note,
                                 .owner = row.author,
                                 .section = row.section,
                                 .complaint = row.kind == NOTE_COMPLAINT,
                                 .title = row.title,
                                 .text = row.body };
    return moderation_hold(db, a, &thing, row.simulated, err);
}

/* from: the state it must be in; 0 = it came out, whatever became of it. */
static int move(struct db *db, struct arena *a, int64_t note, enum note_state from,
                enum note_state to, struct err *err)
{
    struct note_row_row row = { 0 };
    struct note_attachments_rows photos = { 0 };
    int rc = note_row(db, a, note, &row, err);
    bool there = rc == 0 && row.state != NOTE_DELETED &&
                 (from ? row.state == (int64_t)from : row.state != NOTE_SCHEDULED);
    if (rc == ERR_NOT_FOUND || (rc == 0 && !there))
        return err_set(err, ERR_NOT_FOUND, N_("This note is not there any more."));
    if (rc < 0 || row.state == (int64_t)to)
        return rc;
    enum media_use was = note_use(row.state, row.audience), is = note_use(to, row.audience);
    memo_changed(db, "author", row.author);
    memo_changed(db, "notes", 0);
    rc = note_set_state(db, note, to, NULL, err);
    if (rc == 0 && was != is)
        rc = note_photos_reopen(db, a, note, is, err);
    if (rc == 0 && from == NOTE_SCHEDULED)
        rc = note_screen(db, a, note, err);
    if (rc == 0)
        rc = note_attachments(db, a, note, &photos, err);
    return rc < 0 ? rc : note_settle(db, a, note, (int64_t)photos.n, err);
}

static int move_alone(struct db *db, int64_t note, enum note_state to, struct err *err)
{
    struct arena a;
    arena_init(&a, STATE_ARENA);
    int rc = move(db, &a, note, (enum note_state)0, to, err);
    arena_release(&a);
    return rc;
}

int note_hide(struct db *db, int64_t note, bool hidden, struct err *err)
{
    return move_alone(db, note, hidden ? NOTE_HIDDEN : NOTE_PUBLISHED, err);
}

int note_hold(struct db *db, int64_t note, struct err *err)
{
    return move_alone(db, note, NOTE_HELD, err);
}

int note_come_out(struct db *db, struct arena *a, int64_t note, struct err *err)
{
    struct note_row_row row;
    int rc = note_row(db, a, note, &row, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && row.state != NOTE_SCHEDULED)) {
        err_clear(err);
        return 0;
    }
    if (rc == 0)
        rc = move(db, a, note, NOTE_SCHEDULED, NOTE_PUBLISHED, err);
    return rc < 0 ? rc : draft_came_out(db, a, note, err);
}

int note_take_back(struct db *db, struct arena *a, int64_t note, int64_t actor, struct err *err)
{
    struct note_row_row row;
    char id[ID_TEXT_MAX];
    int rc = note_own(db, a, note, actor, &row, err);
    if (rc == 0 && row.state != NOTE_SCHEDULED)
        rc = err_set(err, ERR_CONFLICT, N_("It came out already."));
    if (rc == 0)
        rc = note_photos_detach(db, a, note, MEDIA_CLOSED, err);
    if (rc == 0)
        rc = note_attachments_clear(db, note, NULL, err);
    if (rc == 0)
        rc = note_remove(db, note, NULL, err);
    return rc < 0 ? rc : job_cancel(db, "note.publish", id_text(id, "note", note), err);
}
