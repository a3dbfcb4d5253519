/* A note that its author changes. */

#include "community/note/note.h"
#include "community/note/photos.h"
#include "community/note/state.h"
#include "event/body.h"
#include "event/event.h"
#include "store/memo.h"

static int keep_version(struct db *db, const struct note_row_row *was,
                        const struct note_draft *draft, struct err *err)
{
    if (str_eq(was->title, draft->title) && str_eq(was->body, draft->body))
        return 0;
    return note_version_add(db, was->id, was->title, was->body, db_now(db), NULL, err);
}

static int update_row(struct db *db, int64_t note, const struct note_draft *draft,
                      const struct note_media_row *photos, struct err *err)
{
    const struct note_update_args row = {
        .id = note,
        .kind = draft->kind,
        .audience = draft->audience ? draft->audience : NOTE_EVERYONE,
        .who_comments = draft->who_comments ? draft->who_comments : COMMENTS_EVERYONE,
        .about_kind = draft->about_kind,
        .about = draft->about,
        .section = draft->section,
        .lang = draft->lang,
        .title = draft->title,
        .body = draft->body,
        .edited = db_now(db),
        .cover = photos[0].hash,
        .cover_width = photos[0].width,
        .cover_height = photos[0].height,
        .cover_colour = photos[0].colour,
        .cover_alt = note_photo_alt(draft, photos, 0),
    };
    return note_update(db, &row, NULL, err);
}

/* The old photos go, the new ones come; one that stays goes and comes. */
static int change_photos(struct db *db, struct arena *a, const struct note_row_row *was,
                         const struct note_draft *draft, const struct note_media_row *photos,
                         struct err *err)
{
    int rc = note_photos_detach(db, a, was->id, note_use(was->state, was->audience), err);
    if (rc == 0)
        rc = note_attachments_clear(db, was->id, NULL, err);
    if (rc < 0)
        return rc;
    int64_t audience = draft->audience ? draft->audience : NOTE_EVERYONE;
    return note_photos_attach(db, was->id, draft, photos, note_use(was->state, audience), err);
}

static int tell_audience(struct db *db, const struct note_row_row *was, enum note_audience audience,
                         struct err *err)
{
    struct event_body body;
    if (was->audience == (int64_t)audience || !was->told)
        return 0;
    event_body_init(&body);
    json_member_int(&body.json, "audience", audience);
    return event_append_body(db,
                             &(struct event){ .kind = EVENT_NOTE_AUDIENCE_CHANGED,
                                              .actor = was->author,
                                              .object = was->id,
                                              .simulated = was->simulated },
                             &body, err);
}

static int tell_edited(struct db *db, const struct note_row_row *was, struct err *err)
{
    if (!was->told)
        return 0;
    return event_append(db,
                        &(struct event){ .kind = EVENT_NOTE_EDITED,
                                         .actor = was->author,
                                         .object = was->id,
                                         .simulated = was->simulated },
                        err);
}

/* One that waits for its time is changed by taking it back. */
static int find_editable(struct db *db, struct arena *a, int64_t note, int64_t author,
                         struct note_row_row *ret_row, struct err *err)
{
    int rc = note_own(db, a, note, author, ret_row, err);
    if (rc == 0 && ret_row->state == NOTE_SCHEDULED)
        rc = err_set(err, ERR_CONFLICT, N_("Take it back from its time first."));
    return rc;
}

int note_edit(struct db *db, struct arena *a, int64_t note, const struct note_draft *draft,
              struct err *err)
{
    struct note_media_row photos[NOTE_PHOTOS_MAX] = { 0 };
    struct note_row_row was;
    int rc = find_editable(db, a, note, draft->author, &was, err);
    if (rc < 0)
        return rc;
    int texts = note_check(db, a, draft, err);
    if (texts < 0 && texts != ERR_INVALID)
        return texts;
    bool waits = false;
    struct note_draft now = *draft;
    now.when_ready = false; /* what is shown already has nothing to wait for */
    rc = note_photos_find(db, a, &now, photos, &waits, err);
    rc = rc < 0 ? rc : texts;
    if (rc < 0)
        return rc;
    memo_changed(db, "author", draft->author);
    rc = keep_version(db, &was, draft, err);
    if (rc == 0)
        rc = change_photos(db, a, &was, draft, photos, err);
    if (rc == 0)
        rc = update_row(db, note, draft, photos, err);
    if (rc == 0 && was.answer && !note_kind_asks(draft->kind))
        rc = note_set_answer(db, note, 0, NULL, err);
    if (rc == 0)
        rc = tell_edited(db, &was, err);
    if (rc == 0)
        rc = tell_audience(db, &was, draft->audience ? draft->audience : NOTE_EVERYONE, err);
    if (rc == 0)
        rc = note_screen(db, a, note, err);
    return rc < 0 ? rc : note_settle(db, a, note, (int64_t)draft->n_photos, err);
}

int note_set_reach(struct db *db, struct arena *a, int64_t note, int64_t actor,
                   enum note_audience audience, struct err *err)
{
    struct note_attachments_rows photos = { 0 };
    struct note_row_row was = { 0 };
    int rc = find_editable(db, a, note, actor, &was, err);
    if (rc < 0)
        return rc;
    if (audience < NOTE_EVERYONE || audience > NOTE_ONLY_ME)
        return err_field(err, "audience", N_("Say whom it is for."));
    enum media_use before = note_use(was.state, was.audience);
    enum media_use after = note_use(was.state, audience);
    memo_changed(db, "author", actor);
    memo_changed(db, "notes", 0);
    rc = note_set_audience(db, note, audience, NULL, err);
    if (rc == 0 && before != after)
        rc = note_photos_reopen(db, a, note, after, err);
    if (rc == 0)
        rc = tell_audience(db, &was, audience, err);
    if (rc == 0)
        rc = note_screen(db, a, note, err);
    if (rc == 0)
        rc = note_attachments(db, a, note, &photos, err);
    return rc < 0 ? rc : note_settle(db, a, note, (int64_t)photos.n, err);
}

int note_mark_answer(struct db *db, struct arena *a, int64_t note, int64_t actor, int64_t comment,
                     int64_t by, struct err *err)
{
    struct note_row_row row;
    struct event_body body;
    int rc = note_own(db, a, note, actor, &row, err);
    if (rc == 0 && !note_kind_asks((enum note_kind)row.kind))
        rc = err_set(err, ERR_CONFLICT, N_("Only a question or a wish has an answer."));
    if (rc < 0 || row.answer == comment)
        return rc;
    rc = note_set_answer(db, note, comment, NULL, err);
    if (rc < 0)
        return rc;
    event_body_init(&body);
    json_member_int(&body.json, "comment", comment ? comment : row.answer);
    return event_append_body(
        db,
        &(struct event){ .kind = comment ? EVENT_NOTE_ANSWERED : EVENT_NOTE_UNANSWERED,
                         .actor = actor,
                         .object = note,
                         .about = by,
                         .simulated = row.simulated },
        &body, err);
}

int note_answer_gone(struct db *db, const struct note_brief *note, struct err *err)
{
    int rc = note_set_answer(db, note->id, 0, NULL, err);
    if (rc < 0)
        return rc;
    return event_append(db,
                        &(struct event){ .kind = EVENT_NOTE_UNANSWERED,
                                         .object = note->id,
                                         .about = note->author,
                                         .simulated = note->simulated },
                        err);
}
