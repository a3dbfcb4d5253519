#include "community/note/note.h"

#include "base/clock.h"
#include "community/note/photos.h"
#include "community/note/reach.h"
#include "community/note/state.h"
#include "community/topic/topic.h"
#include "event/event.h"
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

const char *note_kind_help(enum note_kind kind)
{
    static const char *const texts[] = {
        [NOTE_EXPERIENCE] = N_("What you tried, saw or made, and how it was."),
        [NOTE_UNBOXING] = N_("How something you bought arrived. Bind it to your order, and readers "
                             "see that you really bought it."),
        [NOTE_QUESTION] = N_("Ask the others. You mark the answer that helped."),
        [NOTE_NEED] = N_("What you are looking for. Others answer with what they know."),
        [NOTE_COMPLAINT] = N_("What went wrong. Whoever it is about cannot take it away."),
        [NOTE_MOOD] = N_("A thought or a feeling. Nothing is sold beside it."),
        [NOTE_ARTICLE] = N_("Something to read at leisure: a guide, a story."),
    };
    bool known = kind >= NOTE_EXPERIENCE && kind <= NOTE_ARTICLE;
    return texts[known ? kind : NOTE_EXPERIENCE];
}

bool note_kind_asks(enum note_kind kind)
{
    return kind == NOTE_QUESTION || kind == NOTE_NEED;
}

/* Mark a field; the first fault does not hide the others. */
static int check_choices(const struct note_draft *draft, struct err *err)
{
    int rc = 0;
    if (draft->kind < NOTE_EXPERIENCE || draft->kind > NOTE_ARTICLE)
        rc = err_field(err, "kind", N_("There is no such kind of note."));
    if (draft->audience > NOTE_ONLY_ME)
        rc = err_field(err, "audience", N_("Say whom it is for."));
    if (draft->who_comments > COMMENTS_APPROVED)
        rc = err_field(err, "who_comments", N_("Say who may comment."));
    return rc;
}

int note_check(struct db *db, struct arena *a, const struct note_draft *draft, struct err *err)
{
    int rc = check_choices(draft, err);
    if (draft->title.len == 0)
        rc = err_field(err, "title", N_("A title, please. A few words are enough."));
    else if (text_count(draft->title) > NOTE_TITLE_MAX)
        rc = err_field_n(err, "title", N_("At most {n} characters, please."), NOTE_TITLE_MAX);
    if (text_count(draft->body) > NOTE_BODY_MAX)
        rc = err_field_n(err, "body", N_("At most {n} characters, please."), NOTE_BODY_MAX);
    struct section_of_row section = { 0 };
    int found = section_of(db, a, draft->section, &section, err);
    if (found < 0 && found != ERR_NOT_FOUND)
        return found;
    if (found == ERR_NOT_FOUND || !section.open)
        rc = err_field(err, "section", N_("Choose the section it belongs to."));
    return rc;
}

/* The time that an id says, in the bits above its node and sequence. */
#define ID_LOW_BITS 22

/* The name of a note that comes out at a time: an id of that second, so that
 * it stands in every list where it belongs. Which millisecond, and the low
 * bits, come from a fresh id. */
static int id_of_due(struct db *db, struct arena *a, int64_t due, int64_t *ret_id, struct err *err)
{
    int64_t now = db_now(db);
    if (due < now + TIME_MINUTE || due > now + 366 * TIME_DAY)
        return err_field(err, "publish_at", N_("Choose a time between a minute and a year ahead."));
    for (int tries = 0; tries < 20; tries++) {
        struct note_row_row row;
        int64_t fresh = db_new_id(db);
        int64_t spread = (int64_t)(((uint64_t)fresh * 0x9e3779b97f4a7c15u) >> 40);
        int64_t ms = ((due - id_time(fresh)) / TIME_MILLISECOND) + spread % 1000;
        int64_t id = fresh + ms * (INT64_C(1) << ID_LOW_BITS);
        int rc = note_row(db, a, id, &row, err);
        if (rc == ERR_NOT_FOUND) {
            err_clear(err);
            *ret_id = id;
            return 0;
        }
        if (rc < 0)
            return rc;
    }
    return err_detail(err, ERR_BUSY, "no id free at that second");
}

static enum note_audience audience_of(const struct note_draft *draft)
{
    return draft->audience ? draft->audience : NOTE_EVERYONE;
}

