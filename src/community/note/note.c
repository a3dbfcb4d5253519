#include "community/note/note.h"

#include "community/note/reach.h"
#include "community/topic/topic.h"
#include "event/body.h"
#include "event/event.h"
#include "gen/note_sql.h"
#include "media/media.h"
#include "store/memo.h"
#include "words/text.h"

const char *note_kind_name(enum note_kind kind)
{
    static const char *const names[] = {
        [NOTE_EXPERIENCE] = N_("Experience"), [NOTE_UNBOXING] = N_("Unboxing"),
        [NOTE_QUESTION] = N_("Question"),     [NOTE_NEED] = N_("Wish"),
        [NOTE_COMPLAINT] = N_("Complaint"),   [NOTE_MOOD] = N_("Mood"),
        [NOTE_ARTICLE] = N_("Article"),
    };
    bool known = kind >= NOTE_EXPERIENCE && kind <= NOTE_ARTICLE;
    return names[known ? kind : NOTE_EXPERIENCE];
}

static int check_texts(struct db *db, struct arena *a, const struct note_draft *draft,
                       struct err *err)
{
    int rc = 0;
    if (draft->title.len == 0)
        rc = err_field(err, "title", N_("A title, please. A few words are enough."));
    else if (text_count(draft->title) > NOTE_TITLE_MAX)
        rc = err_field_n(err, "title", N_("At most {n} characters, please."), NOTE_TITLE_MAX);
    if (text_count(draft->body) > NOTE_BODY_MAX)
        rc = err_field_n(err, "body", N_("At most {n} characters, please."), NOTE_BODY_MAX);
    if (draft->kind < NOTE_EXPERIENCE || draft->kind > NOTE_ARTICLE)
        rc = err_field(err, "kind", N_("There is no such kind of note."));
    struct section_of_row section;
    int found = section_of(db, a, draft->section, &section, err);
    if (found < 0 && found != ERR_NOT_FOUND)
        return found;
    if (found == ERR_NOT_FOUND)
        rc = err_field(err, "section", N_("Choose the section it belongs to."));
    return rc;
}

/* Look the photos up, in the order of the draft. A photo that is not the
 * author's own, or is named twice, is refused. */
static int find_photos(struct db *db, struct arena *a, const struct note_draft *draft,
                       struct note_media_row *ret_photos, struct err *err)
{
    if (draft->n_photos == 0)
        return err_field(err, "photo", N_("Add at least one photo."));
    if (draft->n_photos > NOTE_PHOTOS_MAX)
        return err_field_n(err, "photo", N_("At most {n} photos, please."), NOTE_PHOTOS_MAX);
    int64_t ids[NOTE_PHOTOS_MAX];
    for (size_t i = 0; i < draft->n_photos; i++) {
        ids[i] = draft->photos[i].media;
        for (size_t j = 0; j < i; j++)
            if (ids[j] == ids[i])
                return err_field(err, "photo", N_("This photo is there twice."));
        if (text_count(draft->photos[i].alt) > NOTE_ALT_MAX)
            return err_field_n(err, "alt", N_("At most {n} characters, please."), NOTE_ALT_MAX);
    }
    struct note_media_rows rows;
    int rc = note_media(db, a, (struct id_list){ ids, draft->n_photos }, draft->author, &rows, err);
    for (size_t i = 0; rc == 0 && i < draft->n_photos; i++) {
        bool found = false;
        for (size_t j = 0; !found && j < rows.n; j++) {
            found = rows.v[j].id == ids[i];
            if (found)
                ret_photos[i] = rows.v[j];
        }
        if (!found)
            rc = err_field(err, "photo", N_("A photo is not there any more. Please add it again."));
    }
    return rc;
}

static int attach_photos(struct db *db, int64_t note, const struct note_draft *draft,
                         const struct note_media_row *photos, struct err *err)
{
    int64_t ids[NOTE_PHOTOS_MAX];
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < draft->n_photos; i++) {
        struct str alt = draft->photos[i].alt.len ? draft->photos[i].alt : photos[i].alt;
        ids[i] = photos[i].id;
        rc = note_attachment_insert(db, note, (int64_t)i, photos[i].id, alt, NULL, err);
    }
    if (rc == 0)
        rc = media_attach(db, draft->author, ids, draft->n_photos, db_now(db), err);
    return rc;
}

static int tell_published(struct db *db, struct arena *a, int64_t note,
                          const struct note_draft *draft, struct err *err)
{
    struct event_body body;
    event_body_init(&body);
    json_member_str(&body.json, "section", draft->section);
    json_member_int(&body.json, "photos", (int64_t)draft->n_photos);
    return event_append_body(db,
                             &(struct event){ .kind = EVENT_NOTE_PUBLISHED,
                                              .actor = draft->author,
                                              .object = note,
                                              .simulated = draft->simulated },
                             &body, err);
}