static enum note_comments comments_of(const struct note_draft *draft)
{
    return draft->who_comments ? draft->who_comments : COMMENTS_EVERYONE;
}

static int insert_note(struct db *db, int64_t note, const struct note_draft *draft,
                       const struct note_media_row *photos, enum note_state state, struct err *err)
{
    const struct note_insert_args row = {
        .id = note,
        .author = draft->author,
        .kind = draft->kind,
        .audience = audience_of(draft),
        .state = state,
        .who_comments = comments_of(draft),
        .about_kind = draft->about_kind,
        .about = draft->about,
        .section = draft->section,
        .lang = draft->lang,
        .title = draft->title,
        .body = draft->body,
        .simulated = draft->simulated,
        .cover = photos[0].hash,
        .cover_width = photos[0].width,
        .cover_height = photos[0].height,
        .cover_colour = photos[0].colour,
        .cover_alt = note_photo_alt(draft, photos, 0),
    };
    memo_changed(db, "notes", 0);
    int rc = note_insert(db, &row, NULL, err);
    if (rc < 0)
        return rc;
    return note_photos_attach(db, note, draft, photos, note_use(state, row.audience), err);
}

/* Both are looked at, so that every wrong field is marked. */
static int check_whole(struct db *db, struct arena *a, const struct note_draft *draft,
                       struct note_media_row *ret_photos, bool *ret_waits, struct err *err)
{
    int texts = note_check(db, a, draft, err);
    if (texts < 0 && texts != ERR_INVALID)
        return texts;
    int rc = note_photos_find(db, a, draft, ret_photos, ret_waits, err);
    return rc < 0 ? rc : texts;
}

int note_publish(struct db *db, struct arena *a, const struct note_draft *draft, int64_t *ret_note,
                 struct err *err)
{
    struct note_media_row photos[NOTE_PHOTOS_MAX] = { 0 };
    char text[ID_TEXT_MAX];
    int64_t note = 0;
    bool waits = false;
    int rc = check_whole(db, a, draft, photos, &waits, err);
    if (rc < 0)
        return rc;
    if (draft->due)
        rc = id_of_due(db, a, draft->due, &note, err);
    else
        note = db_new_id(db);
    bool later = draft->due || waits;
    if (rc == 0)
        rc = insert_note(db, note, draft, photos, later ? NOTE_SCHEDULED : NOTE_PUBLISHED, err);
    if (rc == 0 && later) {
        struct str name = id_text(text, "note", note);
        int64_t due = draft->due ? draft->due : db_now(db);
        rc = job_add(db, "note.publish", name, due, name, err);
    } else if (rc == 0) {
        rc = note_screen(db, a, note, err);
        if (rc == 0)
            rc = note_settle(db, a, note, (int64_t)draft->n_photos, err);
    }
    if (rc == 0)
        *ret_note = note;
    return rc;
}

int note_own(struct db *db, struct arena *a, int64_t note, int64_t author,
             struct note_row_row *ret_row, struct err *err)
{
    struct note_row_row row;
    int rc = note_row(db, a, note, &row, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && (row.author != author || row.state == NOTE_DELETED)))
        return err_set(err, ERR_NOT_FOUND, N_("This note is not there any more."));
    if (rc == 0)
        *ret_row = row;
    return rc;
}

static int tell_deleted(struct db *db, const struct note_row_row *row, struct err *err)
{
    if (!row->told)
        return 0;
    return event_append(db,
                        &(struct event){ .kind = EVENT_NOTE_DELETED,
                                         .actor = row->author,
                                         .object = row->id,
                                         .simulated = row->simulated },
                        err);
}

/* Turns "there is a row" into "this reader may see it". */
static int may_see(struct db *db, struct arena *a, int rc, const struct note_stand *note,
                   int64_t reader, struct err *err)
{
    bool sees = false;
    if (rc == 0)
        rc = note_reach_one(db, a, reader, note, &sees, err);
    if (rc < 0 && rc != ERR_NOT_FOUND)
        return rc;
    return sees ? 0 : err_set(err, ERR_NOT_FOUND, N_("This note is not there any more."));
}

int note_delete(struct db *db, struct arena *a, int64_t note, int64_t actor, struct err *err)
{
    struct note_row_row row;
    int rc = note_row(db, a, note, &row, err);
    bool gone = rc == 0 && (row.state == NOTE_DELETED || row.state == NOTE_SCHEDULED);
    if (rc == ERR_NOT_FOUND || gone)
        return err_set(err, ERR_NOT_FOUND, N_("This note is not there any more."));
    if (rc < 0)
        return rc;
    if (row.author != actor) {
        rc = may_see(db, a, 0, &(struct note_stand){ note, row.author, row.state, row.audience },
                     actor, err);
        return rc < 0 ? rc : err_set(err, ERR_FORBIDDEN, N_("Only its author can delete a note."));
    }
    memo_changed(db, "author", actor);
    memo_changed(db, "notes", 0);
    rc = note_set_state(db, note, NOTE_DELETED, NULL, err);
    /* The attachment rows stay: a deleted note still says what it had. */
    if (rc == 0)
        rc = note_photos_detach(db, a, note, note_use(row.state, row.audience), err);
    if (rc == 0)
        rc = topic_unset(db, note, err);
    return rc < 0 ? rc : tell_deleted(db, &row, err);
}

int note_seen(struct db *db, struct arena *a, int64_t note, int64_t reader,
              struct note_row_row *ret_row, struct err *err)
{
    struct note_row_row row = { 0 };
    int rc = note_row(db, a, note, &row, err);
    bool own = rc == 0 && reader && row.author == reader && row.state != NOTE_DELETED;
    if (!own)
        rc = may_see(db, a, rc, &(struct note_stand){ note, row.author, row.state, row.audience },
                     reader, err);
    if (rc == 0)
        *ret_row = row;
    return rc;
}

static struct note_brief brief_of(const struct note_brief_row_row *row)
{
    return (struct note_brief){ .id = row->id,
                                .author = row->author,
                                .title = row->title,
                                .section = row->section,
                                .kind = (enum note_kind)row->kind,
                                .audience = (enum note_audience)row->audience,
                                .who_comments = (enum note_comments)row->who_comments,
                                .answer = row->answer,
                                .about_kind = (enum note_about)row->about_kind,
                                .about = row->about,
                                .simulated = row->simulated,
                                .likes = row->likes,
                                .saves = row->saves,
                                .comments = row->comments,
                                .n_photos = (size_t)row->photos };
}

int note_brief(struct db *db, struct arena *a, int64_t note, int64_t reader,
               struct note_brief *ret_brief, struct err *err)
{
    struct note_brief_row_row row = { 0 };
    int rc = note_brief_row(db, a, note, &row, err);
    rc = may_see(db, a, rc, &(struct note_stand){ note, row.author, row.state, row.audience },
                 reader, err);
    if (rc == 0)
        *ret_brief = brief_of(&row);
    return rc;
}

int note_own_brief(struct db *db, struct arena *a, int64_t note, int64_t author,
                   struct note_brief *ret_brief, struct err *err)
{
    struct note_brief_row_row row = { 0 };
    int rc = note_brief_row(db, a, note, &row, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && (row.author != author || row.state == NOTE_DELETED)))
        return err_set(err, ERR_NOT_FOUND, N_("This note is not there any more."));
    if (rc == 0)
        *ret_brief = brief_of(&row);
    return rc;
}

int note_count_add(struct db *db, struct arena *a, int64_t note, enum note_count which,
                   int64_t delta, int64_t *ret_count, struct err *err)
{
    struct note_likes_add_row likes = { 0 };
    struct note_saves_add_row saves = { 0 };
    struct note_comments_add_row comments = { 0 };
    int rc = ERR_INTERNAL;
    int64_t count = 0, author = 0;
    switch (which) {
    case NOTE_LIKES:
        rc = note_likes_add(db, a, note, delta, &likes, err);
        count = likes.likes;
        author = likes.author;
        memo_changed(db, "note", note); /* tiles show this count, and no other */
        break;
    case NOTE_SAVES:
        rc = note_saves_add(db, a, note, delta, &saves, err);
        count = saves.saves;
        author = saves.author;
        break;
    case NOTE_COMMENTS:
        rc = note_comments_add(db, a, note, delta, &comments, err);
        count = comments.comments;
        break;
    }
    if (rc == 0 && author)
        memo_changed(db, "author", author); /* a profile shows the sums of these two */
    if (rc == 0)
        *ret_count = count;
    return rc;
}