int note_publish(struct db *db, struct arena *a, const struct note_draft *draft, int64_t *ret_note,
                 struct err *err)
{
    struct note_media_row photos[NOTE_PHOTOS_MAX] = { 0 };
    int texts = check_texts(db, a, draft, err);
    if (texts < 0 && texts != ERR_INVALID)
        return texts;
    int rc = find_photos(db, a, draft, photos, err);
    if (rc == 0)
        rc = texts;
    if (rc < 0)
        return rc;
    int64_t note = db_new_id(db);
    const struct note_insert_args row = {
        .id = note,
        .author = draft->author,
        .kind = draft->kind,
        .section = draft->section,
        .lang = draft->lang,
        .title = draft->title,
        .body = draft->body,
        .simulated = draft->simulated,
        .cover = photos[0].hash,
        .cover_width = photos[0].width,
        .cover_height = photos[0].height,
        .cover_colour = photos[0].colour,
        .cover_alt = draft->photos[0].alt.len ? draft->photos[0].alt : photos[0].alt,
    };
    rc = note_insert(db, &row, NULL, err);
    if (rc == 0)
        rc = attach_photos(db, note, draft, photos, err);
    if (rc == 0)
        rc = tell_published(db, a, note, draft, err);
    if (rc == 0)
        rc = topic_set(db, a, note, draft->author, draft->body, draft->simulated, err);
    if (rc == 0)
        *ret_note = note;
    return rc;
}

/* The attachment rows stay: a deleted note still says what it had. */
static int let_photos_go(struct db *db, struct arena *a, int64_t note, struct err *err)
{
    struct note_attachments_rows rows;
    int rc = note_attachments(db, a, note, &rows, err);
    if (rc < 0)
        return rc;
    int64_t ids[NOTE_PHOTOS_MAX];
    for (size_t i = 0; i < rows.n; i++)
        ids[i] = rows.v[i].media;
    return media_detach(db, ids, rows.n, db_now(db), err);
}

int note_delete(struct db *db, struct arena *a, int64_t note, int64_t actor, struct err *err)
{
    struct note_row_row row;
    int rc = note_row(db, a, note, &row, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && row.state != NOTE_PUBLISHED))
        return err_set(err, ERR_NOT_FOUND, N_("This note is not there any more."));
    if (rc < 0)
        return rc;
    if (row.author != actor)
        return err_set(err, ERR_FORBIDDEN, N_("Only its author can delete a note."));
    memo_changed(db, "note", note);
    rc = note_set_state(db, note, NOTE_DELETED, NULL, err);
    if (rc == 0)
        rc = let_photos_go(db, a, note, err);
    if (rc == 0)
        rc = topic_unset(db, note, err);
    if (rc == 0)
        rc = event_append(db,
                          &(struct event){ .kind = EVENT_NOTE_DELETED,
                                           .actor = actor,
                                           .object = note,
                                           .simulated = row.simulated },
                          err);
    return rc;
}

/* Turns "there is a row" into "this reader may see it". */
static int may_see(struct db *db, struct arena *a, int rc, int64_t note, int64_t reader,
                   struct err *err)
{
    bool sees = false;
    if (rc == 0)
        rc = note_reach(db, a, reader, &note, 1, &sees, err);
    if (rc < 0 && rc != ERR_NOT_FOUND)
        return rc;
    return sees ? 0 : err_set(err, ERR_NOT_FOUND, N_("This note is not there any more."));
}

int note_seen(struct db *db, struct arena *a, int64_t note, int64_t reader,
              struct note_row_row *ret_row, struct err *err)
{
    struct note_row_row row = { 0 };
    int rc = note_row(db, a, note, &row, err);
    rc = may_see(db, a, rc, note, reader, err);
    if (rc == 0)
        *ret_row = row;
    return rc;
}

int note_brief(struct db *db, struct arena *a, int64_t note, int64_t reader,
               struct note_brief *ret_brief, struct err *err)
{
    struct note_brief_row_row row = { 0 };
    int rc = note_brief_row(db, a, note, &row, err);
    rc = may_see(db, a, rc, note, reader, err);
    if (rc < 0)
        return rc;
    *ret_brief = (struct note_brief){ .id = row.id,
                                      .author = row.author,
                                      .title = row.title,
                                      .section = row.section,
                                      .likes = row.likes,
                                      .saves = row.saves,
                                      .comments = row.comments,
                                      .n_photos = (size_t)row.photos };
    return 0;
}

int note_count_add(struct db *db, struct arena *a, int64_t note, enum note_count which,
                   int64_t delta, int64_t *ret_count, struct err *err)
{
    struct note_likes_add_row likes;
    struct note_saves_add_row saves;
    struct note_comments_add_row comments;
    int rc = ERR_INTERNAL;
    int64_t count = 0;
    switch (which) {
    case NOTE_LIKES:
        rc = note_likes_add(db, a, note, delta, &likes, err);
        count = rc == 0 ? likes.likes : 0;
        memo_changed(db, "note", note); /* tiles show this count, and no other */
        break;
    case NOTE_SAVES:
        rc = note_saves_add(db, a, note, delta, &saves, err);
        count = rc == 0 ? saves.saves : 0;
        break;
    case NOTE_COMMENTS:
        rc = note_comments_add(db, a, note, delta, &comments, err);
        count = rc == 0 ? comments.comments : 0;
        break;
    }
    if (rc == 0)
        *ret_count = count;
    return rc;
}
